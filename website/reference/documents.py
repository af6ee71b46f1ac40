"""What each command prints with `--json`: the types of its document, and JSON Schema made of them.

The types are those of the program; a test holds the documents of real runs against the schemas, so
that a key which comes or goes shows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypedDict, Union, get_args, get_origin, get_type_hints, is_typeddict

from scopingreview import JSON_SCHEMA, model
from scopingreview.charting.field_agreement import FieldAgreement
from scopingreview.checklists.answered import AnswerState
from scopingreview.cli.simulate import Simulated
from scopingreview.dedupe import Explanation as PairExplanation
from scopingreview.errors import ReviewError
from scopingreview.exchange import OutFormat
from scopingreview.report.codes import Explanation
from scopingreview.review.agreement_by_round import RoundAgreement
from scopingreview.review.ai_use import AiUse
from scopingreview.review.blinding import ShownVote
from scopingreview.review.doubled_encoding import Suggestion
from scopingreview.review.progress import Progress
from scopingreview.review.stopping import StoppingView
from scopingreview.review.surroundings import Look
from scopingreview.review.trace import Trace
from scopingreview.screening.discussion import Remark
from scopingreview.screening.limit_effects import LimitEffect
from scopingreview.stages.adding import AddedExport
from scopingreview.stages.deduping import DedupeReport
from scopingreview.stages.importing import ImportReport
from scopingreview.stages.running import StageRun
from scopingreview.tables.paper_table import Cell
from scopingreview.work.import_decisions import Found
from scopingreview.work.repair import Repair
from scopingreview.work.team import TeamChange

TEXTS = list[str]
ROWS = list[dict[str, Cell]]


class TableData(TypedDict):
    """A table of the paper; a row's keys are those of its columns."""

    name: str
    title: str
    rows: list[dict[str, Cell]]
    notes: list[str]


class FigureData(TypedDict):
    """A figure in words."""

    name: str
    caption: str
    alternative: str


class ItemData(TypedDict):
    """An item of a guideline, how far it is answered, and where; the last three are people's."""

    number: str
    section: str
    topic: str
    asks: str
    optional: bool
    state: AnswerState
    answer: str
    places: list[str]
    where: str
    words: str
    not_applicable: str


class ChecklistData(TypedDict):
    """A reporting guideline, answered."""

    name: str
    title: str
    version: str
    citation: str
    items: list[ItemData]


class SourceData(TypedDict):
    """A source, and how much is from it."""

    name: str
    label: str
    kind: model.SourceKind
    ids_begin_with: str
    searches: int
    records: int


class ReviewerData(TypedDict):
    """A reviewer in a phase; `gone` says why they screen no more."""

    name: str
    full_name: str
    phase: model.Phase
    screens: bool
    gone: str


class DifferenceData(TypedDict):
    """A file that is not what the data give, and the lines that differ."""

    file: str
    lines: list[str]


def _written(value: type) -> dict[str, Any]:
    return {"written": list[value], "stood_already": int}  # type: ignore[valid-type]


# By command, and by command and option where that prints another document.
DOCUMENTS: dict[str, Any] = {
    "init": {"review": str, "files": TEXTS},
    "add": {"search": model.Search, "added": list[AddedExport]},
    "import": ImportReport,
    "dedupe": DedupeReport,
    "dedupe --explain": PairExplanation,
    "screen": _written(model.Decision),
    "screen, without a decision": {"phase": model.Phase, "waiting": TEXTS},
    "conflicts": _written(model.Decision),
    "retrieve": _written(model.Retrieval),
    "retrieve, without a record": {"to_retrieve": TEXTS},
    "correct": _written(model.Correction),
    "correct, without a field": {"corrections": list[model.Correction]},
    "correct --suggest": {"suggestions": list[Suggestion]},
    "link": _written(model.StudyLink),
    "unlink": _written(model.StudyLink),
    "chart": _written(model.Cell),
    "count": {
        "counts": list[model.Count],
        "findings": list[model.Finding],
        "open": dict[str, int],
        "source_yield": ROWS,
    },
    "count --check": {"differences": list[DifferenceData]},
    "draw": {"files": TEXTS},
    "tables": {"files": TEXTS, "tables": list[TableData]},
    "figures": {"files": TEXTS, "figures": list[FigureData]},
    "checklists": {"files": TEXTS, "checklists": list[ChecklistData]},
    "checklists NAME": {"checklists": list[ChecklistData]},
    "report": {"files": TEXTS, "bytes": int},
    "status": Progress,
    "run": {"stages": list[StageRun], "next_step": str},
    "check": {"findings": list[model.Finding]},
    "repair": Repair,
    "doctor": {"looks": list[Look]},
    "explain": Explanation,
    "trace": Trace,
    "numbers": {"changed": TEXTS},
    "pilot": {
        "phase": model.Phase,
        "locked": bool,
        "rounds": list[dict[str, Any]],
        "overridden": model.Event | None,
    },
    "discuss": {"phase": model.Phase, "threads": dict[str, list[Remark]]},
    "agreement": {"rounds": list[RoundAgreement]},
    "agreement charting": {"fields": list[FieldAgreement]},
    "criteria": {
        "version": str,
        "question": str,
        "question_parts": dict[str, str],
        "criteria": TEXTS,
        "exclusion_reasons": dict[str, str],
        "amendments": list[model.Event],
        "made_under_other_criteria": int,
        "again": TEXTS,
    },
    "source": {"sources": list[SourceData]},
    "stopping": {"view": StoppingView, "is_met": bool, "drawn": model.Event | None},
    "simulate": {"records": int, "runs": list[Simulated]},
    "ai-use": {"use": AiUse, "statement": str},
    "limits": {"limits": list[LimitEffect]},
    "reviewer": {
        "events": list[model.Event],
        "changes": list[TeamChange],
        "charting_owed": dict[str, tuple[int, int]],
    },
    "reviewer, without a word": {"reviewers": list[ReviewerData]},
    "send-back": {"event": model.Event},
    "rescreen": {"event": model.Event, "round": int},
    "unblind": {"votes": dict[str, list[ShownVote]]},
    "export": {"file": str, "format": OutFormat, "records": int},
    "import-decisions": {"written": list[model.Decision], "changed": int, "found": Found},
}

SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    object: {},
    Any: {},
    Path: {"type": "string", "description": "a path"},
    datetime: {"type": "string", "description": "a time, UTC, such as `2026-11-26 09:30:00+00:00`"},
    date: {"type": "string", "description": "a day, such as `2026-11-26`"},
}
PROBLEM = {"where": str, "line": int, "message": str, "hint": str}
LISTS = (list, tuple, set, frozenset, Sequence, Set)


def schema_of(name: str, *, closed: bool = False) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document; when `closed`, of no key but those of today.

    A reader is promised that keys stay, not that none is added.
    """
    kinds: dict[str, dict[str, Any]] = {}
    document = _object(fields_of(DOCUMENTS[name]), kinds, closed=closed)
    document["properties"] = {"schema": {"const": JSON_SCHEMA}, **document["properties"]}
    document["required"] = ["schema", *document["required"]]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"scopingreview {name} --json",
    }
    return {**head, **document, **({"$defs": kinds} if kinds else {})}


def fields_of(document: Any) -> Mapping[str, Any]:
    """The keys of the document and their types."""
    return document if isinstance(document, Mapping) else _fields_of_value(document)


def _fields_of_value(value: type) -> dict[str, Any]:
    hints = get_type_hints(value)
    if is_typeddict(value):
        return hints
    return {field.name: hints[field.name] for field in dataclasses.fields(value)}


def _object(
    fields: Mapping[str, Any], kinds: dict[str, dict[str, Any]], *, closed: bool
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "object",
        "properties": {key: _schema(kind, kinds, closed=closed) for key, kind in fields.items()},
        "required": list(fields),
    }
    return {**made, "additionalProperties": False} if closed else made


def _schema(kind: Any, kinds: dict[str, dict[str, Any]], *, closed: bool) -> dict[str, Any]:
    """What a value of the type is in JSON, as `--json` writes it. Raises KeyError for others."""

    def inside(each: Any) -> dict[str, Any]:
        return _schema(each, kinds, closed=closed)

    origin, parts = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, UnionType):
        return {"anyOf": [inside(each) for each in parts]}
    if origin in (dict, Mapping) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return {"type": "object", "additionalProperties": inside(parts[1]) if parts else {}}
    if origin is tuple and parts and parts[-1] is not Ellipsis:
        return {"type": "array", "prefixItems": [inside(each) for each in parts], "items": False}
    if origin in LISTS:
        return {"type": "array", **({"items": inside(parts[0])} if parts else {})}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [each.value for each in kind]}
    if isinstance(kind, type) and issubclass(kind, tuple):  # a named tuple
        return {"type": "array", "prefixItems": [inside(e) for e in get_type_hints(kind).values()]}
    if isinstance(kind, type) and (
        dataclasses.is_dataclass(kind) or is_typeddict(kind) or kind is ReviewError
    ):
        fields = PROBLEM if kind is ReviewError else _fields_of_value(kind)
        if kind.__name__ not in kinds:
            kinds[kind.__name__] = {}  # of a kind that holds itself
            kinds[kind.__name__] = _object(fields, kinds, closed=closed)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return SIMPLE[kind]
