"""The only place where a file of a review is named.

`Review` turns the root folder into the paths of everything in it; it opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scopingreview.errors import ReviewError
from scopingreview.model import Phase

PROTOCOL = "config/review.toml"
SEARCHES = "config/searches.toml"
STRATEGIES = "config/searches"
RAW = "data/raw"
SCREENED = "data/screened"
DERIVED = "data/derived"
RESULTS = "results"
CONSENSUS = "consensus"

RECORDS = f"{DERIVED}/records.csv"
RECORD_INDEX = f"{DERIVED}/record_index.json"
DUPLICATES = f"{DERIVED}/duplicates.csv"
POSSIBLE_DUPLICATES = f"{DERIVED}/possible_duplicates.csv"
JUDGEMENTS = f"{SCREENED}/duplicates"
RETRIEVAL = f"{SCREENED}/retrieval.csv"
STUDIES = f"{SCREENED}/studies.csv"
READING_TIMES = f"{SCREENED}/reading-time"
FULL_TEXTS = "data/fulltexts"
LOCKS = f"{DERIVED}/locks"
MADE = f"{DERIVED}/made"
DIGESTS = f"{DERIVED}/digests.json"
EVENTS = f"{SCREENED}/events.csv"
ADJUSTMENTS = f"{SCREENED}/adjustments.csv"
COUNTS = f"{RESULTS}/counts.csv"
EXCHANGE = f"{RESULTS}/prisma2020.csv"
SUMMARY = f"{RESULTS}/summary.md"
EXCLUDED_REPORTS = f"{RESULTS}/excluded_reports"
FIGURE = f"{RESULTS}/flow"
PROVENANCE = f"{RESULTS}/provenance.json"


@dataclass(frozen=True, slots=True)
class Review:
    """The folder that holds one review."""

    root: Path

    def path(self, name: str) -> Path:
        """Where the file of that name (one of this module's constants) stands on this machine."""
        return self.root / name

    def decisions(self, phase: Phase, reviewer: str) -> Path:
        """A reviewer's decisions of one phase; `consensus` is the adjudicators' file."""
        return self.root / SCREENED / phase / f"{reviewer}.csv"

    def judgements(self, reviewer: str) -> Path:
        """A reviewer's word on which records are the same report."""
        return self.root / JUDGEMENTS / f"{reviewer}.csv"

    def reading_times(self, reviewer: str) -> Path:
        """How long each of a reviewer's decisions took, where the protocol asks for it."""
        return self.root / READING_TIMES / f"{reviewer}.csv"

    def lock(self, person: str, task: str) -> Path:
        """The file that a person holds while they are at work on a task."""
        return self.root / LOCKS / f"{task}-{person}.lock"

    def made(self, stage: str) -> Path:
        """What a stage made last, and from what."""
        return self.root / MADE / f"{stage}.json"

    def relative(self, path: Path) -> str:
        """The path as the review's own files spell it: from the root, with forward slashes.

        A link is named where it stands. Raises ReviewError for a path outside the review.
        """
        if path.is_relative_to(self.root) and ".." not in path.parts:
            return path.relative_to(self.root).as_posix()
        try:
            return path.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            raise ReviewError("this file is not in the review", where=str(path)) from None


def find_review(start: Path) -> Review:
    """The review that `start` lies in: the nearest folder upwards with config/review.toml.

    Raises ReviewError when there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / PROTOCOL).is_file():
            return Review(folder)
    raise ReviewError(
        f"no review here: neither this folder nor one above it has {PROTOCOL}",
        where=str(start),
        hint="Begin one with: scopingreview init DIR --title … --source … --reviewer …",
    )
