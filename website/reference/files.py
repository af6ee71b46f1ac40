"""The page of all tables on disk: every column that the store writes, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from scopingreview import model, paths
from scopingreview.store import charted, corrections, derived, personal, ranks, screened

INTRODUCTION = """# Tables on disk

Made from the columns that the program writes and the types it reads them into, when this page was
built. What the files are for, and who may write them, is told in [Files](../files.md). All are CSV
(RFC 4180), UTF-8, LF, with this header; the columns stand in this order.
"""
NAMES = "`NAME` is a person's"


@dataclass(frozen=True, slots=True)
class TableOnDisk:
    """A table: where it is, its columns, and the value of the model that a row is.

    `also` gives the kind of a column that is no field of that value.
    """

    file: str
    columns: Sequence[str]
    value: type
    says: str
    also: tuple[tuple[str, str], ...] = ()


MOMENT = "a time, UTC: `2023-01-16T08:31:07Z`"
NAME = "a name of the protocol"
LABELS = "texts, joined by `;`"
SLOT = (
    ("field", "the key of a field; in a group `arms.n`"),
    ("row", "of a group, its row: 1, 2 …"),
)


def kind_of(hint: Any) -> str:
    """What a cell holds, in words."""
    if get_origin(hint) in (Union, UnionType):
        one, *_ = (each for each in get_args(hint) if each is not NoneType)
        return f"{kind_of(one)}, or nothing"
    if get_origin(hint) is tuple:
        return LABELS
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return "one of " + ", ".join(f"`{each}`" if each else "nothing" for each in hint)
    words = {datetime: MOMENT, date: "a day: `2023-01-16`", int: "a whole number",
             float: "a number", bool: "`yes` or `no`", str: "text"}  # fmt: skip
    return words[hint]


TABLES = (
    TableOnDisk(paths.RECORDS, derived.RECORD_COLUMNS, model.Record, "the records, as exports say"),
    TableOnDisk(
        paths.DUPLICATES, derived.DUPLICATE_COLUMNS, model.Duplicate, "which record is which other"
    ),
    TableOnDisk(
        paths.POSSIBLE_DUPLICATES,
        derived.POSSIBLE_COLUMNS,
        model.PossibleDuplicate,
        "pairs for people",
    ),
    TableOnDisk(
        f"{paths.SCREENED}/PHASE/NAME.csv",
        screened.DECISION_COLUMNS,
        model.Decision,
        f"decisions; {NAMES}",
    ),
    TableOnDisk(
        f"{paths.SCREENED}/PHASE/{paths.CONSENSUS}.csv",
        screened.CONSENSUS_COLUMNS,
        model.Decision,
        "what adjudicators settled",
    ),
    TableOnDisk(
        f"{paths.JUDGEMENTS}/NAME.csv",
        screened.JUDGEMENT_COLUMNS,
        model.DuplicateJudgement,
        "judgements on duplicates",
        (("same", "`yes`, `no` or `withdrawn`"),),
    ),
    TableOnDisk(
        f"{paths.CORRECTIONS}/NAME.csv",
        corrections.CORRECTION_COLUMNS,
        model.Correction,
        "corrections of records",
        (("step", "`set` or `withdrawn`"),),
    ),
    TableOnDisk(paths.RETRIEVAL, screened.RETRIEVAL_COLUMNS, model.Retrieval, "full texts"),
    TableOnDisk(paths.STUDIES, screened.STUDY_COLUMNS, model.StudyLink, "reports of one study"),
    TableOnDisk(
        paths.EVENTS,
        screened.EVENT_COLUMNS,
        model.Event,
        "what happened to the screening of a phase",
        (("event", kind_of(model.EventKind)),),
    ),
    TableOnDisk(
        paths.ADJUSTMENTS, screened.ADJUSTMENT_COLUMNS, model.Adjustment, "declared exceptions"
    ),
    TableOnDisk(paths.LOOKS, ranks.LOOK_COLUMNS, model.Look, "looks of `stopping`"),
    TableOnDisk(f"{paths.RANKS}/NAME.csv", ranks.RANK_COLUMNS, model.Rank, "where records stood"),
    TableOnDisk(
        f"{paths.READING_TIMES}/NAME.csv",
        screened.READING_COLUMNS,
        model.ReadingTime,
        "how long was read",
    ),
    TableOnDisk(
        f"{paths.DISCUSSION}/NAME.csv", personal.DISCUSSION_COLUMNS, model.DiscussionNote, "threads"
    ),
    TableOnDisk(
        f"{paths.LABELS}/NAME.csv",
        personal.LABEL_COLUMNS,
        model.LabelChange,
        "labels under new names",
    ),
    TableOnDisk(
        f"{paths.OWN_TERMS}/NAME.csv",
        personal.TERM_COLUMNS,
        model.OwnTerm,
        "terms they mark",
        (("marked", "`yes` or `no`"),),
    ),
    TableOnDisk(
        f"{paths.CHARTED}/NAME.csv", charted.CELL_COLUMNS, model.Cell, "charted cells", SLOT
    ),
    TableOnDisk(
        f"{paths.CHARTED}/{paths.CONSENSUS}.csv",
        charted.SETTLED_CELL_COLUMNS,
        model.Cell,
        "cells that adjudicators settled",
        (*SLOT, ("decided_by", NAME)),
    ),
    TableOnDisk(paths.COUNTS, derived.COUNT_COLUMNS, model.Count, "the boxes of the flow diagram"),
)


def files_page() -> str:
    """A table for each table on disk: its columns and what stands in them."""
    parts = [INTRODUCTION]
    for each in TABLES:
        rows = [f"| `{name}` | {kind} |" for name, kind in columns_of(each)]
        table = "\n".join(["| column | holds |", "|---|---|", *rows])
        parts.append(f"## `{each.file}`\n\n{each.says[0].upper()}{each.says[1:]}.\n\n{table}\n")
    return "\n".join(parts)


def columns_of(table: TableOnDisk) -> list[tuple[str, str]]:
    """Each column and what it holds. Raises KeyError for a column that no type explains."""
    hints = get_type_hints(table.value)
    return [(name, dict(table.also).get(name) or kind_of(hints[name])) for name in table.columns]
