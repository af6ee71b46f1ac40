"""The review's files read into the value that says where everything in it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from scopingreview import config, store
from scopingreview.config.source_names import renamed_by_hand
from scopingreview.errors import ReviewError, nearest
from scopingreview.model import Phase, Protocol, Record
from scopingreview.paths import PROTOCOL, SEARCHES, Review
from scopingreview.screening.corrected import CorrectedRecords, standing_corrections
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
    ReviewError for records of a source that the protocol does not name.
    """
    protocol = protocol or config.load_protocol(review)
    if records is None:
        read = _under_names_of_today(store.read_records(review), protocol)
        records = {record.record_id: record for record in read}
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
            phase: tuple(as_labelled_now(store.read_decisions(review, phase), labels))
            for phase in Phase
        },
        consensus={
            phase: tuple(as_labelled_now(store.read_consensus(review, phase), labels))
            for phase in Phase
        },
        retrieval_steps=tuple(store.read_retrievals(review)),
        events=tuple(store.read_events(review)),
        looks=tuple(store.read_looks(review)),
        corrections=corrections,
        discussion=tuple(store.read_discussion(review)),
    )


def _under_names_of_today(records: Iterable[Record], protocol: Protocol) -> Iterator[Record]:
    """The records with the names that their sources have now, also before they are imported again.

    Nobody else has to know that a source was called something else.
    """
    today = {old: source.name for source in protocol.sources for old in source.formerly}
    for record in records:
        name = today.get(record.source, record.source)
        yield record if name == record.source else replace(record, source=name)


def _refuse_unknown_sources(record_ids: Iterable[str], protocol: Protocol) -> None:
    """A source's name begins the ids of its records, so ids are enough to look at."""
    found = {record_id.partition(":")[0] for record_id in record_ids}
    known = [source.id_prefix for source in protocol.sources]
    for name in sorted(found.difference(known)):
        raise ReviewError(
            f'records of the source "{name}" are imported, but no [[sources]] has that name',
            where=PROTOCOL,
            hint=f"{nearest(name, known)} {renamed_by_hand(name)} Else put it back, or take its "
            f"searches out of {SEARCHES} and run: scopingreview import",
        )
