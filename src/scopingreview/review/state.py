"""The review's files read into the value that says where everything in it stands."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import repeat
from pathlib import Path

from scopingreview import config, store
from scopingreview.config.source_names import renamed_by_hand
from scopingreview.errors import ReviewError, ReviewWarning, nearest, raise_problems
from scopingreview.model import Phase, Protocol, Record
from scopingreview.paths import CHARTED, CONSENSUS, PROTOCOL, SCREENED, SEARCHES, Review
from scopingreview.screening.corrected import CorrectedRecords, standing_corrections
from scopingreview.screening.eligibility import id_prefixes
from scopingreview.screening.labels import as_labelled_now
from scopingreview.screening.review_state import ReviewState


def load_state(
    review: Review,
    protocol: Protocol | None = None,
    *,
    records: Mapping[str, Record] | None = None,
) -> ReviewState:
    """The review as its files have it now.

    `records` may be a store.RecordFile, for whoever reads only a few of them.
    Raises MissingInputError before `import` and `dedupe` have run, CombinedError for bad lines,
    ReviewError for records of a source that the protocol does not name, and for files of people
    under a name that nobody can have.
    """
    protocol = protocol or config.load_protocol(review)
    _refuse_second_copies(review)
    _warn_of_strangers(review, protocol)
    if records is None:
        file = store.RecordFile(review, names_of_today(protocol))
        records = file if file.is_indexed else dict(_read_all(review, protocol))
    corrections = tuple(store.read_corrections(review))
    if standing := standing_corrections(corrections):
        records = CorrectedRecords(records, standing)
    _refuse_unknown_sources(records, protocol)
    labels = store.read_label_changes(review)
    return ReviewState(
        protocol=protocol,
        records=records,
        duplicates=tuple(store.read_duplicates(review)),
        decisions={
            phase: as_labelled_now(store.read_decisions(review, phase), labels) for phase in Phase
        },
        consensus={
            phase: as_labelled_now(store.read_consensus(review, phase), labels) for phase in Phase
        },
        retrieval_steps=tuple(store.read_retrievals(review)),
        events=tuple(store.read_events(review)),
        looks=tuple(store.read_looks(review)),
        corrections=corrections,
        discussion=tuple(store.read_discussion(review)),
    )


def names_of_today(protocol: Protocol) -> dict[str, str]:
    """What sources are called now, by what they were called when their records were imported."""
    return {old: source.name for source in protocol.sources for old in source.formerly}


def _read_all(review: Review, protocol: Protocol) -> Iterator[tuple[str, Record]]:
    """Every record in memory: so whatever is wrong with a file that people changed is told."""
    today = names_of_today(protocol)
    for record in store.read_records(review):
        name = today.get(record.source, record.source)
        yield record.record_id, record if name == record.source else replace(record, source=name)


def _refuse_unknown_sources(record_ids: Iterable[str], protocol: Protocol) -> None:
    """A source's name begins the ids of its records, so ids are enough to look at."""
    known = [source.id_prefix for source in protocol.sources]
    begins = tuple(f"{prefix}:" for prefix in known)
    if all(map(str.startswith, record_ids, repeat(begins))):
        return
    for name in sorted(set(id_prefixes(record_ids)).difference(known)):
        raise ReviewError(
            f'records of the source "{name}" are imported, but no [[sources]] has that name',
            where=PROTOCOL,
            hint=f"{nearest(name, known)} {renamed_by_hand(name)} Else put it back, or take its "
            f"searches out of {SEARCHES} and run: scopingreview import",
        )


def _refuse_second_copies(review: Review) -> None:
    """Every file of people has a name that somebody can have.

    Programs that synchronise folders keep what two machines wrote in two files, the second under
    a name of their own, such as `ab (conflicted copy).csv`: it would count as another person.
    """
    folders = (review.path(SCREENED), review.path(CHARTED))
    files = [path for folder in folders for path in store.files_below(folder)]
    raise_problems(
        [
            _second_copy(path.relative_to(review.root))
            for path in sorted(files)
            if path.suffix == ".csv" and not config.can_name_a_file(path.stem)
        ]
    )


def _second_copy(path: Path) -> ReviewError:
    return ReviewError(
        "this is the file of nobody: a name is lower-case letters, digits, - and _",
        where=str(path),
        hint="If a program that synchronises folders keeps it beside another, put its lines below "
        "those of the other, without the heading, and remove it: lines that stand twice count "
        "once.",
    )


def _warn_of_strangers(review: Review, protocol: Protocol) -> None:
    known = {CONSENSUS, *(person.name for person in protocol.reviewers)}
    for phase in Phase:
        for path in store.files_in(review.path(f"{SCREENED}/{phase}"), ".csv"):
            if path.stem not in known:
                warnings.warn(
                    f'{SCREENED}/{phase}/{path.name}: "{path.stem}" is no reviewer of this review, '
                    "and what stands there counts all the same (scopingreview explain V02)",
                    ReviewWarning,
                    stacklevel=3,
                )
