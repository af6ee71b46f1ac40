"""Which records are screened by title and abstract: the lane of their source, and the limits.

The main lane holds databases and registers, the other lane everything else, unless the protocol
runs all through the main lane. A limit removes a record before anybody screens it; a record that
lacks what a limit asks about is never removed by it: missing is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

from scopingreview.model import Limits, OtherMethods, Protocol, Record, SourceKind

MAIN_KINDS = (SourceKind.DATABASE, SourceKind.REGISTER)


class Lane(StrEnum):
    """A way into the review, and a column of the diagram."""

    MAIN = "databases and registers"
    OTHER = "other methods"


def source_lanes(protocol: Protocol) -> dict[str, Lane]:
    """The lane of every source, by name."""
    one_lane = protocol.flow.other_methods is OtherMethods.MAIN_LANE
    return {
        source.name: Lane.MAIN if one_lane or source.kind in MAIN_KINDS else Lane.OTHER
        for source in protocol.sources
    }


def broken_limit(record: Record, limits: Limits) -> str:
    """The name of the first limit that removes the record, or "" when none does."""
    return next((name for name, breaks in LIMITS.items() if breaks(record, limits)), "")


def _too_early(record: Record, limits: Limits) -> bool:
    first = limits.first_year
    return first is not None and record.year is not None and record.year < first


def _too_late(record: Record, limits: Limits) -> bool:
    last = limits.last_year
    return last is not None and record.year is not None and record.year > last


def _other_language(record: Record, limits: Limits) -> bool:
    wanted = {language.casefold() for language in limits.languages}
    written = {word.strip().casefold() for word in re.split("[;,/]", record.language)} - {""}
    return bool(wanted and written) and not written & wanted


def _excluded_type(record: Record, limits: Limits) -> bool:
    return record.type.casefold() in {name.casefold() for name in limits.excluded_types}


def _retracted(record: Record, limits: Limits) -> bool:
    return limits.retracted and record.type.casefold() == "retraction"


def _empty(record: Record, limits: Limits) -> bool:
    return limits.empty and not record.title.strip() and not record.abstract.strip()


LIMITS: dict[str, Callable[[Record, Limits], bool]] = {
    "published too early": _too_early,
    "published too late": _too_late,
    "language": _other_language,
    "publication type": _excluded_type,
    "retracted": _retracted,
    "no title and no abstract": _empty,
}
