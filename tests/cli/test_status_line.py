"""Long work tells how far it is on a terminal, and nowhere else."""

import io
from types import SimpleNamespace

import pytest

from scopingreview.cli import status_line as module
from scopingreview.cli.status_line import status_line


class Terminal(io.StringIO):
    """A stderr that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=terminal, platform="linux"))
    monkeypatch.setenv("TERM", "xterm")
    return terminal


def test_the_line_is_written_over_and_gone_at_the_end(terminal: Terminal):
    with status_line(wanted=True) as tell:
        tell("reading the records")
    assert terminal.getvalue() == "\rreading the records\x1b[K\r\x1b[K"


def test_what_is_told_too_fast_to_read_is_left_out(terminal: Terminal):
    with status_line(wanted=True) as tell:
        for number in range(1000):
            tell(f"{number} records")
    assert 1 <= terminal.getvalue().count("records") < 100


def test_the_line_is_gone_when_work_fails(terminal: Terminal):
    def work() -> None:
        with status_line(wanted=True) as tell:
            tell("reading")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_line_is_no_wider_than_the_terminal(terminal: Terminal):
    with status_line(wanted=True) as tell:
        tell("r" * 1000)
    assert len(terminal.getvalue().split("\x1b[K")[0]) <= 80


def test_quiet_and_redirected_commands_tell_nobody(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with status_line(wanted=False) as tell:
        tell("reading")
    monkeypatch.undo()
    with status_line(wanted=True) as tell:
        tell("reading")
    assert terminal.getvalue() == ""
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("kind", ["dumb", None])
def test_a_terminal_that_clears_no_line_is_told_nothing(
    kind: str | None, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
):
    if kind is None:
        monkeypatch.delenv("TERM")
    else:
        monkeypatch.setenv("TERM", kind)
    with status_line(wanted=True) as tell:
        tell("reading")
    assert terminal.getvalue() == ""
