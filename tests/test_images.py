"""The reader of Dockerfiles."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambdalint.project.code.modules import Workspace
from lambdalint.project.deployment import Deployment, Fact
from lambdalint.project.descriptors import images
from lambdalint.project.descriptors.dockerfile import Order
from tests.deployed import at, deployments, project
from tests.pages import Project

AWS = "FROM public.ecr.aws/lambda/python:3.12\n"


def read(folder: Path, text: str, **files: str) -> list[Deployment]:
    written = {name.replace("__", "/").replace("_py", ".py"): text for name, text in files.items()}
    project(folder, {"Dockerfile": text, **written})
    return deployments(images.READER, folder / "Dockerfile")


def one(folder: Path, text: str, **files: str) -> Deployment:
    (found,) = read(folder, text, **files)
    return found


@pytest.mark.parametrize(
    ("written", "handler", "place"),
    [
        ('CMD ["app.handler"]', "app.handler", (2, 6)),
        ("CMD app.handler", "app.handler", (2, 5)),
        ('CMD [ \\\n  # the handler\n  "pkg/app.handler" \\\n]', "pkg/app.handler", (4, 3)),
        ('ENV M=app\nCMD ["first.h"]\nCMD $M.handler', "app.handler", (4, 5)),
        ('ENTRYPOINT ["/lambda-entrypoint.sh"]\nCMD ["app.h"]', "app.h", (3, 6)),
        ('RUN <<END\nCMD ["no.no"]\nEND\nCMD ["app.h"]', "app.h", (5, 6)),
    ],
)
def test_cmd_names_the_handler(tmp_path: Path, written: str, handler: str, place: tuple[int, int]) -> None:
    deployment = one(tmp_path, f"{AWS}{written}\n")
    assert deployment.handler is not None
    assert (deployment.handler.value, at(deployment.handler)) == (handler, place)
    command = images.command(Workspace(tmp_path), str(tmp_path / "Dockerfile"))
    assert command is not None
    assert command.value == handler


@pytest.mark.parametrize(
    "written",
    [
        f"{AWS}",
        f'{AWS}CMD ["python", "app.py"]\n',
        f'{AWS}ENTRYPOINT ["uvicorn"]\nCMD ["app.h"]\n',
        f"{AWS}CMD $HANDLER\n",
        'FROM python:3.12\nCMD ["app.h"]\n',
        'FROM public.ecr.aws/lambda/nodejs:20\nCMD ["app.h"]\n',
        'FROM ${BASE}\nCMD ["app.h"]\n',
        "",
    ],
)
def test_what_is_no_lambda_image_of_python_deploys_nothing(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, written) == []


@pytest.mark.parametrize(
    ("base", "runtime", "place"),
    [
        ("FROM public.ecr.aws/lambda/python:3.12-arm64", "python3.12", (1, 6)),
        ("FROM --platform=linux/amd64 amazon/aws-lambda-python:3.9", "python3.9", (1, 29)),
        ("ARG V=3.11\nFROM public.ecr.aws/lambda/python:${V} AS last", "python3.11", (2, 6)),
        ("FROM mirror.example/lambda/python:3.13@sha256:aa", "python3.13", (1, 6)),
        ("FROM public.ecr.aws/lambda/python:3.10 AS base\nFROM golang\nFROM base", "python3.10", (1, 6)),
    ],
)
def test_the_base_of_the_last_stage_says_the_runtime(
    tmp_path: Path, base: str, runtime: str, place: tuple[int, int]
) -> None:
    deployment = one(tmp_path, f'{base}\nCMD ["app.h"]\n')
    assert deployment.runtime is not None
    assert (deployment.runtime.value, at(deployment.runtime)) == (runtime, place)


def test_python_of_no_known_version_is_python(tmp_path: Path) -> None:
    deployment = one(tmp_path, 'FROM public.ecr.aws/lambda/python:latest\nCMD ["app.h"]\n')
    assert deployment.runtime is None
    assert deployment.is_python


def test_the_runtime_client_runs_what_stands_in_the_working_folder(tmp_path: Path) -> None:
    deployment = one(
        tmp_path,
        "FROM python:3.11-slim\nWORKDIR /function\nCOPY src/ ./\nRUN pip install awslambdaric\n"
        'ENTRYPOINT ["python", "-m", "awslambdaric"]\nCMD ["app.h"]\n',
        src__app_py="",
    )
    assert deployment.runtime is not None
    assert deployment.runtime.value == "python3.11"
    assert deployment.code.folder == str(tmp_path / "src")
    text = 'FROM python:3.11\nENTRYPOINT ["python", "-m", "awslambdaric", "app.h"]\n'
    assert one(tmp_path, text).handler is not None


CODE = [
    ("COPY . ${LAMBDA_TASK_ROOT}", "", None, ""),
    ("COPY . .", "", None, ""),
    ("COPY src/ ${LAMBDA_TASK_ROOT}/", "src", None, ""),
    ("COPY src /var/task", "src", None, ""),
    ("COPY src/ src/", "", {"src/app.py", "src/inner/deep.py"}, ""),
    ("COPY src ./code", "src", None, "code"),
    ("COPY app.py other.py ./", "", {"app.py", "other.py"}, ""),
    ("COPY *.py ./", "", {"app.py", "other.py"}, ""),
    ('COPY ["app.py", "."]', "", {"app.py"}, ""),
    ('COPY --chown=1:1 "app.py" "${LAMBDA_TASK_ROOT}"', "", {"app.py"}, ""),
    ("COPY src/app.py ${LAMBDA_TASK_ROOT}", "src", {"app.py"}, ""),
    ("WORKDIR /var/task/src\nCOPY src/app.py .", "", {"src/app.py"}, ""),
    ("ADD requirements.txt .\nADD app.py .", "", {"app.py"}, ""),
]


@pytest.mark.parametrize(("written", "folder", "files", "prefix"), CODE)
def test_copy_puts_the_code_where_lambda_looks(
    tmp_path: Path, written: str, folder: str, files: set[str] | None, prefix: str
) -> None:
    code = one(
        tmp_path,
        f'{AWS}{written}\nCMD ["app.h"]\n',
        app_py="",
        other_py="",
        src__app_py="",
        src__inner__deep_py="",
    ).code
    assert code.folder == str(tmp_path / folder).rstrip("/")
    assert code.files == files
    assert code.prefix == prefix
    assert code.known


def test_of_several_folders_the_handlers_counts_and_there_is_more(tmp_path: Path) -> None:
    code = one(tmp_path, f'{AWS}COPY shared .\nCOPY lib ./x\nCMD ["util.h"]\n', shared__util_py="", lib__a_py="").code
    assert (code.folder, code.known) == (str(tmp_path / "shared"), False)


@pytest.mark.parametrize(
    "written",
    [
        "COPY --from=build /out /var/task",
        "RUN pip install requests",
        "RUN make install",
        "ENV PYTHONPATH=/opt/more",
        "COPY made/ .",
        "ADD https://example.com/a.zip .",
        "COPY $WHERE .",
    ],
)
def test_what_is_not_seen_leaves_the_package_open(tmp_path: Path, written: str) -> None:
    assert not one(tmp_path, f'{AWS}COPY app.py .\n{written}\nCMD ["app.h"]\n', app_py="").code.known


@pytest.mark.parametrize(
    "written",
    [
        "RUN pip install -r requirements.txt",
        "RUN --mount=type=cache,target=/x yum update && \\\n  pip3.12 install --no-cache -r requirements.txt -t .",
        "RUN <<END\npip3 install --requirement=/var/task/requirements.txt\nEND",
    ],
)
def test_pip_installs_from_a_list_of_the_project(tmp_path: Path, written: str) -> None:
    project(tmp_path, {"requirements.txt": "requests\n"})
    code = one(tmp_path, f'{AWS}COPY requirements.txt app.py ./\n{written}\nCMD ["app.h"]\n', app_py="").code
    assert code.requirements == (str(tmp_path / "requirements.txt"),)
    assert code.known


def test_the_folder_that_an_image_is_built_in_is_the_nearest_that_has_what_is_copied(tmp_path: Path) -> None:
    project(
        tmp_path, {"pyproject.toml": "", "src/app.py": "", "docker/Dockerfile": f'{AWS}COPY src .\nCMD ["app.h"]\n'}
    )
    (found,) = deployments(images.READER, tmp_path / "docker" / "Dockerfile")
    assert found.code.folder == str(tmp_path / "src")


#: As AWS's guide has an image of another base be built: https://docs.aws.amazon.com/lambda/latest/dg/python-image.html
GUIDE = """ARG FUNCTION_DIR="/function"
FROM python:3.12 AS build-image
ARG FUNCTION_DIR
RUN mkdir -p ${FUNCTION_DIR}
COPY . ${FUNCTION_DIR}
RUN pip install --target ${FUNCTION_DIR} awslambdaric
FROM python:3.12-slim
ARG FUNCTION_DIR
WORKDIR ${FUNCTION_DIR}
COPY --from=build-image ${FUNCTION_DIR} ${FUNCTION_DIR}
ENTRYPOINT [ "/usr/local/bin/python", "-m", "awslambdaric" ]
CMD [ "app.h" ]
"""


def test_the_image_of_the_guide_holds_what_its_first_stage_copied(tmp_path: Path) -> None:
    deployment = one(tmp_path, GUIDE, app_py="", lib__a_py="")
    assert deployment.runtime is not None
    assert (deployment.runtime.value, deployment.code.folder) == ("python3.12", str(tmp_path))
    assert (deployment.code.files, deployment.code.prefix, deployment.code.known) == (None, "", True)


SLIM = 'RUN pip install awslambdaric\nENTRYPOINT ["python", "-m", "awslambdaric"]\nCMD ["app.h"]\n'


@pytest.mark.parametrize(
    ("written", "root"),
    [
        ("ARG D=/code\nFROM python:3.12\nARG D\nWORKDIR ${D}\nCOPY src ${D}\n", "src"),
        ("ARG D=/code\nARG E=${D}/in\nFROM python:3.12\nARG E\nWORKDIR /code/in\nCOPY src $E\n", "src"),
        # without ARG in the stage it is not known there
        ("ARG D=/code\nFROM python:3.12\nWORKDIR /code\nCOPY src ${D}\n", None),
        # what a stage says itself counts, and what it inherits of its base
        ("ARG D=/other\nFROM python:3.12\nARG D=/code\nWORKDIR /code\nCOPY src $D\n", "src"),
        ("FROM python:3.12 AS a\nARG D=/code\nFROM a\nARG D\nWORKDIR /code\nCOPY src $D\n", "src"),
        # no ARG has power over ENV
        ("FROM python:3.12\nENV D=/code\nARG D=/other\nWORKDIR /code\nCOPY src $D\n", "src"),
        # each stage has its own
        ("FROM python:3.12 AS a\nARG D=/code\nFROM python:3.12\nWORKDIR /code\nCOPY src $D\n", None),
    ],
)
def test_an_argument_before_the_first_stage_is_taken_in_by_its_name(
    tmp_path: Path, written: str, root: str | None
) -> None:
    code = one(tmp_path, written + SLIM, src__app_py="").code
    assert code.folder == (str(tmp_path / root) if root is not None else None)


FROM_STAGES = [
    # (the stage that is copied from, what is copied, folder, files)
    ("COPY src /out", "COPY --from=b /out /var/task", "src", None),
    ("COPY src/ /out/", "COPY --from=B --chown=1:1 /out/ ${LAMBDA_TASK_ROOT}/", "src", None),
    ("COPY src /out", "COPY --from=0 /out .", "src", None),
    ("COPY . /all", "COPY --from=b /all/src .", "src", None),
    ("COPY . /all", "COPY --from=b /all/src/app.py .", "src", {"app.py"}),
    ("COPY . /all", "COPY --from=b /all/src/app.py /all/src/other.py ./", "src", {"app.py", "other.py"}),
    ("COPY . /all", "COPY --from=b /all/src/*.py ./", "src", {"app.py", "other.py"}),
    ("COPY src/app.py /out/", "COPY --from=b /out /var/task", "src", {"app.py"}),
    ("COPY src/app.py /out/", "COPY --from=b /out/* /var/task/", "src", {"app.py"}),
    ("RUN mkdir -p /out /more\nCOPY src/app.py /out", "COPY --from=b /out /var/task", "src", {"app.py"}),
    ("WORKDIR /out\nCOPY src/app.py .", "COPY --from=b /out/app.py /var/task", "src", {"app.py"}),
    ("WORKDIR /w\nCOPY src in\nRUN mkdir /out && cp -r in/. /out", "COPY --from=b /out .", "src", None),
    ("WORKDIR /w\nCOPY src .\nRUN mkdir /out\nRUN cd /w && cp app.py /out", "COPY --from=b /out .", "src", {"app.py"}),
]


@pytest.mark.parametrize(("made", "taken", "folder", "files"), FROM_STAGES)
def test_what_a_stage_has_copied_is_copied_on(
    tmp_path: Path, made: str, taken: str, folder: str, files: set[str] | None
) -> None:
    text = f'FROM python:3.12 AS b\n{made}\n{AWS}{taken}\nCMD ["app.h"]\n'
    code = one(tmp_path, text, src__app_py="", src__other_py="").code
    assert (code.folder, code.files, code.prefix) == (str(tmp_path / folder), files, "")
    assert code.known == ("cp " not in made)


@pytest.mark.parametrize(
    ("made", "taken"),
    [
        ("COPY src /out", "COPY --from=b /other /var/task"),  # not what was copied
        ("COPY src /out", "COPY --from=b /outer /var/task"),
        ("COPY src /out", "COPY --from=b /out /opt"),  # not to where Lambda looks
        ("COPY src /out", "COPY --from=elsewhere/b /out /var/task"),  # an image of somebody else
        ("COPY src /out", "COPY --from=1 /out /var/task"),  # itself
        ("COPY src /out", "COPY --from=b --parents /out /var/task"),
        ("COPY src /out", "COPY --from=b --exclude=*.py /out /var/task"),
        ("COPY src /w\nRUN cp -r /w /out", "COPY --from=b /out ."),  # /out may be there: then it is /out/w
        ("COPY src /w\nRUN mkdir /out && (cd /x) && cp app.py /out", "COPY --from=b /out ."),
    ],
)
def test_what_is_not_surely_copied_on_is_not_there(tmp_path: Path, made: str, taken: str) -> None:
    text = f'FROM python:3.12 AS b\n{made}\n{AWS}{taken}\nCMD ["app.h"]\n'
    assert one(tmp_path, text, src__app_py="").code.folder is None


@pytest.mark.parametrize(
    ("installed", "known"),
    [("-r /out/requirements.txt", True), ("-r /out/requirements.txt flask", False), ("--target /out flask", False)],
)
def test_what_a_stage_installs_counts_where_it_is_copied_from(tmp_path: Path, installed: str, known: bool) -> None:
    project(tmp_path, {"src/requirements.txt": "requests\n"})
    text = f"FROM python:3.12 AS b\nCOPY src /out\nRUN pip install -t /out {installed}\n{AWS}COPY --from=b /out .\n"
    code = one(tmp_path, f'{text}CMD ["app.h"]\n', src__app_py="").code
    assert code.known is known
    assert code.requirements == ((str(tmp_path / "src/requirements.txt"),) if "-r" in installed else ())


def test_stages_that_copy_from_each_other_many_times_cost_little(tmp_path: Path) -> None:
    stages = [f"FROM python:3.12 AS s{n}\n" + f"COPY --from=s{n - 1} / /\n" * 9 for n in range(1, 150)]
    text = "FROM python:3.12 AS s0\nCOPY src /var/task\n" + "".join(stages)
    code = one(tmp_path, f'{text}{AWS}COPY --from=s149 /var/task .\nCMD ["app.h"]\n', src__app_py="").code
    assert not code.known
    assert read(tmp_path, "FROM a AS b\n" * 3_000 + f'{AWS}CMD ["app.h"]\n') == []


def test_a_function_may_say_how_its_image_is_built_and_run(tmp_path: Path) -> None:
    project(tmp_path, {"one/app.py": "", "two/job.py": ""})
    (tmp_path / "Dockerfile").write_text(
        "ARG D=one\nFROM python:3.12 AS first\nARG D\nWORKDIR /f\nCOPY $D .\nFROM first AS last\nCOPY two .\n"
        'CMD ["app.h"]\n'
    )
    path, files = str(tmp_path / "Dockerfile"), Workspace(tmp_path)

    def code(order: Order) -> str | None:
        image = images.image_at(path, files, str(tmp_path), order)
        assert image is not None
        return image.code.folder

    assert images.image_at(path, files, str(tmp_path)) is None  # nothing in it says that it is for Lambda
    place = images.image_at(path, files, str(tmp_path), Order()).place  # type: ignore[union-attr]
    assert code(Order()) == str(tmp_path / "one")
    assert code(Order(command=Fact("job.h", place))) == str(tmp_path / "two")
    assert code(Order(target="first", args={"D": "two"})) == str(tmp_path / "two")
    assert code(Order(target="0", args={"D": None})) is None
    assert images.image_at(path, files, str(tmp_path), Order(target="none")) is None


@pytest.mark.parametrize(
    ("text", "handler"),
    [
        ('FROM company/base:1\nCOPY . .\nCMD ["src.app.h"]\n', "src.app.h"),
        ('FROM company/base:1\nCOPY src/ /code/\nWORKDIR /\nENTRYPOINT ["./entrypoint.sh"]\nCMD ["app.h"]\n', "app.h"),
        ('FROM company/base:1\nCOPY . ./\nENTRYPOINT ["awslambdaric"]\nCMD ["src.app.h"]\n', "src.app.h"),
        ('ARG BASE\nFROM $BASE\nCOPY src/app.py /code/app.py\nCMD ["app.h"]\n', "app.h"),
        (f'{AWS}COPY src .\nENTRYPOINT ["sh", "start.sh"]\nCMD ["app.h"]\n', "app.h"),
        ('FROM company/base:1\nCOPY src .\nCMD ["other.h"]\n', None),
        ('FROM company/base:1\nCOPY src .\nCMD ["app.py"]\n', None),
        ('FROM company/base:1\nCOPY src .\nENTRYPOINT ["uvicorn"]\nCMD ["app.h"]\n', None),
        ('FROM company/base:1\nCMD ["app.h"]\n', None),
        (f'{AWS}COPY src .\nENTRYPOINT ["./start.sh"]\nCMD ["other.h"]\n', None),
    ],
)
def test_an_image_that_is_one_surely_has_the_module_that_its_command_names(
    tmp_path: Path, text: str, handler: str | None
) -> None:
    project(tmp_path, {"Dockerfile": text, "src/app.py": ""})
    path, files = str(tmp_path / "Dockerfile"), Workspace(tmp_path)
    if "awslambdaric" not in text and not text.startswith(AWS):
        assert images.image_at(path, files, str(tmp_path), Order(named=False)) is None
    found = images.image_at(path, files, str(tmp_path), Order())
    if handler is None:
        assert found is None or found.handler is None
        return
    assert found is not None
    assert found.handler is not None
    assert (found.handler.value, found.code.known, found.variables_known) == (handler, False, False)
    assert found.code.folder in (str(tmp_path), str(tmp_path / "src"))


def test_variables_of_the_image_have_the_values_before_their_instruction(tmp_path: Path) -> None:
    deployment = one(
        tmp_path,
        f'{AWS}ARG X\nENV A=1 B="b c" C=$X D=${{A}}\nENV A=3 E=${{A}}2 OLD=\nENV OLD the rest\nCMD ["app.h"]\n',
    )
    assert {name: fact.value for name, fact in deployment.variables.items()} == {
        "A": "3",
        "B": "b c",
        "C": None,
        "D": None,
        "E": "12",
        "OLD": "the rest",
    }
    assert not deployment.variables_known


def test_what_fits() -> None:
    for name in ("Dockerfile", "Dockerfile.prod", "lambda.Dockerfile", "dockerfile", "Containerfile"):
        assert images.fits(name, AWS.encode())
    assert not images.fits("Dockerfile", b"FROM python:3.12\n")
    assert not images.fits("docker.py", AWS.encode())


PIECES = [
    "FROM ", "public.ecr.aws/lambda/python:3.12", "\n", " \\\n", 'CMD ["a.b"]', "COPY ", "--from=x ", ". ", "$A",
    "${A:-b}", "${", "RUN ", "pip install -r ", "<<END\n", "END\n", '["', '"', "ENV A=", "ARG ", "WORKDIR ", "#",
    "# escape=`\n", "/", "ENTRYPOINT ", "AS x", "awslambdaric", "é", "\r\n", "*",
    "--from=0 ", "RUN cp ", "RUN mkdir ", "/x ",
]  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_dockerfile_makes_the_reader_raise(tmp_path: Path, pieces: list[str]) -> None:
    for deployment in read(tmp_path, AWS + "".join(pieces)):
        deployment.place.span()
        assert deployment.handler is not None
        deployment.handler.place.span()


def test_a_module_that_is_copied_under_another_name_is_found_by_that(tmp_path: Path) -> None:
    copies = "COPY src/ ${LAMBDA_TASK_ROOT}/src/\nCOPY api_entry.py ${LAMBDA_TASK_ROOT}/entry.py\n"
    entry = "from src.orders import total\n\n\ndef handler(event, context):\n    return {total()}\n"
    files = {
        "Dockerfile": f'{AWS}{copies}CMD ["entry.handler"]\n',
        "src/orders.py": "def total():\n    return 1\n",
        "api_entry.py": entry,
    }
    assert [(one.code, one.span.path) for one in Project(1, files).run().findings] == [("LL202", "api_entry.py")]
