"""Classes, as lines."""

from __future__ import annotations

from collections.abc import Callable

from .events import KINDS
from .functions import Functions, globals_first
from .simple import Lines, indent
from .vocabulary import Cls, Fn, Param, Var, is_kind

#: What `__exit__` answers.
LEAVES = ("True", "False", "None", "kind is ValueError", "isinstance(error, KeyError)")


class Classes(Functions):
    """Writes classes and makes them known."""

    def klass(self) -> Lines:
        """A class of some kind."""
        kinds = {"plain": 6, "data": 4, "named": 2, "enum": 3, "error": 4, "context": 2, "child": 5, "dict": 1}
        kind = self.rng.choices(list(kinds), list(kinds.values()))[0]
        make: Callable[[], Lines] = getattr(self, f"a_{kind}_class")
        return make()

    def a_plain_class(self, base: Cls | None = None) -> Lines:
        rng = self.rng
        cls = Cls(self.fresh("C"))
        params = tuple(p for p in self.parameters(rng.randrange(1, 3)) if p.type != "event" and p.kind == "pos")
        lines: Lines = []
        start: Lines = []
        if base is not None:
            cls.fields |= base.fields
            cls.methods += [m for m in base.methods if m.kind != "maker"]
            cls.dunders |= base.dunders
            if self.chance(0.5):
                params = base.init
            else:
                start.append(f"super().__init__({self.arguments(base.init, 0)})")
        if self.chance(0.3):
            lines.append(f"shared = {self.expr(('list', 'int'), 0)}")
            cls.fields["shared"] = ("list", "int")
            self.scopes[0].append(Var(f"{cls.name}.shared", ("list", "int"), plain=False))
        if base is None or start:
            for param in params:
                cls.fields[param.name] = param.type
                start.append(f"self.{param.name} = {param.name}")
            if self.chance(0.5):
                type_ = self.a_type(1)
                cls.fields["extra"] = type_
                start.append(f"self.extra = {self.literal(type_, 1)}")
            lines += [f"def __init__({self.signature(params, 'self')}):", *indent(start or ["pass"])]
        cls.init = params
        self.classes.append(cls)
        self.methods(cls, lines, base)
        if base is None and self.chance(0.08):
            return [f"class {cls.name}(outside.Base):", *indent(lines or ["pass"])]
        return [f"class {cls.name}{f'({base.name})' if base else ''}:", *indent(lines or ["pass"])]

    @staticmethod
    def own(cls: Cls) -> list[Var]:
        """The instance's attributes as variables of its methods."""
        return [Var(f"self.{name}", type_, plain=False) for name, type_ in cls.fields.items()]

    def methods(self, cls: Cls, lines: Lines, base: Cls | None = None) -> None:
        """Methods, properties, class and static methods, and the special ones that Python calls itself."""
        rng = self.rng
        for _ in range(rng.randrange(1, 3)):
            overridden = [m for m in base.methods if m.kind == "plain"] if base and self.chance(0.5) else []
            params: tuple[Param, ...] = tuple(p for p in self.parameters(rng.randrange(2)) if p.type != "event")
            name, returns = self.fresh("m"), self.a_type(1)
            kind = rng.choices(["plain", "property", "static", "maker", "fluent"], [6, 2, 1, 1, 1])[0]
            if cls.kind in ("enum", "named", "dict", "error") and kind == "maker":
                kind = "plain"
            if overridden:
                old = rng.choice(overridden)
                given = [p.name for p in old.params if p.kind == "pos"]
                given += [f"{p.name}={p.name}" for p in old.params if p.kind == "key"]
                body = [f"before = super().{old.name}({', '.join(given)})"]
                body += self.body(old.params, old.returns, 1, own=[*self.own(cls), Var("before", old.returns)])
                lines += [f"def {old.name}({self.signature(old.params, 'self')}):", *indent(globals_first(body))]
                continue
            if kind == "property":
                cached = cls.kind == "plain" and self.chance(0.3)
                body = self.body((), returns, 1, own=self.own(cls))
                lines += ["@cached_property" if cached else "@property", f"def {name}(self):", *indent(body)]
                cls.methods.append(Fn(name, (), returns, "property"))
            elif kind == "static":
                lines += [
                    "@staticmethod",
                    f"def {name}({self.signature(params)}):",
                    *indent(self.body(params, returns, 1)),
                ]
                cls.methods.append(Fn(name, params, returns))
            elif kind == "maker":
                lines += ["@classmethod", f"def {name}(cls):", f"    return cls({self.arguments(cls.init, 0)})"]
                cls.methods.append(Fn(name, (), ("inst", cls.name), "maker"))
            elif kind == "fluent":
                body = [*self.body(params, "none", 1, "gen", self.own(cls)), "return self"]
                body = [line for line in body if "yield" not in line]
                if any(line.strip().endswith(":") for line in body):
                    body = ["return self"]
                lines += [f"def {name}({self.signature(params, 'self')}):", *indent(body)]
                cls.methods.append(Fn(name, params, ("inst", cls.name)))
            else:
                body = self.body(params, returns, rng.randrange(1, 3), own=self.own(cls))
                lines += [f"def {name}({self.signature(params, 'self')}):", *indent(body)]
                cls.methods.append(Fn(name, params, returns))
        if cls.kind in ("plain", "data"):
            self.dunder(cls, lines)

    def dunder(self, cls: Cls, lines: Lines) -> None:
        """One or two special methods."""
        rng = self.rng
        fields = list(cls.fields) or ["__class__"]
        attribute = f"self.{rng.choice(fields)}"
        texts = {
            "__eq__": [
                "def __eq__(self, other):",
                f"    return isinstance(other, {cls.name}) and {rng.choice(['True', 'False', attribute + ' == 1'])}",
            ],
            "__len__": ["def __len__(self):", f"    return {rng.choice(['0', '2'])}"],
            "__bool__": [
                "def __bool__(self):",
                f"    return {rng.choice(['True', 'False', 'bool(' + attribute + ')'])}",
            ],
            "__call__": ["def __call__(self, x=1):", f"    return [{attribute}, x]"],
            "__getitem__": ["def __getitem__(self, key):", f"    return {{'a': {attribute}}}[key]"],
            "__setitem__": [
                "def __setitem__(self, key, value):",
                "    self.__dict__[key] = value" if self.chance(0.3) else "    self.last = (key, value)",
            ],
            "__contains__": ["def __contains__(self, item):", f"    return item == {attribute}"],
            "__iter__": [
                "def __iter__(self):",
                f"    {rng.choice(['yield ' + attribute, 'return iter([' + attribute + '])'])}",
            ],
            "__str__": ["def __str__(self):", f'    return f"<{{{attribute}}}>"'],
            "__add__": ["def __add__(self, other):", f"    return ({attribute}, other)"],
            "__getattr__": [
                "def __getattr__(self, name):",
                "    if name.startswith('_'):",
                "        raise AttributeError(name)",
                f"    return {rng.choice(['name', 'None'])}",
            ],
            "__enter__": [
                "def __enter__(self):",
                "    return self",
                "def __exit__(self, kind, error, trace):",
                f"    return {rng.choice(LEAVES)}",
            ],
        }
        for name in rng.sample(list(texts), rng.randrange(3)):
            cls.dunders.add(name)
            lines += texts[name]

    def a_data_class(self) -> Lines:
        cls = Cls(self.fresh("C"), kind="data", frozen=self.chance(0.2))
        lines: Lines = []
        params: list[Param] = []
        for _ in range(self.rng.randrange(1, 4)):
            name, type_ = self.fresh("x"), self.a_type(1)
            default = None
            if (params and params[-1].default is not None) or self.chance(0.4):
                if is_kind("list", "dict", "set", "rec")(type_):
                    type_, default = ("list", "str"), "field(default_factory=list)"
                else:
                    default = self.default(type_)
                    if is_kind("inst", "opt", "tuple")(type_):
                        type_, default = "int", "0"
            cls.fields[name] = type_
            params.append(Param(name, type_, default))
            lines.append(f"{name}: object{f' = {default}' if default else ''}")
        cls.init = tuple(params)
        self.classes.append(cls)
        if self.chance(0.2) and not cls.frozen:
            name = self.rng.choice(list(cls.fields))
            lines += [
                "def __post_init__(self):",
                f"    self.{name} = {self.rng.choice([f'[self.{name}]', f'self.{name}', f'str(self.{name})'])}",
            ]
        if self.chance(0.6):
            self.methods(cls, lines)
        return ["@dataclass(frozen=True)" if cls.frozen else "@dataclass", f"class {cls.name}:", *indent(lines)]

    def a_named_class(self) -> Lines:
        cls = Cls(self.fresh("C"), kind="named")
        names = [self.fresh("x") for _ in range(self.rng.randrange(1, 4))]
        types = [self.a_type(1) for _ in names]
        cls.fields = dict(zip(names, types, strict=True))
        self.classes.append(cls)
        if self.chance(0.5):
            cls.init = tuple(Param(name, type_) for name, type_ in zip(names, types, strict=True))
            return [f"{cls.name} = namedtuple({cls.name!r}, {names!r})"]
        cls.init = tuple(Param(name, type_) for name, type_ in zip(names, types, strict=True))
        lines = [f"class {cls.name}(NamedTuple):", *[f"    {name}: object" for name in names]]
        if self.chance(0.4):
            inner: Lines = []
            self.methods(cls, inner)
            lines += indent(inner)
        return lines

    def a_enum_class(self) -> Lines:
        base = self.rng.choice(["Enum", "Enum", "str, Enum", "IntEnum"])
        members = tuple(self.rng.sample(("A", "B", "JSON", "TEXT"), self.rng.randrange(1, 4)))
        cls = Cls(self.fresh("C"), kind="enum", members=members)
        cls.fields = {"name": "str", "value": "int" if base == "IntEnum" else "str"}
        self.classes.append(cls)
        values = [str(n + 1) if base == "IntEnum" else repr(KINDS[n]) for n in range(len(members))]
        if base == "Enum" and self.chance(0.2):
            values[0] = "auto()"
        lines = [f"{member} = {value}" for member, value in zip(members, values, strict=True)]
        if self.chance(0.3):
            self.methods(cls, lines)
        return [f"class {cls.name}({base}):", *indent(lines)]

    def a_error_class(self) -> Lines:
        own = [cls for cls in self.classes if cls.kind == "error"]
        base = (
            self.rng.choice(own).name
            if own and self.chance(0.4)
            else self.rng.choice(["Exception", "Exception", "ValueError", "KeyError", "outside.Trouble"])
        )
        cls = Cls(self.fresh("E"), kind="error", init=(Param("message", "str"),))
        self.classes.append(cls)
        if self.chance(0.5):
            parent = next((c for c in own if c.name == base), None)
            cls.init = parent.init if parent else cls.init
            return [f"class {cls.name}({base}):", "    pass"]
        cls.init = (Param("message", "str"), Param("code", "int", "500"))
        cls.fields = {"code": "int"}
        up = "super().__init__(message)" if self.chance(0.8) else "pass"
        return [
            f"class {cls.name}({base}):",
            "    def __init__(self, message, code=500):",
            f"        {up}",
            "        self.code = code",
        ]

    def a_context_class(self) -> Lines:
        cls = Cls(self.fresh("C"), kind="context", fields={"log": ("list", "str")})
        cls.dunders.add("__enter__")
        self.classes.append(cls)
        leave = self.rng.choice(
            [
                "return True",
                "return False",
                "pass",
                "return kind is ValueError",
                "return isinstance(error, KeyError)",
                "outside.save(self.log)",
            ]
        )
        enter = self.rng.choice(["return self", "return self", "self.log.append('in')\n        return self"]).split(
            "\n"
        )
        return [
            f"class {cls.name}:",
            "    def __init__(self):",
            f"        self.log = {self.expr(('list', 'str'), 0)}",
            "    def __enter__(self):",
            *[f"        {line.strip()}" for line in enter],
            "    def __exit__(self, kind, error, trace):",
            "        self.log.append('out')",
            f"        {leave}",
        ]

    def a_child_class(self) -> Lines:
        bases = [cls for cls in self.classes if cls.kind == "plain"]
        return self.a_plain_class(self.rng.choice(bases)) if bases else self.a_plain_class()

    def a_dict_class(self) -> Lines:
        cls = Cls(self.fresh("C"), kind="dict")
        self.classes.append(cls)
        cls.dunders.add("__setitem__")
        lines: Lines = ["def put(self, key, value):", "    self[key] = value", "    return self"]
        cls.methods.append(Fn("put", (Param("key", "str"), Param("value", "any")), ("inst", cls.name)))
        if self.chance(0.3):
            lines += ["def __missing__(self, key):", "    return key"]
        return [f"class {cls.name}({self.rng.choice(['dict', 'dict', 'UserDict'])}):", *indent(lines)]
