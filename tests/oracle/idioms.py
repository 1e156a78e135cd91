"""Ways of saying things that handlers are full of, and the corners of Python that sit beside them."""

from __future__ import annotations

from .simple import Lines, Simple, indent
from .vocabulary import Type, Var, is_kind


class Idioms(Simple):
    """Writes a few lines that belong together, with holes filled from what is known here."""

    def idiom(self) -> Lines:
        """One of them."""
        return list(self.pick([(1, getattr(self, name)) for name in IDIOMS]))

    def name_of(self, *kinds: str) -> str:
        """A variable of one of these kinds, or an expression in its place."""
        var = self.some(is_kind(*kinds))
        if var is not None:
            return var.name
        made = [("inst", cls.name) for cls in self.classes if cls.kind != "error"]
        instead = {"list": ("list", "int"), "inst": self.rng.choice(made) if made else "any"}
        return f"({self.expr(instead.get(kinds[0], ('dict', 'int')), 1)})"

    def new(self, type_: Type) -> str:
        """A new name that has that type from now on. Write what it is bound to first."""
        name = self.fresh("v")
        self.bind(name, type_)
        return name

    # -- containers ----------------------------------------------------------------------------------------------

    def do_count_up(self) -> Lines:
        target = self.name_of("dict", "rec")
        return [f"{target}['n'] = {target}.get('n', 0) + {self.expr('int', 1)}"]

    def do_augment_item(self) -> Lines:
        target = self.name_of("dict", "rec", "list")
        return [f"{target}[{self.rng.choice(['0', repr('n'), repr('a')])}] += {self.expr('int', 1)}"]

    def do_two_names_and_a_place(self) -> Lines:
        target, inner = self.name_of("dict", "rec"), ("list", "any")
        name = self.new(inner)
        return [f"{name} = {target}['a'] = []", f"{name}.append({self.expr('any', 1)})"]

    def do_default_or(self) -> Lines:
        text = f"{self.name_of('dict', 'rec', 'event')}.get({self.rng.choice(['a', 'user', 'data'])!r}) or {{}}"
        return [f"{self.new(('dict', 'any'))} = {text}"]

    def do_delete_slice(self) -> Lines:
        return [f"del {self.name_of('list')}[{self.rng.choice(['0', '-1', '1:', ':1', ':'])}]"]

    def do_group(self) -> Lines:
        source, item = self.typed_iterable(1)
        made = self.rng.choice(["defaultdict(list)", "{}"])
        one = self.fresh("i")
        key = self.rng.choice([one, f"str({one})", f"len(str({one}))"])
        fill = f"{{0}}[{key}].append({one})" if "default" in made else f"{{0}}.setdefault({key}, []).append({one})"
        name = self.new(("dict", ("list", item)))
        return [f"{name} = {made}", f"for {one} in {source}:", f"    {fill.format(name)}"]

    def do_pick_and_ask(self) -> Lines:
        """What is picked of a list tells whether there is something in it, until one of the two is changed."""
        source, item = self.typed_iterable(1)
        rows, picked, one, left = self.fresh("v"), self.fresh("v"), self.fresh("i"), self.new(("list", item))
        condition = self.rng.choice(["", "", f" if {one}"])
        shorter = (f"{picked}[:1] = []", f"{picked}.pop() if {picked} else 0")
        changes = ("", "", *shorter, f"{rows}.append(1)", f"{rows}[:] = [2]")
        loop = [f"{picked} = []", f"for {one} in {rows}:", f"    {picked}.append({one})"]
        comprehension = [f"{picked} = [{one} for {one} in {rows}{condition}]"]
        return [
            f"{rows} = [{one} for {one} in {source}]",
            *self.rng.choice([loop, comprehension, comprehension]),
            *filter(None, [self.rng.choice(changes)]),
            f"{left} = [] if {picked} else {rows}",
        ]

    def do_counter(self) -> Lines:
        source = self.iterable(1)
        name = self.new(("dict", "int"))
        return [f"{name} = Counter({source})", f"{name}['a'] += 1"]

    def do_deque(self) -> Lines:
        source = self.iterable(1)
        name, first = self.fresh("v"), self.new("any")
        return [
            f"{name} = deque({source}, maxlen=2)",
            f"{name}.appendleft({self.expr('any', 1)})",
            f"{first} = {name}.pop()",
        ]

    def do_nested_unpacking(self) -> Lines:
        text = f"{self.expr('any', 1)}, ({self.expr('int', 1)}, [{self.expr('str', 1)}])"
        one, two, three = self.new("any"), self.new("int"), self.new("str")
        return [f"{one}, ({two}, [{three}]) = {text}"]

    def do_sorted_by_key(self) -> Lines:
        source, item = self.typed_iterable(1)
        key = self.rng.choice(["str", "lambda q: str(q)", "len", "repr"])
        return [f"{self.new(('list', item))} = sorted({source}, key={key})"]

    def do_items_sorted(self) -> Lines:
        target, out = self.name_of("dict", "rec"), self.fresh("v")
        lines = [f"{out} = []", f"for k, v in sorted({target}.items()):", f"    {out}.append((k, v))"]
        self.bind(out, ("list", "any"))
        return lines

    def do_invert(self) -> Lines:
        target = self.name_of("dict", "rec")
        return [f"{self.new(('dict', 'str'))} = {{v: k for k, v in {target}.items()}}"]

    def do_flatten(self) -> Lines:
        text = f"[q2 for q1 in [{self.iterable(0)}, {self.iterable(0)}] for q2 in q1 if q2]"
        return [f"{self.new(('list', 'any'))} = {text}"]

    def do_chain(self) -> Lines:
        text = f"list(itertools.chain({self.iterable(1)}, {self.iterable(1)}))"
        return [f"{self.new(('list', 'any'))} = {text}"]

    def do_reduce(self) -> Lines:
        text = f"reduce(lambda x, y: x + y, {self.expr(('list', 'int'), 1)}, {self.expr('int', 1)})"
        return [f"{self.new('int')} = {text}"]

    def do_copy(self) -> Lines:
        target = self.name_of("rec", "dict", "list")
        name = self.new("any")
        form = self.rng.choice([f"copy.copy({target})", f"copy.deepcopy({target})", f"{target}.copy()"])
        return [f"{name} = {form}", f"outside.probe({name})"]

    def do_remove_while_reading(self) -> Lines:
        target = self.name_of("dict", "rec")
        return [
            f"for k in list({target}):",
            f"    if {self.rng.choice(['k', repr('a') + ' in k', self.cond(0)])}:",
            f"        {target}.pop(k)",
        ]

    def do_keep_some(self) -> Lines:
        target = self.name_of("list")
        test = self.rng.choice(["q", "q is not None", "isinstance(q, str)", "q != 1"])
        return [f"{self.new(('list', 'any'))} = [q for q in {target} if {test}]"]

    # -- control -------------------------------------------------------------------------------------------------

    def do_retry(self) -> Lines:
        name, one = self.fresh("v"), self.fresh("i")
        lines = [
            f"{name} = {self.rng.choice(['None', '{}', '0'])}",
            f"for {one} in range({self.rng.choice(['2', '3'])}):",
            "    try:",
            f"        {name} = outside.fetch({one})",
            f"        {self.rng.choice(['break', 'pass'])}",
            f"    except {self.rng.choice(['Exception', 'outside.Trouble', 'ValueError'])} as error:",
            f"        {self.rng.choice(['continue', 'pass', f'{name} = str(error)', f'if {one} == 1: raise'])}",
        ]
        if self.chance(0.5):
            lines += ["else:", f"    {name} = 'gave up'"]
        self.bind(name, "any")
        return lines

    def do_pages(self) -> Lines:
        name, token = self.fresh("v"), self.fresh("v")
        lines = [
            f"{name}, {token} = [], None",
            "while True:",
            f"    page = outside.fetch(Token={token})",
            f"    {name}.{self.rng.choice(['append(page)', 'extend(page[KEY])', 'append(page.get(KEY))'])}",
            f"    {token} = page.get('id')",
            f"    if {self.rng.choice(['not ' + token, token + ' is None', f'len({name}) > 1'])}:",
            "        break",
        ]
        self.bind(name, ("list", "any"))
        return [line.replace("KEY", "'items'") for line in lines]

    def do_return_in_finally(self) -> Lines:
        name = self.fresh("f")
        leave = self.rng.choice([f"return {self.expr('any', 1)}", "pass", "print('end')"])
        middle = self.rng.choice(
            [f"return {self.expr('any', 1)}", f"raise ValueError({self.expr('str', 0)})", "outside.save(1)"]
        )
        lines = [f"def {name}():", "    try:", f"        {middle}", "    finally:", f"        {leave}"]
        return [*lines, f"{self.new('any')} = {name}()"]

    def do_error_chain(self) -> Lines:
        name = self.fresh("v")
        lines = [
            "try:",
            f"    {name} = {self.expr('any')}",
            f"except {self.rng.choice(['KeyError', 'Exception', '(TypeError, AttributeError)'])} as error:",
            f"    {name} = {{'error': {self.rng.choice(['str(error)', 'type(error).__name__', 'error.args'])}}}",
        ]
        self.bind(name, "any")
        return lines

    def do_first_match(self) -> Lines:
        source, item = self.typed_iterable(1)
        one = self.fresh("i")
        self.scopes.append([Var(one, item, plain=False)])
        test = self.cond(1)
        self.scopes.pop()
        name = self.new("any")
        return [
            f"for {one} in {source}:",
            f"    if {test}:",
            f"        {name} = {one}",
            "        break",
            "else:",
            f"    {name} = None",
        ]

    def do_walrus_loop(self) -> Lines:
        target, one = self.expr(("list", "any"), 1), self.fresh("w")
        name = self.new(("list", "any"))
        return [f"{name} = {target}", f"while {name} and ({one} := {name}.pop()):", f"    print({one})"]

    def do_flags(self) -> Lines:
        """A value and a flag that go together, met again later: joining too early confuses them."""
        value, flag = self.fresh("v"), self.fresh("v")
        one, two = self.a_type(1), self.a_type(1)
        lines = [
            f"if {self.cond(1)}:",
            f"    {value}, {flag} = {self.expr(one, 1)}, {self.rng.choice(['True', repr('one')])}",
            "else:",
            f"    {value}, {flag} = {self.expr(two, 1)}, {self.rng.choice(['False', 'None', repr('two')])}",
        ]
        middle = self.rng.choice([[], [f"outside.save({value})"], [f"print({flag})"]])
        test = self.rng.choice([flag, f"not {flag}", f"{flag} == 'one'", f"{flag} is None"])
        self.bind(value, "any")
        self.bind(flag, "any")
        return [
            *lines,
            *middle,
            f"if {test}:",
            f"    {value} = {self.rng.choice([f'str({value})', f'[{value}]', '0'])}",
        ]

    def do_dispatch(self) -> Lines:
        table, key = self.fresh("t"), self.expr("str", 1)
        parts = ", ".join(f"{word!r}: lambda: {self.expr('any', 0)}" for word in ("a", "json"))
        text = self.rng.choice([f"{table}.get({key}, lambda: None)()", f"{table}[{key}]()"])
        return [f"{table} = {{{parts}}}", f"{self.new('any')} = {text}"]

    def do_late_binding(self) -> Lines:
        capture = self.rng.choice(["lambda: i", "lambda i=i: i"])
        return [f"{self.new(('list', 'int'))} = [f() for f in [{capture} for i in range(3)]]"]

    def do_loop_closures(self) -> Lines:
        name, one, made = self.fresh("f"), self.fresh("i"), self.fresh("v")
        lines = [
            f"{made} = []",
            f"for {one} in {self.iterable(0)}:",
            f"    def {name}(x={self.rng.choice([one, '1'])}):",
        ]
        lines += [f"        return (x, {one})", f"    {made}.append({name})"]
        return [*lines, f"{self.new(('list', 'any'))} = [call() for call in {made}]"]

    # -- names and attributes ------------------------------------------------------------------------------------

    def do_getattr(self) -> Lines:
        target = self.name_of("inst", "any")
        name = self.expr("str", 0) if self.chance(0.5) else repr(self.rng.choice(["extra", "x1", "code", "log"]))
        return [f"{self.new('any')} = getattr({target}, {name}, {self.expr('any', 0)})"]

    def do_setattr(self) -> Lines:
        target = self.name_of("inst", "any")
        name = self.expr("str", 0) if self.chance(0.4) else repr(self.rng.choice(["extra", "made"]))
        return [f"setattr({target}, {name}, {self.expr('any', 1)})", f"outside.save(getattr({target}, 'extra', 0))"]

    def do_object_dict(self) -> Lines:
        target = self.name_of("inst")
        return [
            f"{target}.__dict__[{self.rng.choice(['extra', 'log'])!r}] = {self.expr('any', 1)}",
            f"print(vars({target}))",
        ]

    def do_delete_attribute(self) -> Lines:
        var = self.some(is_kind("inst"))
        if var is None or not self.class_named(var.type[1]).fields:
            return self.do_count_up()
        return [f"del {var.name}.{self.rng.choice(list(self.class_named(var.type[1]).fields))}"]

    def do_local_class(self) -> Lines:
        name, one = self.fresh("K"), self.new("any")
        inner = self.rng.choice(
            ["self.x", "[self.x, self.kept]", "self.kept.append(self.x) or self.kept", "type(self).__name__"]
        )
        lines = [
            f"class {name}:",
            f"    kept = {self.expr(('list', 'any'), 0)}",
            "    def __init__(self, x):",
            "        self.x = x",
        ]
        lines += ["    def get(self):", f"        return {inner}"]
        return [*lines, f"{one} = [{name}({self.expr('any', 0)}).get(), {name}({self.expr('any', 0)}).get()]"]

    def do_setter(self) -> Lines:
        name, one = self.fresh("K"), self.fresh("v")
        lines = [
            f"class {name}:",
            f"    __slots__ = {self.rng.choice([repr(('_x',)), repr(['_x', 'y'])])}"
            if self.chance(0.3)
            else "    y = 1",
            "    @property",
            "    def x(self):",
            f"        return {self.rng.choice(['self._x', '(self._x, 1)'])}",
            "    @x.setter",
            "    def x(self, value):",
            f"        self._x = {self.rng.choice(['value', '[value]', 'str(value)'])}",
            f"{one} = {name}()",
            f"{one}.x = {self.expr('any', 1)}",
        ]
        return [*lines, f"{self.new('any')} = {one}.x"]

    def do_memo(self) -> Lines:
        name, kept = self.fresh("f"), self.fresh("v")
        body = [f"if x not in {kept}:", f"    {kept}[x] = {self.expr('any', 1)}", f"return {kept}[x]"]
        lines = [f"{kept} = {{}}", f"def {name}(x):", *indent(body)]
        self.bind(kept, ("dict", "any"))
        return [*lines, f"{self.new('any')} = [{name}({self.expr('str', 0)}), {name}('a')]"]

    def do_counter_closure(self) -> Lines:
        name = self.fresh("f")
        lines = [
            f"def {name}():",
            "    n = 0",
            "    def step(by=1):",
            "        nonlocal n",
            "        n += by",
            "        return n",
            f"    return {self.rng.choice(['step', '[step, step]', '{1: step}'])}",
        ]
        use = (
            lines[-1]
            .rpartition("return ")[2]
            .replace("step, step", "[0]")
            .replace("{1: step}", "[1]")
            .replace("[[0]]", "[0]")
            .replace("step", "")
        )
        one = self.fresh("v")
        return [*lines, f"{one} = {name}(){use}", f"{self.new(('list', 'int'))} = [{one}(), {one}(2), {one}()]"]

    def do_spread_unknown(self) -> Lines:
        var = self.some(is_kind("event", "any", "dict", "rec"))
        target = var.name if var is not None else "{}"
        name = self.fresh("f")
        signature, shown = self.rng.choice([("**k", "k"), ("a=None, **k", "(a, k)"), ("*a, **k", "(a, k)")])
        call = self.rng.choice(
            [f"**{target}", f"**{{'a': 1, **{target}}}", f"*{target}" if "*a" in signature else f"**{target}"]
        )
        return [f"def {name}({signature}):", f"    return {shown}", f"{self.new('any')} = {name}({call})"]

    def do_main_guard(self) -> Lines:
        name = self.new("any")
        return [f"{name} = {self.expr('any', 1)}", "if __name__ == '__main__':", f"    {name} = 'never'"]

    def do_import_guard(self) -> Lines:
        name = self.new("any")
        module = self.rng.choice(["no_such_module_here", "json as loaded", "outside as loaded"])
        lines = ["try:", f"    import {module}", f"    {name} = 1"]
        return [
            *lines,
            f"except {self.rng.choice(['ImportError', 'ModuleNotFoundError', 'Exception'])}:",
            f"    {name} = None",
        ]

    def do_iterator(self) -> Lines:
        source = self.iterable(1)
        one, two, three = self.fresh("v"), self.new("any"), self.new("any")
        rest = self.rng.choice([f"list({one})", f"next({one}, None)", f"[q for q in {one}]", f"sum(1 for _ in {one})"])
        return [f"{one} = iter({source})", f"{two} = next({one}, 'none')", f"{three} = {rest}"]

    def do_take_one_of_the_event(self) -> Lines:
        """An element of one of the event's lists, and what is left of the list."""
        var = self.some(is_kind("event"))
        if var is None:
            return ["pass"]
        source = f"{var.name}[{self.rng.choice(['tags', 'numbers', 'items', 'data', 'user'])!r}]"
        way = self.rng.choice(
            [
                *(f"{source}.pop({index})" for index in ("", "0", "-1")),
                *(f"next(iter({source}){default})" for default in ("", ", None")),
                *(f"{name}({source}, key=lambda q: str(q))" for name in ("sorted", "max")),
                *(f"list(map({function}, {source}))" for function in ("str", "lambda q: q['id']")),
                f"{source}.copy()",
                f"[*{source}]",
            ]
        )
        left = self.rng.choice([source, f"{source}[0]", f"len({source})", f"'some' if {source} else 'none'"])
        lines = [f"{self.new('any')} = {way}", f"{self.new('any')} = {left}"]
        if self.chance(0.3):
            lines = [f"while {source}:", f"    print({source}.pop())", *lines]
        return lines

    def do_generator_value(self) -> Lines:
        name, one = self.fresh("g"), self.fresh("g")
        lines = [f"def {name}():", f"    yield {self.expr('any', 0)}", f"    return {self.expr('any', 0)}"]
        lines += [f"def {one}():", f"    made = yield from {name}()", "    yield made"]
        return [*lines, f"{self.new(('list', 'any'))} = list({one}())"]

    def do_lazy(self) -> Lines:
        """A generator that reads what changes before it is consumed."""
        target = self.name_of("list")
        one = self.fresh("v")
        lines = [f"{one} = (q for q in {target})", f"{target}.append({self.expr('any', 1)})"]
        return [*lines, f"{self.new(('list', 'any'))} = list({one})"]

    def do_text(self) -> Lines:
        a = self.expr("str", 1)
        text = self.rng.choice(
            [
                f"{a}.partition('-')",
                f"{a}.rsplit('-', 1)",
                f"'%(a)s' % {{'a': {a}}}",
                f"f'{{1:>5}}|{{2.5:.1f}}' + {a}",
                f"{a}.encode().decode()",
                f"{a}.zfill(4)",
                f"[*{a}]",
                f"{a}.splitlines()",
                f"{a} % ()",
                f"max({a}, 'b')",
                f"divmod({self.expr('int', 1)}, 2)",
                f"{a} * {self.expr('int', 0)}",
                f"int({a} or 0)",
            ]
        )
        return [f"{self.new('any')} = {text}"]


IDIOMS = tuple(name for name in vars(Idioms) if name.startswith("do_"))
