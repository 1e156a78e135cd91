"""Expressions of a wanted type, as text."""

from __future__ import annotations

from .events import KINDS, WORDS
from .vocabulary import Cls, Fn, Option, Param, Type, Var, Vocabulary, is_kind

TEXTS = tuple(word for word in WORDS if word.isascii())
TYPE_NAMES = ("dict", "list", "str", "int", "(int, float)", "bool", "tuple", "(list, tuple)", "type(None)")


class Expressions(Vocabulary):
    """Writes expressions. The deeper, the simpler."""

    def expr(self, type_: Type, depth: int = 2) -> str:
        """An expression that mostly has this type."""
        if self.chance(0.015):
            type_ = self.a_type(1)
        kind = type_ if isinstance(type_, str) else type_[0]
        found = self.some(lambda other: other == type_)
        options: list[Option] = [(2, lambda: self.literal(type_, depth))]
        if found is not None:
            options.append((9, lambda: found.name))
        if depth > 0:
            options += self.general(type_, depth - 1)
            options += getattr(self, f"of_{kind}")(type_, depth - 1)
        return str(self.pick(options))

    # -- for every type ------------------------------------------------------------------------------------------

    def general(self, type_: Type, depth: int) -> list[Option]:
        """Ways to any type: conditions, parts of containers, calls."""
        options: list[Option] = [
            (1, lambda: f"({self.expr(type_, depth)} if {self.cond(depth)} else {self.expr(type_, depth)})"),
            (1, lambda: f"({self.expr(type_, depth)} or {self.expr(type_, depth)})"),
        ]
        if not self.no_walrus and self.chance(0.2):
            options.append((1, lambda: self.walrus(type_, depth)))
        if self.chance(0.12):
            options.append((2, lambda: f"(lambda q: {self.lambda_body('q', type_, depth)})({self.expr(type_, depth)})"))
        records = self.variables(lambda t: is_kind("rec")(t) and any(part == type_ for _, part in t[1]))
        if records:
            options.append((5, lambda: self.record_part(self.rng.choice(records), type_, depth)))
        dicts = self.variables(lambda t: t == ("dict", type_))
        if dicts:
            options.append((2, lambda: self.dict_part(self.rng.choice(dicts), type_, depth)))
        lists = self.variables(lambda t: t == ("list", type_))
        if lists:
            options.append((2, lambda: f"{self.rng.choice(lists).name}[{self.rng.choice(['0', '-1', '0', '1'])}]"))
        tuples = self.variables(lambda t: is_kind("tuple")(t) and type_ in t[1])
        if tuples:
            pair = self.rng.choice(tuples)
            options.append((3, lambda: f"{pair.name}[{pair.type[1].index(type_)}]"))
        maybe = self.some(lambda t: t == ("opt", type_))
        if maybe is not None:
            options.append((3, lambda: f"({maybe.name} if {maybe.name} is not None else {self.expr(type_, depth)})"))
        for var in self.variables(is_kind("inst")):
            cls = self.class_named(var.type[1])
            for name, part in cls.fields.items():
                if part == type_:
                    options.append((3, lambda v=var, n=name: f"{v.name}.{n}"))  # type: ignore[misc]
            for method in cls.methods:
                if method.returns == type_ and method.kind in ("plain", "property"):
                    options.append((3, lambda v=var, m=method: self.method_call(v.name, m, depth)))  # type: ignore[misc]
        if self.callable_now:
            for function in self.functions:
                if function.returns == type_ and function.kind in ("plain", "async"):
                    options.append((4, lambda f=function: self.call(f, depth)))  # type: ignore[misc]
        return options

    def walrus(self, type_: Type, depth: int) -> str:
        """Binds a new name on the way."""
        name = self.fresh("w")
        text = f"({name} := {self.expr(type_, depth)})"
        self.bind(name, type_)
        return text

    def lambda_body(self, name: str, type_: Type, depth: int) -> str:
        """An expression over a lambda's parameter."""
        self.scopes.append([Var(name, type_, plain=False)])
        self.no_walrus += 1
        text = self.expr(type_, depth)
        self.no_walrus -= 1
        self.scopes.pop()
        return text

    def record_part(self, var: Var, type_: Type, depth: int) -> str:
        """A key of a record that has it, mostly."""
        key = self.rng.choice([key for key, part in var.type[1] if part == type_])
        return self.rng.choice(
            [f"{var.name}[{key!r}]"] * 3
            + [f"{var.name}.get({key!r})", f"{var.name}.get({key!r}, {self.literal(type_, 1)})"]
        )

    def dict_part(self, var: Var, type_: Type, depth: int) -> str:
        """A key of a dict, mostly with a default."""
        key = self.rng.choice(("'a'", "'b'", "'id'", "'n'", self.expr("str", 0)))
        return self.rng.choice(
            [f"{var.name}.get({key}, {self.expr(type_, 0)})"] * 3
            + [
                f"{var.name}[{key}]",
                f"{var.name}.setdefault({key}, {self.expr(type_, 0)})",
                f"{var.name}.pop({key}, {self.literal(type_, 1)})",
            ]
        )

    def call(self, function: Fn, depth: int) -> str:
        """A call of an own function, its arguments by position, keyword, star or left to the defaults."""
        text = f"{function.name}({self.arguments(function.params, depth)})"
        if function.kind == "async":
            return f"(await {text})" if self.in_async else f"asyncio.run({text})"
        return text

    def method_call(self, target: str, method: Fn, depth: int) -> str:
        """A call of a method, or a read of a property."""
        return (
            f"{target}.{method.name}"
            if method.kind == "property"
            else f"{target}.{method.name}({self.arguments(method.params, depth)})"
        )

    def arguments(self, params: tuple[Param, ...], depth: int) -> str:
        """The text between the parentheses."""
        parts: list[str] = []
        keywords = False
        positional = [p for p in params if p.kind == "pos"]
        if len(positional) > 1 and self.chance(0.06):
            parts.append(f"*[{', '.join(self.expr(p.type, depth) for p in positional)}]")
            positional = []
        elif positional and self.chance(0.05):
            inner = ", ".join(f"{p.name!r}: {self.expr(p.type, depth)}" for p in positional)
            parts.append(f"**{{{inner}}}")
            positional = []
            keywords = True
        for param in positional:
            if param.default is not None and (keywords or self.chance(0.5)):
                if self.chance(0.5):
                    keywords = True
                    continue
            if keywords or self.chance(0.15):
                keywords = True
                parts.append(f"{param.name}={self.expr(param.type, depth)}")
            else:
                parts.append(self.expr(param.type, depth))
        for param in params:
            if param.kind == "args" and not keywords:
                parts += [self.expr(param.type, depth) for _ in range(self.rng.randrange(3))]
            elif param.kind == "key" and (param.default is None or self.chance(0.5)):
                parts.append(f"{param.name}={self.expr(param.type, depth)}")
            elif param.kind == "kwargs":
                for key in self.rng.sample(("k1", "k2", "k3"), self.rng.randrange(3)):
                    parts.append(f"{key}={self.expr(param.type, depth)}")
        return ", ".join(parts)

    # -- literals ------------------------------------------------------------------------------------------------

    def literal(self, type_: Type, depth: int) -> str:
        """A display or a constant of the type."""
        rng = self.rng
        if isinstance(type_, str):
            return {
                "int": lambda: rng.choice(["0", "1", "2", "3", "-1", "200", "404"]),
                "float": lambda: rng.choice(["0.5", "1.0", "2.25", "-3.5"]),
                "str": lambda: repr(rng.choice(TEXTS + KINDS)),
                "bool": lambda: rng.choice(["True", "False"]),
                "none": lambda: "None",
                "bytes": lambda: rng.choice(["b'x'", "b''", "'ab'.encode()"]),
                "any": lambda: self.literal(self.a_type(1), depth),
                "decimal": lambda: rng.choice(["Decimal('1.5')", "Decimal(2)"]),
                "time": lambda: rng.choice(["datetime.now()", "datetime.utcnow()", "datetime(2020, 1, 2)"]),
            }[type_]()
        kind, inner = type_
        if kind == "opt":
            return self.expr(inner, depth - 1) if self.chance(0.6) else "None"
        if kind == "inst":
            return self.construct(self.class_named(inner), depth - 1)
        if kind == "rec":
            return self.record_literal(type_, depth)
        if kind == "tuple":
            return "(" + "".join(self.expr(part, depth - 1) + ", " for part in inner).rstrip() + ")"
        count = rng.choice([0, 1, 1, 2, 2, 3]) if depth > 0 else rng.randrange(2)
        if kind == "set":
            return "{" + ", ".join(self.expr(inner, 0) for _ in range(count)) + "}" if count else "set()"
        if kind == "list":
            return "[" + ", ".join(self.expr(inner, depth - 1) for _ in range(count)) + "]"
        keys = rng.sample(("a", "b", "id", "n", "name"), count)
        return "{" + ", ".join(f"{key!r}: {self.expr(inner, depth - 1)}" for key in keys) + "}"

    def record_literal(self, type_: Type, depth: int) -> str:
        """A dict display, a dict() call, or a display with a spread."""
        parts = [(key, self.expr(part, depth - 1)) for key, part in type_[1]]
        choice = self.rng.randrange(8)
        if choice == 0:
            return f"dict({', '.join(f'{key}={text}' for key, text in parts)})"
        if choice == 1:
            return f"dict([{', '.join(f'({key!r}, {text})' for key, text in parts)}])"
        display = ", ".join(f"{key!r}: {text}" for key, text in parts)
        other = self.some(is_kind("rec", "dict")) if choice in (2, 3) else None
        if other is not None:
            return f"{{**{other.name}, {display}}}"
        return f"{{{display}}}"

    def construct(self, cls: Cls, depth: int) -> str:
        """An instance made by its class, or an enum's member."""
        rng = self.rng
        if cls.kind == "enum":
            member = rng.choice(cls.members)
            return rng.choice(
                [f"{cls.name}.{member}", f"{cls.name}[{member!r}]", f"{cls.name}({cls.name}.{member}.value)"]
            )
        makers = [m for m in cls.methods if m.kind == "maker"]
        if makers and self.chance(0.4):
            return self.method_call(cls.name, rng.choice(makers), max(depth, 0))
        return f"{cls.name}({self.arguments(cls.init, max(depth, 0))})"

    # -- one type at a time --------------------------------------------------------------------------------------

    def of_int(self, type_: Type, depth: int) -> list[Option]:
        rng = self.rng
        a = lambda: self.expr("int", depth)  # noqa: E731
        options: list[Option] = [
            (3, lambda: f"({a()} {rng.choice(['+', '-', '*'])} {a()})"),
            (1, lambda: f"({a()} {rng.choice(['//', '%'])} {rng.choice(['2', '3', a()])})"),
            (2, lambda: f"len({self.container(depth)})"),
            (1, lambda: f"int({rng.choice([self.expr('str', 0), self.expr('float', 0), repr('42')])})"),
            (1, lambda: f"sum({self.expr(('list', 'int'), depth)})"),
            (1, lambda: f"{rng.choice(['min', 'max'])}({a()}, {a()})"),
            (1, lambda: f"max({self.expr(('list', 'int'), depth)}, default={a()})"),
            (1, lambda: f"abs({a()})"),
            (1, lambda: f"{self.expr('str', depth)}.{rng.choice(['count', 'find'])}('a')"),
            (1, lambda: f"sum(1 for q in {self.iterable(depth)})"),
            (1, lambda: f"-{a()}"),
            (1, lambda: "outside.count()"),
            (1, lambda: "context.get_remaining_time_in_millis()" if self.some(is_kind("context")) else "3"),
        ]
        return options + self.event_reads([("count", 4), ("user.age", 2)])

    def of_float(self, type_: Type, depth: int) -> list[Option]:
        return [
            (2, lambda: f"({self.expr('float', depth)} + {self.expr('int', depth)})"),
            (1, lambda: f"({self.expr('int', depth)} / {self.rng.choice(['2', '4', self.expr('int', depth)])})"),
            (1, lambda: f"float({self.expr('int', depth)})"),
            (1, lambda: f"round({self.expr('float', depth)}, 1)"),
            *self.event_reads([("price", 3)]),
        ]

    def of_str(self, type_: Type, depth: int) -> list[Option]:
        rng = self.rng
        a = lambda: self.expr("str", depth)  # noqa: E731
        options: list[Option] = [
            (3, lambda: self.fstring(depth)),
            (2, lambda: f"({a()} + {a()})"),
            (
                2,
                lambda: f"{a()}.{rng.choice(['upper()', 'lower()', 'strip()', 'title()', 'capitalize()', 'lstrip()'])}",
            ),
            (1, lambda: f"{a()}.replace('a', {a()})"),
            (1, lambda: f"{a()}[{rng.choice(['0', '1:', ':2', '-1:', '::-1', '1:3'])}]"),
            (2, lambda: f"str({self.expr(self.a_type(1), depth)})"),
            (1, lambda: f"{rng.choice([', ', '-', ''])!r}.join({self.expr(('list', 'str'), depth)})"),
            (1, lambda: f"','.join(str(q) for q in {self.iterable(depth)})"),
            (1, lambda: f"'{{}}-{{}}'.format({a()}, {self.expr('int', depth)})"),
            (1, lambda: f"({rng.choice(['%s!', '<%s>'])!r} % ({self.expr('any', depth)},))"),
            (2, lambda: f"json.dumps({self.expr(self.a_type(2), depth)}{rng.choice(['', ', default=str'])})"),
            (1, lambda: f"type({self.expr(self.a_type(1), depth)}).__name__"),
            (1, lambda: "str(uuid.uuid4())"),
            (1, lambda: "outside.text()"),
            (1, lambda: f"{self.expr('str', depth)}.split(',')[0]"),
            (1, lambda: f"({a()} * {rng.choice(['2', '0', '3'])})"),
            (1, lambda: f"os.environ.get('STAGE', {a()})"),
            (1, lambda: f"repr({self.expr('int', depth)})"),
            (1, lambda: "context.aws_request_id" if self.some(is_kind("context")) else "'ctx'"),
        ]
        return options + self.event_reads(
            [("name", 4), ("kind", 3), ("user.id", 2), ("httpMethod", 2), ("headers.Accept", 1)]
        )

    def fstring(self, depth: int) -> str:
        """An f-string of one or two parts, without quotes inside its braces."""
        parts = []
        for _ in range(self.rng.choice([1, 1, 2])):
            var = self.some(is_kind("int", "str", "bool", "float", "any", "none", "list", "opt"))
            text = var.name if var is not None else self.rng.choice(["1", "2 + 1"])
            parts.append("{" + text + self.rng.choice(["", "", "", "!r", "!s"]) + "}")
        return 'f"' + self.rng.choice(["", "a", "x-", "v="]) + self.rng.choice(["", "-", ": "]).join(parts) + '"'

    def of_bool(self, type_: Type, depth: int) -> list[Option]:
        return [
            (8, lambda: self.cond(depth)),
            (1, lambda: f"bool({self.expr(self.a_type(1), depth)})"),
            *self.event_reads([("flag", 3)]),
        ]

    def of_none(self, type_: Type, depth: int) -> list[Option]:
        return [
            (1, lambda: f"outside.save({self.expr(self.a_type(2), depth)})"),
            (1, lambda: f"print({self.expr(self.a_type(2), depth)})"),
        ]

    def of_bytes(self, type_: Type, depth: int) -> list[Option]:
        return [
            (1, lambda: f"{self.expr('str', depth)}.encode('utf-8')"),
            (1, lambda: f"base64.b64encode({self.expr('bytes', depth)})"),
        ]

    def of_decimal(self, type_: Type, depth: int) -> list[Option]:
        return [
            (1, lambda: f"(Decimal('2') + {self.expr('int', depth)})"),
            (1, lambda: f"Decimal(str({self.expr('int', depth)}))"),
        ]

    def of_time(self, type_: Type, depth: int) -> list[Option]:
        return [
            (1, lambda: f"(datetime.now() + timedelta(days={self.expr('int', depth)}))"),
            (1, lambda: "datetime.now(timezone.utc)"),
        ]

    def of_any(self, type_: Type, depth: int) -> list[Option]:
        return [
            (4, lambda: self.expr(self.a_type(depth), depth)),
            (
                2,
                lambda: (
                    f"outside.probe({', '.join(self.expr(self.a_type(2), depth) for _ in range(self.rng.randrange(3)))})"
                ),
            ),
            (1, lambda: "outside.fetch()"),
            (1, lambda: f"json.loads({self.expr('str', depth)})"),
            *self.event_reads([("data", 3), ("body", 2), ("items", 1), ("user", 1), ("tags", 1)]),
        ]

    def of_opt(self, type_: Type, depth: int) -> list[Option]:
        return [
            (2, lambda: self.expr(type_[1], depth)),
            (2, lambda: f"({self.expr(type_[1], depth)} if {self.cond(depth)} else None)"),
            (1, lambda: f"next(iter({self.expr(('list', type_[1]), depth)}), None)"),
            (1, lambda: f"{self.expr(('dict', type_[1]), depth)}.get({self.expr('str', 0)})"),
        ]

    def of_list(self, type_: Type, depth: int) -> list[Option]:
        rng, inner = self.rng, type_[1]
        same = lambda: self.expr(type_, depth)  # noqa: E731
        options: list[Option] = [
            (3, lambda: self.comprehension(type_, depth)),
            (1, lambda: f"[*{same()}, {self.expr(inner, depth)}]"),
            (1, lambda: f"({same()} + {same()})"),
            (1, lambda: f"{same()}[{rng.choice(['1:', ':1', '::-1', ':', '-2:'])}]"),
            (1, lambda: f"list({rng.choice([same(), f'reversed({same()})'])})"),
            (1, lambda: f"{same()}.copy()"),
            (1, lambda: f"({same()} * {rng.choice(['2', '0', '1'])})"),
            (1, lambda: f"list({self.expr(('dict', inner), depth)}.values())"),
            (1, lambda: f"list(map(lambda q: {self.lambda_body('q', inner, 0)}, {same()}))"),
            (1, lambda: f"list(filter({rng.choice(['None', 'lambda q: q', 'bool'])}, {same()}))"),
            (1, lambda: f"[q for _, q in zip({self.iterable(depth)}, {same()})]"),
        ]
        if inner == "int":
            options += [
                (2, lambda: f"sorted({same()}{rng.choice(['', ', reverse=True'])})"),
                (2, lambda: f"list(range({self.expr('int', 0)}))"),
            ]
            options += self.event_reads([("numbers", 4)])
        if inner == "str":
            options += [
                (2, lambda: f"sorted({same()})"),
                (2, lambda: f"{self.expr('str', depth)}.split({rng.choice(['', repr(','), repr('-')])})"),
                (1, lambda: f"list({self.expr(('dict', 'int'), depth)})"),
                (1, lambda: f"list({self.expr('str', depth)})"),
                *self.event_reads([("tags", 4), ("user.roles", 1)]),
            ]
        if self.callable_now:
            for function in self.functions:
                if function.kind == "gen" and function.returns == inner:
                    options.append((4, lambda f=function: f"list({self.call(f, depth)})"))  # type: ignore[misc]
        return options

    def comprehension(self, type_: Type, depth: int) -> str:
        """A comprehension over something, with a condition at times."""
        name = self.fresh("q")
        source, item = self.typed_iterable(depth)
        self.scopes.append([Var(name, item, plain=False)])
        self.no_walrus += 1
        body = self.expr(type_[1], depth)
        if self.chance(0.35):
            condition = f" if {self.cond(0)}"
        else:
            condition = ""
        self.no_walrus -= 1
        self.scopes.pop()
        if type_[0] == "dict":
            key = self.rng.choice([f"str({name})", name if item == "str" else f"str({name})", "'k'"])
            return f"{{{key}: {body} for {name} in {source}{condition}}}"
        opening, closing = ("{", "}") if type_[0] == "set" else ("[", "]")
        return f"{opening}{body} for {name} in {source}{condition}{closing}"

    def of_set(self, type_: Type, depth: int) -> list[Option]:
        same = lambda: self.expr(type_, depth)  # noqa: E731
        return [
            (2, lambda: f"set({self.expr(('list', type_[1]), depth)})"),
            (1, lambda: f"({same()} {self.rng.choice(['|', '&', '-', '^'])} {same()})"),
            (1, lambda: self.comprehension(type_, depth)),
        ]

    def of_tuple(self, type_: Type, depth: int) -> list[Option]:
        if len(type_[1]) == 2 and type_[1][0] == type_[1][1]:
            return [(1, lambda: f"tuple([{self.expr(type_[1][0], depth)}, {self.expr(type_[1][0], depth)}])")]
        return []

    def of_dict(self, type_: Type, depth: int) -> list[Option]:
        same = lambda: self.expr(type_, depth)  # noqa: E731
        inner = type_[1]
        return [
            (2, lambda: self.comprehension(type_, depth)),
            (1, lambda: f"{{**{same()}, {self.expr('str', 0)}: {self.expr(inner, depth)}}}"),
            (1, lambda: f"({same()} | {same()})"),
            (1, lambda: f"dict({same()}, a={self.expr(inner, depth)})"),
            (1, lambda: f"dict(zip(['a', 'b'], {self.expr(('list', inner), depth)}))"),
            (1, lambda: f"dict.fromkeys(['a', 'n'], {self.expr(inner, depth)})"),
            (1, lambda: f"{same()}.copy()"),
            (
                1,
                lambda: (
                    f"{{k: v for k, v in {same()}.items() if {self.rng.choice(['v', 'k', repr('a') + ' in k', 'v is not None'])}}}"
                ),
            ),
        ]

    def of_rec(self, type_: Type, depth: int) -> list[Option]:
        options: list[Option] = [
            (2, lambda: self.record_literal(type_, depth + 1)),
            (1, lambda: f"dict({self.expr(type_, depth)})"),
        ]
        if self.chance(0.2):
            options.append((2, lambda: f"copy.deepcopy({self.expr(type_, depth)})"))
        return options

    def of_inst(self, type_: Type, depth: int) -> list[Option]:
        return [(3, lambda: self.construct(self.class_named(type_[1]), depth))]

    # -- conditions, iterables, events ---------------------------------------------------------------------------

    def cond(self, depth: int) -> str:
        """A condition; mostly on what is known of a variable, so that it narrows."""
        rng = self.rng
        options: list[Option] = [
            (1, lambda: f"({self.expr('int', 0)} {rng.choice(['<', '>=', '==', '!='])} {self.expr('int', 0)})"),
            (1, lambda: f"({self.expr('str', 0)} {rng.choice(['==', '!=', 'in'])} {self.expr('str', 0)})"),
            (
                1,
                lambda: (
                    f"({self.expr('int', 0)} {rng.choice(['<', '<='])} {self.expr('int', 0)} < {self.expr('int', 0)})"
                ),
            ),
            (1, lambda: "outside.check()"),
        ]
        for var in self.variables(lambda t: True):
            name = var.name
            if is_kind("event")(var.type):
                options += [(2, lambda n=name: self.event_cond(n))]  # type: ignore[misc]
                continue
            if is_kind("context")(var.type):
                continue
            weight = 2
            tests = [
                name,
                f"not {name}",
                f"({name} is None)",
                f"({name} is not None)",
                f"isinstance({name}, {rng.choice(TYPE_NAMES)})",
            ]
            if is_kind("str")(var.type):
                tests += [
                    f"{name}.startswith({rng.choice(TEXTS)!r})",
                    f"({name} == {rng.choice(TEXTS)!r})",
                    f"({name} in ('a', 'json'))",
                    f"{name}.isdigit()",
                ]
            if is_kind("int", "float")(var.type):
                tests += [f"({name} > {rng.choice('0123')})", f"(0 <= {name} < 3)", f"({name} == 1)"]
            if is_kind("dict", "rec", "set")(var.type):
                tests += [
                    f"({rng.choice(('a', 'b', 'id', 'status'))!r} in {name})",
                    f"({rng.choice(('a', 'n'))!r} not in {name})",
                ]
            if is_kind("list", "dict", "rec", "tuple")(var.type):
                tests += [f"(len({name}) {rng.choice(['>', '==', '<'])} {rng.choice('012')})"]
            if is_kind("any")(var.type):
                tests += [
                    f"(isinstance({name}, dict) and 'a' in {name})",
                    f"({name} == {rng.choice(['1', repr('a'), 'None', '[]'])})",
                ]
                tests += [f"isinstance({name}, {rng.choice(TYPE_NAMES)})"] * 2
            if is_kind("list", "set")(var.type):
                tests += [f"{rng.choice(['any', 'all'])}({name})", f"any(q for q in {name})"]
            if is_kind("inst")(var.type):
                cls = self.class_named(var.type[1])
                tests += [f"isinstance({name}, {cls.name})"]
                if cls.members:
                    tests += [f"({name} {rng.choice(['is', '=='])} {cls.name}.{rng.choice(cls.members)})"] * 3
            options.append((weight, lambda t=tests: rng.choice(t)))  # type: ignore[misc]
        if depth > 0:
            options += [
                (2, lambda: f"({self.cond(depth - 1)} {rng.choice(['and', 'or'])} {self.cond(depth - 1)})"),
                (1, lambda: f"(not {self.cond(depth - 1)})"),
            ]
        return str(self.pick(options))

    def event_cond(self, name: str) -> str:
        """A condition on the event."""
        return str(
            self.rng.choice(
                [
                    f"({name}.get('kind') == {self.rng.choice(KINDS)!r})",
                    f"({name}['httpMethod'] == 'GET')",
                    f"({name}.get('httpMethod') in ('GET', 'POST'))",
                    f"{name}.get('flag')",
                    f"('data' in {name})",
                    f"({name}.get('count', 0) > 1)",
                    f"isinstance({name}, dict)",
                    f"isinstance({name}.get('data'), (dict, list))",
                    f"{name}.get('tags')",
                    f"({name}.get('body') is None)",
                    f"({name}['kind'] != 'a')",
                ]
            )
        )

    def event_reads(self, fields: list[tuple[str, int]]) -> list[Option]:
        """Reads of the event's fields, where the event can be seen."""
        var = self.some(is_kind("event"))
        if var is None:
            return []
        name = var.name

        def read(path: str) -> str:
            first, _, second = path.partition(".")
            form = self.rng.randrange(3)
            if second:
                return f"{name}[{first!r}][{second!r}]" if form else f"{name}.get({first!r}, {{}}).get({second!r})"
            return f"{name}.get({first!r})" if form == 0 else f"{name}[{first!r}]"

        return [(weight, lambda p=path: read(p)) for path, weight in fields]  # type: ignore[misc]

    def container(self, depth: int) -> str:
        """Anything with a length."""
        return self.expr(
            self.rng.choice(["str", ("list", "int"), ("list", "str"), ("dict", "int"), ("set", "int")]), depth
        )

    def iterable(self, depth: int) -> str:
        """Anything to loop over."""
        return self.typed_iterable(depth)[0]

    def typed_iterable(self, depth: int) -> tuple[str, Type]:
        """Something to loop over, and the type of its items."""
        rng = self.rng
        found = self.some(is_kind("list", "set", "dict", "rec", "tuple"))
        options: list[Option] = [
            (2, lambda: (f"range({rng.choice(['0', '1', '2', '3', self.expr('int', 0)])})", "int")),
            (2, lambda: (f"[{self.expr('int', 0)}, {self.expr('int', 0)}]", "int")),
            (2, lambda: (f"({self.expr('str', 0)}, {self.expr('str', 0)})", "str")),
            (1, lambda: (self.expr(("list", "str"), depth), "str")),
            (1, lambda: ("outside.rows()", "any")),
            (1, lambda: (self.expr("str", 0), "str")),
        ]
        if found is not None:
            inner = (
                found.type[1]
                if found.type[0] in ("list", "set")
                else "str"
                if found.type[0] in ("dict", "rec")
                else "any"
            )
            options.append((8, lambda: (found.name, inner)))
        event = self.some(is_kind("event"))
        if event is not None:
            options += [
                (2, lambda: (f"{event.name}['items']", "any")),
                (2, lambda: (f"{event.name}.get('tags', [])", "str")),
                (1, lambda: (f"{event.name}['numbers']", "int")),
            ]
        if self.callable_now:
            for function in self.functions:
                if function.kind == "gen":
                    options.append((2, lambda f=function: (self.call(f, depth), f.returns)))  # type: ignore[misc]
        text, item = self.pick(options)
        return str(text), item
