"""What a text looks like by itself: a placeholder, a name, a sentence, or something that was made to be secret."""

from __future__ import annotations

import re
from itertools import pairwise

from lambdalint.checks.secret_names import kind_of
from lambdalint.literals import HOLE
from lambdalint.literals.words import word_set, words

_PLACEHOLDER = re.compile(
    r"""
      <[^<>]+>                      # <your-key>
    | \$\{ | \{\{ | \{%             # ${VAR}, {{ template }}
    | \{\w*(?:![rsa])?(?::[^{}]*)?\} # str.format
    | %\(\w+\)s | %s
    | ^%\w+%$ | ^\$\w+$ | ^\$\(     # %VAR%, $VAR, $(command)
    | ^\$\$?\.[\w.\[\]*-]+$ | ^States\.\w+\(  # a path or a function of Step Functions: $.login.token
    | ^\[[^\]]*\]$ | ^\([^)]*\)$ | ^:\w+$ | ^@\w+$
    | x{3,}|X{3,}|\*{3,}|\.{3}|…|_{3,}|\#{3,}|-{4,}|={4,}
    | ^[*xX.\-_#?•·=~\s0]+$ | ^(.)\1{5,}$
    """,
    re.VERBOSE,
)
_PLACEHOLDER_WORDS = word_set(
    """
    your yours some any insert replace replaceme enter put todo fixme placeholder redacted masked hidden removed example
    sample dummy fake mock unset undefined none null nil tbd notset invalid wrong incorrect nonexistent need needs real
    """
)
_PATH = re.compile(r"^(?:[A-Za-z]:\\|\.{0,2}/|~/)|^[\w.-]+(?:/[\w.-]+)+$")
_FILE = re.compile(r"\.(?:json|ya?ml|toml|ini|cfg|env|txt|pem|key|crt|p12|pfx|py|js|ts|html?|xml|csv|log|sh)$", re.I)
_ADDRESS = re.compile(
    r"^[a-z][a-z0-9+.-]*://|^arn:|^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$|^(?:[\w-]+\.)+(?:com|net|org|io|local)\b", re.I
)
_REFERENCE = re.compile(r"^(?:ssm|secret|secrets|secretsmanager|vault|env|file|keyring|kms|sm|op|projects)[:/]", re.I)
_VARIABLE = re.compile(r"^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$")
_PATTERN = re.compile(r"^\^|\\[dws]|\(\?|\[a-z|\[\^|\$$(?<=\)\$)")
#: An object by its path: `shop.resources.iam.AccessKey`.
_DOTTED = re.compile(r"^[a-z_]\w*(?:\.[a-z_]\w*)+\.[A-Za-z]\w*$")
#: One name on it: words with a digit or two at most, as in `k8s`, `c7n_gcp` or `v1beta1`.
_PACKAGE = re.compile(r"^(?!.*\d.*\d.*\d)(?:[a-z]{1,12}\d{0,2}[a-z]{0,8}_?)+$")
#: An element of a page: `#secrets-table`, `.login-password`; and what marks a place in a text: `__TOKEN__`.
_SELECTOR = re.compile(r"^[#.][a-z]+(?:-[a-z]+)+$")
_MARKER = re.compile(r"^_+[A-Z][A-Z0-9_]*[A-Z0-9]_+$")
_DATE = re.compile(r"^\d{4}-\d\d-\d\d|^v?\d+(?:\.\d+)+$")
_UUID = re.compile(r"^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$", re.I)
_SEPARATED = re.compile(r"[-_.:/ ]+")
_IDENTIFIER = re.compile(r"^[A-Za-z][A-Za-z]*(?:[-_. ]?[A-Za-z]+)*\d?$")
_MADE_OF = re.compile(r"^[A-Za-z0-9+/=_.~:@!$%&*^#|{}-]+$")
_EXACT = word_set(
    """
    password passwd pwd pass passphrase passcode secret token apikey key auth credentials
    """
)
#: What a password-named variable holds when it tells a state, a type or a method rather than a password.
_STATES = word_set(
    """
    required optional invalid missing incorrect wrong expired reset changed change forgot update updated enabled
    disabled plain plaintext hashed encrypted bcrypt basic bearer digest default manual auto automatic prompt env
    environment file keyring vault secretsmanager ssm kms iam aws string str text bytes binary varchar nvarchar char
    true false yes no ok error failed success guest unknown anonymous oauth oauth2 saml sso ldap cognito local remote
    custom generated
    random input hidden field boolean int integer object array number any strong weak medium active inactive
    mandatory valid known taken sent pending present absent correct match mismatch empty blank unset unchanged
    """
)
#: A participle tells what became of a thing: `accepted`, `rejected`, `unverified`.
_OUTCOME = re.compile(r"[a-z]{3,}[a-df-z]ed")
_CHANGE = frozenset({"change", "changeme", "changeit"})
#: Words that a person puts into a value rather than into a name.
_BOASTS = word_set(
    """
    super very top my supersecret insecure unsafe changeme changeit dev development change
    """
)


def is_placeholder(text: str) -> bool:
    """Whether the text stands where a secret will be: `<your-key>`, `${TOKEN}`, `xxxx`, `your_password_here`."""
    if HOLE in text or _PLACEHOLDER.search(text):
        return True
    parts = words(text)
    if asks_for_change(text):
        return False  # a default password that is known and works
    return bool(_PLACEHOLDER_WORDS.intersection(parts)) and sum(map(len, parts)) >= 0.8 * len(_SEPARATED.sub("", text))


def is_ciphertext(text: str) -> bool:
    """Whether it is encrypted, so that nobody reads it without the key: by KMS, whose blobs begin alike, or Fernet
    (https://github.com/fernet/spec/blob/master/Spec.md: the version, and a time whose first bytes are 0)."""
    return len(text) >= 100 and text.startswith(("AQICAH", "gAAAAA")) and _MADE_OF.match(text) is not None


def asks_for_change(text: str) -> bool:
    """Whether the text tells whoever deploys it to put another one there: `change-me-in-production`."""
    return not _CHANGE.isdisjoint(words(text))


def points_elsewhere(text: str) -> bool:
    """Whether the text says where something is: a path, an address, an ARN, a variable, a pattern, a date."""
    if _ADDRESS.search(text) or _REFERENCE.search(text) or _VARIABLE.match(text) or _DATE.match(text):
        return True
    if _PATTERN.search(text) or _FILE.search(text) or text.lower().startswith("x-"):
        return True
    if _SELECTOR.match(text) or _MARKER.match(text):
        return True
    if _DOTTED.match(text) and all(map(_PACKAGE.match, text.split(".")[:-1])):
        last = text.rpartition(".")[2]
        return is_slug(last) or re.fullmatch(r"(?:[A-Z]?[a-z]+_?)+", last) is not None
    return bool(_PATH.search(text)) and not (len(text) >= 20 and looks_generated(text.replace("/", "")))


def is_sentence(text: str) -> bool:
    """Whether it is prose or markup rather than one word."""
    return bool(re.search(r"\s", text.strip())) or text.endswith((":", "?", "!!"))


def is_caption(text: str) -> bool:
    """Whether it is words alone, with a capital in front, as what is shown beside a field: `Ihr Passwort`."""
    return text[:1].isupper() and all(word.isalpha() for word in text.rstrip(":.").split())


def is_sequence(text: str) -> bool:
    """Whether it only counts: `0123456789`, `abcdefghij`, an alphabet."""
    steps = [ord(b) - ord(a) for a, b in pairwise(text)]
    one_sort = text.isdigit() or text.isalpha() or len(text) >= 36
    return one_sort and len(text) >= 6 and sum(step == 1 for step in steps) >= 0.8 * len(steps)


def names_a_field(text: str) -> bool:
    """Whether it is the name of a field, as code writes one: `accountUserPassword`."""
    return bool(re.fullmatch(r"[a-z]+(?:[A-Z][a-z]+){2,}", text)) and kind_of(text) != "" and not boasts(text)


def names_a_secret(text: str, name: str) -> bool:
    """Whether the text is itself the name of a secret: a key of a dict, a field of a form, `prod-db-password`."""
    if not _IDENTIFIER.match(text) or (text[-1].isdigit() and text[0].isupper()):
        return False  # `Password1` is a password, `password1` the field of a form
    parts = words(text)
    if text.lower() in _EXACT:
        return True
    return kind_of(text) != "" and (set(parts) <= set(words(name)) or (len(parts) > 1 and not boasts(text)))


def names_its_like(text: str, name: str) -> bool:
    """Whether the text is a name as code writes one, with a word of the name that it is bound to: the key under which a
    secret is kept, `webhook_key="webhook_url_critical"`."""
    if not re.fullmatch(r"[a-z]+(?:_[a-z]+)+", text) or boasts(text):
        return False
    return not set(words(text)).isdisjoint(words(name))


def is_state(text: str) -> bool:
    """Whether it is one word that tells a state, an outcome, a type or a method: `expired`, `accepted`,
    `VARCHAR(255)`."""
    word = re.sub(r"\s*\(\d+(?:,\s*\d+)?\)$", "", text).lower()
    return word in _STATES or _OUTCOME.fullmatch(word) is not None


def is_slug(text: str) -> bool:
    """Whether it is made of words and small numbers: `prod-db-2`, `accessToken`, `poc-microvm-token-42`."""
    parts = words(text)
    letters = [part for part in parts if part.isalpha()]
    digits = sum(len(part) for part in parts if part.isdigit())
    if not letters or not re.match(r"^[\w.:/@ -]+$", text):
        return False
    pieces = _SEPARATED.split(text)
    if len(pieces) == 1 and digits > 2:
        return False
    if (
        digits <= 4
        and len(pieces) > 1
        and all(re.match(r"^(?:[A-Za-z]{2,}\d{0,3}|\d{1,3})$", piece) for piece in pieces)
    ):
        return True
    return digits <= 4 and sum(map(len, letters)) / len(letters) >= 3.4


def boasts(text: str) -> bool:
    """Whether a person who makes up a secret wrote it: `my-super-secret`."""
    return bool(_BOASTS.intersection(words(text)))


def looks_generated(text: str, least: int = 8) -> bool:
    """Whether a machine made it: letters and digits mixed, a UUID, base64 - no words and small numbers."""
    if len(text) < least or not _MADE_OF.match(text) or is_sequence(text):
        return False
    if _UUID.match(text):
        return True
    if is_slug(text):
        return False
    parts = words(text)
    mixed = any(part.isdigit() for part in parts) and any(part.isalpha() for part in parts)
    if mixed:
        return True
    letters = [part for part in parts if part.isalpha()]
    bulk = sum(map(len, letters))
    if text.isalpha():
        return len(text) >= 20 and text.lower() != text != text.upper() and bulk / len(letters) < 3
    return bulk >= 8 and text.endswith("=") and bulk / len(letters) < 3.5
