"""Secrets that can be told by their format alone: the rows of provider_tokens.toml."""

from __future__ import annotations

import base64
import json
import re
import time
import zlib
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import lru_cache
from pkgutil import get_data
from urllib.parse import parse_qsl, urlsplit

from lambdalint.checks.secret_values import is_placeholder, looks_generated

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#: A token that repeats fewer characters than this is a drawing of one: `ghp_xxxxxxxx`.
_MIN_DISTINCT = 8


@dataclass(frozen=True, slots=True)
class Format:
    """One published format. `named` is a pattern that the context must hold; with `checksum` a token proves itself."""

    provider: str
    prefix: str
    pattern: re.Pattern[str]
    named: re.Pattern[str] | None
    checksum: bool


@dataclass(frozen=True, slots=True)
class Token:
    """A token found in a text. `issued` is False where its checksum shows that the provider never issued it."""

    provider: str
    text: str
    issued: bool


@lru_cache(maxsize=1)
def formats() -> tuple[re.Pattern[str], tuple[Format, ...]]:
    """What every token holds one of, and the formats."""
    import tomli

    data = get_data(__package__, "provider_tokens.toml") or b""
    rows = tuple(
        Format(
            row["provider"],
            row["prefix"],
            re.compile(rf"(?<![A-Za-z0-9_-])(?:{row['regex']})(?![A-Za-z0-9_-])"),
            re.compile(row["named"], re.IGNORECASE) if "named" in row else None,
            row.get("checksum") == "crc32-base62",
        )
        for row in tomli.loads(data.decode())["token"]
    )
    return re.compile("|".join(sorted({re.escape(row.prefix) for row in rows}))), rows


def token_in(text: str, context: str) -> Token | None:
    """The first token of a published format in a text, or None. `context` is what surrounds it: the name it is bound to
    and the function it is handed to."""
    if len(text) < 16:
        return None
    prefixes, rows = formats()
    if prefixes.search(text) is None:
        return None
    for row in rows:
        if row.prefix not in text or (row.named and not row.named.search(f"{context} {text[:40]}")):
            continue
        match = row.pattern.search(text)
        if match and _plausible(match.group()):
            return Token(row.provider, match.group(), not row.checksum or _checks(match.group()))
    return None


def _plausible(token: str) -> bool:
    if len(set(token)) < _MIN_DISTINCT or re.search(r"x{5}|X{5}|\*{3}|EXAMPLE|example|placeholder", token):
        return False
    if token.startswith("eyJ"):
        return _signed(token)
    return looks_generated(token) or not is_placeholder(token)


def _checks(token: str) -> bool:
    """Whether the last six characters are the CRC-32 of what stands between them and the prefix, in base 62."""
    body, expected = token.partition("_")[2][:-6], token[-6:]
    rest, digits = zlib.crc32(body.encode()), ""
    while rest:
        rest, digit = divmod(rest, 62)
        digits = _BASE62[digit] + digits
    return digits.rjust(6, "0") == expected


def _signed(token: str) -> bool:
    """Whether a JSON Web Token opens something: a header that names an algorithm, no role made for the public, and not
    expired."""
    header, payload = (_json(part) for part in token.split(".")[:2])
    return bool(
        header.get("alg", "none") != "none"
        and payload.get("role") != "anon"
        and payload.get("name") != "John Doe"
        and not _is_past(payload.get("exp"))
    )


def is_expired(text: str) -> bool:
    """Whether the text is a JSON Web Token that nobody accepts any more, by its own `exp` (RFC 7519, 4.1.4)."""
    return text.startswith("eyJ") and text.count(".") == 2 and _is_past(_json(text.split(".")[1]).get("exp"))


#: An address in a text.
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


def without_past_addresses(text: str) -> str:
    """A text without the signed addresses whose time is over: nobody can use them, nor the tokens in them."""
    if "://" not in text or "=" not in text:
        return text
    return _ADDRESS.sub(lambda match: "" if _is_past_address(match[0]) else match[0], text)


def _is_past_address(address: str) -> bool:
    """Whether a signed address says itself until when it holds, and that is over.

    Of S3 and of Google's store, which has the same form:
    https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (a date, and seconds),
    https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html (`Expires`; CloudFront's has it, too); of
    Azure's: https://learn.microsoft.com/rest/api/storageservices/create-service-sas (`se`). checked = 2026-11-30
    """
    try:
        pairs = parse_qsl(urlsplit(address).query)
    except ValueError:
        return False
    given = {key.lower(): value for key, value in pairs}
    for sign in ("x-amz", "x-goog"):
        if f"{sign}-signature" in given:
            begin, seconds = _seconds(given.get(f"{sign}-date", "")), given.get(f"{sign}-expires", "")
            return begin is not None and seconds.isdecimal() and _is_past(begin + int(seconds[:12]))
    if "signature" in given:
        return given.get("expires", "").isdecimal() and _is_past(int(given["expires"][:12]))
    return "sig" in given and _is_past(_seconds(given.get("se", "")))


def _seconds(written: str) -> float | None:
    """A time as such addresses have it, `20260102T030405Z`, `2026-01-02T03:04:05Z` or a day, in seconds."""
    plain = re.sub(r"[-:]|\.\d+", "", written)
    for form in ("%Y%m%dT%H%M%SZ", "%Y%m%dT%H%MZ", "%Y%m%d"):
        try:
            return datetime.strptime(plain, form).replace(tzinfo=timezone.utc).timestamp()
        except ValueError:
            continue
    return None


def _is_past(seconds: object) -> bool:
    return isinstance(seconds, (int, float)) and seconds < time.time()


def _json(part: str) -> dict[str, object]:
    try:
        value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
