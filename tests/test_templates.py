"""Templates of SAM and CloudFormation: the functions that they deploy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lambdalint.finding import Position
from lambdalint.project.deployment import Deployment
from lambdalint.project.descriptors.inline import InlineSource
from lambdalint.project.descriptors.templates import reader
from lambdalint.project.descriptors.tree import Unreadable, read_tree
from lambdalint.text import Text
from tests.templates import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def start(deployment: Deployment) -> Position:
    assert deployment.handler is not None
    return deployment.handler.place.span().start


def test_facts_of_a_function_know_where_they_stand(project: Project) -> None:
    project.write("src/app.py")
    project.write("src/requirements.txt", "requests\n")
    function = project.one("""\
        Transform: AWS::Serverless-2016-10-31
        Globals:
          Function:
            Timeout: 30
            Environment:
              Variables: {LEVEL: INFO}
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Handler: app.handler
              Runtime: python3.13
              CodeUri: src/
              MemorySize: 256
              Environment:
                Variables: {TABLE: !Ref Table, DEBUG: true}
          Table: {Type: AWS::Serverless::SimpleTable}
        """)
    assert (function.name, function.descriptor) == ("F", "SAM")
    assert function.place.span().start == Position(8, 3)
    assert function.handler is not None
    assert function.handler.value == "app.handler"
    assert start(function) == Position(11, 16)
    assert function.timeout is not None
    assert function.timeout.value == 30
    assert function.timeout.place.span().start == Position(4, 14)
    assert function.memory is not None
    assert function.memory.value == 256
    assert {name: fact.value for name, fact in function.variables.items()} == {
        "LEVEL": "INFO", "TABLE": None, "DEBUG": "true",
    }  # fmt: skip
    assert function.variables_known
    assert function.layers_known
    assert function.layers == ()
    assert function.code.folder == project.path("src")
    assert function.code.requirements == (project.path("src/requirements.txt"),)
    assert function.code.known
    assert function.events == ()


def test_json_and_yaml_are_read_alike(project: Project) -> None:
    template = {
        "Resources": {
            "F": {
                "Type": "AWS::Lambda::Function",
                "Properties": {"Handler": {"Fn::Sub": "${Name}.handler"}, "Runtime": "python3.12"},
            }
        },
        "Parameters": {"Name": {"Type": "String", "Default": "app"}},
    }
    for text in (json.dumps(template), json.dumps(template, indent="\t"), "\ufeff" + json.dumps(template, indent=1)):
        function = project.one(text)
        assert function.handler is not None
        assert function.handler.value == "app.handler"
        assert function.descriptor == "CloudFormation"


def test_windows_line_ends_leave_positions_right(project: Project) -> None:
    (project.folder / "template.yaml").write_bytes(
        b"Resources:\r\n  F:\r\n    Type: AWS::Lambda::Function\r\n    Properties:\r\n      Runtime: python3.13\r\n"
        b"      Handler: index.h\r\n      Code:\r\n        ZipFile: |\r\n          def h(event, context):\r\n"
        b"              return 1\r\n"
    )
    from lambdalint.project.code.modules import Workspace

    (function,) = reader.read(project.path("template.yaml"), Workspace(project.folder))
    assert start(function) == Position(6, 16)
    assert function.code.inline is not None
    assert function.code.inline.text == "def h(event, context):\n    return 1\n"


@pytest.mark.parametrize(
    "code",
    [
        "Code: {ZipFile: !Sub 'def handler(event, context): return 1'}",
        "Code: {ZipFile: !Join ['', ['def handler(event, context): ', 'return 1']]}",
        'Code: {ZipFile: "def handler(event, context): return 1"}',
    ],
)
def test_inline_code_is_a_source(project: Project, code: str) -> None:
    function = project.one(f"""\
        Resources:
          F:
            Type: AWS::Lambda::Function
            Properties:
              Handler: index.handler
              Runtime: python3.13
              {code}
        """)
    assert isinstance(function.code.inline, InlineSource)
    assert function.code.inline.text == "def handler(event, context): return 1"
    assert function.code.known


def test_inline_code_of_a_block_has_the_positions_of_the_template(project: Project) -> None:
    function = project.one("""\
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Handler: index.handler
              Runtime: python3.13
              InlineCode: |
                def handler(event, context):
                    return 1
        """)
    inline = function.code.inline
    assert inline is not None
    from lambdalint.finding import Span

    span = inline.span_of(Span(inline.path, Position(2, 5), Position(2, 13)))
    assert span.start == Position(9, 13)


@pytest.mark.parametrize(
    "properties",
    [
        "Runtime: nodejs22.x, InlineCode: 'exports.handler = 1'",
        "Runtime: python3.13, InlineCode: !Sub 'REGION = \"${AWS::Region}\"'",
        "Runtime: !Ref Nothing, InlineCode: 'x = 1'",
    ],
)
def test_inline_code_that_is_not_surely_python_is_none(project: Project, properties: str) -> None:
    function = project.one(f"""\
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties: {{Handler: index.handler, {properties}}}
        """)
    assert function.code.inline is None
    assert function.code.folder is None


@pytest.mark.parametrize(
    ("code", "folder", "known"),
    [
        ("", "", True),
        ("CodeUri: .", "", True),
        ("CodeUri: ./src", "src", True),
        ("CodeUri: !Ref Where", "src", True),
        ("CodeUri: missing/", "missing", False),
        ("CodeUri: {Bucket: b, Key: k}", None, False),
        ("CodeUri: s3://bucket/key", None, False),
        ("CodeUri: build/code.zip", None, False),
        ("CodeUri: !Sub '${AWS::Region}/src'", None, False),
        ("CodeUri: !Select [1, !Split [',', 'a,src']]", "src", True),
    ],
)
def test_where_the_code_of_sam_stands(project: Project, code: str, folder: str | None, known: bool) -> None:
    project.write("src/app.py")
    function = project.one(f"""\
        Parameters:
          Where: {{Type: String, Default: src}}
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Handler: app.handler
              Runtime: python3.13
              {code}
        """)
    expected = None if folder is None else project.path(folder).rstrip("/")
    assert (function.code.folder, function.code.known) == (expected, known)


@pytest.mark.parametrize(
    ("code", "folder"), [("./src", "src"), ("{S3Bucket: b, S3Key: k}", None), ("{ImageUri: x}", None)]
)
def test_where_the_code_of_cloudformation_stands(project: Project, code: str, folder: str | None) -> None:
    project.write("src/app.py")
    function = project.one(f"""\
        Resources:
          F:
            Type: AWS::Lambda::Function
            Properties: {{Handler: app.handler, Runtime: python3.13, Code: {code}}}
        """)
    assert function.code.folder == (None if folder is None else project.path(folder))


def test_one_file_is_packaged_alone(project: Project) -> None:
    project.write("src/app.py")
    project.write("src/other.py")
    function = project.one("""\
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: src/app.py}
        """)
    assert (function.code.folder, function.code.files) == (project.path("src"), frozenset({"app.py"}))


@pytest.mark.parametrize(
    ("metadata", "files", "requirements", "known"),
    [
        ("{BuildMethod: makefile}", ["requirements.txt"], ["requirements.txt"], False),
        ("{BuildMethod: python3.13}", ["requirements.txt"], ["requirements.txt"], True),
        ("{BuildMethod: python-uv}", ["pyproject.toml", "uv.lock"], ["pyproject.toml", "uv.lock"], True),
        ("{}", ["Pipfile"], [], False),
        ("{}", ["Pipfile", "requirements.txt"], ["requirements.txt"], True),
        ("{}", [], [], True),
    ],
)
def test_what_builds_the_code_says_what_is_in_it(
    project: Project, metadata: str, files: list[str], requirements: list[str], known: bool
) -> None:
    project.write("src/app.py")
    for name in files:
        project.write(f"src/{name}", "")
    function = project.one(f"""\
        Resources:
          F:
            Type: AWS::Serverless::Function
            Metadata: {metadata}
            Properties: {{Handler: app.handler, Runtime: python3.13, CodeUri: src}}
        """)
    assert list(function.code.requirements) == [project.path(f"src/{name}") for name in requirements]
    assert function.code.known == known


def test_code_built_into_a_package_of_its_own_is_not_known(project: Project) -> None:
    project.write("src/app.py")
    function = project.one("""\
        Resources:
          F:
            Type: AWS::Serverless::Function
            Metadata: {BuildProperties: {ParentPackageMode: auto}}
            Properties: {Handler: src.app.handler, Runtime: python3.13, CodeUri: src}
        """)
    assert function.code.folder is None
    assert not function.code.known


def test_paths_relative_to_another_folder_are_not_known(project: Project) -> None:
    project.write("src/app.py")
    project.write("samconfig.toml", "[default.build.parameters]\nbase_dir = '..'\n")
    function = project.one("""\
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties: {Handler: app.handler, Runtime: python3.13, CodeUri: src}
        """)
    assert function.code.folder is None


def test_an_image_names_its_handler_in_its_command(project: Project) -> None:
    function = project.one("""\
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              PackageType: Image
              Handler: ignored.handler
              ImageConfig: {Command: [app.handler]}
        """)
    assert function.handler is not None
    assert function.handler.value == "app.handler"
    assert function.runtime is None
    assert function.code.folder is None
    assert not function.code.known


IMAGE = """\
    Resources:
      F:
        Type: AWS::Serverless::Function
        Metadata: {{DockerContext: src, Dockerfile: {file}}}
        Properties:
          PackageType: Image
          {config}
          Environment: {{Variables: {{B: own}}}}
"""


def test_the_dockerfile_of_an_image_is_read(project: Project) -> None:
    project.write("src/app.py")
    project.write(
        "src/Dockerfile.app",
        """\
        FROM public.ecr.aws/lambda/python:3.13
        ENV A=image B=image
        COPY app.py ${LAMBDA_TASK_ROOT}/
        CMD ["app.handler"]
        """,
    )
    function = project.one(IMAGE.format(file="Dockerfile.app", config="Timeout: 3"))
    assert (function.name, function.descriptor) == ("F", "SAM")
    assert handlers([function]) == ["app.handler"]
    assert function.handler is not None
    assert function.handler.place.span().path == "src/Dockerfile.app"
    assert function.code.folder == project.path("src")
    assert function.is_python
    assert {name: fact.value for name, fact in function.variables.items()} == {"A": "image", "B": "own"}
    other = project.one(IMAGE.format(file="Dockerfile.app", config="ImageConfig: {Command: [other.handler]}"))
    assert handlers([other]) == ["other.handler"]
    odd = project.one(IMAGE.format(file="Dockerfile.app", config="ImageConfig: {EntryPoint: [/run]}"))
    assert handlers([odd]) == [None]
    missing = project.one(IMAGE.format(file="Nowhere", config="Timeout: 3"))
    assert (missing.handler, missing.is_python) == (None, False)


LAYERS = """\
    Resources:
      F:
        Type: AWS::Serverless::Function
        Properties:
          Handler: app.handler
          Runtime: python3.13
          Layers: {layers}
      Built:
        Type: AWS::Serverless::LayerVersion
        Metadata: {{BuildMethod: python3.13}}
        Properties: {{ContentUri: built}}
      Plain:
        Type: AWS::Lambda::LayerVersion
        Properties: {{Content: ./plain}}
      Installed:
        Type: AWS::Serverless::LayerVersion
        Properties: {{ContentUri: installed}}
      Made:
        Type: AWS::Serverless::LayerVersion
        Metadata: {{BuildMethod: makefile}}
        Properties: {{ContentUri: plain}}
"""


def test_layers_of_the_same_template(project: Project) -> None:
    for path in ("built/lib.py", "built/requirements.txt", "plain/python/lib.py", "installed/requirements.txt"):
        project.write(path)
    function = project.one(LAYERS.format(layers="[!Ref Built, !Ref Plain, !Ref Installed, !Ref Made, 'arn:aws:x:1']"))
    built, plain, installed, made, foreign = function.layers
    assert (built.folder, built.prefix, built.known) == (project.path("built"), "python", True)
    assert built.requirements == (project.path("built/requirements.txt"),)
    assert (plain.folder, plain.prefix, plain.known) == (project.path("plain"), "", True)
    assert (installed.folder, installed.known) == (project.path("installed"), False)
    assert (made.folder, made.known, foreign.folder, foreign.known) == (None, False, None, False)
    assert function.layers_known
    assert built.place.span().start == Position(7, 16)


def test_layers_that_are_a_list_from_elsewhere_are_not_known(project: Project) -> None:
    function = project.one(LAYERS.format(layers="!Ref Everything"))
    assert function.layers == ()
    assert not function.layers_known


def test_globals_merge_as_sam_merges_them(project: Project) -> None:
    functions = project.read("""\
        Globals:
          Function:
            Runtime: python3.12
            Handler: app.handler
            Layers: [arn:aws:lambda:eu-west-1:1:layer:shared:1]
            Environment: {Variables: {A: shared, B: shared}}
        Resources:
          Own:
            Type: AWS::Serverless::Function
            Properties:
              Runtime: python3.13
              Layers: [arn:aws:lambda:eu-west-1:1:layer:own:1]
              Environment: {Variables: {B: own}}
          Without:
            Type: AWS::Serverless::Function
            Properties: {Environment: {Variables: {A: !Ref AWS::NoValue}}}
          Ignoring:
            Type: AWS::Serverless::Function
            IgnoreGlobals: [Environment]
          Apart:
            Type: AWS::Serverless::Function
            IgnoreGlobals: "*"
          Plain:
            Type: AWS::Lambda::Function
        """)
    own, without, ignoring, apart, plain = functions
    assert own.runtime is not None
    assert own.runtime.value == "python3.13"
    assert len(own.layers) == 2
    assert own.layers[0].place.span().start.row == 5
    assert {name: fact.value for name, fact in own.variables.items()} == {"A": "shared", "B": "own"}
    assert list(without.variables) == ["B"]
    assert without.variables_known
    assert list(ignoring.variables) == []
    assert ignoring.handler is not None
    assert apart.handler is None
    assert plain.handler is None


def test_variables_with_a_transform_are_not_all_known(project: Project) -> None:
    function = project.one("""\
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Environment:
                Variables:
                  A: '{{resolve:ssm:/name}}'
                  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/k}}
        """)
    assert {name: fact.value for name, fact in function.variables.items()} == {"A": None}
    assert not function.variables_known


@pytest.mark.parametrize(
    ("transform", "known"),
    [
        ("AWS::Serverless-2016-10-31", True),
        ("[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]", True),
        ("[{Name: AWS::Include, Parameters: {Location: x}}]", True),
        ("[AWS::Serverless-2016-10-31, DatadogServerless]", False),
        ("[{Name: DatadogServerless, Parameters: {addLayers: true}}]", False),
    ],
)
def test_a_macro_may_add_layers_and_variables(project: Project, transform: str, known: bool) -> None:
    function = project.one(f"""\
        Transform: {transform}
        Resources:
          F: {{Type: AWS::Serverless::Function, Properties: {{Handler: app.handler, Runtime: python3.13}}}}
        """)
    assert (function.variables_known, function.layers_known) == (known, known)


def test_what_greengrass_runs_has_variables_of_its_own(project: Project) -> None:
    function = project.one("""\
        Resources:
          F: {Type: AWS::Lambda::Function, Properties: {Handler: app.handler, Runtime: python3.13}}
          V: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref F}}
          D:
            Type: AWS::Greengrass::FunctionDefinitionVersion
            Properties: {Functions: [{FunctionArn: !Ref V}]}
        """)
    assert not function.variables_known


CONDITIONS = """\
    Parameters:
      Stage: {{Type: String, Default: dev, AllowedValues: [dev, test, prod]}}
      Mode: {{Type: String, Default: a}}
      More: {{Type: String, Default: a}}
    Conditions:
      IsProd: !Equals [!Ref Stage, prod]
      IsDev: !Equals [!Ref Stage, dev]
      NotProd: !Not [!Condition IsProd]
      Always: !Equals [a, a]
      Impossible: !Equals [!Ref Stage, elsewhere]
      Moded: !Equals [!Ref Mode, b]
      Mored: !Equals [!Ref More, b]
    Resources:
      F:
        Type: AWS::Lambda::Function
        {attributes}
        Properties:
          Runtime: python3.13
          Handler: app.handler
          {properties}
"""


def under(project: Project, properties: str, attributes: str = "Description: x") -> list[Deployment]:
    return project.read(CONDITIONS.format(properties=properties, attributes=attributes))


def handlers(deployments: list[Deployment]) -> list[str | None]:
    return [one.handler.value if one.handler is not None else None for one in deployments]


def test_a_condition_makes_alternatives_that_no_default_decides(project: Project) -> None:
    both = under(project, "Code: !If [IsProd, ./a, ./b]")
    assert [one.code.folder for one in both] == [project.path("a"), project.path("b")]


@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        ("!If [Always, a.h, b.h]", ["a.h"]),
        ("!If [Impossible, a.h, b.h]", ["b.h"]),
        ("!If [IsProd, a.h, !If [NotProd, b.h, c.h]]", ["a.h", "b.h"]),
        ("!If [IsProd, a.h, !If [IsDev, b.h, c.h]]", ["a.h", "b.h", "c.h"]),
        ("!If [IsProd, !If [IsDev, a.h, b.h], c.h]", ["b.h", "c.h"]),
        ("!If [IsProd, a.h, a.h]", ["a.h"]),
        ("!If [Undeclared, a.h, b.h]", [None]),
    ],
)
def test_conditions_are_taken_together(project: Project, handler: str, expected: list[str | None]) -> None:
    template = CONDITIONS.replace("Handler: app.handler", f"Handler: {handler}")
    assert handlers(project.read(template.format(properties="Timeout: 3", attributes="Description: x"))) == expected


def test_no_more_than_four_alternatives(project: Project) -> None:
    parts = "!Join ['', [!If [IsProd, a, b], !If [Moded, a, b], !If [Mored, a, b], .h]]"
    template = CONDITIONS.replace("Handler: app.handler", f"Handler: {parts}")
    found = project.read(template.format(properties="Timeout: 3", attributes="Description: x"))
    assert 1 < len(found) <= 4
    assert None in handlers(found)


def test_a_function_is_there_under_its_own_condition_alone(project: Project) -> None:
    (only,) = under(project, "Code: !If [IsProd, ./a, ./b]", "Condition: IsProd")
    assert only.code.folder == project.path("a")


def test_what_a_variable_holds_makes_no_alternative_whether_it_is_there_does(project: Project) -> None:
    (one,) = under(project, "Environment: {Variables: {LEVEL: !If [IsProd, INFO, DEBUG]}}")
    assert one.variables["LEVEL"].value is None
    assert one.variables_known
    there, gone = under(project, "Environment: {Variables: {KEY: !If [IsProd, x, !Ref AWS::NoValue]}}")
    assert (list(there.variables), list(gone.variables)) == (["KEY"], [])


CHILD = """\
    Parameters:
      Module: {Type: String, Default: default}
      Stage: {Type: String, Default: dev}
    Conditions:
      IsProd: !Equals [!Ref Stage, prod]
    Resources:
      Inner:
        Type: AWS::Serverless::Function
        Properties:
          Handler: !Sub '${Module}.handler'
          Runtime: !If [IsProd, python3.13, python3.12]
          CodeUri: code
"""


def test_a_nested_template_is_given_the_parents_parameters(project: Project) -> None:
    project.write("nested/child.yaml", CHILD)
    project.write("nested/code/app.py")
    (inner,) = project.read("""\
        Resources:
          App:
            Type: AWS::Serverless::Application
            Properties:
              Location: nested/child.yaml
              Parameters: {Module: app, Stage: prod}
        """)
    assert handlers([inner]) == ["app.handler"]
    assert inner.runtime is not None
    assert inner.runtime.value == "python3.13"
    assert inner.code.folder == project.path("nested/code")
    assert inner.code.known
    assert (inner.place.span().path, inner.place.span().start) == ("nested/child.yaml", Position(7, 3))


def test_what_a_parent_leaves_open_is_open_in_the_nested_template(project: Project) -> None:
    project.write("nested/child.yaml", CHILD)
    found = project.read("""\
        Parameters:
          Stage: {Type: String, Default: prod}
        Resources:
          App:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: ./nested/child.yaml
              Parameters: {Module: !ImportValue Module, Stage: !Ref Stage}
        """)
    assert handlers(found) == [None, None]  # no default, the parent's neither, decides its condition


def test_templates_that_nest_each_other_come_to_an_end(project: Project) -> None:
    text = """\
        Resources:
          F: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler}}
          Other: {Type: AWS::Serverless::Application, Properties: {Location: %s}}
          Again: {Type: AWS::Serverless::Application, Properties: {Location: %s}}
        """
    for name in ("b", "c"):
        project.write(f"{name}.yaml", text % ("template.yaml", "c.yaml"))
    found = project.read(text % ("b.yaml", "c.yaml"))
    assert 2 < len(found) < 100


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("template.yaml", b"Resources:\n  F:\n    Type: AWS::Serverless::Function\n", True),
        ("stack.template", b'{"Resources": {"F": {"Type": "AWS::Lambda::Function"}}}', True),
        ("t.yml", b'\xef\xbb\xbf"Resources":\n  F:\n    Type: AWS::Serverless::Function\n', True),
        ("notes.md", b"Resources:\n  F:\n    Type: AWS::Serverless::Function\n", False),
        ("serverless.yml", b"resources:\n  Resources:\n    F: {Type: AWS::Lambda::Permission}\n", False),
        ("package.json", b'{"keywords": ["AWS::Lambda::Function"]}', False),
        ("a.template.json", b'{"Resources": {"F": {"Type": "AWS::Lambda::Function", "aws:asset:path": "a"}}}', False),
        ("bucket.yaml", b"Resources:\n  B:\n    Type: AWS::S3::Bucket\n", False),
    ],
)
def test_which_files_may_be_templates(name: str, data: bytes, expected: bool) -> None:
    assert reader.fits(name, data) is expected


@pytest.mark.parametrize("mark", ["{{ runtime }}", "%RUNTIME%", "%%runtime%%", "@RUNTIME@"])
def test_a_template_that_is_yet_to_be_made_is_left_alone(project: Project, mark: str) -> None:
    text = f"Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: {mark}\n"
    assert project.read(text) == []
    for wrong in ("[python3.13", "%runtime", "100% @home"):
        with pytest.raises(Unreadable):
            project.read(text.replace(mark, f"{wrong}\n   - x"))


def test_lines_are_counted_as_an_editor_counts_them_wherever_yaml_sees_an_end() -> None:
    text = 'Description: "one\u2028two"\r\nNote: "three\u0085four"\n'
    with pytest.raises(Unreadable) as caught:
        read_tree(Text("t.yaml", (text + "Broken: [\n").encode()))
    assert caught.value.place.span().start.row == 4  # YAML counts six
    tree = read_tree(Text("t.yaml", (text + "Handler:  app.handler\n").encode()))
    assert isinstance(tree.value, dict)
    span = tree.value["Handler"].place.span()
    assert (span.start, span.end) == (Position(3, 11), Position(3, 22))
