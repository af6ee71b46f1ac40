"""What benchmarks measured as tables: a row for each work and size, and how each work grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from support.harness import Cost, machine

# Seconds by the clock on two idle cores, by size; what is not named has no bound.
BOUNDS: dict[tuple[str, int], float] = {
    ("status", 100_000): 0.8,
    ("count", 100_000): 1.5,
    ("draw, one SVG", 100_000): 1.0,
    ("draw, SVG, PDF and PNG", 100_000): 2.0,
    ("check", 100_000): 3.0,
    ("first record", 100_000): 1.0,
    ("screen --record", 100_000): 0.5,
    ("count", 1_000_000): 12.0,
    ("first record", 1_000_000): 5.0,
    ("--help", 0): 0.2,
    ("status", 200): 0.4,
    ("30 reviewers' decisions read", 3_000_000): 2.0,
}
# What an import may take of the seconds of its peer for the same bytes. The wheel for one platform
# has to keep to it, from a size on at which starting counts for little.
COMPILED_IMPORT = "import of RIS, compiled"
OF_PEERS_CLOCK, OF_PEERS_CPU = 0.6, 1.0
FROM_RECORDS = 100_000
# What a laptop has to spare, whatever is done with so many records.
MEMORY_MB, MEMORY_FROM = 1_500, 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `peer` is None where there is nothing beside us.

    `size` is how many records were asked for, `records` how many there were, where they differ.
    """

    work: str
    size: int
    ours: Cost
    peer: Cost | None = None
    peer_name: str = ""
    records: int = 0

    @property
    def seconds_bound(self) -> float | None:
        """The seconds it may take, None for any."""
        if self._peer_that_bounds:
            return OF_PEERS_CLOCK * self._peer_that_bounds.wall_seconds
        return BOUNDS.get((self.work, self.size))

    @property
    def cpu_bound(self) -> float | None:
        """The seconds of the processors it may take, None for any."""
        peer = self._peer_that_bounds
        return OF_PEERS_CPU * peer.cpu_seconds if peer else None

    @property
    def _peer_that_bounds(self) -> Cost | None:
        counts = self.work == COMPILED_IMPORT and self.size >= FROM_RECORDS
        return self.peer if counts else None

    @property
    def memory_bound(self) -> int | None:
        """The megabytes it may take, None for any."""
        return MEMORY_MB if self.size >= MEMORY_FROM else None

    def misses(self) -> Iterator[str]:
        """What it took more of than it may."""
        if self.seconds_bound is not None and self.ours.wall_seconds > self.seconds_bound:
            yield f"longer than its bound: {self.work}, {self.size:,}"
        if self.cpu_bound is not None and self.ours.cpu_seconds > self.cpu_bound:
            yield f"more of the processors than its bound: {self.work}, {self.size:,}"
        if self.memory_bound is not None and self.ours.peak_megabytes > self.memory_bound:
            yield f"more memory than its bound: {self.work}, {self.size:,}"

    def cells(self) -> list[str]:
        """As the table has them."""
        records = self.records or self.size
        ratio = f"{self.ours.cpu_seconds / self.peer.cpu_seconds:.2f}" if self.peer else ""
        return [
            self.work,
            f"{records:,}" if records else "",
            *_spelled(self.ours),
            self.peer_name,
            *(_spelled(self.peer) if self.peer else ("", "", "")),
            ratio,
            "" if self.seconds_bound is None else f"{self.seconds_bound:.2f}",
            "" if self.cpu_bound is None else f"{self.cpu_bound:.2f}",
            "" if self.memory_bound is None else f"{self.memory_bound:,}",
        ]


def _spelled(cost: Cost) -> tuple[str, str, str]:
    return f"{cost.wall_seconds:.2f}", f"{cost.cpu_seconds:.2f}", f"{cost.peak_megabytes:,.0f}"


HEADER = (
    *("work", "size", "ours s", "CPU s", "MB"),
    *("peer", "peer s", "CPU s", "MB", "CPU, ours ÷ peer", "bound s", "bound CPU s", "bound MB"),
)


def line(cells: Sequence[str]) -> str:
    """The cells as a line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def growth(rows: Sequence[Row], sizes: Sequence[int]) -> list[str]:
    """The lines of a table of each work by size: seconds by the clock, and megabytes."""
    costs: dict[str, dict[int, Cost]] = {}
    for row in rows:
        if row.size in sizes:
            costs.setdefault(row.work, {})[row.size] = row.ours
    return [
        line(["seconds, MB", *(f"{size:,}" for size in sizes)]),
        line(["---", *["--:"] * len(sizes)]),
        *(
            line([work, *(_short(found.get(size)) for size in sizes)])
            for work, found in costs.items()
        ),
    ]


def _short(cost: Cost | None) -> str:
    if cost is None:
        return ""
    digits = 0 if cost.wall_seconds >= 10 else 1
    return f"{cost.wall_seconds:,.{digits}f} s, {cost.peak_megabytes:,.0f}"


def page(rows: Sequence[Row], sizes: Sequence[int]) -> str:
    """The page of all figures, in Markdown."""
    return "\n".join(
        [
            "# Speed, memory and bounds",
            "",
            f"By `benchmarks/all.py`, {machine()}. Seconds by the clock and of the processors,",
            "the least of several runs; bounds are by the clock on two idle cores. From a million",
            f"records on nothing may take more than {MEMORY_MB:,} MB.",
            "",
            line(HEADER),
            line(["---", *["--:"] * 4, "---", *["--:"] * 7]),
            *(line(row.cells()) for row in rows),
            "",
            "## How each grows with the records",
            "",
            *growth(rows, sizes),
            "",
        ]
    )
