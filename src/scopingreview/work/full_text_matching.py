"""A folder of PDFs matched to the reports that are sought: proposed first, kept when confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scopingreview import exchange, store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Phase, Record, Retrieval, RetrievalStatus, Standing
from scopingreview.model.full_texts import FullText, TextMatch, UnclearText
from scopingreview.paths import FULL_TEXTS, Review, real
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.review.text_places import is_document
from scopingreview.screening.review_state import ReviewState
from scopingreview.store.pdf_text import read_pdfs
from scopingreview.work.full_text import full_text_name
from scopingreview.work.retrieval import record_retrievals

MOST_FILES = 5_000  # PDFs of a folder: more is a library, not what was retrieved


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a folder holds for the review. Nothing of it is written yet.

    `unclear` files are left to a person, `stands_already` are those of reports whose text is there,
    and `missing` the reports that are sought and to which no file was matched.
    """

    folder: Path
    files: int
    matches: tuple[TextMatch, ...]
    unclear: tuple[UnclearText, ...]
    stands_already: tuple[TextMatch, ...]
    missing: tuple[str, ...]


def propose(state: ReviewState, folder: Path, tell: Tell = to_nobody) -> Proposal:
    """Which report each PDF below the folder is the full text of; nothing is written.

    Raises ReviewError when there is no such folder, or none that holds a PDF.
    """
    files = _pdfs(folder)
    sought = state.standing_at(Phase.TITLE_ABSTRACT, Standing.INCLUDED)
    reports = {key: _copies(state, key) for key in sought}
    matches, unclear = exchange.match_full_texts(_told(files, tell), reports)
    there = {
        key for key, step in state.retrievals.items() if step.status is RetrievalStatus.RETRIEVED
    }
    matched = {match.record_id for match in matches}
    return Proposal(
        folder=folder,
        files=len(files),
        matches=tuple(match for match in matches if match.record_id not in there),
        unclear=tuple(unclear),
        stands_already=tuple(match for match in matches if match.record_id in there),
        missing=tuple(key for key in sought if key not in there | matched),
    )


def _pdfs(folder: Path) -> list[Path]:
    if not folder.is_dir():
        what = "this is a file: name the folder it is in" if folder.exists() else "no such folder"
        raise ReviewError(what, where=str(folder))
    files = sorted(
        path
        for path in store.files_below(folder)
        if path.suffix.casefold() == ".pdf" and not path.name.startswith(".")
    )
    if not files or len(files) > MOST_FILES:
        many = f"{len(files):,} PDFs, more than {MOST_FILES:,}" if files else "no PDF"
        raise ReviewError(f"this folder holds {many}", where=str(folder))
    return files


def _told(files: list[Path], tell: Tell) -> Iterable[FullText]:
    for number, text in enumerate(read_pdfs(files), start=1):
        tell(f"{number:,} of {len(files):,} PDFs read")
        yield text
    tell("")


def _copies(state: ReviewState, unique_id: str) -> list[Record]:
    return [state.records[key] for key in state.best_copies.copies(unique_id)]


def keep_matches(
    review: Review, state: ReviewState, proposal: Proposal, *, now: datetime
) -> list[Retrieval]:
    """Each matched file is in the review's folder of full texts, and its report is retrieved.

    A file that is in the review already stays where it is. All lines are written or none; when it
    is killed before, copies lie there that the next run finds again. Raises CombinedError when a
    place is taken by another file.
    """
    _refuse_folder_elsewhere(review)
    places = {match: _place(review, match) for match in proposal.matches}
    taken = [
        ReviewError(f"another file is there already, and {match.file.name} is not it", where=place)
        for match, place in places.items()
        if _is_taken(review.path(place), match.file)
    ]
    raise_problems(taken)
    for match, place in places.items():
        target = review.path(place)
        if not target.exists():
            store.copy_whole(match.file, target)
    steps = [
        Retrieval(now, match.record_id, RetrievalStatus.RETRIEVED, place, "; ".join(match.why))
        for match, place in places.items()
    ]
    return record_retrievals(review, state, steps, placed=True)


def _refuse_folder_elsewhere(review: Review) -> None:
    """Raises ReviewError when full texts would lie outside the review, where none is opened."""
    if not real(review.path(FULL_TEXTS)).is_relative_to(real(review.root)):
        raise ReviewError(
            "this folder is a link that leads out of the review, and nothing there is opened",
            where=FULL_TEXTS,
            hint="Put a folder in its place, or move the review to where the texts are.",
        )


def _place(review: Review, match: TextMatch) -> str:
    if is_document(review, match.file):
        return review.relative(real(match.file))
    return f"{FULL_TEXTS}/{full_text_name(match.record_id)}"


def _is_taken(target: Path, file: Path) -> bool:
    return target.exists() and store.sha256(target) != store.sha256(file)
