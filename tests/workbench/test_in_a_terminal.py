"""A reviewer in a real terminal: thirty decisions, five undone, the process killed in between."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from scopingreview.model import Phase
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from tests.charted_reviews import charted_review, lines
from tests.reviews import change_protocol, found_with, record
from tests.workbench.benches import said

SOURCE = Path(__file__).parents[2] / "src"
PATIENCE = 60  # seconds: on a busy machine a start takes a while
DECISIONS = ("i", "1", "m", "e", "2")
QUESTION = "Why is it excluded?"
WORDS = ("include", "exclude topic", "maybe", "exclude", "exclude population")


class Terminal:
    """The workbench in a terminal of 80 x 24, and everything it drew there."""

    def __init__(
        self,
        review: Review,
        *options: str,
        command: tuple[str, ...] = ("screen", "ta"),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.end, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scopingreview", *command, "--as", "ab", *options],
            cwd=review.root,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ
            | {"PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
            | dict(environment or {}),
            start_new_session=True,
            preexec_fn=sit_at_it,
        )
        os.close(theirs)
        self.drawn = ""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):  # how a terminal tells that the other end is gone
            while drawn := os.read(self.end, 65536):
                self.drawn += drawn.decode(errors="replace")

    def press(self, keys: str) -> None:
        os.write(self.end, keys.encode())

    def decide(self, key: str) -> None:
        """The key, and Enter for no reason once an exclusion asks for one."""
        asked = self.drawn.count(QUESTION)
        self.press(key)
        if key == "e":
            wait_until(lambda: self.drawn.count(QUESTION) > asked)
            self.press("\r")

    def wait_until_drawn(self, text: str) -> None:
        wait_until(lambda: text in self.drawn)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        if self.process.poll() is None:
            self.kill()
        os.close(self.end)


def sit_at_it() -> None:
    """The terminal on stdin is that of the process: Ctrl-C there interrupts it.

    A shell that runs the tests in its background has them ignore that; people's does not.
    """
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_until(holds: Callable[[], bool]) -> None:
    """It holds; fails when it does not within the time of one's patience."""
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.01)


@pytest.fixture
def review(tmp_path: Path) -> Review:
    records = [record(f"pubmed:{number}", title=f"Title {number:02}") for number in range(40)]
    review = found_with(tmp_path, records)
    change_protocol(review, "[title_abstract]\n", '[title_abstract]\norder = "imported"\n')
    return review


@pytest.fixture
def sit_down(review: Review) -> Iterator[Callable[..., Terminal]]:
    terminals: list[Terminal] = []

    def open_terminal(*options: str, **environment: str) -> Terminal:
        terminals.append(Terminal(review, *options, environment=environment))
        return terminals[-1]

    yield open_terminal
    for terminal in terminals:
        terminal.close()


def test_killing_the_process_loses_no_decision_and_doubles_none(
    review: Review, sit_down: Callable[..., Terminal]
):
    first = sit_down()
    first.wait_until_drawn("Title 00")
    for number in range(17):
        first.decide(DECISIONS[number % 5])
        wait_until(lambda n=number: len(said(review)) == n + 1)  # type: ignore[misc]
    first.press("mi")
    first.kill()  # while two keys are on their way
    decided = len(said(review))
    assert 17 <= decided <= 19

    second = sit_down()
    second.wait_until_drawn(f"Title {decided:02}")
    for number in range(decided, 30):
        second.decide(DECISIONS[number % 5])
        wait_until(lambda n=number: len(said(review)) == n + 1)  # type: ignore[misc]
    for undone in range(5):
        second.press("u")
        wait_until(lambda n=undone: len(said(review)) == 31 + n)  # type: ignore[misc]
    second.kill()

    decisions = [f"pubmed:{number} {WORDS[number % 5]}" for number in range(30)]
    withdrawn = [f"pubmed:{number} withdrawn" for number in range(29, 24, -1)]
    assert said(review) == decisions + withdrawn
    third = sit_down()
    third.wait_until_drawn("Title 25")
    assert "15 left" in third.drawn
    assert len(load_state(review).owed(Phase.TITLE_ABSTRACT, "ab")) == 15


def test_a_second_session_is_refused_until_the_first_ends_however_it_ends(
    sit_down: Callable[..., Terminal],
):
    first = sit_down()
    first.wait_until_drawn("Title 00")
    second = sit_down()
    second.wait_until_drawn("ab is at work on title-abstract already")
    assert second.process.wait(PATIENCE) == 1
    first.kill()
    sit_down().wait_until_drawn("Title 00")


def test_no_color_takes_every_colour_away_and_keeps_the_marks(
    review: Review, sit_down: Callable[..., Terminal]
):
    change_protocol(review, "include = []", 'include = ["title"]')
    terminal = sit_down(NO_COLOR="1")
    terminal.wait_until_drawn("title-abstract")
    terminal.press("n")
    terminal.wait_until_drawn("01")
    codes = {
        code
        for sequence in terminal.drawn.split("\x1b[")[1:]
        if "m" in sequence and sequence.partition("m")[0].replace(";", "").isdigit()
        for code in sequence.partition("m")[0].split(";")
    }
    assert "4" in codes, "an include term is underlined"
    assert not codes & {*map(str, range(30, 39)), *map(str, range(40, 49)), "90", "91", "92", "96"}


def test_a_dumb_terminal_is_asked_line_by_line(review: Review, sit_down: Callable[..., Terminal]):
    terminal = sit_down(TERM="dumb")
    terminal.wait_until_drawn("[i] include")

    def answered() -> bool:
        # What is typed before the prompt listens is thrown away: nothing tells it from a paste.
        terminal.press("i")
        time.sleep(0.5)
        return bool(said(review))

    wait_until(answered)
    assert said(review)[0] == "pubmed:0 include"
    assert "\x1b" not in terminal.drawn


def test_keys_typed_ahead_at_the_prompt_decide_on_ten_records_in_order(
    review: Review, sit_down: Callable[..., Terminal]
):
    terminal = sit_down("--plain")
    terminal.wait_until_drawn("[i] include")
    terminal.press("imie1i2mie\ri")
    wait_until(lambda: len(said(review)) == 10)
    first = ("include", "maybe", "include", "exclude topic", "include")
    last = ("exclude population", "maybe", "include", "exclude", "include")
    assert said(review) == [f"pubmed:{n} {word}" for n, word in enumerate(first + last)]


def test_ctrl_c_at_the_prompt_stops_and_what_was_decided_stands(
    review: Review, sit_down: Callable[..., Terminal]
):
    terminal = sit_down("--plain")
    terminal.wait_until_drawn("[i] include")
    terminal.press("ime\r")
    wait_until(lambda: terminal.drawn.partition("Title 03")[2].endswith("quit: "))
    terminal.press("\x03")
    assert terminal.process.wait(PATIENCE) == 130
    terminal.wait_until_drawn("quit: \r\n")
    assert said(review) == ["pubmed:0 include", "pubmed:1 maybe", "pubmed:2 exclude"]
    again = sit_down("--plain")
    again.wait_until_drawn("Title 03")


def test_a_question_at_the_prompt_breaks_between_words(sit_down: Callable[..., Terminal]):
    terminal = sit_down("--plain", COLUMNS="40")
    terminal.wait_until_drawn("quit: ")
    (*_, first, last) = terminal.drawn.split("\r\n")
    assert (first, last) == (
        "[i] include [e] exclude [m] maybe [s]",
        "  skip [p] criteria [?] help [q] quit: ",
    )


def test_a_text_pasted_where_a_key_is_asked_for_decides_nothing(
    review: Review, sit_down: Callable[..., Terminal]
):
    """Every letter of it would be a decision."""
    terminal = sit_down("--plain")
    terminal.wait_until_drawn("[i] include")
    assert "\x1b[?2004h" in terminal.drawn, "the terminal is to mark what is pasted"
    terminal.press("i\x1b[200~mie\nimmi 1 2\x1b[201~")
    terminal.wait_until_drawn('"a pasted text" does nothing here.')
    terminal.press("mq")
    assert terminal.process.wait(PATIENCE) == 0
    assert said(review) == ["pubmed:0 include", "pubmed:1 maybe"]
    assert terminal.drawn.rindex("\x1b[?2004l") > terminal.drawn.rindex("\x1b[?2004h")


def test_where_pastes_are_not_marked_what_comes_at_once_is_none_of_the_keys(
    review: Review, sit_down: Callable[..., Terminal]
):
    terminal = sit_down("--plain", TERM="dumb")
    terminal.wait_until_drawn("[i] include")

    def told() -> bool:
        terminal.press("mie\nimmi 1 2")  # dropped without a word where no key is asked for yet
        time.sleep(0.5)
        return terminal.drawn.count('"a pasted text" does nothing here.') > 1

    wait_until(told)
    assert said(review) == []


def test_after_a_refusal_what_was_typed_ahead_is_dropped(
    review: Review, sit_down: Callable[..., Terminal]
):
    """It was meant for the next record; the one that was refused is still on the table."""
    terminal = sit_down("--plain")
    terminal.wait_until_drawn("[i] include")
    path = review.root / "data/screened/title-abstract"
    path.mkdir(parents=True, exist_ok=True)
    (path / "ab.csv").mkdir()  # where nothing can be appended
    terminal.press("iemm")
    wait_until(lambda: "error" in terminal.drawn and terminal.drawn.endswith("quit: "))
    (path / "ab.csv").rmdir()
    terminal.press("u")
    terminal.wait_until_drawn('"u" does nothing here.')
    assert said(review) == []


def test_what_is_pasted_at_the_prompt_in_several_lines_is_one_answer_and_no_keys(
    review: Review, sit_down: Callable[..., Terminal]
):
    """The letters of its second line would include and exclude."""
    terminal = sit_down("--plain")
    terminal.wait_until_drawn("[i] include")
    terminal.press("c")
    terminal.wait_until_drawn("Comment")
    terminal.press("AIMS: none.\nit is: i e m 1 2\nmaybe")
    wait_until(lambda: terminal.drawn.partition("Comment kept.")[2].endswith("quit: "))
    terminal.press("i")
    terminal.wait_until_drawn("Title 01")
    wait_until(lambda: len(said(review)) == 2)
    assert said(review)[-1] == "pubmed:0 include AIMS: none. it is: i e m 1 2 maybe"


def test_a_quote_pasted_in_two_lines_is_no_value_of_the_next_field(tmp_path: Path):
    review = charted_review(tmp_path / "charted")
    terminal = Terminal(review, "--plain", command=("chart",))
    try:
        terminal.wait_until_drawn("blank > ")
        terminal.press("2\n")
        wait_until(lambda: terminal.drawn.count("blank > ") == 2)
        terminal.press(":c whole\n2\n")
        terminal.wait_until_drawn("kept with")
        terminal.press("1\n")
        wait_until(lambda: len(lines(review)) == 3)
    finally:
        terminal.close()
    assert lines(review)[0] == "pubmed:1 level team"
    assert lines(review)[-1] == "pubmed:1 design rct"
    assert "whole 2" in review.path("data/charted/ab.csv").read_text(encoding="utf-8")


def test_killing_the_form_loses_no_value_and_it_goes_on_where_it_was(tmp_path: Path):
    review = charted_review(tmp_path / "charted")
    first = Terminal(review, command=("chart",))
    try:
        first.wait_until_drawn("Level")
        for number, key in enumerate("21", start=1):
            first.press(key)
            wait_until(lambda n=number: len(lines(review)) == n)  # type: ignore[misc]
        first.press(" 2")
        wait_until(lambda: len(lines(review)) == 3)
    finally:
        first.close()
    assert lines(review) == [
        "pubmed:1 level team",
        "pubmed:1 level individual;team",
        "pubmed:1 design case",
    ]
    second = Terminal(review, command=("chart",))
    try:
        second.wait_until_drawn("● Design")
        second.press("4")
        time.sleep(0.5)
        second.press("0\r")
        wait_until(lambda: len(lines(review)) == 4)
    finally:
        second.close()
    assert lines(review)[-1] == "pubmed:1 n 40"
