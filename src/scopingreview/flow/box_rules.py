"""One rule per box: which units are in it, and under which item. Rules know no other box.

A rule returns the item a unit counts under, "" when the box has no items for it, and None when
the unit is not in the box. Records that are no units (duplicates, sources) are placed
by `members`.
"""

from __future__ import annotations

from collections.abc import Callable

from scopingreview.flow.units import STOPPING_RULE, Unit
from scopingreview.model import Box, Outcome, Phase, RetrievalStatus, Standing

RETRIEVAL = "retrieval"
DECIDED = (Standing.INCLUDED, Standing.EXCLUDED)


def _ineligible(unit: Unit) -> str | None:
    return unit.removed_by if unit.removed_by and unit.by_automation else None


def _removed_other(unit: Unit) -> str | None:
    return unit.removed_by if unit.removed_by and not unit.by_automation else None


def _not_screened(unit: Unit) -> str | None:
    return STOPPING_RULE if unit.unread else None


def _screened(unit: Unit) -> str | None:
    return "" if unit.title_abstract.standing in DECIDED and not unit.extra else None


def _excluded(unit: Unit) -> str | None:
    return _reason_of(unit.title_abstract)


def _excluded_by_tool(unit: Unit) -> str | None:
    excluded = unit.title_abstract.standing is Standing.EXCLUDED
    return "" if excluded and unit.by_automation else None


def _sought(unit: Unit) -> str | None:
    return "" if _is_sought(unit) else None


def _not_retrieved(unit: Unit) -> str | None:
    return "" if unit.retrieval is RetrievalStatus.NOT_RETRIEVED and _is_sought(unit) else None


def _assessed(unit: Unit) -> str | None:
    return "" if unit.full_text.standing in DECIDED else None


def _reports_excluded(unit: Unit) -> str | None:
    return _reason_of(unit.full_text)


def _included_reports(unit: Unit) -> str | None:
    included = unit.full_text.standing is Standing.INCLUDED
    return "" if included and not unit.of_previous_study else None


def _new_reports_of_previous(unit: Unit) -> str | None:
    included = unit.full_text.standing is Standing.INCLUDED
    return "" if included and unit.of_previous_study else None


def _extra_reports(unit: Unit) -> str | None:
    return "" if unit.extra else None


def _awaiting(unit: Unit) -> str | None:
    if unit.title_abstract.standing is Standing.AWAITING:
        return None if unit.removed_by or unit.unread else Phase.TITLE_ABSTRACT
    if not _is_sought(unit) or unit.retrieval is RetrievalStatus.NOT_RETRIEVED:
        return None
    if not unit.is_retrieved:
        return RETRIEVAL
    return Phase.FULL_TEXT if unit.full_text.standing is Standing.AWAITING else None


def _conflicts(unit: Unit) -> str | None:
    if unit.title_abstract.standing is Standing.IN_CONFLICT:
        return Phase.TITLE_ABSTRACT
    return Phase.FULL_TEXT if unit.full_text.standing is Standing.IN_CONFLICT else None


def _is_sought(unit: Unit) -> bool:
    return unit.title_abstract.standing is Standing.INCLUDED


def _reason_of(outcome: Outcome) -> str | None:
    return outcome.reason if outcome.standing is Standing.EXCLUDED else None


RULES: dict[Box, Callable[[Unit], str | None]] = {
    Box.INELIGIBLE: _ineligible,
    Box.REMOVED_OTHER: _removed_other,
    Box.NOT_SCREENED: _not_screened,
    Box.SCREENED: _screened,
    Box.EXCLUDED: _excluded,
    Box.EXCLUDED_BY_TOOL: _excluded_by_tool,
    Box.SOUGHT: _sought,
    Box.NOT_RETRIEVED: _not_retrieved,
    Box.ASSESSED: _assessed,
    Box.REPORTS_EXCLUDED: _reports_excluded,
    Box.INCLUDED_REPORTS: _included_reports,
    Box.NEW_REPORTS_OF_PREVIOUS: _new_reports_of_previous,
    Box.EXTRA_REPORTS: _extra_reports,
    Box.AWAITING: _awaiting,
    Box.CONFLICTS: _conflicts,
}
# Boxes of the main lane and what the other lane has in their place.
OTHER_LANE: dict[Box, Box] = {
    Box.DUPLICATES: Box.OTHER_DUPLICATES,
    Box.INELIGIBLE: Box.OTHER_REMOVED,
    Box.REMOVED_OTHER: Box.OTHER_REMOVED,
    Box.EXCLUDED: Box.OTHER_EXCLUDED,
    Box.SOUGHT: Box.OTHER_SOUGHT,
    Box.NOT_RETRIEVED: Box.OTHER_NOT_RETRIEVED,
    Box.ASSESSED: Box.OTHER_ASSESSED,
    Box.REPORTS_EXCLUDED: Box.OTHER_REPORTS_EXCLUDED,
    Box.EXTRA_REPORTS: Box.OTHER_EXTRA_REPORTS,
    Box.AWAITING: Box.OTHER_AWAITING,
    Box.CONFLICTS: Box.OTHER_CONFLICTS,
}
# The official template knows no such box in the other lane.
MAIN_LANE_ONLY = frozenset({Box.NOT_SCREENED, Box.SCREENED, Box.EXCLUDED_BY_TOOL})


def box_in_lane(box: Box, other_lane: bool) -> Box | None:
    """The box that stands for `box` in a lane; None when that lane has none."""
    if not other_lane:
        return box
    return None if box in MAIN_LANE_ONLY else OTHER_LANE.get(box, box)
