"""socket, ssl, ipaddress, http, urllib.request, email and smtplib."""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_RESPONSE = "http.client.HTTPResponse"
_MESSAGE = "http.client.HTTPMessage"
_V4, _V6 = "ipaddress.IPv4Address", "ipaddress.IPv6Address"
_HTTP_ERRORS = "raises OSError, ValueError, http.client.HTTPException"
_MAIL_ERRORS = "raises OSError, ValueError"

CALLS: dict[str, str] = {
    # urllib.request: what http and https give
    "urllib.request.urlopen": f"{_RESPONSE} refuses TypeError, AttributeError {_HTTP_ERRORS}",
    "urllib.request.Request": "urllib.request.Request for str refuses TypeError, AttributeError raises ValueError",
    "urllib.request.Request.add_header": "None for each str refuses AttributeError, TypeError",
    "urllib.request.urlretrieve": f"tuple[str, ?] refuses TypeError, AttributeError {_HTTP_ERRORS}",
    f"{_RESPONSE}.read": f"bytes refuses TypeError, ArithmeticError {_HTTP_ERRORS}",
    f"{_RESPONSE}.readline": f"bytes refuses TypeError, ArithmeticError {_HTTP_ERRORS}",
    **each(_RESPONSE, "int", "getcode"),
    f"{_RESPONSE}.info": _MESSAGE,
    f"{_RESPONSE}.getheader": "? for str refuses AttributeError, TypeError",
    f"{_RESPONSE}.getheaders": "list[tuple[str, str]]",
    f"{_RESPONSE}.close": "None",
    f"{_MESSAGE}.get": "? for str refuses AttributeError",
    f"{_MESSAGE}.get_content_charset": "?",
    f"{_MESSAGE}.items": "list[tuple[str, ?]]",
    f"{_MESSAGE}.keys": "list[str]",
    f"{_MESSAGE}.__getitem__": "? for str refuses AttributeError",
    # http
    "http.client.HTTPSConnection": "http.client.HTTPSConnection refuses TypeError, AttributeError raises "
                                   "http.client.HTTPException, ValueError, OSError",
    "http.client.HTTPConnection": "http.client.HTTPConnection refuses TypeError, AttributeError raises "
                                  "http.client.HTTPException, ValueError",
    **{
        f"http.client.{kind}.{name}": answer
        for kind in ("HTTPConnection", "HTTPSConnection")
        for name, answer in (
            ("request", f"None refuses TypeError, AttributeError {_HTTP_ERRORS}"),
            ("getresponse", f"{_RESPONSE} {_HTTP_ERRORS}"),
            ("close", "None"),
        )
    },
    "http.cookies.SimpleCookie": "http.cookies.SimpleCookie refuses TypeError, AttributeError raises "
                                 "http.cookies.CookieError",
    # socket and ssl
    **each("socket", "str raises OSError", "gethostname"),
    "socket.gethostbyname": "str for str refuses TypeError raises OSError, ValueError",
    "socket.getfqdn": "str refuses TypeError, UnicodeError",
    "socket.setdefaulttimeout": "None for NoneType refuses TypeError, ValueError, OverflowError",
    "socket.getdefaulttimeout": "float | None",
    "socket.inet_aton": "bytes refuses TypeError raises OSError",
    "socket.socket": "socket.socket refuses TypeError raises OSError, ValueError",
    "socket.create_connection": "socket.socket refuses TypeError, ValueError raises OSError",
    "socket.socket.__enter__": "receiver",
    "socket.socket.recv": "bytes refuses TypeError raises OSError, ValueError",
    **each("socket.socket", "None refuses TypeError raises OSError, ValueError", "connect sendall settimeout close shutdown"),
    "ssl.create_default_context": "ssl.SSLContext refuses TypeError, ValueError raises OSError",
    "ssl.SSLContext": "ssl.SSLContext refuses TypeError, ValueError",
    "http.cookies.SimpleCookie.__getitem__": "http.cookies.Morsel raises KeyError",
    # ipaddress
    "ipaddress.ip_address": f"{_V4} | {_V6} refuses ValueError, TypeError",
    "ipaddress.collapse_addresses": "iterator[ipaddress.IPv4Network | ipaddress.IPv6Network] "
    "refuses TypeError, AttributeError",
    "ipaddress.ip_network": "ipaddress.IPv4Network | ipaddress.IPv6Network refuses ValueError, TypeError",
    "ipaddress.ip_interface": "ipaddress.IPv4Interface | ipaddress.IPv6Interface refuses ValueError, TypeError",
    **each("ipaddress", f"{_V4} refuses ValueError, TypeError", "IPv4Address"),
    **each("ipaddress", f"{_V6} refuses ValueError, TypeError, AttributeError", "IPv6Address"),
    "ipaddress.IPv4Network": "ipaddress.IPv4Network refuses ValueError, TypeError",
    "ipaddress.IPv4Network.hosts": f"iterator[{_V4}] | list[{_V4}]",
    # email and smtplib
    **each("email", "email.message.Message | email.message.EmailMessage refuses TypeError, AttributeError, ValueError, "
                    "LookupError",
           "message_from_string message_from_bytes message_from_file message_from_binary_file"),
    "email.message.EmailMessage": "email.message.EmailMessage refuses TypeError, AttributeError",
    "email.message.EmailMessage.as_string": "str refuses TypeError, AttributeError raises ValueError, LookupError, KeyError, TypeError",
    "email.message.EmailMessage.as_bytes": "bytes refuses TypeError, AttributeError raises ValueError, LookupError, KeyError, TypeError",
    **each("email.message.EmailMessage", "None refuses TypeError, KeyError, ValueError, AttributeError, LookupError",
           "set_content add_alternative add_attachment"),
    "email.mime.multipart.MIMEMultipart": "email.mime.multipart.MIMEMultipart refuses TypeError, AttributeError",
    "email.mime.text.MIMEText": "email.mime.text.MIMEText refuses TypeError, AttributeError, UnicodeError, LookupError",
    "email.mime.application.MIMEApplication": "email.mime.application.MIMEApplication refuses TypeError, AttributeError",
    "email.mime.base.MIMEBase": "email.mime.base.MIMEBase refuses TypeError, AttributeError",
    **{
        f"email.mime.{kind}.{name}": answer
        for kind in ("multipart.MIMEMultipart", "text.MIMEText", "application.MIMEApplication", "base.MIMEBase")
        for name, answer in (
            ("as_string", "str refuses TypeError, AttributeError raises ValueError, LookupError, KeyError, TypeError"),
            ("as_bytes", "bytes refuses TypeError, AttributeError raises ValueError, LookupError, KeyError, TypeError"),
            ("add_header", "None refuses TypeError, AttributeError, ValueError"),
        )
    },
    "email.mime.multipart.MIMEMultipart.attach": "None refuses TypeError, AttributeError",
    "email.utils.formataddr": "str refuses TypeError, ValueError, AttributeError, UnicodeError",
    "email.utils.formatdate": "str refuses TypeError, ValueError, AttributeError, OverflowError, OSError",
    "email.utils.make_msgid": "str refuses TypeError, ValueError, AttributeError",
    **each("smtplib", "smtplib.SMTP refuses TypeError, AttributeError raises OSError, ValueError", "SMTP"),
    "smtplib.SMTP_SSL": "smtplib.SMTP_SSL refuses TypeError, AttributeError raises OSError, ValueError",
    **{
        f"smtplib.{kind}.{name}": answer
        for kind in ("SMTP", "SMTP_SSL")
        for name, answer in (
            ("__enter__", "receiver"),
            ("quit", f"tuple[int, bytes] {_MAIL_ERRORS}"),
            ("login", f"tuple[int, bytes] refuses TypeError {_MAIL_ERRORS}"),
            ("sendmail", f"? refuses TypeError, AttributeError {_MAIL_ERRORS}"),
            ("send_message", f"? refuses TypeError, AttributeError {_MAIL_ERRORS}"),
        )
    },
    "mimetypes.guess_type": "tuple[?, ?] refuses TypeError, AttributeError, ValueError",
    "mimetypes.guess_extension": "? refuses TypeError, AttributeError",
}  # fmt: skip

ATTRIBUTES: dict[str, str] = {
    f"{_RESPONSE}.status": "int",
    f"{_RESPONSE}.code": "int",
    **each(_RESPONSE, _MESSAGE, "headers msg"),
    **each("urllib.error.HTTPError", "int", "code status"),
    **each("urllib.error.HTTPError", "?", "reason headers msg"),
    "urllib.error.URLError.reason": "?",
    **each("ipaddress.IPv4Network", "int", "num_addresses prefixlen"),
    **each("ipaddress.IPv4Network", _V4, "network_address broadcast_address netmask"),
    "ssl.CERT_NONE": "?",
}  # fmt: skip

ELEMENTS: dict[str, str] = {
    "ipaddress.IPv4Network": _V4,
    "ipaddress.IPv6Network": _V6,
}
