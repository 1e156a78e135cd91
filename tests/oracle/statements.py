"""Blocks of statements, as lines."""

from __future__ import annotations

from collections.abc import Callable

from .events import KINDS
from .idioms import Idioms
from .simple import CAUGHT, Lines, indent
from .vocabulary import Fn, Option, Param, Type, Var, is_kind


class Statements(Idioms):
    """Writes blocks. What is bound in a block is mostly forgotten after it, so that most programs run deep."""

    def block(self, size: int, bound: list[Var] | None = None) -> Lines:
        """A block of about `size` statements, one at least."""
        self.scopes.append(list(bound or ()))
        self.depth += 1
        lines: Lines = []
        for _ in range(max(1, size)):
            if self.budget <= 0 and lines:
                break
            made = self.statement()
            self.budget -= len(made)
            lines += made
            if made and made[-1].startswith(("return", "raise", "continue", "break")):
                break
        self.depth -= 1
        frame = self.scopes.pop()
        for var in frame:
            # A name bound on one path alone: mostly not used afterwards.
            if var.plain and var not in (bound or ()) and self.chance(0.3):
                self.bind(var.name, var.type)
        return lines

    def statement(self) -> Lines:
        """One statement, which may be a compound one."""
        nested = self.depth < 4 and self.budget > 2
        options: list[Option] = [
            (9, self.assignment),
            (10, self.mutation),
            (3, self.alias),
            (2, self.augment),
            (2, self.unpacking),
            (3, self.observation),
            (8 * nested, self.branch),
            (5 * nested, self.loop),
            (5 * nested, self.attempt),
            (2 * nested, self.context),
            (2 * nested, self.match),
            (2 * nested * self.in_function, self.closure),
            (1, self.deletion),
            (9 * (self.budget > 0), self.idiom),
            (1, lambda: ["pass"]),
        ]
        if self.in_function:
            options += [
                (2 if self.depth > 1 else 0, self.leave),
                (1 if self.depth > 1 else 0, self.throw),
                (1 * self.chance(0.3), lambda: [f"assert {self.cond(1)}"]),
            ]
        if self.in_loop:
            options += [(3 if self.depth > 2 else 0, lambda: [self.rng.choice(["break", "continue"])])]
        if self.in_generator:
            options += [(5, self.yielding)]
        if self.callable_now and self.functions:
            options.append((5, self.call_statement))
        return list(self.pick(options))

    def branch(self) -> Lines:
        lines = [f"if {self.cond(1)}:", *indent(self.block(self.rng.randrange(1, 4)))]
        while self.chance(0.2):
            lines += [f"elif {self.cond(1)}:", *indent(self.block(self.rng.randrange(1, 3)))]
        if self.chance(0.5):
            lines += ["else:", *indent(self.block(self.rng.randrange(1, 3)))]
        return lines

    def loop(self) -> Lines:
        rng = self.rng
        outer, self.in_loop = self.in_loop, True
        try:
            if self.chance(0.25):
                name = self.fresh("n")
                test = rng.choice([f"{name} < {rng.choice('123')}", f"{name} < 3 and {self.cond(0)}", f"{name} != 2"])
                body = self.block(rng.randrange(1, 4), [Var(name, "int", plain=False)])
                lines = [f"{name} = 0", f"while {test}:", f"    {name} += 1", *indent(body)]
            else:
                lines = self.for_loop()
        finally:
            self.in_loop = outer
        if self.chance(0.12):
            lines += ["else:", *indent(self.block(rng.randrange(1, 3)))]
        return lines

    def for_loop(self) -> Lines:
        rng = self.rng
        source, item = self.typed_iterable(1)
        one, two = self.fresh("i"), self.fresh("i")
        choice = rng.randrange(8)
        found = self.some(is_kind("dict", "rec"))
        if choice == 0:
            head, bound = f"for {one}, {two} in enumerate({source}):", [Var(one, "int"), Var(two, item)]
        elif choice == 1 and found is not None:
            value = found.type[1] if found.type[0] == "dict" else "any"
            head, bound = (
                f"for {one}, {two} in {rng.choice(['', 'list'])}({found.name}.items()):",
                [Var(one, "str"), Var(two, value)],
            )
        elif choice == 2:
            other, second = self.typed_iterable(0)
            head, bound = f"for {one}, {two} in zip({source}, {other}):", [Var(one, item), Var(two, second)]
        else:
            head, bound = f"for {one} in {source}:", [Var(one, item)]
        return [head, *indent(self.block(rng.randrange(1, 4), bound))]

    def attempt(self) -> Lines:
        """try, in all its forms."""
        rng = self.rng
        lines = ["try:", *indent(self.block(rng.randrange(1, 4)))]
        own = [cls.name for cls in self.classes if cls.kind == "error"]
        caught = False
        if self.chance(0.85):
            for _ in range(rng.choice([1, 1, 1, 2])):
                caught = True
                type_ = rng.choice(own) if own and self.chance(0.35) else rng.choice(CAUGHT)
                name = self.fresh("e")
                bound = [Var(name, "error", plain=False)] if self.chance(0.4) else []
                body = self.block(rng.randrange(1, 3), bound)
                if bound and self.chance(0.5):
                    body.insert(
                        0,
                        self.rng.choice(
                            [
                                f"print(str({name}))",
                                f"v_{name} = str({name})",
                                f"print(type({name}).__name__, {name}.args)",
                            ]
                        ),
                    )
                if self.chance(0.2):
                    body = [line for line in body if not line.startswith(("return", "raise"))] or ["pass"]
                    body.append(
                        self.rng.choice(
                            ["raise", "pass", f"raise RuntimeError('again'){f' from {name}' if bound else ''}"]
                        )
                    )
                lines += [f"except {type_}{f' as {name}' if bound else ''}:", *indent(body)]
            if self.chance(0.2):
                lines += ["else:", *indent(self.block(rng.randrange(1, 3)))]
        if not caught or self.chance(0.25):
            lines += ["finally:", *indent(self.block(rng.randrange(1, 3)))]
        return lines

    def context(self) -> Lines:
        """with, over own context managers and foreign ones."""
        options: list[Callable[[], tuple[str, Type]]] = [
            lambda: ("outside.session()", "any"),
            lambda: (f"suppress({self.rng.choice(CAUGHT).strip('()')})", "none"),
            lambda: (f"nullcontext({self.expr('int', 1)})", "int"),
        ]
        for cls in self.classes:
            if "__enter__" in cls.dunders:
                options += [lambda c=cls: (self.construct(c, 1), ("inst", c.name))] * 3  # type: ignore[misc]
        if self.callable_now:
            for function in self.functions:
                if function.kind == "context":
                    options += [lambda f=function: (f"{f.name}({self.arguments(f.params, 1)})", f.returns)] * 4  # type: ignore[misc]
        text, type_ = self.rng.choice(options)()
        name = self.fresh("c")
        bound = [Var(name, type_)] if self.chance(0.6) else []
        return [f"with {text}{f' as {name}' if bound else ''}:", *indent(self.block(self.rng.randrange(1, 4), bound))]

    def match(self) -> Lines:
        rng = self.rng
        event = self.some(is_kind("event"))
        var = self.some(is_kind("any", "str", "int", "rec", "tuple", "list", "opt", "inst"))
        subject = (
            var.name
            if var is not None and self.chance(0.75)
            else f"{event.name}.get('kind')"
            if event
            else self.expr("str", 1)
        )
        lines = [f"match {subject}:"]
        for _ in range(rng.randrange(1, 4)):
            name, other = self.fresh("m"), self.fresh("m")
            patterns: list[tuple[str, list[Var]]] = [
                (repr(rng.choice(KINDS)), []),
                (f"{rng.choice(KINDS)!r} | {rng.choice(KINDS)!r} | None", []),
                (rng.choice(["1", "0", "None", "True"]), []),
                (f"str() as {name}", [Var(name, "str")]),
                (f"int({name})", [Var(name, "int")]),
                (f"{{'a': {name}}}", [Var(name, "any")]),
                (f"{{'id': str({name}), **{other}}}", [Var(name, "str"), Var(other, ("dict", "any"))]),
                (f"[{name}, *{other}]", [Var(name, "any"), Var(other, ("list", "any"))]),
                (f"({name}, {other})", [Var(name, "any"), Var(other, "any")]),
                ("[]", []),
            ]
            for cls in self.classes:
                if cls.fields and cls.kind in ("plain", "data"):
                    part = rng.choice(list(cls.fields))
                    patterns.append((f"{cls.name}({part}={name})", [Var(name, cls.fields[part])]))
                if cls.members:
                    patterns.append((f"{cls.name}.{rng.choice(cls.members)}", []))
            pattern, bound = rng.choice(patterns)
            guard = ""
            if self.chance(0.15):
                self.scopes.append(bound)
                guard = f" if {self.cond(0)}"
                self.scopes.pop()
            lines += [f"    case {pattern}{guard}:", *indent(indent(self.block(rng.randrange(1, 3), bound)))]
        if self.chance(0.5):
            lines += ["    case _:", *indent(indent(self.block(rng.randrange(1, 3))))]
        return lines

    def closure(self) -> Lines:
        """A nested function over the names round it, with nonlocal at times; called, given away or kept."""
        rng = self.rng
        name = self.fresh("f")
        params = tuple(Param(self.fresh("p"), self.a_type(1)) for _ in range(rng.randrange(2)))
        local = [var for frame in self.scopes[1:] for var in frame if var.plain and var.name.startswith("v")]
        outer_state = (self.returns, self.in_loop, self.in_generator, self.depth, self.in_async)
        returns = self.a_type(1)
        self.returns, self.in_loop, self.in_generator, self.in_async = returns, False, False, False
        lines: Lines = []
        writes = rng.choice(local) if local and self.chance(0.45) else None
        frozen = [[Var(var.name, var.type, plain=False) for var in frame] for frame in self.scopes]
        saved, self.scopes = self.scopes, frozen
        if writes is not None:
            lines.append(f"nonlocal {writes.name}")
            lines.append(f"{writes.name} = {self.expr(writes.type, 1)}")
        lines += self.block(rng.randrange(1, 3), [Var(p.name, p.type) for p in params])
        if not lines[-1].startswith(("return", "raise")):
            lines.append(f"return {self.expr(returns, 1)}")
        self.scopes = saved
        self.returns, self.in_loop, self.in_generator, self.depth, self.in_async = outer_state
        function = Fn(name, params, returns)
        head = f"def {name}({', '.join(p.name for p in params)}):"
        result = self.fresh("v")
        argument = self.arguments(params, 1)
        use = rng.choice(
            [
                f"{result} = {name}({argument})",
                f"{result} = {name}({argument})",
                f"{result} = [{name}({argument}) for _ in range(2)]",
                f"{result} = outside.apply({', '.join([name, *([argument] if argument else [])])})",
                f"{result} = partial({', '.join([name, *([argument] if argument else [])])})()",
            ]
        )
        type_: Type = ("list", function.returns) if " for _ " in use else "any" if "apply" in use else function.returns
        self.bind(result, type_)
        return [head, *indent(lines), use]
