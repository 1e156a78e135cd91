"""Functions, as lines."""

from __future__ import annotations

from collections.abc import Callable

from .simple import Lines, indent
from .statements import Statements
from .vocabulary import Fn, Param, Type, Var, is_kind


def globals_first(lines: Lines) -> Lines:
    """The lines with the `global` statements before all others, as Python wants them."""
    return sorted(lines, key=lambda line: not line.strip().startswith("global "))


class Functions(Statements):
    """Writes functions and makes them known."""

    def parameters(self, count: int) -> tuple[Param, ...]:
        """Parameters of every kind, those without a default first."""
        made: list[Param] = []
        defaulted = False
        for _ in range(count):
            type_ = self.rng.choice([self.a_type(1), self.a_type(2), "event"]) if not defaulted else self.a_type(1)
            default = None
            if type_ != "event" and (defaulted or self.chance(0.25)):
                defaulted = True
                default = self.default(type_)
            made.append(Param(self.fresh("p"), type_, default))
        if self.chance(0.08):
            made.append(Param("rest", self.a_type(0), kind="args"))
        if self.chance(0.1):
            type_ = self.a_type(1)
            made.append(Param(self.fresh("k"), type_, self.default(type_) if self.chance(0.6) else None, "key"))
        if self.chance(0.06):
            made.append(Param("options", self.a_type(0), kind="kwargs"))
        return tuple(made)

    def default(self, type_: Type) -> str:
        """A parameter's default; a mutable one lives on from call to call."""
        if is_kind("list", "dict", "set")(type_) and self.chance(0.4):
            return {"list": "[]", "dict": "{}", "set": "set()"}[type_[0]]
        scopes, self.scopes = self.scopes, [[]]
        functions, self.functions = self.functions, []
        text = self.literal(type_, 1)
        self.scopes, self.functions = scopes, functions
        return text

    @staticmethod
    def signature(params: tuple[Param, ...], first: str = "") -> str:
        """The text between a definition's parentheses."""
        parts = [first] if first else []
        starred = False
        for param in params:
            if param.kind == "args":
                parts.append(f"*{param.name}")
                starred = True
            elif param.kind == "kwargs":
                parts.append(f"**{param.name}")
            else:
                if param.kind == "key" and not starred:
                    parts.append("*")
                    starred = True
                parts.append(param.name if param.default is None else f"{param.name}={param.default}")
        return ", ".join(parts)

    def body(
        self, params: tuple[Param, ...], returns: Type, size: int, kind: str = "plain", own: list[Var] | None = None
    ) -> Lines:
        """A function's body over what stands at the top level."""
        state = (
            self.returns,
            self.in_loop,
            self.in_generator,
            self.in_function,
            self.depth,
            self.in_async,
            self.scopes,
        )
        self.returns, self.in_loop, self.in_generator = returns, False, kind in ("gen", "context")
        self.in_function, self.depth, self.in_async = True, 0, kind == "async"
        top = [Var(var.name, var.type, plain=False) for frame in self.scopes for var in frame]
        lines: Lines = []
        written = [var for var in self.scopes[0] if var.plain and "." not in var.name]
        if written and self.chance(0.25):
            var = self.rng.choice(written)
            lines.append(f"global {var.name}")
            top = [other for other in top if other.name != var.name] + [var]
        bound = [*(own or ()), *(Var(p.name, self.seen_as(p)) for p in params)]
        self.scopes = [top, bound]
        lines += self.block(size)
        if not lines[-1].startswith(("return", "raise")) and kind not in ("gen", "context"):
            if returns != "none" or self.chance(0.3):
                lines.append(f"return {self.result()}" if returns != "none" else "return None")
        self.returns, self.in_loop, self.in_generator, self.in_function, self.depth, self.in_async, self.scopes = state
        return lines

    @staticmethod
    def seen_as(param: Param) -> Type:
        """The type of a parameter inside the function."""
        if param.kind == "args":
            return ("list", param.type)
        return ("dict", param.type) if param.kind == "kwargs" else param.type

    def function(self) -> Lines:
        """A top-level function of some kind."""
        kinds = {
            "plain": 10,
            "mutator": 4,
            "gen": 3,
            "async": 2,
            "context": 2,
            "recursive": 2,
            "lambda": 1,
            "partial": 1,
        }
        kind = self.rng.choices(list(kinds), list(kinds.values()))[0]
        make: Callable[[], Lines] = getattr(self, f"a_{kind}_function")
        return make()

    def a_plain_function(self) -> Lines:
        name, params, returns = self.fresh("f"), self.parameters(self.rng.randrange(4)), self.a_type()
        lines = [
            f"def {name}({self.signature(params)}):",
            *indent(self.body(params, returns, self.rng.randrange(1, 5))),
        ]
        self.functions.append(Fn(name, params, returns))
        if self.chance(0.06):
            lines.insert(0, self.rng.choice(["@outside.decorate", "@lru_cache(maxsize=None)", "@lru_cache"]))
        return lines

    def a_mutator_function(self) -> Lines:
        """Changes what it is given."""
        name = self.fresh("f")
        type_ = self.rng.choice(
            [("list", self.a_type(1)), ("dict", self.a_type(1)), ("rec", (("a", "int"), ("b", ("list", "str"))))]
        )
        params = (Param("target", type_), *self.parameters(self.rng.randrange(2)))
        state = self.scopes
        self.scopes = [
            *self.scopes,
            [Var("target", type_, plain=False), *(Var(p.name, self.seen_as(p)) for p in params[1:])],
        ]
        start = self.mutation() if self.chance(0.5) else []
        self.scopes = state
        returns = self.rng.choice(["none", type_])
        lines = [
            f"def {name}({self.signature(params)}):",
            *indent(start + self.body(params, returns, self.rng.randrange(1, 4))),
        ]
        lines[1:] = globals_first(lines[1:])
        self.functions.append(Fn(name, params, returns))
        return lines

    def a_gen_function(self) -> Lines:
        name, params, returns = self.fresh("g"), self.parameters(self.rng.randrange(2)), self.a_type(1)
        lines = self.body(params, returns, self.rng.randrange(1, 4), "gen")
        if not any("yield" in line for line in lines) or self.chance(0.6):
            lines.append(f"yield {self.literal(returns, 0)}")
        self.functions.append(Fn(name, params, returns, "gen"))
        return [f"def {name}({self.signature(params)}):", *indent(lines)]

    def a_async_function(self) -> Lines:
        name, params, returns = self.fresh("f"), self.parameters(self.rng.randrange(3)), self.a_type()
        lines = self.body(params, returns, self.rng.randrange(1, 4), "async")
        if self.chance(0.2):
            lines.insert(1 if lines[0].startswith("global") else 0, "await asyncio.sleep(0)")
        self.functions.append(Fn(name, params, returns, "async"))
        return [f"async def {name}({self.signature(params)}):", *indent(lines)]

    def a_context_function(self) -> Lines:
        """A contextmanager: it may swallow, and may clean up in a finally."""
        name, params, returns = self.fresh("f"), self.parameters(self.rng.randrange(2)), self.a_type()
        before = [line for line in self.body(params, returns, 1, "async") if not line.startswith(("return", "yield"))]
        shown = self.literal(returns, 1)
        form = self.rng.randrange(4)
        if form == 0:
            middle = [f"yield {shown}"]
        elif form == 1:
            caught = self.rng.choice(["ValueError", "Exception", "KeyError"])
            middle = ["try:", f"    yield {shown}", f"except {caught}:", "    print('left')"]
        elif form == 2:
            middle = ["try:", f"    yield {shown}", "finally:", "    outside.save('done')"]
        else:
            middle = [f"made = {shown}", "yield made", "print(made)"]
        before = [line.replace("(await ", "asyncio.run(") for line in before]
        self.functions.append(Fn(name, params, returns, "context"))
        return ["@contextmanager", f"def {name}({self.signature(params)}):", *indent(before + middle)]

    def a_recursive_function(self) -> Lines:
        name, type_ = self.fresh("f"), self.rng.choice(["int", "str", ("list", "int"), ("rec", (("a", "any"),)), "any"])
        params = (Param("n", "int"), Param("seen", type_))
        inner = self.body(params, type_, 1)
        inner = [line for line in inner if not line.startswith("return")] or ["pass"]
        state = self.scopes
        self.scopes = [*self.scopes, [Var("n", "int", plain=False), Var("seen", type_, plain=False)]]
        end = self.expr(type_, 1)
        step = self.expr(type_, 1)
        self.scopes = state
        again = f"{name}(n - 1, {step})"
        kind = str(type_ if isinstance(type_, str) else type_[0])
        combine = {"int": f"{again} + 1", "str": f"{again} + 'x'", "list": f"[n, *{again}]", "rec": f"{{'a': {again}}}"}
        self.functions.append(Fn(name, (Param("n", "small"), Param("seen", type_)), type_))
        lines = ["if n <= 0:", f"    return {end}", *inner, f"return {combine.get(kind, again)}"]
        return [f"def {name}(n, seen):", *indent(globals_first(lines))]

    def a_lambda_function(self) -> Lines:
        name, type_, returns = self.fresh("f"), self.a_type(1), self.a_type(1)
        state, self.scopes = self.scopes, [*self.scopes, [Var("q", type_, plain=False)]]
        self.no_walrus += 1
        text = self.expr(returns)
        self.no_walrus -= 1
        self.scopes = state
        self.functions.append(Fn(name, (Param("q", type_),), returns))
        return [f"{name} = lambda q: {text}"]

    def a_partial_function(self) -> Lines:
        found = [
            function
            for function in self.functions
            if function.kind == "plain"
            and function.params
            and function.params[0].kind == "pos"
            and function.params[0].type not in ("event", "small")
        ]
        if not found:
            return self.a_plain_function()
        base, name = self.rng.choice(found), self.fresh("f")
        self.functions.append(Fn(name, base.params[1:], base.returns))
        return [f"{name} = partial({base.name}, {self.expr(base.params[0].type, 1)})"]

    def of_small(self, type_: Type, depth: int) -> list[tuple[int, Callable[[], str]]]:
        """The depth of a recursion: small, or now and then an int that nobody knows."""
        return [(3, lambda: self.rng.choice("0123")), (1, lambda: f"min({self.expr('int', 0)}, 3)")]

    def of_event(self, type_: Type, depth: int) -> list[tuple[int, Callable[[], str]]]:
        """The event handed on."""
        var = self.some(is_kind("event"))
        return [(9, lambda: var.name)] if var is not None else [(1, lambda: "{'kind': 'a', 'count': 1}")]

    def literal(self, type_: Type, depth: int) -> str:
        if type_ == "small":
            return self.rng.choice("0123")
        if type_ == "event":
            return self.rng.choice(["{'kind': 'a', 'name': 'x', 'count': 2}", "{}"])
        return super().literal(type_, depth)

    def decorator(self) -> tuple[str, Lines]:
        """An own decorator for handlers and functions."""
        name = self.fresh("d")
        before = self.rng.choice([[], ["print('before')"], ["outside.save(args)"]])
        after = self.rng.choice(
            [
                ["return function(*args, **keywords)"],
                ["result = function(*args, **keywords)", "return {'wrapped': result}"],
                [
                    "try:",
                    "    return function(*args, **keywords)",
                    "except Exception as error:",
                    "    return {'statusCode': 500, 'body': str(error)}",
                ],
                [
                    "result = function(*args, **keywords)",
                    "if isinstance(result, dict):",
                    "    result['seen'] = True",
                    "return result",
                ],
            ]
        )
        wraps = ["@wraps(function)"] if self.chance(0.7) else []
        inner = [*wraps, "def wrapper(*args, **keywords):", *indent(before + after), "return wrapper"]
        return name, [f"def {name}(function):", *indent(inner)]
