"""On a narrow screen every command is broken between words, and nothing of it is cut."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scopingreview.cli.commands import COMMANDS
from scopingreview.cli.text_column import in_rows, wrapped, wrapped_command
from tests.conftest import Run
from tests.reviews import decide, found_with, record

NARROW = 40
READING = (
    *(("status",), ("check",), ("trace", "pubmed:1"), ("agreement", "ta"), ("criteria", "ta")),
    *(("pilot", "ta"), ("limits",), ("retrieve",), ("run", "--dry-run"), ("dedupe",)),
    *(("screen", "ta", "--as", "nobody"), ("dedupe", "--record", "pubmed:1", "--same")),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    titles = ("Rest on the wards of large teaching hospitals at night: a review", "Naps")
    records = [record(f"pubmed:{n}", title=title) for n, title in enumerate(titles, start=1)]
    decided = [decide("pubmed:1", "include", by) for by in ("ab", "cd")]
    return found_with(tmp_path, records, decisions=decided).root


def words(text: str) -> list[str]:
    return re.sub(r" \\\n", " ", text).split()


def breakable(line: str) -> bool:
    return len(line.strip().split()) > 1


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_no_line_is_wider_than_the_screen_but_for_words_that_are(
    folder: Path, run: Run, command: tuple[str, ...]
):
    answer = run(*command, "-C", folder, columns=NARROW)
    too_wide = [
        line
        for line in f"{answer.out}\n{answer.err}".splitlines()
        if len(line) > NARROW and breakable(line)
    ]
    assert too_wide == []


@pytest.mark.parametrize("command", [("status",), ("trace", "pubmed:1"), ("check",), ("retrieve",)])
def test_nothing_is_cut_on_a_narrow_screen(folder: Path, run: Run, command: tuple[str, ...]):
    wide, narrow = (run(*command, "-C", folder, columns=n) for n in (0, NARROW))
    assert set(words(wide.err)) <= set(words(narrow.err))
    telling = re.compile(r"[^\s,:]*[A-Z0-9][^\s,:]*")  # what stands in cells, not over them
    assert set(telling.findall(wide.out)) <= set(telling.findall(narrow.out))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_fits(run: Run, name: str):
    shown = run(name, "-h", columns=NARROW)
    assert len(shown.out) > NARROW
    assert [line for line in shown.out.splitlines() if len(line) > NARROW and breakable(line)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_is_whole_on_a_screen_of_ten_lines(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str
):
    whole = run(name, "-h", columns=NARROW)
    monkeypatch.setenv("LINES", "10")
    shown = run(name, "-h", columns=NARROW)
    assert (shown.status, shown.out, shown.err) == (0, whole.out, "")
    assert "Example" in shown.out


WRONG = (
    *(("screen", "ta", "--no-such-option-at-all-of-ours"), ("scren", "ta"), ("trace",)),
    *(("stopping", "ta", "--as", "ab", "--size", "many"), ("stopping", "ta", "--size", "5")),
)


def test_no_words_at_all_are_answered_with_the_help(run: Run):
    answer = run(columns=NARROW)
    assert "Try " not in answer.out + answer.err
    assert "A scoping review from raw exports" in answer.out + answer.err


@pytest.mark.parametrize("command", WRONG, ids=" ".join)
def test_wrong_usage_is_told_in_as_many_columns_and_plainly(run: Run, command: tuple[str, ...]):
    wide, narrow = (run(*command, columns=n) for n in (0, NARROW))
    assert (wide.status, narrow.status, narrow.out) == (2, 2, "")
    lines = narrow.err.splitlines()
    assert [line for line in lines if len(line) > NARROW and breakable(line)] == []
    assert words(narrow.err) == words(wide.err)
    assert narrow.err.isascii(), "no frame is drawn around it"
    assert "\x1b" not in narrow.err


def test_the_two_examples_of_screen_are_told_apart(run: Run):
    shown = run("screen", "-h").out.splitlines()
    examples = [n for n, line in enumerate(shown) if line.strip().startswith("Example: ")]
    assert len(examples) == 2
    assert [shown[n].count("scopingreview screen") for n in examples] == [1, 1]


def test_what_programs_read_is_never_broken(folder: Path, run: Run):
    wide, narrow = (run("check", "--format", "junit", "-C", folder, columns=n) for n in (0, NARROW))
    assert wide.out == narrow.out
    assert json.loads(run("status", "--json", "-C", folder, columns=NARROW).out)["title"]


def test_a_terminal_of_forty_columns_is_seen_without_being_told(folder: Path):
    """In a pseudo-terminal, whose width is its own."""
    leading, following = pty.openpty()
    import termios

    termios.tcsetwinsize(following, (10, NARROW))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    process = subprocess.Popen(
        [sys.executable, "-m", "scopingreview", "status", "-C", str(folder)],
        stdin=following,
        stdout=following,
        stderr=following,
        env=environment,
    )
    os.close(following)
    told = b""
    while True:
        try:
            part = os.read(leading, 4096)
        except OSError:
            break
        if not part:
            break
        told += part
    assert process.wait() == 0
    lines = told.decode().replace("\r\n", "\n").split("\n")
    assert "Next:" in told.decode()
    assert [line for line in lines if len(line) > NARROW and breakable(line)] == []


def test_an_indented_line_stays_indented_and_a_long_word_whole():
    assert wrapped("  one two three four", 12) == "  one two\n    three\n    four"
    assert wrapped("a https://example.org/very/long", 10) == "a\n  https://example.org/very/long"
    assert wrapped("left as it is, however long", 0) == "left as it is, however long"


def test_a_command_that_is_copied_from_several_lines_is_one_command():
    line = 'Next: scopingreview limits --title-word "in mice" --preview'
    told = wrapped_command(line, 24)
    assert max(map(len, told.split("\n"))) <= 24
    script = told.removeprefix("Next: scopingreview").strip()
    shown = subprocess.run(
        ["bash", "-c", f"printf '%s|' {script}"], capture_output=True, text=True, check=True
    )
    assert shown.stdout == "limits|--title-word|in mice|--preview|"


def test_a_remark_behind_a_command_is_no_part_of_it():
    told = wrapped_command("Next: scopingreview screen full-text --as ab (12 left)", 30)
    assert told == "Next: scopingreview screen \\\nfull-text --as ab\n(12 left)"


def test_a_table_too_wide_is_told_a_row_at_a_time():
    rows = in_rows(("reviewer", "decided", "left"), [("ab", "12", "30"), ("cd", "", "2")])
    assert rows == ["ab: decided 12, left 30", "cd: left 2"]
