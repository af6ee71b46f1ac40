"""The dedupe stage: records and people's judgements in, links out; and why a link is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from scopingreview import config, store
from scopingreview.chain import BY_NAME
from scopingreview.cores import usable_cores
from scopingreview.errors import CombinedError, ReviewError, nearest
from scopingreview.model import LIST_MARK, Compared
from scopingreview.paths import Review
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.review.corrected import corrected_records
from scopingreview.review.public_checks import refuse_in_public_copy
from scopingreview.screening.corrected import standing_corrections
from scopingreview.stages.making import making

if TYPE_CHECKING:
    from scopingreview.dedupe import Explanation
    from scopingreview.store.table import Row

_CELLS = itemgetter(*map(store.RECORD_COLUMNS.index, Compared._fields))
_AUTHORS, _YEAR = map(Compared._fields.index, ("authors", "year"))


@dataclass(frozen=True, slots=True)
class DedupeReport:
    """What deduplication did, in numbers.

    `removed` counts the duplicates by the source they came from, `pairs` by that source, then by
    the source of the record kept, `rules` by the rule that linked them.
    """

    records: int
    unique: int
    groups: int
    possible: int
    removed: Mapping[str, int]
    pairs: Mapping[str, Mapping[str, int]]
    rules: Mapping[str, int]
    contradictions: tuple[str, ...]


def run_dedupe(review: Review, tell: Tell = to_nobody) -> DedupeReport:
    """data/derived says which records are one report, and which pairs people should look at.

    Raises MissingInputError before `import` has run.
    """
    refuse_in_public_copy(review, "nothing can be deduplicated anew")
    from scopingreview.dedupe import link  # numpy and rapidfuzz wait until now

    with making(review, BY_NAME["dedupe"]):
        protocol = config.load_protocol(review)
        make = partial(_compared, corrected=_corrected_cells(review))
        links = link(
            *store.records_in_chunks(review, usable_cores(), make),
            judgements=store.read_judgements(review),
            policy=protocol.dedupe,
            trust=[each for source in protocol.sources for each in (source.name, *source.formerly)],
            tell=tell,
        )
        store.write_duplicates(review, links.duplicates, links.possible)
    pairs: dict[str, dict[str, int]] = {}
    for (source, kept), times in links.removed.items():
        pairs.setdefault(source, {})[kept] = times
    return DedupeReport(
        records=links.records,
        unique=links.records - len(links.duplicates),
        groups=len({link.duplicate_of for link in links.duplicates}),
        possible=len(links.possible),
        removed={source: sum(times.values()) for source, times in pairs.items()},
        pairs=pairs,
        rules=links.by_rule,
        contradictions=links.contradictions,
    )


def _corrected_cells(review: Review) -> dict[str, list[tuple[int, str]]]:
    """What people mended of the records: the column of records.csv and what it should say."""
    standing = standing_corrections(store.read_corrections(review))
    return {
        record_id: [
            (store.RECORD_COLUMNS.index(field), each.value or "") for field, each in fields.items()
        ]
        for record_id, fields in standing.items()
    }


def _compared(row: Row, corrected: Mapping[str, list[tuple[int, str]]]) -> Compared:
    """What comparison reads of a row of records.csv, with its corrections."""
    for column, text in corrected.get(row[0], ()):
        row[column] = text
    cells: list[Any] = list(_CELLS(row))
    cells[_AUTHORS] = cells[_AUTHORS].split(LIST_MARK) if cells[_AUTHORS] else ()
    cells[_YEAR] = int(cells[_YEAR]) if cells[_YEAR] else None
    return Compared._make(cells)


def explain_pair(review: Review, record_id: str, other_id: str) -> Explanation:
    """Why the two records are one report, or are not.

    Raises CombinedError when one of them is unknown.
    """
    from scopingreview.dedupe import explain

    protocol = config.load_protocol(review)
    records = list(corrected_records(review))
    known = {record.record_id for record in records}
    problems = [
        ReviewError(f'no record "{each}"', hint=nearest(each, known))
        for each in (record_id, other_id)
        if each not in known
    ]
    if problems:
        raise CombinedError(problems)
    return explain(
        records,
        (record_id, other_id),
        judgements=store.read_judgements(review),
        policy=protocol.dedupe,
        trust=[each for source in protocol.sources for each in (source.name, *source.formerly)],
    )
