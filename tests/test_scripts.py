"""A script is run on paper as `python script.py` runs it; a library that the run follows is recorded call by call."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent

import pytest

from lambdalint.interpreter import run_script
from lambdalint.interpreter.invocation import Call, ScriptRun
from lambdalint.interpreter.shapes import Anything, Known
from lambdalint.interpreter.world import Script
from lambdalint.project.code.modules import Workspace


def run(folder: Path, text: str, *, steps: int = 4_000, **files: str) -> ScriptRun:
    for name, content in {"script.py": text, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(dedent(content), "utf-8")
    workspace = Workspace(folder)
    source = workspace.open(folder / "script.py")

    def answers(name: str, first: str) -> object:
        return {"kit.setting": {"a": ["one", "two"]}, "json.load": {"loaded": first}}.get(name)

    script = Script(workspace.path_of, lambda name: name in ("kit", "open"), answers, str(folder), steps)
    return run_script(source, workspace.finder(source), script)


def shown(ran: ScriptRun) -> list[object]:
    """The constants that the script hands to `kit.show`."""
    values = [call.arguments[0] for call in ran.calls if call.name == "kit.show"]
    return [value.value if isinstance(value, Known) else None for value in values]


def named(ran: ScriptRun, name: str) -> list[Call]:
    return [call for call in ran.calls if call.name == name]


def made(call: Call) -> object:
    assert isinstance(call.made, Anything)
    return call.made.identity


@pytest.mark.parametrize(
    "written",
    [
        'os.path.join("a", "b", "../c.py")',
        'os.path.normpath(os.path.join("/a", "..", "b"))',
        'os.path.dirname("/a/b/c")',
        'os.path.basename("a/b.py")',
        'os.path.join("a", "/b")',
        'os.path.join(Path("a"), "b")',
        'os.path.abspath("/a/../b")',
        'str(Path("a", "b") / "c")',
        'str("a" / Path("b"))',
        "f\"{Path('a') / 'b'}/c\"",
        'Path("a/b.tar.gz").stem',
        'Path("a/b.py").name',
        'str(Path("a/b.py").with_suffix(".txt"))',
        'str(Path("/a/b/c").parents[1])',
        'str(Path("a/./b//c"))',
        'Path("/a").joinpath("b", "..").as_posix()',
        'str(Path("/a/../b").resolve())',
    ],
)
def test_paths_of_constants_are_what_python_makes_of_them(tmp_path: Path, written: str) -> None:
    head = "import os, kit\nfrom pathlib import Path\n"
    (value,) = shown(run(tmp_path, f"{head}kit.show({written})\n"))
    assert value == eval(written, {"os": os, "Path": Path})


def test_a_script_is_main_and_knows_where_it_stands(tmp_path: Path) -> None:
    text = """\
    import os, kit, beside
    from pathlib import Path
    kit.show(__file__)
    kit.show(os.getcwd())
    kit.show(str(Path("x").resolve()))
    if __name__ == "__main__":
        kit.show(beside.where)
    """
    folder = str(tmp_path)
    expected = [f"{folder}/script.py", folder, f"{folder}/x", f"{folder}/beside.py"]
    assert shown(run(tmp_path, text, **{"beside.py": "where = __file__\n"})) == expected


def test_what_a_followed_library_gives_keeps_its_name(tmp_path: Path) -> None:
    ran = run(tmp_path, "import kit\nkit.Box.small('a').lid.handle.turn(kit.LEFT)\n")
    small, turn = ran.calls
    assert (small.name, turn.name) == ("kit.Box.small", "kit.Box.small.lid.handle.turn")
    assert isinstance(turn.receiver, Anything)
    assert turn.receiver.identity == made(small)
    assert isinstance(turn.arguments[0], Anything)
    assert turn.arguments[0].name == "kit.LEFT"


def test_a_class_of_the_project_is_made_by_the_library_it_derives_from(tmp_path: Path) -> None:
    text = """\
    import kit
    class Own(kit.Box):
        def __init__(self, name):
            self.before = {"kept": name}
            super().__init__(name, size=2)
            self.open()
    class Plain(kit.Box): pass
    own = Own("first")
    kit.show(own.before["kept"])
    kit.hold(own, Plain("second"))
    """
    ran = run(tmp_path, text)
    first, second = named(ran, "kit.Box")
    assert [getattr(call.arguments[0], "value", None) for call in (first, second)] == ["first", "second"]
    (opened,) = named(ran, "kit.Box.open")
    assert isinstance(opened.receiver, Anything)
    assert opened.receiver.identity == made(first)
    (held,) = named(ran, "kit.hold")
    assert [getattr(shape, "identity", None) for shape in held.arguments] == [made(first), made(second)]
    assert shown(ran) == ["first"]


def test_calls_that_are_alike_give_the_same_and_others_another(tmp_path: Path) -> None:
    text = """\
    import kit, os
    def make(name):
        return kit.Box(name)
    one = make("a")
    other = make("b" if os.environ.get("X") else "c")
    kit.hold(one, other)
    """
    ran = run(tmp_path, text)
    assert len({id(made(call)) for call in named(ran, "kit.Box")}) == 3
    held = [getattr(call.arguments[1], "identity", None) for call in named(ran, "kit.hold")]
    assert len({id(identity) for identity in held}) == 2


def test_what_is_handed_to_a_followed_library_stays_as_it_was(tmp_path: Path) -> None:
    ran = run(tmp_path, "import kit\nsettings = {'a': 1}\nkit.Box(settings)\nkit.show(settings['a'])\n")
    assert shown(ran) == [1]


def test_who_runs_the_script_answers_for_calls(tmp_path: Path) -> None:
    text = """\
    import json, kit
    for each in kit.setting("x")["a"]:
        kit.show(each)
    with open("settings.json") as file:
        kit.show(json.load(file)["loaded"])
    """
    assert shown(run(tmp_path, text)) == ["one", "two", "settings.json"]


def test_one_call_does_not_spend_what_the_others_need(tmp_path: Path) -> None:
    text = """\
    import kit
    def deep(items):
        return [deep([item, items]) for item in items if deep(item) or deep(items)]
    kit.show("before")
    deep(kit.things)
    kit.show("after")
    """
    ran = run(tmp_path, text)
    assert shown(ran) == ["before", "after"]


def test_a_module_that_is_not_there_is_made_before_the_script_runs(tmp_path: Path) -> None:
    ran = run(tmp_path, "import kit\nfrom own.local import name\nkit.show('after')\n", **{"own/__init__.py": ""})
    assert shown(ran) == ["after"]
