"""The only place where a file of a review is named.

`Review` turns the root folder into the paths of everything in it; it opens nothing.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Phase

PROTOCOL = "config/review.toml"
SEARCHES = "config/searches.toml"
STRATEGIES = "config/searches"
KNOWN_ITEMS = "config/known-items.csv"
OWN_ANSWERS = "config/checklists.toml"
WORDING = "config/wording.toml"
RAW = "data/raw"
SCREENED = "data/screened"
CHARTED = "data/charted"
DERIVED = "data/derived"
RESULTS = "results"
CONSENSUS = "consensus"

RECORDS = f"{DERIVED}/records.csv"
RECORD_INDEX = f"{DERIVED}/record_index.json"
DUPLICATES = f"{DERIVED}/duplicates.csv"
POSSIBLE_DUPLICATES = f"{DERIVED}/possible_duplicates.csv"
JUDGEMENTS = f"{SCREENED}/duplicates"
CORRECTIONS = f"{SCREENED}/corrections"
RETRIEVAL = f"{SCREENED}/retrieval.csv"
STUDIES = f"{SCREENED}/studies.csv"
READING_TIMES = f"{SCREENED}/reading-time"
OWN_TERMS = f"{SCREENED}/terms"
LABELS = f"{SCREENED}/labels"
DISCUSSION = f"{SCREENED}/discussion"
TRAINING = f"{SCREENED}/training"
FULL_TEXTS = "data/fulltexts"
LOCKS = f"{DERIVED}/locks"
MADE = f"{DERIVED}/made"
RANKING = f"{DERIVED}/ranking"
DIGESTS = f"{DERIVED}/digests.json"
LOOKS = f"{SCREENED}/looks.csv"
RANKS = f"{SCREENED}/ranks"
EVENTS = f"{SCREENED}/events.csv"
ADJUSTMENTS = f"{SCREENED}/adjustments.csv"
COUNTS = f"{RESULTS}/counts.csv"
EXCHANGE = f"{RESULTS}/prisma2020.csv"
SUMMARY = f"{RESULTS}/summary.md"
EXCLUDED_REPORTS = f"{RESULTS}/excluded_reports"
FIGURE = f"{RESULTS}/flow"
PROVENANCE = f"{RESULTS}/provenance.json"
TABLES = f"{RESULTS}/tables"
FIGURES = f"{RESULTS}/figures"
CHECKLISTS = f"{RESULTS}/checklists"
REPORT = f"{RESULTS}/report.html"
REPORT_DOCX = f"{RESULTS}/report.docx"
REPORT_MARKDOWN = f"{RESULTS}/report.md"
REFERENCES = f"{RESULTS}/references.bib"
PUBLIC_COPY = "public-copy.json"

# Folders that a team may keep elsewhere and link to; one that is lost would look like an empty one.
FOLDERS = (
    *("config", STRATEGIES, "data", RAW, SCREENED, JUDGEMENTS, READING_TIMES, FULL_TEXTS, DERIVED),
    *(RESULTS, CORRECTIONS, *(f"{SCREENED}/{phase}" for phase in Phase)),
)


# What Windows keeps for its devices, whatever follows after a dot.
DEVICES = {
    *("con", "prn", "aux", "nul"),
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}


def names_a_device(name: str) -> bool:
    """Whether no file of that name can be on Windows, where `aux.csv` is a device."""
    return name.partition(".")[0].rstrip(" ").casefold() in DEVICES


def alike(name: str) -> str:
    """One spelling for names that are one file on Windows or macOS."""
    return unicodedata.normalize("NFC", name).casefold()


def real(path: Path) -> Path:
    """Where the path leads, through every link; a link that leads back to itself stays one.

    Unlike `Path.resolve`, which breaks off at such a link.
    """
    return Path(os.path.realpath(path))


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

    def corrections(self, person: str) -> Path:
        """What a person mended of the records."""
        return self.root / CORRECTIONS / f"{person}.csv"

    def charted(self, person: str) -> Path:
        """What a person charted of the included studies; `consensus` is the adjudicators' file."""
        return self.root / CHARTED / f"{person}.csv"

    def reading_times(self, reviewer: str) -> Path:
        """How long each of a reviewer's decisions took, where the protocol asks for it."""
        return self.root / READING_TIMES / f"{reviewer}.csv"

    def ranks(self, reviewer: str) -> Path:
        """Where each record stood that a reviewer decided on, where the protocol asks for it."""
        return self.root / RANKS / f"{reviewer}.csv"

    def ranking_features(self, digest: str) -> Path:
        """What a ranking model reads of the records, by what it was worked out from."""
        return self.root / RANKING / f"{digest}.npz"

    def own_terms(self, person: str) -> Path:
        """The terms that a person marks for themselves."""
        return self.root / OWN_TERMS / f"{person}.csv"

    def labels(self, person: str) -> Path:
        """How a person renamed or dropped labels of theirs."""
        return self.root / LABELS / f"{person}.csv"

    def discussion(self, person: str) -> Path:
        """What a person said about records that were in conflict."""
        return self.root / DISCUSSION / f"{person}.csv"

    def training(self, phase: Phase, person: str) -> Path:
        """A person's decisions of a phase that were made to learn, and count for nothing."""
        return self.root / TRAINING / phase / f"{person}.csv"

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
            return real(path).relative_to(real(self.root)).as_posix()
        except ValueError:
            raise ReviewError("this file is not in the review", where=str(path)) from None


def _lost_links(review: Review, names: Iterable[str]) -> Iterator[ReviewError]:
    for name in names:
        path = review.path(name)
        if path.is_symlink() and not path.exists():
            yield ReviewError(
                f"this link leads nowhere: it points to {path.readlink()}",
                where=name,
                hint="Put what it should lead to in its place; without it nothing there counts.",
            )


def find_review(start: Path) -> Review:
    """The review that `start` lies in: the nearest folder upwards with config/review.toml.

    Raises ReviewError when there is none, and when a folder of it is a link that leads nowhere.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        review = Review(folder)
        if review.path(PROTOCOL).is_file():
            raise_problems([*_lost_links(review, FOLDERS)])
            return review
        raise_problems([*_lost_links(review, ("config", PROTOCOL))])
    raise ReviewError(
        f"no review here: neither this folder nor one above it has {PROTOCOL}",
        where=str(start),
        hint="Begin one with: scopingreview init DIR --title … --source … --reviewer …",
    )
