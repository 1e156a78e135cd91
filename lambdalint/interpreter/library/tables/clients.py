"""Libraries that handlers bring along: HTTP clients, dates. Sources: each library's own reference.

requests https://requests.readthedocs.io/en/latest/api/ ; httpx https://www.python-httpx.org/api/ ;
redis: see library/clients.py; urllib3 https://urllib3.readthedocs.io/en/stable/reference/ ; dateutil https://dateutil.readthedocs.io/ ;
pytz https://pythonhosted.org/pytz/.
"""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_REQUESTS = "requests.Response raises requests.exceptions.RequestException, ValueError, TypeError"
_HTTPX = "httpx.Response raises httpx.HTTPError, httpx.InvalidURL, ValueError, TypeError"
_VERBS = "get post put patch delete head options request"
_POOL = "urllib3.response.HTTPResponse raises urllib3.exceptions.HTTPError, ValueError, TypeError"
_DT = "datetime.datetime"

_REDIS_ERROR = "raises redis.exceptions.RedisError"


def _redis(kind: str, text: str) -> dict[str, str]:
    """A client of Redis that answers with bytes, or with text. What ranges give, `hgetall` and pipelines:
    library/clients.py."""
    maybe = f"{text} | None" if text != "?" else "?"
    return {
        **each(kind, f"{maybe} {_REDIS_ERROR}",
               "get hget getdel getex getset lindex randomkey rpoplpush brpoplpush lmove blmove"),
        **each(kind, f"{text} {_REDIS_ERROR}", "type getrange substr echo"),
        **each(kind, f"list[{text}] {_REDIS_ERROR}", "lrange keys hkeys hvals"),
        **each(kind, f"list[{maybe}] {_REDIS_ERROR}", "mget hmget"),
        **each(kind, f"set[{text}] {_REDIS_ERROR}", "smembers sinter sunion sdiff"),
        **each(kind, f"tuple[{text}, {text}] | None {_REDIS_ERROR}", "blpop brpop"),
        **each(kind, f"list[tuple[{text}, float]] {_REDIS_ERROR}", "zpopmin zpopmax"),
        **each(kind, f"tuple[{text}, {text}, float] | None {_REDIS_ERROR}", "bzpopmin bzpopmax"),
        **each(kind, f"tuple[int, list[{text}]] {_REDIS_ERROR}", "scan sscan"),
        **each(kind, f"int {_REDIS_ERROR}",
               "incr incrby decr decrby delete unlink exists ttl pttl llen scard hlen zcard dbsize lpush rpush sadd "
               "hincrby hdel srem zrem zcount strlen append lrem publish hstrlen linsert xlen pfcount touch "
               "zremrangebyscore zremrangebyrank sinterstore sunionstore sdiffstore lpushx rpushx"),
        **each(kind, f"float {_REDIS_ERROR}", "incrbyfloat hincrbyfloat zincrby"),
        **each(kind, f"float | None {_REDIS_ERROR}", "zscore"),
        **each(kind, f"bool {_REDIS_ERROR}", "hexists setnx expire expireat pexpire persist"),
        **each(kind, f"tuple[int, int] {_REDIS_ERROR}", "time"),
        # generators, which send nothing before they are gone through
        **each(kind, f"generator[{text}] {_REDIS_ERROR}", "scan_iter sscan_iter"),
        **each(kind, f"generator[tuple[{text}, {text}]] {_REDIS_ERROR}", "hscan_iter"),
        **each(kind, f"generator[tuple[{text}, float]] {_REDIS_ERROR}", "zscan_iter"),
        **each(kind, f"? {_REDIS_ERROR}",
               "set setex psetex hset hsetnx hmset mset ping close zadd zrank zrevrank rename flushdb lock sismember "
               "info ltrim lset xadd xread xrange pubsub eval register_script smove copy hscan zscan"),
    }  # fmt: skip


CALLS: dict[str, str] = {
    **_redis("redis.Redis", "bytes"),
    **_redis("redis.Redis[str]", "str"),
    **_redis("redis.Redis[?]", "?"),
    **{f"redis.Pipeline{kind}.__enter__": "receiver" for kind in ("", "[str]", "[?]")},
    **{f"redis.Redis{kind}.__enter__": "receiver" for kind in ("", "[str]", "[?]")},
    # requests
    **each("requests", _REQUESTS, _VERBS),
    "requests.Session": "requests.Session",
    **each("requests.Session", _REQUESTS, _VERBS),
    "requests.Session.__enter__": "receiver",
    **each("requests.Session", "None", "close mount"),
    "requests.Response.raise_for_status": "None raises requests.exceptions.HTTPError",
    "requests.Response.close": "None",
    "requests.Response.__enter__": "receiver",
    "requests.Response.iter_content": "iterator[?] raises ValueError, TypeError, requests.exceptions.RequestException",
    "requests.Response.iter_lines": "iterator[?] raises ValueError, TypeError, requests.exceptions.RequestException",
    "requests.cookies.RequestsCookieJar.get_dict": "dict[str, ?] raises TypeError",
    "requests.utils.dict_from_cookiejar": "dict[str, ?]",
    "requests.structures.CaseInsensitiveDict.get": "?",
    "requests.structures.CaseInsensitiveDict.__getitem__": "?",
    # httpx
    **each("httpx", _HTTPX, _VERBS),
    "httpx.Client": "httpx.Client raises ValueError, TypeError, RuntimeError, OSError",
    "httpx.Client.__enter__": "receiver raises RuntimeError",
    "httpx.Client.close": "None",
    **each("httpx.Client", _HTTPX, _VERBS),
    "httpx.AsyncClient": "httpx.AsyncClient raises ValueError, TypeError, RuntimeError, OSError",
    "httpx.AsyncClient.__enter__": "receiver raises RuntimeError",
    "httpx.AsyncClient.aclose": "awaitable[None]",
    **each("httpx.AsyncClient", f"awaitable[httpx.Response]{_HTTPX.partition('httpx.Response')[2]}", f"{_VERBS} send"),
    "httpx.Response.aread": "awaitable[bytes]",
    "httpx.Response.raise_for_status": "receiver raises httpx.HTTPStatusError, RuntimeError",
    "httpx.Response.read": "bytes raises httpx.HTTPError, RuntimeError",
    "httpx.Headers.get_list": "list[str] raises TypeError, AttributeError",
    "httpx.Headers.multi_items": "list[tuple[str, str]]",
    "httpx.Headers.get": "?",
    "httpx.Cookies.get": "?",
    **{f"httpx.Headers.{name}": f"dict_{name}" for name in ("keys", "values", "items")},
    # urllib3
    "urllib3.PoolManager": "urllib3.PoolManager",
    **each("urllib3.PoolManager", _POOL, "request urlopen"),
    "urllib3.request": _POOL,
    "urllib3.response.HTTPResponse.read": "bytes raises urllib3.exceptions.HTTPError, ValueError",
    "urllib3.response.HTTPResponse.json": "json raises ValueError",
    **each("urllib3.response.HTTPResponse", "None", "release_conn close drain_conn"),
    **each("urllib3.response.HTTPResponse", "urllib3._collections.HTTPHeaderDict", "getheaders info"),
    "urllib3.response.HTTPResponse.getheader": "?",
    "urllib3.response.HTTPResponse.geturl": "str | None",
    "urllib3._collections.HTTPHeaderDict.get": "?",
    # Mangum, which answers as the source of the event asks for it
    "mangum.Mangum": "mangum.Mangum raises Exception",
    "mangum.Mangum.__call__": "{statusCode: int, body: str, isBase64Encoded: bool, ...} raises Exception",
    # pydantic
    "pydantic.TypeAdapter": "pydantic.TypeAdapter raises Exception",
    "pydantic.TypeAdapter.dump_json": "bytes raises Exception",
    **each("pydantic.TypeAdapter", "? raises Exception", "validate_python validate_json dump_python"),
    "pydantic_core.to_json": "bytes raises Exception",
    "pydantic_core.to_jsonable_python": "json raises Exception",
    # dates
    "dateutil.parser.parse": f"{_DT} raises ValueError, OverflowError, TypeError",
    "dateutil.parser.isoparse": f"{_DT} raises ValueError, TypeError",
    "dateutil.relativedelta.relativedelta": "dateutil.relativedelta.relativedelta raises ValueError, TypeError",
    "dateutil.tz.gettz": "?",
    "dateutil.tz.tzutc": "dateutil.tz.tz.tzutc",
    "pytz.timezone": "pytz.tzinfo raises pytz.UnknownTimeZoneError, AttributeError",
    "pytz.tzinfo.localize": f"{_DT} raises ValueError, TypeError, AttributeError",
}

ATTRIBUTES: dict[str, str] = {
    "requests.Response.text": "str",
    "requests.Response.content": "bytes",
    "requests.Response.status_code": "int",
    "requests.Response.ok": "bool",
    "requests.Response.url": "str",
    "requests.Response.headers": "requests.structures.CaseInsensitiveDict",
    "requests.Response.elapsed": "datetime.timedelta",
    "requests.Response.cookies": "requests.cookies.RequestsCookieJar",
    "requests.Response.history": "list[requests.Response]",
    "requests.Response.request": "requests.PreparedRequest",
    **each("requests.Response", "bool", "is_redirect is_permanent_redirect"),
    **each("requests.Response", "?", "reason encoding apparent_encoding links next raw"),
    **each("requests.PreparedRequest", "?", "method url headers body hooks path_url"),
    **each("requests.Session", "?", "headers auth cookies params verify proxies cert hooks"),
    "requests.codes.ok": "int",
    "httpx.Response.text": "str",
    "httpx.Response.content": "bytes",
    "httpx.Response.status_code": "int",
    **each("httpx.Response", "bool", "is_success is_error is_redirect is_client_error is_server_error"),
    "httpx.Response.reason_phrase": "str",
    "httpx.Response.headers": "httpx.Headers",
    "httpx.Response.elapsed": "datetime.timedelta",
    "httpx.Response.url": "httpx.URL",
    "httpx.Response.request": "httpx.Request",
    "httpx.Response.cookies": "httpx.Cookies",
    "httpx.Response.history": "list[httpx.Response]",
    "httpx.Response.http_version": "str",
    "httpx.Response.num_bytes_downloaded": "int",
    **each("httpx.Response", "?", "encoding links next_request extensions"),
    **each("httpx.Request", "?", "method url headers stream content extensions"),
    **each("httpx.URL", "str", "scheme host path fragment"),
    **each("httpx.URL", "bytes", "query raw_path netloc userinfo"),
    "httpx.URL.port": "int | None",
    "httpx.URL.params": "httpx.QueryParams",
    "httpx.Headers.raw": "list[tuple[bytes, bytes]]",
    "urllib3.response.HTTPResponse.data": "bytes",
    "urllib3.response.HTTPResponse.status": "int",
    "urllib3.response.HTTPResponse.headers": "urllib3._collections.HTTPHeaderDict",
    **each("urllib3.response.HTTPResponse", "?", "reason version url"),
    "pytz.utc": "pytz.tzinfo",
    "pytz.UTC": "pytz.tzinfo",
}

ELEMENTS: dict[str, str] = {
    "requests.Response": "bytes",
    "requests.structures.CaseInsensitiveDict": "str",
}

_SPAN = "dateutil.relativedelta.relativedelta"
OPERATORS: dict[tuple[str, str | None, str | None], str] = {
    ("Add", _DT, _SPAN): _DT,
    ("Subtract", _DT, _SPAN): _DT,
}
