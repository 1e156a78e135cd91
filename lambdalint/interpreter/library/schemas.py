"""pydantic's models: what dumping one gives. https://docs.pydantic.dev/latest/concepts/serialization/"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from lambdalint.interpreter.certain import kinds_of, told
from lambdalint.interpreter.entry import data_class, unwrapped
from lambdalint.interpreter.enums import members_of
from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, Item, ListObject
from lambdalint.interpreter.instances import allocate
from lambdalint.interpreter.kinds import kind_of
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.parser_objects import is_parser_model
from lambdalint.interpreter.library.types import make, parse
from lambdalint.interpreter.model_fields import as_given, made_of_text
from lambdalint.interpreter.plain import VALIDATION_ERRORS
from lambdalint.interpreter.schemas import (
    AFFECTS,
    CHECKED,
    DROPS,
    EMPTIES,
    MAKERS,
    SECOND,
    ZONED,
    annotated,
    has_fields,
    is_dropped,
    is_model,
    schema,
)
from lambdalint.interpreter.state import is_const
from lambdalint.interpreter.validators import fields_set, gives_nothing, gives_value_back
from lambdalint.interpreter.values import NONE, Const, Descriptor, Method, Outside, Partial, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine

_MODEL = "pydantic.BaseModel"
_PARSER = "aws_lambda_powertools.utilities.parser"
#: Options by which fields are left out.
_LESS = frozenset({"exclude", "include", "exclude_none", "exclude_unset", "exclude_defaults"})
#: Options that leave the types of what is dumped as they are.
_OPTIONS = frozenset({"mode", "by_alias", "round_trip", "warnings", "context", "serialize_as_any"})
_MAX_NESTING = 6


@models(f"{_MODEL}.json", f"{_MODEL}.model_dump_json")
def as_text(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    return machine.unknown(site.place, "str")


@models(f"{_MODEL}.dict", f"{_MODEL}.model_dump")
def as_dict(machine: Machine, site: CallSite) -> Value:
    """A dict of the fields, each of the type that its annotation names; in the mode "json", of what JSON holds."""
    machine.may_raise(None)
    mode = machine.state.resolve(site.keywords.get("mode", Const("python")))
    thing = machine.object(site.receiver) if type(site.receiver) is Ref else None
    if not isinstance(thing, InstanceObject) or not as_given(machine, thing) or site.arguments:
        return machine.unknown(site.place)
    if type(mode) is not Const or mode.value not in ("python", "json") or set(site.keywords) - _LESS - _OPTIONS:
        return machine.unknown(site.place)
    left_out, second = (_LESS - {"include", "exclude"}) & set(site.keywords), site.name.endswith("model_dump")
    whole = None if left_out == {"exclude_none"} else not left_out
    dump = _Dump(machine, site.place, mode.value == "json", whole, second, "by_alias" in site.keywords)
    chosen = [(_names(machine, site.keywords[name]), name == "include") for name in ("include", "exclude")
              if name in site.keywords and not _is_none(machine, site.keywords[name])]  # fmt: skip
    return dump.model(thing.cls, 0, tuple(chosen))


def _is_none(machine: Machine, given: Value) -> bool:
    given = machine.state.resolve(given)
    return type(given) is Const and given.value is None


def _names(machine: Machine, given: Value) -> frozenset[object] | None:
    """The fields that `exclude` or `include` names; None where they are not known."""
    given = machine.state.resolve(given)
    thing = machine.object(given) if type(given) is Ref else None
    names = [machine.state.resolve(item) for item in thing.items] if isinstance(thing, ListObject) else []
    if not isinstance(thing, ListObject) or thing.rest is not None or thing.leaked:
        return None
    constants = frozenset(name.value for name in names if type(name) is Const)
    return constants if len(constants) == len(names) else None


def _may_be_none(annotation: str) -> bool:
    """Whether a field may be None, by the type that its annotation names."""
    kind, options = parse(annotation)
    return any(option[0] in ("None", "?", "json") for option in (options if kind == "|" else ((kind, ()),)))


class _Dump:
    """One dump of a model. `whole`: no field is left out of it, None: those that are None are; `second`: it is the
    second version's; `renamed`: its keys are aliases."""

    def __init__(
        self, machine: Machine, place: Place, json: bool, whole: bool | None, second: bool, renamed: bool
    ) -> None:
        self.machine = machine
        self.place = place
        self.json = json
        self.whole = whole
        self.second = second
        self.renamed = renamed

    def model(self, cls: int, depth: int, chosen: tuple[tuple[frozenset[object] | None, bool], ...] = ()) -> Value:
        """The dict of a model. `chosen`: the names that are included or excluded, and which of the two."""
        thing = self.machine.state.get(cls) if self.machine.state.holds(cls) else None
        fields = schema(self.machine, thing) if isinstance(thing, ClassObject) and depth < _MAX_NESTING else None
        if fields is None:
            return self.machine.unknown(self.place)
        made = DictObject(self.place)
        made.open = True  # `extra="allow"`
        known = all(names is not None for names, _ in chosen)
        often = "" if known else "rarely"
        for name, text in fields.items():
            if any(names is not None and (name in names) is not included for names, included in chosen):
                continue
            if self.renamed and not known:
                continue
            sure = known and (self.whole if self.whole is not None else not _may_be_none(text))
            value = self._field(parse(text), text, depth)
            if self.renamed:
                made.others = (*made.others, (self.machine.unknown(self.place, "str"), value, sure))
            else:
                made.items[name] = Item(value, self.place, sure, often) if often else Item(value, self.place, sure)
        return self.machine.new(made)

    def _field(self, parsed: tuple[Any, ...], text: str, depth: int) -> Value:
        name, arguments = parsed
        if name.startswith("model:"):
            return self.model(int(name[len("model:") :]), depth + 1)
        if name == "|":
            options = tuple(self._field(part, part[0] if not part[1] else "?", depth) for part in arguments)
            return Sym(self.machine.state.fresh(), None, self.place, options=options)
        if name == "list" and arguments[0][0].startswith("model:"):
            inner = self._field(arguments[0], "?", depth)
            return self.machine.new(ListObject([], self.place, "list", inner))
        if self.json:
            return make(self.machine, name if name in ("str", "int", "float", "bool", "None") else "json", self.place)
        if name.startswith("enum:"):
            members = members_of(self.machine, int(name[len("enum:") :]))
            return self.machine.unknown(self.place, options=members)
        if name == "tuple" and len(arguments) == 2 and arguments[1] == ("...", ()):
            return Tuple((), self.place, rest=self._field(arguments[0], "?", depth))
        if name == "tuple":
            return Tuple(tuple(self._field(part, "?", depth) for part in arguments), self.place)
        if name in SECOND:
            return self.machine.unknown(self.place, name if self.second else None)
        if name in ZONED:
            moment = self.machine.unknown(self.place, "datetime.datetime")
            moment.known = ZONED[name]
            return moment
        if name == "dict":
            made = make(self.machine, "dict[?, ?]", self.place)
            assert isinstance(made, Ref)
            thing = self.machine.state.write(made.id)
            assert isinstance(thing, DictObject)
            thing.rest = self._field(arguments[1], "?", depth)
            return made
        if name in ("list", "set", "frozenset"):
            inner = self._field(arguments[0], "?", depth)
            return self.machine.new(ListObject([], self.place, name, inner))
        return self.machine.unknown(self.place, name if name in CHECKED else None) if name != "None" else NONE


@models(*[f"{_MODEL}.{name}" for name in MAKERS])
def validated(machine: Machine, site: CallSite) -> Value:
    """An instance of the model, of which the fields are what was given."""
    assert isinstance(site.receiver, Ref)
    thing = machine.object(site.receiver)
    if site.name.endswith(".model_validate_json") and len(site.arguments) == 1 and not site.open:
        _refuse_parsed(machine, site)
    if site.name.endswith((".model_validate", ".parse_obj")) and len(site.arguments) == 1 and not site.open:
        given = machine.state.resolve(site.arguments[0])
        if isinstance(thing, ClassObject) and _takes_objects(machine, thing):
            machine.recorder.given_event(given, _OBJECTS)
        kinds = [kind_of(machine, given)] if kind_of(machine, given) is not None else kinds_of(machine, given)
        refused = bool(kinds) and _NO_OBJECTS.issuperset(kinds or ())
        if refused and isinstance(thing, ClassObject) and _takes_objects(machine, thing):
            text = bool(kinds) and kinds is not None and kinds[0] in ("str", "bytes")
            json = " (`model_validate_json` takes the text of one)" if text else ""
            why = f"`{thing.name}` is made of no `{kinds[0] if kinds else ''}`{json}"
            raise machine.raise_builtin("pydantic.ValidationError", site.node, site.frame, why, given)
    if site.name.endswith((".model_validate", ".model_validate_json")):
        if isinstance(thing, ClassObject) and is_model(machine, thing) and is_dropped(machine, thing):
            machine.may_raise(None)
            return NONE
    return instance(machine, site.receiver, site)


def _refuse_parsed(machine: Machine, site: CallSite) -> None:
    """Refuse to parse what is no text: https://docs.pydantic.dev/latest/errors/validation_errors/#json_type"""
    kinds = kinds_of(machine, site.arguments[0])
    if kinds and {"str", "bytes", "bytearray"}.isdisjoint(kinds):
        why = f"`model_validate_json` parses a text, and this is {told(machine, site.arguments[0])}"
        raise machine.raise_builtin("pydantic.ValidationError", site.node, site.frame, why, site.arguments[0])


#: What a model may be made of.
_OBJECTS = frozenset({"dict", "object"})
#: What no model is made of, unless it has a function that looks at it first.
_NO_OBJECTS = frozenset({"str", "bytes", "int", "float", "list", "NoneType"})


def _takes_objects(machine: Machine, cls: ClassObject) -> bool:
    """Whether a model is made of a mapping or an object, and of nothing else: every base is the library's plain one,
    and no function of it sees what it is given first."""
    if not is_model(machine, cls):
        return False
    for entry in cls.order:
        base = machine.state.get(entry) if isinstance(entry, int) else None
        for name, value in base.attributes.items() if isinstance(base, ClassObject) else ():
            value = machine.state.resolve(value)
            before = type(value) is Descriptor and type(value.function) is Outside
            if before or type(value) is Sym or name in ("__get_validators__", "__get_pydantic_core_schema__"):
                return False
    return True


def instance(machine: Machine, cls: Ref, site: CallSite) -> Value:
    """An instance of a model of the project, made by the library."""
    thing = machine.object(cls)
    machine.may_raise(None)
    if not isinstance(thing, ClassObject) or not has_fields(machine, thing):
        for value in site.values():
            leak(machine, value)
        return machine.unknown(site.place)
    made = allocate(machine, cls.id, thing, site.node, site.frame)
    made.open = True
    made.second = "model_validate" in site.name
    return machine.new(made)


@models("pydantic.ConfigDict", "pydantic.config.ConfigDict", "pydantic_settings.SettingsConfigDict")
def config(machine: Machine, site: CallSite) -> Value:
    """The settings of a model: a dict of them."""
    made = DictObject(site.place)
    made.items = {name: Item(value, value.place) for name, value in site.keywords.items()}
    made.open = site.open or bool(site.arguments)
    return machine.new(made)


#: What the project has done to how models are made: functions of its own raise what stands in the errors then.
_VALIDATES = "pydantic.validators"
_DECIDING = ("field_validator", "validator", "field_serializer", "model_validator", "model_serializer")


@models(*[f"{module}.{name}" for module in ("pydantic", _PARSER) for name in _DECIDING])
def deciding(machine: Machine, site: CallSite) -> Value:
    """Decorators of functions that see the values of fields: `@field_validator("id")`. What is seen before pydantic
    looks at it changes no type."""
    mode = machine.state.resolve(site.keywords.get("mode", Const("after")))
    validates = site.name.endswith("validator")
    before = type(mode) is Const and mode.value == "before" and validates
    if site.name.endswith(".validator"):  # the first version's, which the second knows
        pre = machine.state.resolve(site.keywords.get("pre", Const(False)))
        before = not is_const(pre, False)
    if validates:
        machine.patched.add(_VALIDATES)
    names = [machine.state.resolve(value) for value in site.arguments]
    known = all(type(name) is Const and isinstance(name.value, str) and name.value != "*" for name in names)
    if site.open or not known or site.name.rpartition(".")[2].startswith("model"):
        names = []
    affects = Tuple(tuple(names)) if not before else NONE
    may_drop = validates and is_const(mode, "after") and "each_item" not in site.keywords and not site.open
    whole = site.name.endswith("model_validator")
    made = f"{AFFECTS}()"
    if may_drop and (names or (whole and "mode" in site.keywords)):
        made = f"{DROPS if whole else EMPTIES}()"
    return Method(made, affects, site.place)


@models(f"{AFFECTS}()", f"{EMPTIES}()", f"{DROPS}()")
def decided(machine: Machine, site: CallSite) -> Value:
    """The decorator at work: what it leaves in the class."""
    for value in site.values():
        leak(machine, value)
    if not isinstance(site.receiver, Tuple):
        return Descriptor("class", Outside(AFFECTS), None, site.place)
    kind = site.name.removesuffix("()")
    function = machine.state.resolve(site.arguments[0]) if site.arguments else NONE
    if kind == EMPTIES and gives_value_back(function):
        return Descriptor("class", function, None, site.place)
    changed = site.receiver.items
    if kind == DROPS and (fields := fields_set(function)) is not None:
        if not fields:
            return Descriptor("class", function, None, site.place)
        changed = tuple(Const(name) for name in sorted(fields))
    kind = kind if kind == AFFECTS or gives_nothing(function) else AFFECTS
    return Descriptor("class", Partial(Outside(kind), changed, {}, site.place), None, site.place)


@models(*[f"{error}.errors" for error in VALIDATION_ERRORS])
def errors(machine: Machine, site: CallSite) -> Value:
    """What is wrong, of each field. What a validator of the project has raised stands in the second version's as it is.
    https://docs.pydantic.dev/latest/errors/errors/#validation-errors"""
    raised = _VALIDATES in machine.patched and "include_context" not in site.keywords
    context = "ctx?: {error: ValueError}, " if raised else ""
    return make(machine, f"list[{{type: str, loc: tuple, msg: str, {context}...}}]", site.place)


_ADAPTER = "pydantic.TypeAdapter"


@models(_ADAPTER)
def adapter(machine: Machine, site: CallSite) -> Value:
    """`TypeAdapter(list[Order])`, which remembers the type."""
    made = machine.unknown(site.place, _ADAPTER)
    given = site.node.args[0] if isinstance(site.node, cst.Call) and site.node.args else None
    if given is not None and not given.star and given.keyword is None and not site.open:
        made.known = annotated(machine, given.value, site.frame)
    return made


@models(*[f"{_ADAPTER}.validate_{name}" for name in ("python", "json", "strings")])
def adapted(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    receiver = machine.state.resolve(site.receiver) if site.receiver is not None else None
    text = receiver.known if type(receiver) is Sym and isinstance(receiver.known, str) else "?"
    made = made_of_text(machine, text, site.place)
    if made is None:
        for value in site.values():
            leak(machine, value)
    return made if made is not None else machine.unknown(site.place)


@models("pydantic.computed_field", f"{_PARSER}.computed_field")
def computed_field(machine: Machine, site: CallSite) -> Value:
    """A property that stands in a dump, too."""
    if not site.arguments:
        return Outside(site.name, site.place)
    made = machine.state.resolve(site.arguments[0])
    return made if isinstance(made, Descriptor) else machine.unknown(site.place)


@models("aws_lambda_powertools.utilities.parser.parse")
def parsed(machine: Machine, site: CallSite) -> Value:
    """`parse(event, model=Order)`, and what an envelope makes of it."""
    given, envelope = site.argument(1, "model"), site.argument(2, "envelope")
    given = machine.state.resolve(given) if given is not None else None
    envelope = machine.state.resolve(envelope) if envelope is not None else NONE
    if type(given) is Ref and type(envelope) is Const and envelope.value is None:
        return instance(machine, given, site)
    bare = type(envelope) is Const and envelope.value is None
    if type(given) is Outside and is_parser_model(given.name) and bare and not site.open:
        machine.may_raise(None)
        return data_class(machine, given.name, site.argument(0, "event"), site.place)
    if type(envelope) is Outside and not site.open:
        machine.may_raise(None)
        return unwrapped(machine, site.argument(0, "event"), envelope, given, site.place)
    for value in site.values():
        leak(machine, value)
    machine.may_raise(None)
    return machine.unknown(site.place)
