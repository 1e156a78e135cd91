"""Handler strings to entry points, as the runtime reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdalint.project.code.modules import Workspace
from lambdalint.project.deployment import Code, Fact, Layer
from lambdalint.project.descriptors.inline import InlineSource
from lambdalint.project.descriptors.tree import read_tree
from lambdalint.project.resolve import Resolved, resolve
from lambdalint.text import Text

from .deployments import at, deployed

HANDLER = "def handler(event, context):\n    return {}\n"


def write(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def resolved(root: Path, handler: str | None, **facts: object) -> Resolved:
    return resolve(deployed(handler, root, **facts), Workspace(root))


@pytest.mark.parametrize(
    ("handler", "path"),
    [
        ("app.handler", "app.py"),
        ("orders.app.handler", "orders/app.py"),
        ("orders/app.handler", "orders/app.py"),
        ("my-mod.handler", "my-mod.py"),
        ("pkg.handler", "pkg/__init__.py"),
    ],
)
def test_a_module_is_found_where_the_runtime_finds_it(tmp_path: Path, handler: str, path: str) -> None:
    write(tmp_path, app=HANDLER, orders__app=HANDLER, pkg____init__=HANDLER)
    (tmp_path / "my-mod.py").write_text(HANDLER)
    (tmp_path / "pkg").mkdir(exist_ok=True)
    (tmp_path / "pkg" / "__init__.py").write_text(HANDLER)
    function = resolved(tmp_path, handler).function
    assert function is not None
    assert (function.source.path, function.attribute, function.named) == (path, "handler", True)
    assert function.deployment is not None


@pytest.mark.parametrize(
    ("handler", "fault"),
    [
        ("app", "malformed"),
        ("", "malformed"),
        ("app:handler", "malformed"),
        ("app.Orders.handle", "malformed"),
        ("sys.handler", "built-in"),
        ("time.handler", "built-in"),
        ("json.handler", "no-name"),
        ("orders.handler", "no-name"),
        ("nosuch.handler", "no-module"),
        ("app.py.handler", "malformed"),
        ("orders/none.handler", "no-module"),
        (None, "unknown"),
        ("./app.handler", "unknown"),
    ],
)
def test_what_the_runtime_refuses_is_a_fault(tmp_path: Path, handler: str | None, fault: str) -> None:
    write(tmp_path, app=HANDLER, orders__app=HANDLER)
    found = resolved(tmp_path, handler)
    assert (found.fault, found.function) == (fault, None)


def test_the_same_name_in_another_folder_is_offered(tmp_path: Path) -> None:
    write(tmp_path, orders__api__app=HANDLER, orders__other=HANDLER)
    assert resolved(tmp_path, "app.handler").nearest == "orders.api.app.handler"


def test_nothing_is_offered_where_two_would_fit(tmp_path: Path) -> None:
    write(tmp_path, orders__app=HANDLER, users__app=HANDLER)
    assert resolved(tmp_path, "app.handler").nearest is None


def test_a_missing_module_is_unknown_where_something_unseen_may_bring_it(tmp_path: Path) -> None:
    write(tmp_path, app=HANDLER)
    (tmp_path / "requirements.txt").write_text("orders-core==1.0\n")
    unseen = Code(str(tmp_path), requirements=(str(tmp_path / "requirements.txt"),), known=True)
    assert resolved(tmp_path, "x.handler", known=False).fault == "unknown"
    assert resolved(tmp_path, "x.handler", layers_known=False).fault == "unknown"
    assert resolved(tmp_path, "x.handler", layers=(Layer(at(6)),)).fault == "unknown"
    searched = {"PYTHONPATH": Fact("/var/task/vendored", at(6))}
    assert resolved(tmp_path, "x.handler", variables=searched).fault == "unknown"
    assert resolved(tmp_path, "orders_core.handler", code=unseen).fault == "unknown"
    assert resolved(tmp_path, "x.handler", code=unseen).fault == "no-module"


def test_code_that_is_not_here_is_unknown(tmp_path: Path) -> None:
    assert resolved(tmp_path, "app.handler", code=Code()).fault == "unknown"
    assert resolved(tmp_path, "app.handler", code=Code(str(tmp_path / "gone"), known=True)).fault == "unknown"


def test_a_module_of_a_layer_is_found_after_the_codes_own(tmp_path: Path) -> None:
    write(tmp_path, code__app=HANDLER, layer__python__app=HANDLER, layer__python__extra=HANDLER)
    code, layer = Code(str(tmp_path / "code"), known=True), Layer(at(6), str(tmp_path / "layer"), known=True)

    def path(handler: str) -> str | None:
        function = resolved(tmp_path, handler, code=code, layers=(layer,)).function
        return function.source.path if function is not None else None

    assert path("app.handler") == "code/app.py"
    assert path("extra.handler") == "layer/python/extra.py"
    assert path("layer.handler") is None


def test_only_the_files_that_are_packaged_are_found(tmp_path: Path) -> None:
    write(tmp_path, app=HANDLER, other=HANDLER)
    code = Code(str(tmp_path), files=frozenset({"app.py"}), known=True)
    assert resolved(tmp_path, "app.handler", code=code).function is not None
    assert resolved(tmp_path, "other.handler", code=code).fault == "no-module"


def test_a_folder_inside_the_package_is_part_of_the_modules_name(tmp_path: Path) -> None:
    write(tmp_path, app=HANDLER)
    code = Code(str(tmp_path), prefix="src/api", known=True)
    assert resolved(tmp_path, "src/api/app.handler", code=code).function is not None
    assert resolved(tmp_path, "app.handler", code=code).fault == "no-module"


def test_inline_code_is_the_module_index_at_its_place_in_the_template(tmp_path: Path) -> None:
    written = "Code:\n  ZipFile: |\n    import os\n\n    def handler(event, context):\n        return {}\n"
    text = Text("template.yaml", written.encode())
    node = read_tree(text).get("Code", "ZipFile")
    assert node is not None
    source = InlineSource(text, node, str(node.value))
    code = Code(inline=source, known=True)
    function = resolved(tmp_path, "index.handler", code=code).function
    assert function is not None
    assert function.source is source
    assert source.tree is not None
    span = source.span_of(source.tree.body[1])
    assert (span.start.row, span.start.column) == (5, 5)
    assert resolved(tmp_path, "app.handler", code=code).fault == "no-module"


def test_inline_code_that_a_file_of_the_project_is_to_replace_is_unknown(tmp_path: Path) -> None:
    text = Text("template.yaml", b"ZipFile: |\n  def handler(event, context):\n    return {}\n")
    node = read_tree(text).get("ZipFile")
    assert node is not None
    write(tmp_path, src__agent__main=HANDLER)
    code = Code(inline=InlineSource(text, node, str(node.value)), known=True)
    assert resolved(tmp_path, "agent.main.handler", code=code).fault == "unknown"
    assert resolved(tmp_path, "agent.other.handler", code=code).fault == "no-module"


def test_behind_a_wrapper_the_handler_that_its_variable_names_is_judged(tmp_path: Path) -> None:
    write(tmp_path, app=HANDLER)
    variables = {"DD_LAMBDA_HANDLER": Fact("app.handler", at(8))}
    wrapper = "datadog_lambda.handler.handler"
    found = resolved(tmp_path, wrapper, variables=variables)
    assert found.function is not None
    assert (found.function.source.path, found.place.span().start.row) == ("app.py", 8)
    wrong = resolved(tmp_path, wrapper, variables={"DD_LAMBDA_HANDLER": Fact("gone.handler", at(8))})
    assert (wrong.fault, wrong.place.span().start.row) == ("no-module", 8)
    assert resolved(tmp_path, wrapper).fault == "unknown"
