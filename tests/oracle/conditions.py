"""Conditions, things to loop over, and reads of the event."""

from __future__ import annotations

from .events import KINDS
from .expressions import TEXTS, Expressions
from .vocabulary import Option, Type, is_kind

TYPE_NAMES = ("dict", "list", "str", "int", "(int, float)", "bool", "tuple", "(list, tuple)", "type(None)")


class Conditions(Expressions):
    """Writes conditions, mostly on what is known of a variable, so that they narrow."""

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
                self.exactly(name),
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
                tests += [f"isinstance({name}, {rng.choice(TYPE_NAMES)})", self.exactly(name)] * 2
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

    def exactly(self, value: str) -> str:
        """A condition on the exact type of a value."""
        asked = self.rng.choice(TYPE_NAMES)
        ways = ("in", "not in") if asked.startswith("(") else ("==", "!=", "is", "is not")
        return f"(type({value}) {self.rng.choice(ways)} {asked})"

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
                    self.exactly(f"{name}.get('data')"),
                    self.exactly(f"{name}['count']"),
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
