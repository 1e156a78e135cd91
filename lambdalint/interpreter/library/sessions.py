"""SQLAlchemy's sessions: when the objects that they hold expire, and when they are let go.

At a commit a session forgets what its objects hold, unless it was made with `expire_on_commit=False`; the next read of
any column loads them all again. Once the session is closed it lets its objects go, and one that had expired has nothing
to load itself from: DetachedInstanceError. So has a relationship that was not loaded while the session was open.

A session remembers, in `given`, whether it expires what it holds, and what that is; each object by its `tie` how it
stands to it. A session that code which is not seen has had in its hands is not followed.
https://docs.sqlalchemy.org/en/20/orm/session_basics.html#committing ;
https://docs.sqlalchemy.org/en/20/orm/session_state_management.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdalint.interpreter.escape import leak
from lambdalint.interpreter.heap import ClassObject, DictObject, InstanceObject, Item, ListObject, Tie
from lambdalint.interpreter.kinds import kind_of, said
from lambdalint.interpreter.library.columns import column
from lambdalint.interpreter.library.models import models
from lambdalint.interpreter.library.relationships import RELATIONSHIP
from lambdalint.interpreter.narrowing import choose_option
from lambdalint.interpreter.values import FALSE, NONE, TRUE, Const, Method, Ref, Sym, Tuple, Value

if TYPE_CHECKING:
    from lambdalint.finding import Place
    from lambdalint.interpreter.library.site import CallSite
    from lambdalint.interpreter.machine import Machine
    from lambdalint.interpreter.paths import Frame

SESSION = "sqlalchemy.orm.Session"
_MAKER, _BLOCK, _TRANSACTION = (
    "sqlalchemy.orm.sessionmaker",
    "sqlalchemy.orm.sessionmaker.begin()",
    "sqlalchemy.orm.SessionTransaction",
)
#: The type of the object in the heap by which a session remembers.
HELD = "session"
#: An object is added; it is a row's; it has expired; it was let go; it was let go when it had expired.
_NEW, _KEPT, _STALE, _GONE, _LOST = "new", "kept", "stale", "gone", "lost"
#: Whether a query of one loads other objects along is remembered beside the session.
_Link = tuple[Ref | None, bool]
NO_LINK: _Link = (None, False)


def _flag(machine: Machine, site: CallSite, otherwise: bool | None) -> bool | None:
    """Whether a session expires what it holds at a commit; None where that is not known."""
    if "expire_on_commit" not in site.keywords:
        return otherwise
    value = machine.state.resolve(site.keywords["expire_on_commit"])
    return value.value if type(value) is Const and isinstance(value.value, bool) else None


def _session(machine: Machine, expires: bool | None, place: Place, kind: str = SESSION) -> Sym:
    made = machine.unknown(place, kind)
    if expires is not None:
        made.given = machine.new(ListObject([TRUE if expires else FALSE], place, HELD))
    return made


def _held(machine: Machine, value: Value | None) -> ListObject | None:
    """What a session remembers; None where it is not followed."""
    value = machine.state.resolve(value) if value is not None else None
    given = value.given if type(value) is Sym else value if type(value) is Ref else None
    if given is None or not machine.state.holds(given.id):
        return None
    thing = machine.object(given)
    if not isinstance(thing, ListObject) or thing.type != HELD or thing.leaked:
        return None
    return thing if thing.items and thing.rest is None else None  # objects of many rounds of a loop are not followed


def _ref(machine: Machine, value: Value | None) -> Ref | None:
    value = machine.state.resolve(value) if value is not None else None
    return value.given if type(value) is Sym and _held(machine, value) is not None else None


def link_of(machine: Machine, value: Value | None) -> _Link:
    """The session behind a session, a query or a result, and whether other objects are loaded along."""
    value = machine.state.resolve(value) if value is not None else None
    if type(value) is not Sym:
        return NO_LINK
    if value.kind == SESSION:
        return (_ref(machine, value), False)
    known = value.known
    return known if isinstance(known, tuple) and len(known) == 2 else NO_LINK


def _objects(machine: Machine, session: Ref) -> list[Ref]:
    """The objects that a session holds."""
    thing = machine.object(session)
    assert isinstance(thing, ListObject)
    parts = [machine.state.resolve(part) for part in thing.items[1:]]
    return [part for part in parts if type(part) is Ref and _tie(machine, part, session) is not None]


def _tie(machine: Machine, value: Ref, session: Ref | None = None) -> Tie | None:
    thing = machine.object(value) if machine.state.holds(value.id) else None
    tie = thing.tie if isinstance(thing, InstanceObject) and not thing.leaked else None
    return tie if tie is not None and (session is None or tie.session == session.id) else None


def _set(machine: Machine, value: Ref, tie: Tie | None, forget: bool = False) -> None:
    """`forget`: what the object holds is what its row holds, and that is not known."""
    writable = machine.state.write(value.id)
    writable.tie = tie
    if forget:
        writable.attributes, writable.open, writable.fetched = {}, True, True


def untie(machine: Machine, value: Value) -> None:
    """Nothing is known any more of how an object stands to a session."""
    value = machine.state.resolve(value)
    if type(value) is Ref and _tie(machine, value) is not None:
        _set(machine, value, None)


def hold(machine: Machine, session: Ref | None, value: Ref, status: str = _KEPT, eager: bool = False) -> None:
    """A session has got hold of an object."""
    if session is None or _held(machine, session) is None:
        return
    _set(machine, value, Tie(status, session.id, eager))
    held = machine.object(session)
    assert isinstance(held, ListObject)
    if not any(type(part) is Ref and part.id == value.id for part in held.items):
        machine.state.write(session.id).items.append(value)


def load(machine: Machine, session: Ref | None) -> None:
    """A query finds rows, and the objects of these rows are loaded again: which, is not known."""
    if session is not None and _held(machine, session) is not None:
        for one in _objects(machine, session):
            tie = _tie(machine, one)
            if tie is not None and tie.status == _STALE:
                _set(machine, one, tie._replace(status=_KEPT))


def _forget(machine: Machine, session: Ref | None) -> None:
    if session is not None:
        for one in _objects(machine, session):
            untie(machine, one)
        machine.state.write(session.id).items[1:] = []


@models(_MAKER, "sqlalchemy.orm.scoped_session")
def maker(machine: Machine, site: CallSite) -> Value:
    """What makes sessions when it is called. A scoped one gives the same again, and is not followed."""
    machine.may_raise(None)
    plainly = site.name == _MAKER and len(site.arguments) < 2 and not {"class_"} & set(site.keywords)
    flag = _flag(machine, site, True) if plainly else None
    return machine.new(ListObject([Const(flag)], site.place, site.name))


def _made_by(machine: Machine, value: Value | None) -> bool | None:
    value = machine.state.resolve(value) if value is not None else None
    thing = machine.object(value) if type(value) is Ref else None
    if not isinstance(thing, ListObject) or thing.leaked or thing.type != _MAKER or len(thing.items) != 1:
        return None
    flag = machine.state.resolve(thing.items[0])
    return flag.value if type(flag) is Const and isinstance(flag.value, bool) else None


@models(SESSION)
def session(machine: Machine, site: CallSite) -> Value:
    """`Session(engine)`."""
    machine.may_raise(None)
    return _session(machine, _flag(machine, site, True) if len(site.arguments) < 2 else None, site.place)


@models(f"{_MAKER}.__call__", f"{_MAKER}.begin")
def made(machine: Machine, site: CallSite) -> Value:
    """`SessionLocal()`, and `SessionLocal.begin()`, which is a block with a session."""
    machine.may_raise(None)
    kind = _BLOCK if site.name.endswith("begin") else SESSION
    return _session(machine, _flag(machine, site, _made_by(machine, site.receiver)), site.place, kind)


@models(f"{SESSION}.begin")
def begun(machine: Machine, site: CallSite) -> Value:
    """`session.begin()`, a block that ends with a commit."""
    machine.may_raise(None)
    found = machine.unknown(site.place, _TRANSACTION)
    found.given = _ref(machine, site.receiver)
    return found


def _named(machine: Machine, site: CallSite, name: str) -> list[Ref] | None:
    """The objects that a call names; None where it is not known which they are."""
    value = _chosen(machine, site.argument(0, name))
    thing = machine.object(value) if type(value) is Ref else None
    if isinstance(thing, InstanceObject):
        return [value] if type(value) is Ref else None
    if isinstance(thing, ListObject) and not thing.leaked:
        parts = [machine.state.resolve(part) for part in (*thing.items, *([thing.rest] if thing.rest else []))]
    elif type(value) is Tuple and value.rest is None:
        parts = [machine.state.resolve(part) for part in value.items]
    else:
        return None
    objects = [part for part in parts if type(part) is Ref and isinstance(machine.object(part), InstanceObject)]
    return objects if len(objects) == len(parts) else None


def _chosen(machine: Machine, value: Value | None) -> Value:
    value = machine.state.resolve(value) if value is not None else NONE
    return choose_option(machine, value) if type(value) is Sym and value.options else value


@models(f"{SESSION}.add", f"{SESSION}.add_all")
def added(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    named = _named(machine, site, "instances" if site.name.endswith("all") else "instance")
    owner = _ref(machine, site.receiver)
    if named is None or owner is None:
        for value in site.values():
            leak(machine, value)
        return NONE
    for one in named:
        tie = _tie(machine, one)
        status = {None: _NEW, _GONE: _KEPT, _LOST: _STALE}.get(tie.status if tie is not None else None)
        if machine.object(one).leaked or (tie is not None and status is None and tie.session != owner.id):
            leak(machine, one)
        elif status is not None:
            hold(machine, owner, one, status, tie is not None and tie.eager)
    return NONE


@models(*[f"{SESSION}.{name}" for name in ("refresh", "expire", "expunge", "delete")])
def of_one(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    value = _chosen(machine, site.argument(0, "instance"))
    name = site.name.rpartition(".")[2]
    tie = _tie(machine, value) if type(value) is Ref else None
    if type(value) is not Ref or tie is None or _ref(machine, site.receiver) is None or len(site.values()) > 1:
        leak(machine, value)
    elif name == "refresh":
        _set(machine, value, tie._replace(status=_KEPT), forget=True)
    elif name == "expire":
        _set(machine, value, tie._replace(status=_STALE), forget=True)
    elif name == "expunge" and tie.status in (_KEPT, _STALE):
        _set(machine, value, tie._replace(status=_GONE if tie.status == _KEPT else _LOST, session=0))
    else:
        untie(machine, value)
    return NONE


@models(f"{SESSION}.commit", f"{SESSION}.flush", f"{SESSION}.expire_all")
def written(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    owner = _ref(machine, site.receiver)
    if owner is not None:
        _write(machine, owner, site.name.rpartition(".")[2])
    return NONE


def _write(machine: Machine, owner: Ref, name: str) -> None:
    held = machine.object(owner)
    assert isinstance(held, ListObject)
    flag = machine.state.resolve(held.items[0])
    expires = name == "expire_all" or (name == "commit" and type(flag) is Const and flag.value is True)
    for one in _objects(machine, owner):
        tie = _tie(machine, one)
        if tie is not None and not (name == "expire_all" and tie.status == _NEW):
            status = _STALE if expires or tie.status == _STALE else _KEPT
            _set(machine, one, tie._replace(status=status), forget=expires)


@models(f"{SESSION}.rollback")
def rolled_back(machine: Machine, site: CallSite) -> Value:
    """What was added is not the session's any more, and the rest expires."""
    machine.may_raise(None)
    _forget(machine, _ref(machine, site.receiver))
    return NONE


@models(f"{SESSION}.close", f"{SESSION}.expunge_all")
def closed(machine: Machine, site: CallSite) -> Value:
    machine.may_raise(None)
    let_go(machine, _ref(machine, site.receiver))
    return NONE


def let_go(machine: Machine, owner: Ref | None) -> None:
    """A session is closed, and holds nothing any more."""
    if owner is None:
        return
    for one in _objects(machine, owner):
        tie = _tie(machine, one)
        status = {_KEPT: _GONE, _STALE: _LOST}.get(tie.status) if tie is not None else None
        _set(machine, one, tie._replace(status=status, session=0) if tie is not None and status is not None else None)
    writable = machine.state.write(owner.id)
    writable.items[1:] = []


def entered_session(machine: Machine, manager: Value, place: Place) -> Value | None:
    """What `with SessionLocal.begin() as session` binds; None for anything else."""
    manager = machine.state.resolve(manager)
    if type(manager) is not Sym or manager.kind not in (_BLOCK, _TRANSACTION):
        return None
    if manager.kind == _TRANSACTION:
        return manager
    found = machine.unknown(place, SESSION)
    found.given = manager.given
    return found


def left_block(machine: Machine, manager: Value, failed: bool) -> None:
    """The block of a `with` statement is left."""
    manager = machine.state.resolve(manager)
    if type(manager) is Method and manager.name == "contextlib.closing()":
        manager = machine.state.resolve(manager.receiver)
    kind = kind_of(machine, manager) if type(manager) is Sym else None
    owner = _ref(machine, manager) if kind in (SESSION, _BLOCK, _TRANSACTION) else None
    if owner is None:
        return
    if kind != SESSION and failed:
        _forget(machine, owner)
    elif kind != SESSION:
        _write(machine, owner, "commit")
    if kind != _TRANSACTION:
        let_go(machine, owner)


def read_tied(machine: Machine, value: Ref, found: Value | None, name: str, node: object, frame: Frame) -> None:
    """An attribute of an object is read that a session holds, or held; `found` is what its class has under the name.

    Raises:
        Raised: it cannot be loaded any more.
    """
    thing = machine.object(value)
    tie = _tie(machine, value)
    if tie is None or not isinstance(thing, InstanceObject) or type(found) is not Sym:
        return
    related = found.known == RELATIONSHIP
    if (not related and column(machine, found) is None) or not _is_plain(machine, thing):
        return
    if tie.status == _LOST or (tie.status == _GONE and related and thing.fetched and not tie.eager):
        if tie.status == _LOST:
            why = f"{said(machine, value)} has expired at the commit, and its session is closed: `{name}` is not loaded"
        else:
            why = f"the session of {said(machine, value)} is closed, and `{name}` was not loaded before"
        raise machine.raise_builtin("sqlalchemy.orm.exc.DetachedInstanceError", node, frame, why, value)
    if tie.status == _STALE:
        _set(machine, value, tie._replace(status=_KEPT, eager=tie.eager or related))
    elif tie.status == _KEPT and related and not tie.eager:
        owner = Ref(tie.session)
        for one in _objects(machine, owner) if machine.state.holds(tie.session) else ():
            held = _tie(machine, one)
            _set(machine, one, held._replace(eager=True) if held is not None else None)


def _is_plain(machine: Machine, thing: InstanceObject) -> bool:
    """Whether no class of an object says itself what its attributes are."""
    cls = machine.state.get(thing.cls)
    order = cls.order if isinstance(cls, ClassObject) else ()
    own = [machine.state.get(entry) for entry in order if isinstance(entry, int)]
    return bool(own) and not any(
        isinstance(one, ClassObject) and (one.leaked or "__getattribute__" in one.attributes) for one in own
    )


def dict_of_mapped(machine: Machine, thing: InstanceObject, place: Place) -> Value | None:
    """`order.__dict__` of an object of a mapped class: its state is among what was loaded. None for others."""
    cls = machine.state.get(thing.cls)
    if not (thing.fetched or thing.tie is not None) or thing.leaked or not isinstance(cls, ClassObject):
        return None
    made = DictObject(place)
    made.open = True
    made.items = {"_sa_instance_state": Item(machine.unknown(place, "sqlalchemy.orm.InstanceState"), place)}
    return machine.new(made)
