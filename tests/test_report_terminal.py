"""Colour, width, cells, what may reach a terminal, and the progress bar."""

import io

import pytest

from lambdalint.report.progress import Progress
from lambdalint.report.terminal import Paint, Piece, cells, clean, flow, prose, wants_color, width_of


class Terminal(io.StringIO):
    """A stream that a person watches; it has no file descriptor."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("when", "stream", "environ", "expected"),
    [
        ("auto", Terminal(), {"TERM": "xterm"}, True),
        ("auto", io.StringIO(), {"TERM": "xterm"}, False),
        ("auto", Terminal(), {"TERM": "dumb"}, False),
        ("auto", Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        ("auto", Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1"}, True),
        ("auto", io.StringIO(), {"FORCE_COLOR": ""}, False),
        ("auto", Terminal(), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ("auto", Terminal(), {"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", io.StringIO(), {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", Terminal(), {"FORCE_COLOR": "1", "TERM": "xterm"}, False),
    ],
)
def test_color_follows_the_flag_then_the_environment_then_the_terminal(
    when: str, stream: io.StringIO, environ: dict[str, str], expected: bool
) -> None:
    assert wants_color(when, stream, environ) is expected


def test_unknown_color_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="auto, always or never"):
        wants_color("sometimes", io.StringIO(), {})


def test_closed_stream_is_no_terminal() -> None:
    stream = Terminal()
    stream.close()
    closed = io.StringIO()
    closed.close()
    assert not wants_color("auto", closed, {"TERM": "xterm"})
    assert width_of(closed, {}) is None


def test_width_is_the_terminals_and_none_without_one() -> None:
    assert width_of(io.StringIO(), {"COLUMNS": "100"}) is None
    assert width_of(Terminal(), {"COLUMNS": "100"}) == 100
    assert width_of(Terminal(), {"COLUMNS": "0"}) == 80
    assert width_of(Terminal(), {"COLUMNS": "many"}) == 80


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain `code`", "plain `code`"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x00\x07\t\r\n\x7f", "\\x00\\x07\\t\\r\\n\\x7f"),
        ("\x9b31m\x85", "\\x9b31m\\x85"),
        ("\u202euser\u2066", "\\u202euser\\u2066"),
        ("a\u200bb\ufeff\u2028\xad", "a\\u200bb\\ufeff\\u2028\\xad"),
        ("a\xa0b\u3000c", "a\\xa0b\u3000c"),
        ("\udc80", "\\udc80"),
        ("\u3164x\u2800", "\\u3164x\\u2800"),
        ("\U000e0041", "\\U000e0041"),
        ("é 注 🚀", "é 注 🚀"),
        ("👩\u200d🚀 ❤\ufe0f 👍\U0001f3fd", "👩🚀 ❤ 👍"),
    ],
)
def test_clean_text_can_be_seen_and_does_nothing(raw: str, shown: str) -> None:
    assert clean(raw) == shown


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("注文", 4),
        ("ｱ", 1),
        ("\uff21", 2),
        ("🚀", 2),
        ("e\u0301", 1),
        ("한", 2),
        ("\u1112\u1161\u11ab", 2),
        ("é", 1),
    ],
)
def test_cells_are_those_of_a_terminal(text: str, width: int) -> None:
    assert cells(text) == width


def test_flow_breaks_long_words_and_hangs_the_rest() -> None:
    assert flow([Piece("one two " + "x" * 12)], Paint(False), 10, hang=2) == "one two\n  xxxxxxxx\n  xxxx"


def test_style_goes_on_over_a_break() -> None:
    shown = flow([Piece("a "), Piece("b c", "strong")], Paint(True), 3, hang=0)
    assert shown == "a \x1b[1mb\x1b[0m\n\x1b[1mc\x1b[0m"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def _usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")


def test_progress_is_drawn_on_one_line_and_erased() -> None:
    stream, clock = Terminal(), Clock()
    with Progress(stream, clock=clock) as progress:
        clock.now = 1.0
        progress(5, 10, "reading")
        clock.now = 2.0
        progress(350, 350, "running")
    first = "reading  " + "━" * 20 + "─" * 20 + "   5/10"
    last = "running  " + "━" * 40 + "  350/350"
    drawn = stream.getvalue()
    assert drawn.startswith(f"\r{first}\r{last}")
    assert drawn.endswith("\r" + " " * len(last) + "\r")
    assert "\n" not in drawn


def test_progress_covers_a_longer_line_that_it_drew_before() -> None:
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, clock=clock)
    clock.now = 1.0
    progress(1, 1000, "reading")
    clock.now = 2.0
    progress(1, 2, "run")
    long, short = stream.getvalue().split("\r")[1:]
    assert len(short) == len(long)


def test_progress_waits_and_does_not_draw_too_often() -> None:
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, clock=clock)
    progress(1, 10, "reading")
    assert stream.getvalue() == ""
    clock.now = 1.0
    progress(2, 10, "reading")
    drawn = stream.getvalue()
    progress(3, 10, "reading")
    assert stream.getvalue() == drawn != ""


@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_progress_is_silent_without_a_terminal(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", term)
    clock = Clock()
    for stream in (io.StringIO(), Terminal()) if term == "dumb" else (io.StringIO(),):
        with Progress(stream, clock=clock) as progress:
            clock.now += 5
            progress(1, 10, "reading")
        assert stream.getvalue() == ""


def test_progress_can_be_turned_off() -> None:
    stream, clock = Terminal(), Clock()
    with Progress(stream, enabled=False, clock=clock) as progress:
        clock.now = 5
        progress(1, 10, "reading")
    assert stream.getvalue() == ""


def test_progress_is_erased_when_the_run_fails() -> None:
    stream, clock = Terminal(), Clock()

    def run() -> None:
        with Progress(stream, clock=clock) as progress:
            clock.now = 1.0
            progress(1, 10, "reading")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        run()
    assert stream.getvalue().endswith(" \r")


def test_progress_is_ascii_where_the_terminal_cannot_show_more() -> None:
    stream, clock = Terminal("ascii"), Clock()
    progress = Progress(stream, clock=clock)
    clock.now = 1.0
    progress(5, 10, "reading")
    assert stream.getvalue() == "\rreading  " + "#" * 20 + "-" * 20 + "   5/10"


def test_progress_outlives_its_terminal() -> None:
    stream, clock = Terminal(), Clock()
    with Progress(stream, clock=clock) as progress:
        clock.now = 1.0
        progress(1, 10, "reading")
        stream.close()
        clock.now = 2.0
        progress(2, 10, "reading")


def test_progress_does_without_a_bar_on_a_very_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    stream, clock = Terminal(), Clock()
    progress = Progress(stream, clock=clock)
    clock.now = 1.0
    progress(1, 10, "reading")
    assert stream.getvalue() == ""


def test_progress_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in range(1, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        stream, clock = Terminal(), Clock()
        progress = Progress(stream, clock=clock)
        clock.now = 1.0
        progress(7, 0, "reading")
        progress(700, 500, "reading \x1b[2J")
        assert all(cells(line) < columns for line in stream.getvalue().split("\r"))
        assert "\x1b" not in stream.getvalue()


def test_code_is_kept_whole_where_a_line_has_room_for_it() -> None:
    assert flow(prose("see what `lambdalint explain LL201` says"), Paint(False), 26, hang=0) == (
        "see what `lambdalint\nexplain LL201` says"
    )
    assert flow(prose("see the page: `lambdalint explain LL201`"), Paint(False), 26, hang=0) == (
        "see the page:\n`lambdalint explain LL201`"
    )
