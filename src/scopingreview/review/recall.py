"""Which of the papers that the team knew the searches have found, and where the others were lost.

A known item is found when any record is one of its copies: by DOI, PMID, or a title that nothing
contradicts. What became of it is that of its report, so that a decision on one copy tells of all.
Blind stays blind: only what is settled is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from scopingreview.errors import ReviewError
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Box, KnownItem, Recalled, Record, Settled, Step
from scopingreview.review.settled import (
    EXCLUDED,
    EXCLUDED_REPORTS,
    REMOVED,
    settled_on,
)
from scopingreview.screening.review_state import ReviewState

if TYPE_CHECKING:
    from scopingreview.exchange import Finder, Said

NOT_RETRIEVED = (Box.NOT_RETRIEVED, Box.OTHER_NOT_RETRIEVED)
UNREAD = (Box.NOT_SCREENED, Box.EXCLUDED_BY_TOOL)
OPEN = (Box.AWAITING, Box.CONFLICTS, Box.OTHER_AWAITING, Box.OTHER_CONFLICTS)


def recall(data: ReviewData, known: Sequence[KnownItem]) -> list[Recalled]:
    """What became of each known item, in their order."""
    if not known:
        return []
    state = data.state
    found = _all_found(state, known)
    settled = dict(settled_on(data, dict.fromkeys(key for key, _ in found if key)))
    copies = _copies(state.canonical, settled)
    return [
        _recalled(item, unique_id, unclear, settled, copies)
        for item, (unique_id, unclear) in zip(known, found, strict=True)
    ]


def found_items(state: ReviewState, known: Sequence[KnownItem]) -> list[str]:
    """The unique records of those known items that a search has found, each once."""
    if not known:
        return []
    return list(dict.fromkeys(key for key, _ in _all_found(state, known) if key))


def _all_found(state: ReviewState, known: Sequence[KnownItem]) -> list[tuple[str, str]]:
    from scopingreview.exchange import Finder, Said  # every format, for whoever knows a paper

    papers = [Said(0, Record("", title=item.title, doi=item.doi, pmid=item.pmid)) for item in known]
    finder = Finder(state.records, state.canonical, papers)
    return [_found(finder, paper) for paper in papers]


def _found(finder: Finder, paper: Said) -> tuple[str, str]:
    """The unique record of the paper, else "" and why none can be named."""
    from scopingreview.exchange import NoRecordError

    try:
        return finder.find(paper), ""
    except NoRecordError:
        return "", ""
    except ReviewError as error:
        return "", error.message


def _copies(canonical: Mapping[str, str], wanted: Mapping[str, Settled]) -> dict[str, list[str]]:
    """All the records of each wanted report, the unique one first."""
    copies = {unique_id: [unique_id] for unique_id in wanted}
    for record_id, unique_id in canonical.items():
        if unique_id in copies and record_id != unique_id:
            copies[unique_id].append(record_id)
    return copies


def _recalled(
    item: KnownItem,
    unique_id: str,
    unclear: str,
    settled: Mapping[str, Settled],
    copies: Mapping[str, list[str]],
) -> Recalled:
    if not unique_id:
        stands = f"unclear: {unclear}" if unclear else "not found by any search"
        return Recalled(item, (), (), Step.SEARCH, stands)
    each = settled[unique_id]
    lost_at, stands = _way(each)
    return Recalled(item, tuple(copies[unique_id]), each.found_in, lost_at, stands)


def _way(settled: Settled) -> tuple[Step, str]:
    """The step that lost the report and where it stands, in words."""
    because = f": {settled.wording or settled.reason}" if settled.reason else ""
    if settled.box in OPEN:
        return Step.NOWHERE, "undecided"
    if settled.box in REMOVED:
        return Step.LIMITS, f"removed before screening{because}"
    if settled.box in UNREAD:
        return Step.TITLE_ABSTRACT, "left unread by the stopping rule"
    if settled.box in EXCLUDED:
        return Step.TITLE_ABSTRACT, f"excluded by title and abstract{because}"
    if settled.box in NOT_RETRIEVED:
        return Step.RETRIEVAL, "its full text was not retrieved"
    if settled.box in EXCLUDED_REPORTS:
        return Step.FULL_TEXT, f"excluded by full text{because}"
    return Step.NOWHERE, "included"
