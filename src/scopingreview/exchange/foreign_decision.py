"""What one row of somebody's file says of one record, before it is known which record it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scopingreview.model import Phase, Record, Verdict


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says.

    `record` is what the row tells of the record; `record_ids` are ids of ours that it names.
    `verdicts` are by the name of whoever decided in the other tool, "" where it names nobody;
    empty when nobody has. `reasons` are in the file's own words, which may belong to any of
    those who decided. `note` is for whoever decided, `notes` are theirs by name. `by_phase` is what
    a tool says that keeps one standing for all phases. `key` is the record's id over there.
    `unclear` is a verdict in a word that is none.
    """

    line: int
    record: Record
    record_ids: tuple[str, ...] = ()
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    by_phase: Mapping[Phase, Verdict] = field(default_factory=dict)
    key: str = ""
    unclear: str = ""
