"""Expressions, as text: what gives any type (conditions, parts of containers, calls), and literals."""

from __future__ import annotations

from .events import KINDS, WORDS
from .vocabulary import Cls, Fn, Option, Param, Type, Var, Vocabulary, is_kind

TEXTS = tuple(word for word in WORDS if word.isascii())


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
