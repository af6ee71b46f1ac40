"""The machine chain: what each stage reads and writes, and whether that is up to date.

The same table stands in the Makefile of every review; a test holds the two together. What a
stage does is in the module of its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scopingreview import paths
from scopingreview.paths import Review


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage; `reads` and `writes` are paths in the review, reads may be patterns.

    A pattern that matches nothing is fine (nobody has decided yet); so is a missing
    adjustments file.
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]


STAGES = (
    Stage(
        name="import",
        reads=(paths.PROTOCOL, paths.SEARCHES, f"{paths.RAW}/*/*"),
        writes=(paths.RECORDS,),
    ),
    Stage(
        name="dedupe",
        reads=(paths.PROTOCOL, paths.RECORDS, f"{paths.JUDGEMENTS}/*.csv"),
        writes=(paths.DUPLICATES, paths.POSSIBLE_DUPLICATES),
    ),
    Stage(
        name="count",
        reads=(
            paths.PROTOCOL,
            paths.SEARCHES,
            paths.RECORDS,
            paths.DUPLICATES,
            f"{paths.SCREENED}/title-abstract/*.csv",
            f"{paths.SCREENED}/full-text/*.csv",
            f"{paths.SCREENED}/*.csv",
        ),
        writes=(paths.COUNTS, paths.EXCHANGE, paths.SUMMARY),
    ),
    Stage(
        name="draw",
        reads=(paths.PROTOCOL, paths.COUNTS),
        writes=(f"{paths.FIGURE}.svg", f"{paths.FIGURE}.pdf", f"{paths.FIGURE}.png"),
    ),
)


def is_current(review: Review, stage: Stage) -> bool:
    """Whether everything the stage writes is there and none of what it reads is newer."""
    written = [review.path(name) for name in stage.writes]
    if not all(path.is_file() for path in written):
        return False
    oldest = min(path.stat().st_mtime_ns for path in written)
    return all(path.stat().st_mtime_ns <= oldest for path in _files_read(review, stage))


def _files_read(review: Review, stage: Stage) -> Iterator[Path]:
    for pattern in stage.reads:
        yield from (path for path in review.root.glob(pattern) if path.is_file())
