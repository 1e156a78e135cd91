"""re, string, textwrap, html, the encodings, compression, csv, xml and urllib.parse."""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_TEXT = "for each str refuses TypeError"
_IN = "for str refuses TypeError"  # a pattern's own methods take a position after the text
_PARSED = "urllib.parse.ParseResult"
_ELEMENT = "xml.etree.ElementTree.Element"
_XML_ERRORS = "raises xml.etree.ElementTree.ParseError, ValueError"

CALLS: dict[str, str] = {
    # re: what is made of a text has the type of the pattern
    "re.compile": "re.Pattern refuses TypeError raises re.error, ValueError, OverflowError",
    **each("re", f"re.Match | None {_TEXT} raises re.error", "match search fullmatch"),
    "re.sub": f"like0 {_TEXT} raises re.error, IndexError",
    "re.subn": f"tuple[like0, int] {_TEXT} raises re.error, IndexError",
    "re.split": f"list[?] {_TEXT} raises re.error",
    "re.findall": f"list[?] {_TEXT} raises re.error",
    "re.finditer": f"iterator[re.Match] {_TEXT} raises re.error",
    "re.escape": f"like0 {_TEXT}, AttributeError",
    "re.purge": "None",
    **each("re.Pattern", f"re.Match | None {_IN}", "match search fullmatch"),
    "re.Pattern.sub": f"? {_TEXT} raises re.error, IndexError",
    "re.Pattern.findall": f"list[?] {_IN}",
    "re.Pattern.split": f"list[?] {_IN}",
    "re.Pattern.finditer": f"iterator[re.Match] {_IN}",
    "re.Match.group": "? refuses IndexError, TypeError",
    "re.Match.groups": "tuple[?, ...]",
    "re.Match.groupdict": "dict[str, ?]",
    **each("re.Match", "int refuses IndexError, TypeError", "start end"),
    "re.Match.span": "tuple[int, int] refuses IndexError, TypeError",
    "re.Match.expand": "? refuses TypeError, AttributeError, IndexError, re.error",
    "re.Match.__getitem__": "? refuses IndexError, TypeError",
    # base64 and the like
    **each("base64", "bytes for bytes refuses TypeError, ValueError, AssertionError",
           "b64encode standard_b64encode urlsafe_b64encode encodebytes b32encode b16encode b85encode a85encode"),
    **each("base64", "bytes refuses TypeError, AssertionError raises ValueError",
           "b64decode standard_b64decode urlsafe_b64decode decodebytes b32decode b16decode b85decode a85decode"),
    **each("binascii", "bytes for bytes refuses TypeError, ValueError", "hexlify b2a_hex b2a_base64"),
    **each("binascii", "bytes refuses TypeError raises ValueError", "unhexlify a2b_hex a2b_base64"),
    **each("binascii", "int for bytes refuses TypeError", "crc32"),
    "zlib.decompress": "bytes refuses TypeError, ValueError, OverflowError raises zlib.error",
    **each("zlib", "int for bytes refuses TypeError", "crc32 adler32"),
    "gzip.decompress": "bytes refuses TypeError, AttributeError raises OSError, EOFError, zlib.error",
    "bz2.compress": "bytes for bytes refuses TypeError, ValueError",
    "bz2.decompress": "bytes refuses TypeError raises OSError, ValueError",
    "lzma.compress": "bytes for bytes refuses TypeError, ValueError",
    "struct.pack": "bytes refuses TypeError, struct.error, AttributeError, UnicodeError",
    "struct.calcsize": "int refuses TypeError, struct.error, AttributeError, UnicodeError",
    # html, textwrap, string
    "html.escape": "? for str refuses AttributeError, TypeError",
    "html.unescape": "? for str refuses TypeError",
    "textwrap.dedent": "str for str refuses TypeError, AttributeError, LookupError",
    "textwrap.fill": "str for str refuses TypeError, ValueError, AttributeError",
    "textwrap.shorten": "str for str refuses TypeError, ValueError, AttributeError",
    "textwrap.wrap": "list[str] refuses TypeError, ValueError, AttributeError",
    "textwrap.indent": "str for str refuses TypeError, AttributeError, LookupError",
    "string.Template": "string.Template",
    **each("string.Template", "str refuses TypeError, ValueError, KeyError, AttributeError", "substitute safe_substitute"),
    "string.capwords": "? for str refuses AttributeError, TypeError, ValueError",
    "shlex.quote": "str for str refuses TypeError",
    "shlex.split": "list[str] refuses ValueError, TypeError, AttributeError",
    "unicodedata.normalize": "str for each str refuses TypeError raises ValueError",
    "difflib.get_close_matches": "list[?] refuses TypeError, ValueError, AttributeError",
    "locale.setlocale": "? refuses TypeError, ValueError raises locale.Error",
    # urllib.parse
    "urllib.parse.unquote": "str for str refuses TypeError, AttributeError, LookupError",
    "urllib.parse.unquote_plus": "str for str refuses TypeError, AttributeError, LookupError",
    **each("urllib.parse", "str for str refuses TypeError", "quote quote_plus"),
    "urllib.parse.urlencode": "str refuses TypeError, AttributeError, ValueError",
    "urllib.parse.urlparse": f"{_PARSED} | urllib.parse.ParseResultBytes for str refuses TypeError, AttributeError raises ValueError",
    "urllib.parse.urlsplit": "urllib.parse.SplitResult | urllib.parse.SplitResultBytes for str refuses TypeError, AttributeError raises ValueError",
    "urllib.parse.urlunparse": "? refuses TypeError, ValueError, AttributeError, IndexError",
    "urllib.parse.parse_qs": "dict[?, list[?]] for str refuses TypeError, AttributeError raises ValueError",
    "urllib.parse.parse_qsl": "list[tuple[?, ?]] for str refuses TypeError, AttributeError raises ValueError",
    "urllib.parse.urljoin": "? for each str refuses TypeError, AttributeError raises ValueError",
    f"{_PARSED}.geturl": "?",
    "urllib.parse.SplitResult.geturl": "?",
    # csv
    "csv.reader": "csv.reader refuses TypeError, csv.Error",
    "csv.writer": "csv.writer refuses TypeError, csv.Error",
    "csv.DictReader": "csv.DictReader refuses TypeError, csv.Error",
    "csv.DictWriter": "csv.DictWriter refuses TypeError, ValueError, AttributeError",
    "csv.writer.writerow": "? raises csv.Error, OSError, ValueError, TypeError, UnicodeError",
    "csv.writer.writerows": "None raises csv.Error, OSError, ValueError, TypeError, UnicodeError",
    "csv.DictWriter.writeheader": "? raises csv.Error, OSError, ValueError, TypeError, UnicodeError",
    "csv.DictWriter.writerow": "? raises csv.Error, OSError, ValueError, AttributeError, TypeError, UnicodeError",
    "csv.DictWriter.writerows": "None raises csv.Error, OSError, ValueError, AttributeError, TypeError, UnicodeError",
    # xml
    **each("xml.etree.ElementTree", f"{_ELEMENT} refuses TypeError, ValueError {_XML_ERRORS}", "fromstring XML"),
    "xml.etree.ElementTree.parse": f"xml.etree.ElementTree.ElementTree refuses TypeError, AttributeError {_XML_ERRORS}, "
                                   "OSError",
    "xml.etree.ElementTree.Element": f"{_ELEMENT} refuses TypeError",
    "xml.etree.ElementTree.SubElement": f"{_ELEMENT} refuses TypeError",
    "xml.etree.ElementTree.ElementTree.getroot": "?",
    "xml.etree.ElementTree.ElementTree.find": "? refuses TypeError, AttributeError, SyntaxError, KeyError",
    f"{_ELEMENT}.find": f"{_ELEMENT} | None refuses TypeError, AttributeError, SyntaxError, KeyError",
    f"{_ELEMENT}.findall": f"list[{_ELEMENT}] refuses TypeError, AttributeError, SyntaxError, KeyError",
    f"{_ELEMENT}.findtext": "? refuses TypeError, AttributeError, SyntaxError, KeyError",
    f"{_ELEMENT}.iter": f"iterator[{_ELEMENT}] refuses TypeError",
    f"{_ELEMENT}.get": "? refuses TypeError",
    f"{_ELEMENT}.set": "None refuses TypeError",
    "xml.sax.saxutils.escape": "? for str refuses TypeError, AttributeError",
    "xml.dom.minidom.parseString": "xml.dom.minidom.Document raises xml.parsers.expat.ExpatError, TypeError, "
                                   "AttributeError",
    "xml.dom.minidom.Document.toprettyxml": "? refuses TypeError, AttributeError, LookupError",
    "pprint.pformat": "str refuses TypeError, ValueError, AttributeError",
    "pprint.pprint": "None refuses TypeError, ValueError, AttributeError",
}  # fmt: skip

ATTRIBUTES: dict[str, str] = {
    "re.Match.lastgroup": "str | None",
    **each("re", "re.RegexFlag", "IGNORECASE I MULTILINE M DOTALL S VERBOSE X ASCII A UNICODE U"),
    "csv.reader.line_num": "int",
    f"{_ELEMENT}.attrib": "dict[?, ?]",
    **each("csv", "int", "QUOTE_ALL QUOTE_MINIMAL QUOTE_NONE QUOTE_NONNUMERIC"),
}

ELEMENTS: dict[str, str] = {
    "bytearray": "int",
    "memoryview": "?",
    "csv.reader": "list[?]",
    _ELEMENT: _ELEMENT,
    _PARSED: "?",
    "urllib.parse.SplitResult": "?",
}
