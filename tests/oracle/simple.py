"""Statements of one line."""

from __future__ import annotations

from .typed import Typed
from .vocabulary import Type, Var, is_kind

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


class Simple(Typed):
    """Writes statements of one line, some of them over what the block above them decides."""

    returns: Type = "any"
    in_loop = False
    in_generator = False
    in_function = False
    depth = 0

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
        if function.kind == "async" and self.in_async and self.chance(0.5):
            self.bind(name, ("list", function.returns))
            first, second = (call.removeprefix("(await ")[:-1] for call in (text, self.call(function, 1)))
            return [f"{name} = await asyncio.gather({first}, {second})"]
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
