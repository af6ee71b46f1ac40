"""A hundred decisions on a real search, typed in a terminal and in Chromium: the same lines.

    python benchmarks/two_screens.py [--terminal-only] [--decisions N] [--shared DIR]

Founds a review of 645 records of five files in DIR/exports, twice, and types the same keys into the
real workbench: in a terminal of 80 x 24 (a pseudo-terminal), and in a browser window (Chromium,
driven by playwright). Among the decisions are exclusions by digit and by question, maybes, a change
of mind that is undone, a comment and labels. Prints the keys and seconds a decision took, from its
first key until its line is on disk, and whether the lines differ in anything but their times.

`--terminal-only` leaves the browser out: `PYTHONPATH=OTHER/src` measures an earlier version so.

Exit status 1 when the lines differ, or data, Chromium or playwright are missing.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from support.harness import SCOPINGREVIEW, existing, machine, needs, options
from support.screens import (
    BrowserScreen,
    Served,
    TerminalScreen,
    browser_windows,
    chromium,
    wait_until,
)
from team_on_a_real_search import SOURCES

WORDS = ("screen", "title-abstract", "--as", "ab")
QUESTIONS = {"e": "Why is it excluded?", "c": "Comment", "t": "Labels"}
# What is typed for each decision in turn; what a question waits for stands behind its key.
ROUND = ("i", "1", "e2", "m", "1", "e\r", "i", "2", "1", "3")
AROUND = {  # before the decision of that number: keys that write a line of their own
    10: ("c", "look at the sample\r"),
    20: ("t", "background, later\r"),
}
UNDONE = 50  # the decision of that number is taken back and given anew


@dataclass
class Typed:
    """What typing came to: the keys and the seconds of each decision."""

    keys: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def found(folder: Path, exports: Path) -> Path:
    """The review with its records imported and linked."""
    sources = [word for name in SOURCES for word in ("--source", name)]
    run("init", str(folder), "--title", "Gambling harms", *sources, "--reviewer", "ab")
    for source, (file, hits) in SOURCES.items():
        export = str(existing(exports / file, "a real export"))
        run("add", export, "--source", source, "--hits", str(hits), "-C", str(folder))
    run("run", "--until", "dedupe", "-C", str(folder))
    return folder


def run(*words: str) -> None:
    """The command, which must succeed."""
    subprocess.run([*SCOPINGREVIEW, *words], check=True, capture_output=True)


def rows(folder: Path) -> list[list[str]]:
    """What is on disk of the person's decisions, without the times."""
    path = folder / "data/screened/title-abstract/ab.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [row[1:] for row in list(csv.reader(lines))[1:]]


def screen_all(screen: TerminalScreen | BrowserScreen, folder: Path, decisions: int) -> Typed:
    """Every decision is typed, each when the line of the one before is on disk."""
    typed = Typed()
    wait_until(lambda: "quit" in screen.drawn, screen)
    for number in range(decisions):
        if number in AROUND:
            type_line(screen, folder, "".join(AROUND[number]))
        begun = time.perf_counter()
        keys = ROUND[number % len(ROUND)]
        type_line(screen, folder, keys)
        typed.seconds.append(time.perf_counter() - begun)
        typed.keys.append(len(keys))
        if number == UNDONE:
            type_line(screen, folder, "u")
            type_line(screen, folder, keys)
    return typed


def type_line(screen: TerminalScreen | BrowserScreen, folder: Path, keys: str) -> None:
    """The keys, the first of which may ask something, until their line is on disk."""
    lines, question = len(rows(folder)), QUESTIONS.get(keys[0], "")
    asked = screen.drawn.count(question)
    screen.press(keys[0])
    if keys[1:]:
        wait_until(lambda: screen.drawn.count(question) > asked, screen)
        screen.press(keys[1:])
    wait_until(lambda: len(rows(folder)) > lines, screen)


def told(where: str, typed: Typed) -> str:
    """A line of the table."""
    keys, seconds = statistics.mean(typed.keys), sorted(typed.seconds)
    return (
        f"{where:<10} {len(seconds):>9} {keys:>14.2f} {statistics.median(seconds):>12.3f} "
        f"{seconds[-1]:>8.3f}"
    )


def main() -> None:
    """The table, and whether both left the same lines."""
    parser = options(__doc__, shared=True)
    parser.add_argument("--terminal-only", action="store_true", help="leave the browser out")
    parser.add_argument("--decisions", type=int, default=100, help="how many (default: 100)")
    chosen = parser.parse_args()
    if not chosen.terminal_only:
        needs("playwright", "textual_serve")
        if not chromium():
            sys.exit("missing: Chromium")
    print(machine())
    print("screen     decisions  keys/decision  s/decision  slowest")
    with tempfile.TemporaryDirectory() as temporary:
        first = found(Path(temporary) / "terminal", chosen.shared / "exports")
        terminal = TerminalScreen(first, *WORDS)
        print(told("terminal", screen_all(terminal, first, chosen.decisions)), flush=True)
        terminal.close()
        if chosen.terminal_only:
            return
        second = found(Path(temporary) / "browser", chosen.shared / "exports")
        served = Served(second, *WORDS)
        with browser_windows([served.address]) as (window,):
            print(told("browser", screen_all(window, second, chosen.decisions)), flush=True)
        served.close()
        if rows(first) != rows(second):
            sys.exit("the lines on disk differ")
        print(f"the same {len(rows(first)):,} lines on disk")


if __name__ == "__main__":
    main()
