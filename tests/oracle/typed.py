"""Expressions of one type each: `of_int` and the others give the ways to it."""

from __future__ import annotations

from .conditions import Conditions
from .vocabulary import Option, Type, Var, is_kind


class Typed(Conditions):
    """Writes what is particular to a type."""

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
                    f"outside.probe({', '.join(self.expr(self.a_type(), depth) for _ in range(self.rng.randrange(3)))})"
                ),
            ),
            (1, lambda: "outside.fetch()"),
            *self.instance_uses(depth),
            (1, lambda: f"json.loads({self.expr('str', depth)})"),
            *self.event_reads([("data", 3), ("body", 2), ("items", 1), ("user", 1), ("tags", 1)]),
        ]

    def instance_uses(self, depth: int) -> list[Option]:
        """What an instance's special methods, or its machinery, give."""
        rng = self.rng
        options: list[Option] = []
        for var in self.variables(is_kind("inst")):
            cls, name = self.class_named(var.type[1]), var.name
            uses = [
                f"getattr({name}, {rng.choice([*cls.fields, 'no'])!r}, None)",
                f"hasattr({name}, 'extra')",
                f"[{name} == {name}, bool({name})]",
            ]
            for dunder, use in {
                "__call__": f"{name}({self.literal('int', 0)})",
                "__getitem__": f"{name}['a']",
                "__setitem__": f"{name}.get('a')" if cls.kind == "dict" else f"{name}.last",
                "__len__": f"len({name})",
                "__iter__": f"list({name})",
                "__contains__": f"({self.expr('any', 0)} in {name})",
                "__str__": f"str({name})",
                "__add__": f"({name} + {self.expr('any', 0)})",
                "__eq__": f"({name} == {self.expr('any', 0)})",
                "__getattr__": f"{name}.nothing",
            }.items():
                if dunder in cls.dunders:
                    uses += [use] * 3
            if cls.kind == "data":
                part = rng.choice(list(cls.fields))
                uses += [
                    f"asdict({name})",
                    f"vars({name})",
                    f"replace({name}, {part}={self.expr(cls.fields[part], 0)})",
                ] * 2
            if cls.kind == "named":
                part = rng.choice(list(cls.fields))
                uses += [
                    f"{name}._asdict()",
                    f"{name}[0]",
                    f"list({name})",
                    f"{name}._replace({part}={self.expr(cls.fields[part], 0)})",
                ] * 2
            if cls.kind == "enum":
                uses += [
                    f"{name}.value",
                    f"[q.name for q in {cls.name}]",
                    f"{cls.name}({self.expr('str', 0)})",
                    f"{{{name}: 1}}",
                ]
            options.append((2, lambda u=uses: rng.choice(u)))  # type: ignore[misc]
        return options

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
                    for form in ("list({})", "[*{}]", "[q for q in {}]", "sorted({}, key=str)"):
                        options.append((1, lambda f=function, t=form: t.format(self.call(f, depth))))  # type: ignore[misc]
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
                lambda: f"{{k: v for k, v in {same()}.items() if {self.rng.choice(['v', 'k', 'v is not None'])}}}",
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
