"""The page of all keys of config/*.toml: what each holds and what it is when nobody writes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from reference.files import kind_of
from scopingreview import model
from scopingreview.model.own_answers import OwnAnswer
from scopingreview.model.protocol import QUESTION_PARTS
from scopingreview.model.result_rules import FigureRules, ReportRules, TableRules

INTRODUCTION = """# Keys of the protocol and the searches

Made from the types that `config/review.toml` and the files beside it are read into, when this
page was built. What the keys mean, and which must be there, is told in [Files](../files.md); an
unknown one is refused, and the nearest known one is named.
"""
EITHER = " (a phase each)"
LIST = "a list of texts"


@dataclass(frozen=True, slots=True)
class ConfigTable:
    """A table of a config file and the value it is read into.

    `renamed` gives keys that differ from the value's fields, `elsewhere` fields that are tables of
    their own or follow from others, `more` keys that are no field, with what they hold, `usual`
    what a key is that is not written where that is not the field's own.
    """

    heading: str
    value: type
    renamed: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Sequence[str] = ()
    more: Mapping[str, str] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)


PROTOCOL = ConfigTable(
    "review.toml, before any table",
    model.Protocol,
    elsewhere=(
        *("sources", "reviewers", "adjudicators", "phases", "include_terms", "exclude_terms"),
        *("highlight_groups", "dedupe", "flow", "limits", "stopping", "previous", "versions"),
        "question_parts",
    ),
)
QUESTION = {**dict.fromkeys(QUESTION_PARTS, "text"), "text": "text"}
TABLES = (
    PROTOCOL,
    ConfigTable("[question]", object, more=QUESTION),
    ConfigTable("[[sources]]", model.Source),
    ConfigTable("[[reviewers]] and [[adjudicators]]", model.Person),
    ConfigTable(
        f"[title_abstract] and [full_text]{EITHER}",
        model.PhaseRules,
        elsewhere=("phase", "allocation", "pilot", "ranking"),
        usual={"maybe": "`include`, at full text `discuss`"},
    ),
    ConfigTable("[title_abstract.allocation]", model.Allocation),
    ConfigTable("[title_abstract.pilot]", model.PilotRules),
    ConfigTable("[title_abstract.ranking]", model.RankingRules),
    ConfigTable("[highlight]", object, more={"include": LIST, "exclude": LIST}),
    ConfigTable("[[highlight.groups]]", model.HighlightGroup),
    ConfigTable("[dedupe]", model.DedupePolicy, renamed={"unit": "policy"}),
    ConfigTable("[limits]", model.Limits),
    ConfigTable(
        "[flow]",
        model.FlowRules,
        elsewhere=("own_words", "thousands"),
        usual={"unscreened": "`await`, with [stopping] `not_screened`"},
    ),
    ConfigTable("[stopping]", model.StoppingRule),
    ConfigTable("[previous]", model.PreviousVersion),
    ConfigTable("[[versions]]", model.ReviewVersion),
    ConfigTable(
        "[charting]",
        model.ChartingRules,
        renamed={"charters_needed": "charters"},
        elsewhere=("form",),
        more={"preset": "`jbi`"},
    ),
    ConfigTable(
        "[[charting.fields]]",
        model.Field,
        renamed={"least": "min", "most": "max"},
    ),
    ConfigTable("[tables]", TableRules),
    ConfigTable("[figures]", FigureRules),
    ConfigTable("[report]", ReportRules),
    ConfigTable(
        "searches.toml: a table for each search",
        model.Search,
        elsewhere=("name",),
    ),
    ConfigTable("searches.toml: each of `exports`", model.Export),
    ConfigTable("searches.toml: `accepted_loss`", model.AcceptedLoss),
    ConfigTable("checklists.toml: a table for each item", OwnAnswer),
    ConfigTable("wording.toml", object, more={"thousands": "text", "words": "words by key"}),
)


def config_page() -> str:
    """A table for each table of the config files: key, what it holds, what it is by itself."""
    parts = [INTRODUCTION]
    for each in TABLES:
        rows = [f"| `{key}` | {kind} | {usual} |" for key, kind, usual in keys_of(each)]
        head = ["| key | holds | when it is not there |", "|---|---|---|"]
        parts.append(f"## {_heading(each.heading)}\n\n" + "\n".join([*head, *rows]) + "\n")
    return "\n".join(parts)


def keys_of(table: ConfigTable) -> Iterator[tuple[str, str, str]]:
    """Each key of the table, what it holds, and its usual value in words."""
    if dataclasses.is_dataclass(table.value):
        hints = get_type_hints(table.value)
        for each in dataclasses.fields(table.value):
            if each.name not in table.elsewhere:
                key = table.renamed.get(each.name, each.name)
                yield key, _kind(hints[each.name]), table.usual.get(key) or _usual(each)
    for key, kind in table.more.items():
        yield key, kind, ""


def _heading(text: str) -> str:
    return text if "`" in text or "," in text or ":" in text else f"`{text}`"


def _kind(hint: Any) -> str:
    """What a value of TOML is, in words."""
    parts = [each for each in get_args(hint) if each is not NoneType]
    if get_origin(hint) is tuple:
        each = parts[0]
        if each is str:
            return LIST
        return "a list of pairs" if get_origin(each) is tuple else "a list of tables"
    if isinstance(get_origin(hint), type) and issubclass(get_origin(hint), Mapping):
        return "a table of numbers" if parts[1] is float else "a table of texts"
    if hint is bool:
        return "`true` or `false`"
    if NoneType in get_args(hint):
        return _kind(parts[0])
    if dataclasses.is_dataclass(hint):
        return "a table"
    return kind_of(hint)


def _usual(each: dataclasses.Field[Any]) -> str:
    if each.default in (dataclasses.MISSING, None, "", ()):
        return ""
    if isinstance(each.default, bool):
        return "`true`" if each.default else "`false`"
    if isinstance(each.default, StrEnum):
        return f"`{each.default.value}`"
    return f"`{each.default}`"
