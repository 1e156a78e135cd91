"""decimal, fractions, math, statistics, random, secrets, uuid and the hashes."""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_DEC, _FRACTION = "decimal.Decimal", "fractions.Fraction"
_ATTRIBUTE = "boto3.dynamodb.attribute"
_INVALID = "raises decimal.InvalidOperation"
BLAKES = ("blake2b", "blake2s")
_PLAIN = "md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512"
HASHES = (*_PLAIN.split(), *BLAKES)

CALLS: dict[str, str] = {
    _DEC: f"{_DEC} for int, float refuses TypeError, ValueError, decimal.InvalidOperation",
    f"{_DEC}.from_float": f"{_DEC} for int, float refuses TypeError",
    f"{_DEC}.quantize": f"{_DEC} refuses TypeError, ValueError {_INVALID}",
    **each(_DEC, f"{_DEC} refuses TypeError", "to_integral_value to_integral to_integral_exact normalize"),
    **each(_DEC, f"{_DEC} refuses TypeError {_INVALID}", "sqrt ln log10 exp"),
    **each(_DEC, _DEC, "copy_abs copy_negate"),
    **each(_DEC, "bool", "is_nan is_finite is_infinite is_zero is_signed is_qnan is_snan"),
    f"{_DEC}.as_tuple": "?",
    f"{_DEC}.as_integer_ratio": "tuple[int, int] raises ValueError, OverflowError",
    f"{_DEC}.to_eng_string": "str refuses TypeError",
    f"{_DEC}.compare": f"{_DEC} for {_DEC}, int refuses TypeError",
    "decimal.getcontext": "decimal.Context",
    _FRACTION: f"{_FRACTION} refuses TypeError, ValueError, OverflowError, ZeroDivisionError",
    f"{_FRACTION}.limit_denominator": f"{_FRACTION} refuses TypeError, ValueError, ZeroDivisionError",
    **each("math", "int for int refuses TypeError, ValueError, OverflowError", "floor ceil trunc"),
    **each("math", "float for each int refuses TypeError raises ValueError, OverflowError",
           "sqrt log log2 log10 log1p exp pow fmod acos asin cosh sinh gamma tan sin cos remainder"),
    **each("math", "float for each float refuses TypeError, OverflowError, ValueError",
           "atan atan2 degrees radians fabs copysign"),
    **each("math", "float refuses TypeError, OverflowError, ValueError", "hypot fsum dist"),
    "math.isclose": "bool for each float refuses TypeError, ValueError, OverflowError",
    **each("math", "int for each int refuses TypeError raises ValueError, OverflowError", "factorial comb perm isqrt"),
    **each("math", "int for each int refuses TypeError", "gcd lcm"),
    **each("cmath", "complex for int, float, complex refuses TypeError raises ValueError, OverflowError",
           "exp sqrt log10 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh"),
    "cmath.log": "complex refuses TypeError, ZeroDivisionError raises ValueError, OverflowError",
    "cmath.rect": "complex refuses TypeError raises ValueError, OverflowError",
    "cmath.phase": "float for int, float, complex refuses TypeError raises ValueError, OverflowError",
    "cmath.polar": "tuple[float, float] for int, float, complex refuses TypeError raises ValueError, OverflowError",
    **each("cmath", "bool for int, float, complex refuses TypeError raises OverflowError", "isnan isinf isfinite"),
    "math.modf": "tuple[float, float] for int, float refuses TypeError, OverflowError",
    "math.frexp": "tuple[float, int] for int, float refuses TypeError, OverflowError",
    **each("statistics", "float refuses TypeError, ValueError, AttributeError", "fmean geometric_mean"),
    "statistics.mode": "? refuses TypeError, ValueError, AttributeError",
    # random and secrets
    "random.random": "float",
    "random.randint": "int for each int refuses TypeError raises ValueError",
    "random.randrange": "int for each int refuses TypeError raises ValueError",
    "random.uniform": "float for each int, float refuses TypeError",
    "random.expovariate": "float refuses TypeError, ValueError, OverflowError, ZeroDivisionError",
    "random.getrandbits": "int for int refuses TypeError raises ValueError, OverflowError",
    "random.seed": "None refuses TypeError",
    "random.randbytes": "bytes for int refuses TypeError raises ValueError, OverflowError",
    "secrets.token_hex": "str refuses TypeError, ValueError",
    "secrets.token_urlsafe": "str refuses TypeError, ValueError",
    "secrets.token_bytes": "bytes refuses TypeError, ValueError",
    "secrets.randbelow": "int refuses TypeError, ValueError",
    "secrets.compare_digest": "bool for each bytes refuses TypeError",
    # uuid
    **each("uuid", "uuid.UUID refuses TypeError, ValueError, AttributeError, ArithmeticError", "uuid1 uuid3 uuid5"),
    "uuid.uuid4": "uuid.UUID",
    "uuid.UUID": "uuid.UUID refuses TypeError, ValueError, AttributeError",
    "uuid.getnode": "int",
    # hashes
    **each("hashlib", "hashlib.HASH for bytes refuses TypeError", _PLAIN),
    **{f"hashlib.{name}": f"blake2.{name} for bytes refuses TypeError, ValueError, OverflowError" for name in BLAKES},
    "hashlib.new": "hashlib.HASH refuses TypeError, ValueError",
    "hashlib.pbkdf2_hmac": "bytes refuses TypeError, ValueError, OverflowError",
    **{
        f"{kind}.{name}": answer
        for kind in ("hashlib.HASH", *(f"blake2.{name}" for name in BLAKES))
        for name, answer in (
            ("hexdigest", "str"), ("digest", "bytes"), ("update", "None for bytes refuses TypeError"), ("copy", kind),
        )
    },
    "hmac.new": "hmac.HMAC refuses TypeError, ValueError, AttributeError",
    "hmac.HMAC.hexdigest": "str",
    "hmac.HMAC.digest": "bytes",
    "hmac.HMAC.update": "None for bytes refuses TypeError",
    "hmac.HMAC.copy": "hmac.HMAC",
    "hmac.digest": "bytes refuses TypeError, ValueError, AttributeError",
    "hmac.compare_digest": "bool for each bytes refuses TypeError",
}  # fmt: skip

ATTRIBUTES: dict[str, str] = {
    "uuid.UUID.int": "int",
    "uuid.UUID.version": "int | None",
    **each("uuid", "uuid.UUID", "NAMESPACE_DNS NAMESPACE_URL NAMESPACE_OID NAMESPACE_X500"),
    **{
        f"{kind}.{name}": said
        for kind in ("hashlib.HASH", "hmac.HMAC", *(f"blake2.{name}" for name in BLAKES))
        for name, said in (("name", "str"), ("digest_size", "int"), ("block_size", "int"))
    },
    "decimal.Context.prec": "int",
}

_ARITHMETIC = ("Add", "Subtract", "Multiply", "Divide")
OPERATORS: dict[tuple[str, str | None, str | None], str] = {
    (op, one, other): number
    for number in (_DEC, _FRACTION)
    for op in _ARITHMETIC
    for one, other in ((number, number), (number, "int"), ("int", number))
}
OPERATORS |= {("Power", one, other): _DEC for one, other in ((_DEC, _DEC), (_DEC, "int"), ("int", _DEC))}
OPERATORS |= {
    (op, one, other): _DEC for op in ("Modulo", "FloorDivide") for one, other in ((_DEC, _DEC), (_DEC, "int"))
}
#: An attribute of an item of DynamoDB that one of these takes is a number: they refuse its other types.
OPERATORS |= {
    (op, one, other): _DEC
    for op in ("Add", "Subtract", "Divide")
    for number in ("int", _DEC)
    for one, other in ((_ATTRIBUTE, number), (number, _ATTRIBUTE))
}
#: And two that are multiplied or divided are numbers both.
OPERATORS |= {(op, _ATTRIBUTE, _ATTRIBUTE): _DEC for op in ("Multiply", "Divide")}
OPERATORS |= {
    (op, one, other): "complex"
    for op in (*_ARITHMETIC, "Power")
    for number in ("int", "bool", "float", "complex")
    for one, other in (("complex", number), (number, "complex"))
}
