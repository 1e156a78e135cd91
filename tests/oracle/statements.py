"""Blocks of statements, as lines."""

from __future__ import annotations

from collections.abc import Callable

from .events import KINDS
from .expressions import Expressions
from .vocabulary import Fn, Option, Param, Type, Var, is_kind

KEYS = ("a", "b", "id", "n", "status", "body")
ERRORS = ("ValueError", "KeyError", "TypeError", "RuntimeError", "ZeroDivisionError", "IndexError", "outside.Trouble")
CAUGHT = (
    *ERRORS,
    "Exception",
    "Exception",
    "(KeyError, TypeError)",
    "LookupError",
    "(ValueError, outside.Trouble)",
    "AttributeError",
)

Lines = list[str]


def indent(lines: Lines) -> Lines:
    """One level in."""
    return [f"    {line}" for line in lines]


def _rebound(var: Var) -> bool:
    """May the name be bound anew? An attribute may; a name of an outer function may not."""
    return var.plain or "." in var.name


class Statements(Expressions):
    """Writes blocks. What is bound in a block is mostly forgotten after it, so that most programs run deep."""

    returns: Type = "any"
    in_loop = False
    in_generator = False
    in_function = False
    depth = 0

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

    # -- simple ones ---------------------------------------------------------------------------------------------

    def assignment(self) -> Lines:
        """A new name, or an old one anew with the same type or another."""
        plain = [var for var in self.variables(lambda t: not is_kind("event", "context")(t)) if var.plain]
        if plain and self.chance(0.4):
            var = self.rng.choice(plain)
            type_ = var.type if self.chance(0.75) else self.a_type()
            text = self.expr(type_)
            self.bind(var.name, type_)
            return [f"{var.name} = {text}"]
        type_ = self.a_type()
        text = self.expr(type_, 3)
        name = self.fresh("v")
        self.bind(name, type_)
        annotation = ": object" if self.chance(0.04) else ""
        return [f"{name}{annotation} = {text}"]

    def mutable(self) -> Var | None:
        """A variable that can be changed in place."""
        return self.some(is_kind("list", "dict", "rec", "set", "inst"))

    def alias(self) -> Lines:
        """A second name for a mutable thing, or a thing put into another."""
        var = self.mutable()
        if var is None:
            return self.assignment()
        name = self.fresh("v")
        choice = self.rng.randrange(4)
        if choice == 0:
            text, type_ = f"[{var.name}, {var.name}]", ("list", var.type)
        elif choice == 1:
            text, type_ = f"{{'a': {var.name}, 'n': {self.expr('int', 1)}}}", ("rec", (("a", var.type), ("n", "int")))
        else:
            text, type_ = var.name, var.type
        self.bind(name, type_)
        return [f"{name} = {text}"]

    def mutation(self) -> Lines:
        """A change in place."""
        var = self.mutable()
        if var is None:
            return self.assignment()
        name, rng = var.name, self.rng
        kind = var.type[0]
        if kind == "list":
            inner = var.type[1]
            return [
                rng.choice(
                    [
                        lambda: f"{name}.append({self.expr(inner)})",
                        lambda: f"{name}.append({self.expr(inner)})",
                        lambda: f"{name}.extend({self.expr(var.type, 1)})",
                        lambda: f"{name}.insert({rng.choice('01')}, {self.expr(inner)})",
                        lambda: f"{name}[{rng.choice(['0', '-1'])}] = {self.expr(inner)}",
                        lambda: f"{name}.pop({rng.choice(['', '0'])})",
                        lambda: f"{name} += {self.expr(var.type, 1)}" if _rebound(var) else f"{name}.append({name})",
                        lambda: f"{name}.{rng.choice(['clear', 'reverse', 'sort', 'reverse'])}()",
                        lambda: f"{name}[{rng.choice(['1:', ':1', ':'])}] = {self.expr(var.type, 1)}",
                        lambda: f"{name}.append({name}[0])",
                        lambda: f"{name}.remove({self.expr(inner, 1)})",
                    ]
                )()
            ]
        if kind == "set":
            return [f"{name}.{rng.choice(['add', 'add', 'discard', 'remove'])}({self.expr(var.type[1])})"]
        if kind == "inst":
            return self.instance_mutation(var)
        parts = dict(var.type[1]) if kind == "rec" else {}
        key = rng.choice(list(parts)) if parts and self.chance(0.6) else rng.choice(KEYS)
        value_type = parts.get(key) or (var.type[1] if kind == "dict" else self.a_type(1))
        key_text = repr(key) if self.chance(0.85) else self.expr("str", 1)
        nested = [part for part, type_ in parts.items() if is_kind("list")(type_)]
        if nested and self.chance(0.3):
            part = rng.choice(nested)
            return [f"{name}[{part!r}].append({self.expr(parts[part][1])})"]
        return [
            rng.choice(
                [
                    lambda: f"{name}[{key_text}] = {self.expr(value_type)}",
                    lambda: f"{name}[{key_text}] = {self.expr(value_type)}",
                    lambda: f"{name}[{key_text}] = {self.expr(self.a_type(1))}",
                    lambda: f"{name}.update({self.expr(('dict', value_type), 1)})",
                    lambda: f"{name}.update({key}={self.expr(value_type, 1)})",
                    lambda: f"{name}.setdefault({key_text}, {self.expr(value_type)})",
                    lambda: f"{name}.setdefault({key_text}, []).append({self.expr(self.a_type(1), 1)})",
                    lambda: f"{name}.pop({key_text}, None)",
                    lambda: f"del {name}[{key_text}]",
                    lambda: f"{name} |= {self.expr(('dict', value_type), 1)}" if _rebound(var) else f"{name}.copy()",
                    lambda: f"{name}.{rng.choice(['clear', 'popitem'])}()",
                ]
            )()
        ]

    def instance_mutation(self, var: Var) -> Lines:
        """An attribute set, or a method called that may change the instance."""
        cls = self.class_named(var.type[1])
        methods = [m for m in cls.methods if m.kind == "plain"]
        if methods and self.chance(0.5):
            return [self.method_call(var.name, self.rng.choice(methods), 1)]
        if "__setitem__" in cls.dunders and self.chance(0.5):
            return [f"{var.name}[{self.rng.choice(KEYS)!r}] = {self.expr(self.a_type(1))}"]
        if not cls.fields or cls.kind in ("enum", "named"):
            return self.observation()
        field, type_ = self.rng.choice(list(cls.fields.items()))
        if is_kind("list")(type_) and self.chance(0.5):
            return [f"{var.name}.{field}.append({self.expr(type_[1])})"]
        return [f"{var.name}.{field} = {self.expr(type_)}"]

    def augment(self) -> Lines:
        var = self.some(is_kind("int", "float", "str"))
        if var is None or not _rebound(var):
            return self.assignment()
        operator = "+=" if var.type == "str" else self.rng.choice(["+=", "+=", "-=", "*="])
        return [f"{var.name} {operator} {self.expr(var.type, 1)}"]

    def unpacking(self) -> Lines:
        first, second = self.a_type(1), self.a_type(1)
        one, two = self.fresh("v"), self.fresh("v")
        choice = self.rng.randrange(5)
        if choice == 0:
            list_type = ("list", first)
            line = f"{one}, *{two} = {self.expr(list_type)}"
            types: tuple[Type, Type] = (first, list_type)
        elif choice == 1 and (var := self.some(is_kind("tuple"))) is not None and len(var.type[1]) == 2:
            line, types = f"{one}, {two} = {var.name}", var.type[1]
        elif choice == 2:
            line, types = f"{one} = {two} = {self.expr(first)}", (first, first)
        elif choice == 3:
            swap = [var for var in self.variables(lambda t: not is_kind("event", "context")(t)) if var.plain]
            if len(swap) >= 2:
                left, right = self.rng.sample(swap, 2)
                self.bind(left.name, right.type)
                self.bind(right.name, left.type)
                return [f"{left.name}, {right.name} = {right.name}, {left.name}"]
            line, types = f"({one}, {two}) = ({self.expr(first)}, {self.expr(second)})", (first, second)
        else:
            line, types = f"{one}, {two} = {self.expr(first)}, {self.expr(second)}", (first, second)
        self.bind(one, types[0])
        self.bind(two, types[1])
        return [line]

    def observation(self) -> Lines:
        """Something that shows the state to the oracle: outside code, which may change it, or harmless code."""
        seen = self.variables(lambda t: not is_kind("context")(t))
        shown = ", ".join(var.name for var in self.rng.sample(seen, min(len(seen), self.rng.randrange(1, 3)))) or "1"
        return [
            self.rng.choice(
                [
                    f"outside.probe({shown})",
                    f"outside.save({shown})",
                    f"print({shown})",
                    f"json.dumps([{shown}], default=str)",
                    f"outside.fetch(Key={shown.split(',')[0]})",
                    f"logging.info('%s', {shown.split(',')[0]})",
                ]
            )
        ]

    def deletion(self) -> Lines:
        var = self.some(lambda t: not is_kind("event", "context")(t))
        if var is None or not var.plain or self.chance(0.5):
            return self.mutation()
        self.unbind(var.name)
        return [f"del {var.name}"]

    def call_statement(self) -> Lines:
        """An own function called for what it does."""
        function = self.rng.choice(self.functions)
        text = self.call(function, 1)
        if function.kind == "context":
            return self.context()
        if function.kind == "gen":
            name = self.fresh("v")
            self.bind(name, function.returns)
            return [
                self.rng.choice(
                    [f"{name} = next({text}, {self.literal(function.returns, 1)})", f"{name} = next({text})"]
                )
            ]
        if self.chance(0.5):
            return [text]
        name = self.fresh("v")
        self.bind(name, function.returns)
        return [f"{name} = {text}"]

    def leave(self) -> Lines:
        """A return."""
        if self.in_generator:
            return ["return"]
        if self.returns == "none" or self.chance(0.06):
            return ["return"]
        return [f"return {self.result()}"]

    def result(self) -> str:
        """What a return gives; the handler shows as much of the state as it can."""
        if self.returns != "answer":
            return self.expr(self.returns)
        rng = self.rng
        hidden = ("context",) if self.chance(0.1) else ("context", "event")
        seen = [var.name for var in self.variables(lambda t: not is_kind(*hidden)(t))]
        choice = rng.randrange(10)
        if choice < 6 and seen:
            shown = rng.sample(seen, min(len(seen), 4))
            return "{" + ", ".join(f"{name.replace('.', '_')!r}: {name}" for name in shown) + "}"
        if choice < 8:
            return f"{{'statusCode': {self.expr('int', 1)}, 'body': {self.expr('str')}}}"
        return self.expr(self.a_type())

    def throw(self) -> Lines:
        own = [cls for cls in self.classes if cls.kind == "error"]
        if own and self.chance(0.5):
            return [f"raise {self.construct(self.rng.choice(own), 1)}"]
        return [f"raise {self.rng.choice(ERRORS)}({self.expr('str', 1)})"]

    def yielding(self) -> Lines:
        choice = self.rng.randrange(6)
        if choice == 0:
            return [f"yield from {self.expr(('list', self.returns))}"]
        return [f"yield {self.expr(self.returns)}"]

    # -- compound ones -------------------------------------------------------------------------------------------

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
