"""The limits of the protocol as rules: which record one of them removes, before screening.

A record that lacks what a rule asks about is never removed by it: missing is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from scopingreview.model import Limits, Record


def broken_limit(record: Record, limits: Limits) -> str:
    """The name of the first limit that removes the record, or "" when none does."""
    return next((name for name, breaks in RULES.items() if breaks(record, limits)), "")


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


RULES: dict[str, Callable[[Record, Limits], bool]] = {
    "published too early": _too_early,
    "published too late": _too_late,
    "language": _other_language,
    "publication type": _excluded_type,
    "retracted": _retracted,
    "no title and no abstract": _empty,
}
