"""io, os, os.path, pathlib, shutil, tempfile, glob, zipfile and subprocess."""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_PATH, _PURE = "pathlib.PosixPath", "pathlib.PurePosixPath"
_NAMES = "for each str, pathlib.PosixPath refuses TypeError"
_OS = f"{_NAMES} raises OSError, ValueError"
_TEXT_FILE, _READER, _WRITER = "io.TextIOWrapper", "io.BufferedReader", "io.BufferedWriter"
_IO = "refuses TypeError raises OSError, ValueError"
_COMPLETED = "subprocess.CompletedProcess"
_CLOSED = "refuses TypeError raises ValueError"

CALLS: dict[str, str] = {
    # io
    "io.BytesIO": "io.BytesIO for bytes refuses TypeError",
    "io.StringIO": "io.StringIO for str, NoneType refuses TypeError",
    "io.TextIOWrapper": f"{_TEXT_FILE} refuses TypeError, AttributeError, ValueError, LookupError",
    **each("io.BytesIO", "bytes raises ValueError", "getvalue"),
    **each("io.BytesIO", f"bytes {_CLOSED}", "read readline read1"),
    "io.BytesIO.readlines": f"list[bytes] {_CLOSED}",
    "io.BytesIO.getbuffer": "memoryview raises ValueError",
    "io.BytesIO.write": "int for bytes refuses TypeError raises ValueError",
    "io.StringIO.getvalue": "str raises ValueError",
    **each("io.StringIO", f"str {_CLOSED}", "read readline"),
    "io.StringIO.readlines": f"list[str] {_CLOSED}",
    "io.StringIO.write": "int for str refuses TypeError raises ValueError",
    **{
        f"io.{kind}.{name}": answer
        for kind in ("BytesIO", "StringIO")
        for name, answer in (
            ("seek", f"int {_CLOSED}"), ("tell", "int raises ValueError"), ("truncate", f"int {_CLOSED}"),
            ("close", "None"), ("flush", "None raises ValueError"),
        )
    },
    **{
        f"{kind}.{name}": answer
        for kind in (_TEXT_FILE, _READER, _WRITER)
        for name, answer in (
            ("seek", f"? {_IO}"), ("tell", "int raises OSError, ValueError"), ("close", "None raises OSError"),
            ("flush", "None raises OSError, ValueError"), ("fileno", "int raises OSError, ValueError"),
        )
    },
    **each(_TEXT_FILE, f"str {_IO}", "read readline"),
    f"{_TEXT_FILE}.readlines": f"list[str] {_IO}",
    f"{_TEXT_FILE}.write": "int for str refuses TypeError raises OSError, ValueError",
    **each(_READER, f"bytes {_IO}", "read readline read1 peek"),
    f"{_READER}.readlines": f"list[bytes] {_IO}",
    f"{_WRITER}.write": "int for bytes refuses TypeError raises OSError, ValueError",
    # os
    "os.getcwd": "str raises OSError",
    "os.getpid": "int",
    "os.urandom": "bytes for int refuses TypeError raises ValueError, OverflowError",
    "os.cpu_count": "int | None",
    "os.uname": "?",
    **each("os", f"None {_OS}", "remove unlink rmdir chdir"),
    **each("os", f"None for str, {_PATH} refuses TypeError raises OSError, ValueError", "makedirs mkdir chmod"),
    **each("os", f"None {_OS}", "rename replace"),
    "os.listdir": "list[?] refuses TypeError raises OSError, ValueError",
    "os.walk": f"iterator[tuple[?, list[?], list[?]]] {_OS}",
    "os.stat": "os.stat_result refuses TypeError raises OSError, ValueError, OverflowError",
    "os.access": "bool refuses TypeError, ValueError, OverflowError",
    "os.fspath": "? for str refuses TypeError",
    "os.environ.update": "None refuses TypeError, ValueError, AttributeError",
    "os.environ.pop": "? raises KeyError, TypeError",
    # os.path
    "posixpath.join": "like0 for each str refuses TypeError",
    **each("posixpath", "like0 for each str refuses TypeError",
           "basename dirname normpath expanduser expandvars"),
    **each("posixpath", "like0 for each str refuses TypeError raises OSError, ValueError", "abspath realpath relpath"),
    **each("posixpath", "bool refuses TypeError, ValueError, OverflowError", "exists isfile isdir islink lexists"),
    "posixpath.isabs": "bool for each str refuses TypeError",
    "posixpath.getsize": "int refuses TypeError raises OSError, ValueError, OverflowError",
    **each("posixpath", "float refuses TypeError raises OSError, ValueError, OverflowError", "getmtime getctime"),
    **each("posixpath", "tuple[like0, like0] for each str refuses TypeError", "split splitext"),
    # pathlib
    "pathlib.Path": f"{_PATH} for each str, {_PATH} refuses TypeError",
    **each("pathlib.Path", f"{_PATH} raises OSError, RuntimeError", "cwd home"),
    _PURE: f"{_PURE} for each str, {_PATH}, {_PURE} refuses TypeError",
    f"{_PATH}.read_text": "str refuses TypeError, LookupError raises OSError, ValueError",
    f"{_PATH}.read_bytes": "bytes raises OSError",
    f"{_PATH}.write_text": "int for str refuses TypeError, LookupError raises OSError, ValueError",
    f"{_PATH}.write_bytes": "int for bytes refuses TypeError raises OSError",
    **each(_PATH, "bool raises OSError", "exists is_file is_dir is_symlink"),
    f"{_PATH}.is_absolute": "bool",
    **each(_PATH, f"{_PATH} raises OSError, RuntimeError", "resolve absolute expanduser"),
    **each(_PATH, f"{_PATH} refuses TypeError, ValueError, AttributeError", "with_suffix with_name with_stem"),
    **each(_PATH, f"{_PATH} for each str, {_PATH} refuses TypeError", "joinpath"),
    f"{_PATH}.relative_to": f"{_PATH} refuses TypeError raises ValueError",
    f"{_PATH}.as_posix": "str",
    f"{_PATH}.as_uri": "str raises ValueError",
    f"{_PATH}.mkdir": "None refuses TypeError raises OSError",
    f"{_PATH}.touch": "None refuses TypeError raises OSError",
    f"{_PATH}.unlink": "None raises OSError",
    f"{_PATH}.rmdir": "None raises OSError",
    f"{_PATH}.rename": f"{_PATH} refuses TypeError raises OSError",
    f"{_PATH}.stat": "os.stat_result raises OSError",
    f"{_PATH}.iterdir": f"iterator[{_PATH}] raises OSError",
    **each(_PATH, f"iterator[{_PATH}] refuses TypeError, ValueError, NotImplementedError, AttributeError, IndexError "
                  "raises OSError", "glob rglob"),
    # shutil, tempfile, glob, zipfile
    "shutil.rmtree": f"None {_OS}, NotImplementedError",
    **each("shutil", f"? {_OS}", "copy copy2 copyfile copytree move"),
    "shutil.which": "? refuses TypeError, ValueError, AttributeError",
    "shutil.disk_usage": "? refuses TypeError raises OSError, ValueError",
    "shutil.make_archive": "? refuses TypeError raises OSError, ValueError",
    "tempfile.mkdtemp": "? refuses TypeError raises OSError, ValueError",
    "tempfile.mkstemp": "tuple[int, ?] refuses TypeError raises OSError, ValueError",
    "tempfile.gettempdir": "str raises OSError",
    "tempfile.TemporaryDirectory": "tempfile.TemporaryDirectory refuses TypeError raises OSError, ValueError",
    "tempfile.TemporaryDirectory.__enter__": "?",
    "tempfile.TemporaryDirectory.cleanup": "None raises OSError",
    "tempfile._TemporaryFileWrapper.__enter__": "receiver",
    **each("glob", "list[?] refuses TypeError, ValueError, AttributeError, re.error", "glob"),
    "zipfile.ZipFile": "zipfile.ZipFile refuses TypeError, AttributeError, NotImplementedError raises OSError, "
                       "ValueError, zipfile.BadZipFile",
    "zipfile.ZipFile.namelist": "list[str]",
    "zipfile.ZipFile.read": "bytes refuses TypeError, AttributeError raises KeyError, OSError, RuntimeError, "
                            "NotImplementedError, zipfile.BadZipFile, ValueError",
    "zipfile.ZipFile.writestr": "None refuses TypeError, AttributeError raises OSError, ValueError, RuntimeError",
    "zipfile.ZipFile.write": "None refuses TypeError, AttributeError raises OSError, ValueError, RuntimeError",
    "zipfile.ZipFile.extractall": "None refuses TypeError raises OSError, RuntimeError, ValueError, zipfile.BadZipFile, "
                                  "NotImplementedError, KeyError",
    "zipfile.ZipFile.close": "None raises OSError, ValueError",
    "zipfile.is_zipfile": "bool refuses TypeError, ValueError, AttributeError",
    # subprocess
    **each("subprocess", "int refuses TypeError raises OSError, ValueError, subprocess.SubprocessError, IndexError",
           "call check_call"),
    "subprocess.Popen": "subprocess.Popen refuses TypeError raises OSError, ValueError, subprocess.SubprocessError, "
                        "IndexError",
    "subprocess.getoutput": "str refuses TypeError raises OSError, ValueError",
    "subprocess.Popen.communicate": "tuple[?, ?] refuses TypeError raises OSError, ValueError, "
                                    "subprocess.SubprocessError",
    "subprocess.Popen.wait": "int refuses TypeError raises subprocess.SubprocessError",
    "subprocess.Popen.poll": "int | None",
    "subprocess.Popen.__enter__": "receiver",
    f"{_COMPLETED}.check_returncode": "None raises subprocess.SubprocessError",
    f"{_COMPLETED}[bytes].check_returncode": "None raises subprocess.SubprocessError",
}  # fmt: skip

ATTRIBUTES: dict[str, str] = {
    f"{_PATH}.suffixes": "list[str]",
    f"{_COMPLETED}.returncode": "int",
    f"{_COMPLETED}[bytes].returncode": "int",
    f"{_COMPLETED}[bytes].args": "?",
    **each(f"{_COMPLETED}[bytes]", "bytes", "stdout stderr"),
    **each(_COMPLETED, "?", "stdout stderr args"),
    "subprocess.Popen.pid": "int",
    "subprocess.Popen.returncode": "int | None",
    **each("subprocess", "int", "PIPE STDOUT DEVNULL"),
    **each("os", "int", "R_OK W_OK X_OK F_OK"),
}

ELEMENTS: dict[str, str] = {
    "os.stat_result": "int",
}

OPERATORS: dict[tuple[str, str | None, str | None], str] = {
    ("Divide", _PATH, "str"): _PATH,
    ("Divide", _PATH, _PATH): _PATH,
    ("Divide", "str", _PATH): _PATH,
    ("Divide", _PATH, _PURE): _PATH,
    **{("Divide", _PURE, other): _PURE for other in ("str", _PATH, _PURE)},
    ("Divide", "str", _PURE): _PURE,
}
