"""Attributes that objects of the standard library have in no version, and that those of other libraries have, for which
they are taken: `urlopen(...).json()`. Of a logger nothing is said: `logging.setLoggerClass`, or any library, may give
loggers more.

Sources: the classes of Python 3.8 to 3.14, which tests/test_library.py asks, as far as it can; the documentation of
requests (Response), httpx (Response), pandas (DataFrame).
"""

from __future__ import annotations

#: By type, what it lacks.
_LACKED: dict[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "http.client.HTTPResponse": "json text content status_code ok raise_for_status data iter_content iter_lines "
                                    "is_success json_body elapsed",
        "subprocess.CompletedProcess": "output text wait communicate poll pid exit_code status",
        "subprocess.CompletedProcess[bytes]": "output text wait communicate poll pid exit_code status",
        "csv.DictReader": "headers header rows columns to_dict shape",
        "csv.reader": "headers header rows columns fieldnames to_dict shape",
        "xml.etree.ElementTree.Element": "getparent xpath getchildren to_dict children nsmap sourceline value",
        "concurrent.futures.Future": "get value results join wait",
        "urllib.parse.ParseResult": "host domain url queryparams path_params get",
        "string.Template": "format render",
        "email.message.Message": "iter_attachments iter_parts get_body get_content set_content add_attachment "
                                 "add_related add_alternative make_mixed make_related make_alternative is_attachment "
                                 "body subject",
    }.items()
}  # fmt: skip


def is_lacked(kind: str, name: str) -> bool:
    """Whether what is of this very type surely has no such attribute."""
    return name in _LACKED.get(kind, ())


def lacked() -> dict[str, frozenset[str]]:
    """All of it, by type."""
    return _LACKED
