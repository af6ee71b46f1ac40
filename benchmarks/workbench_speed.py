"""How fast the workbench is: start to first record, key to next record, memory.

    python benchmarks/workbench_speed.py [--sizes N ...]

Makes invented reviews of that size and opens the workbench on each in a terminal of 80 x 24: with
nothing decided (`fresh`), then with half of the records decided on by two reviewers (`half`), where
it presses `i` thirty times. Start is from the launch of the process until the title of the first
record has been drawn, the fastest and the median of five; a key is from pressing it until the title
of the next record has been drawn, so the append to disk and its fsync are in it. Needs Linux
(/proc) for the memory.

Exit status 0; there is no bound on the time, but a record that is not drawn within a minute ends
in a TimeoutError.
"""

from __future__ import annotations

import contextlib
import os
import pty
import random
import select
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scopingreview import store
from scopingreview.model import Decision, Duplicate, Phase, Record, Verdict
from scopingreview.paths import Review
from scopingreview.stages.new_review import Plan, found_review
from support.harness import SCOPINGREVIEW, add_sizes, installed, machine, options

KEYS_PRESSED = 30
STARTS = 5
WORDS = (
    "nurse burnout hospital stress coping shift care outcome patient model sample survey scale",
    "resilience trial worker health community support training measure interview ward night",
)


def invented_review(
    folder: Path, size: int, *, order: str = "imported", abstracts: Iterable[str] | None = None
) -> Review:
    """A review of that many records, a tenth of them duplicates, none of them decided.

    `abstracts` stand in the place of those of 28 words each in a random order.
    """
    found_review(folder, Plan("Speed", ["pubmed"], ["ab", "cd"], []))
    review = Review(folder)
    protocol = review.path("config/review.toml")
    text = protocol.read_text(encoding="utf-8")
    text = text.replace("[title_abstract]\n", f'[title_abstract]\norder = "{order}"\n')
    text = text.replace("include = []", 'include = ["nurs*", "burnout", "resilience"]')
    protocol.write_text(text, encoding="utf-8")
    records = invented_records(size)
    if abstracts is not None:
        pairs = zip(records, abstracts, strict=True)
        records = (replace(record, abstract=abstract) for record, abstract in pairs)
    store.write_records(review, records)
    links = [
        Duplicate(f"pubmed:{number}", f"pubmed:{number - 1}", "same DOI")
        for number in range(9, size, 10)
    ]
    store.write_duplicates(review, links, [])
    return review


def decide_half(review: Review, size: int) -> None:
    """Two reviewers have decided on the first half of the records."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for reviewer in ("ab", "cd"):
        decisions = [
            Decision(
                begin + timedelta(seconds=number),
                f"pubmed:{number}",
                Phase.TITLE_ABSTRACT,
                Verdict.EXCLUDE,
                reviewer,
                "topic",
            )
            for number in range(size // 2)
        ]
        store.append_decisions(review, decisions)


def invented_records(size: int) -> Iterator[Record]:
    """Records with abstracts of 200 words; the title tells the number."""
    draw = random.Random(size)
    words = " ".join(WORDS).split()
    for number in range(size):
        abstract = "\n".join(
            f"{heading}: {' '.join(draw.choices(words, k=50))}."
            for heading in ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS")
        )
        yield Record(
            f"pubmed:{number}",
            source="pubmed",
            search="pubmed-2026",
            title=title(number),
            authors=("Doe, Jane", "Roe, Richard"),
            year=2000 + number % 25,
            journal="Journal of Invented Results",
            doi=f"10.1234/{number}",
            abstract=abstract,
            keywords=("burnout", "nurses"),
        )


def title(number: int) -> str:
    """The title of the record of that number; no other title begins so."""
    return f"Report {number:06} of nothing"


class Terminal:
    """The workbench in a terminal of its own."""

    def __init__(self, review: Review) -> None:
        self.begun = time.perf_counter()
        self.process, self.end = _launch(review)
        self.drawn = b""

    def wait_for(self, text: str, most: float = 60) -> float:
        """The moment at which the text has been drawn; `most` seconds may nothing be drawn."""
        while text.encode() not in self.drawn:
            ready, _, _ = select.select([self.end], [], [], most)
            if not ready:
                raise TimeoutError(f"nothing was drawn for {most:.0f} s, and no {text}")
            self.drawn += os.read(self.end, 65536)
        self.drawn = b""
        return time.perf_counter()

    def press(self, key: str) -> float:
        """The moment at which the key was pressed."""
        moment = time.perf_counter()
        os.write(self.end, key.encode())
        return moment

    def memory(self) -> float:
        """The most memory it has held, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def processor_seconds(self) -> float:
        """What it has taken of the processors so far."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """The person quits."""
        self.press("q")
        with contextlib.suppress(OSError):  # how a terminal tells that the other end is gone
            while os.read(self.end, 65536):
                pass
        self.process.wait()
        os.close(self.end)


def _launch(review: Review) -> tuple[subprocess.Popen[bytes], int]:
    ours, theirs = pty.openpty()
    size = {"COLUMNS": "80", "LINES": "24", "TERM": "xterm-256color"}
    command = [*SCOPINGREVIEW, "screen", "ta", "--as", "ab"]
    process = subprocess.Popen(
        [*command, "-C", str(review.root)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=installed() | size,
        start_new_session=True,
    )
    os.close(theirs)
    return process, ours


def next_unique(number: int) -> int:
    """The first unique record from that number on: every tenth is a duplicate."""
    return number + 1 if number % 10 == 9 else number


def measure_starts(review: Review, first: int) -> list[float]:
    """The seconds of each start, the fastest first."""
    starts: list[float] = []
    for _ in range(STARTS):
        terminal = Terminal(review)
        starts.append(terminal.wait_for(title(first)) - terminal.begun)
        terminal.close()
    return sorted(starts)


def measure_keys(review: Review, first: int) -> tuple[list[float], float]:
    """The milliseconds from each key to the next record, and the memory at the end in MB."""
    terminal = Terminal(review)
    terminal.wait_for(title(first))
    waits: list[float] = []
    place = first
    for _ in range(KEYS_PRESSED):
        time.sleep(0.1)
        place = next_unique(place + 1)
        pressed = terminal.press("i")
        waits.append(1000 * (terminal.wait_for(title(place)) - pressed))
    memory = terminal.memory()
    terminal.close()
    return waits, memory


def measure(review: Review, size: int) -> str:
    """A line of the table."""
    fresh = measure_starts(review, 0)
    decide_half(review, size)
    first = next_unique(size // 2)
    half = measure_starts(review, first)
    waits, memory = measure_keys(review, first)
    return (
        f"{size:>9,} {fresh[0]:>8.2f} {statistics.median(fresh):>7.2f} {half[0]:>8.2f} "
        f"{statistics.median(half):>7.2f} {statistics.median(waits):>8.0f} {max(waits):>8.0f} "
        f"{memory:>6.0f}"
    )


def main() -> None:
    """The table of all sizes on standard output."""
    parser = options(__doc__)
    add_sizes(parser, 1_000, 10_000, 100_000)
    chosen = parser.parse_args()
    print(machine())
    print("  records  fresh s  median   half s  median   key ms  slowest     MB")
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(invented_review(Path(folder) / "review", size), size), flush=True)


if __name__ == "__main__":
    main()
