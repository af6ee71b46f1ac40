"""The flow as a PRISMA2020 file, and as a link that opens the web application with it.

The package finds a row by any part of its key, cuts names at commas and splits lists at
semicolons; the rules kept here are those of its source, prisma-flowdiagram/PRISMA2020 on GitHub.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from scopingreview.flow.diagram.boxes import INCLUDED, TOTAL, has_other_lane, is_update
from scopingreview.flow.diagram.wording import Wording, wording_for
from scopingreview.flow.prisma2020.rows import (
    COLUMNS,
    DECLARED,
    LANE_ROWS,
    LIST_TEMPLATES,
    NUMBERS,
    ROWS,
    ExchangeRow,
)
from scopingreview.model import Box, Finding, FlowCounts, FlowRules, Line, SourceKind

WEB_APPLICATION = "https://estech.shinyapps.io/prisma_flowdiagram/"
# The package cuts names at a comma, splits at a semicolon and quotes with an apostrophe.
REPLACED = str.maketrans({",": "‚", ";": "–", "'": "’"})


@dataclass(frozen=True, slots=True)
class ExchangeFile:
    """The file's text, and what it cannot hold as it is."""

    text: str
    findings: tuple[Finding, ...]


def write_exchange(
    flow: FlowCounts, rules: FlowRules, *, two_reasons: bool = False
) -> ExchangeFile:
    """The flow as a PRISMA2020 file: all 34 rows in their order, CRLF, wording of this review.

    `two_reasons` adds `Other, 0` to a single reason: version 1.1.1 on CRAN fails without it.
    """
    values = _values(flow, two_reasons)
    labels = _labels(flow, wording_for(rules), rules)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in ROWS:
        label = labels.get(row.key or row.box, row.label)
        writer.writerow(_cells(row, label, values.get(row.key, "")))
    for key, box in DECLARED.items():
        if flow.n(box):
            blank = ExchangeRow(key, "NA", "NA", box.replace("_", " "))
            writer.writerow(_cells(blank, blank.label, str(flow.n(box))))
    return ExchangeFile(out.getvalue(), tuple(_lost(flow)))


def web_link(flow: FlowCounts) -> str:
    """The address that opens the PRISMA2020 web application with these numbers filled in."""
    switches = {
        "previous": int(is_update(flow)),
        "other": int(has_other_lane(flow)),
        "dbDetail": int(bool(flow.lines_of(Box.IDENTIFIED))),
        "regDetail": int(Box.REGISTERS in flow.totals),
        "metaAnalysis": 0,
    }
    values = {key: value for key, value in _values(flow, False).items() if value}
    return f"{WEB_APPLICATION}?{urlencode(values | switches)}"


def _cells(row: ExchangeRow, label: str, value: str) -> list[str]:
    has_url = row.node != "NA"
    url = f"{row.key or row.box}.html" if has_url else "NA"
    return [
        row.key or "NA",
        row.node,
        row.box,
        row.label,
        label.translate(REPLACED),
        row.label if has_url else "NA",
        url,
        value,
    ]


def _labels(flow: FlowCounts, words: Wording, rules: FlowRules) -> dict[str, str]:
    """What stands in each box, by key (or box, for titles): the wording of this review."""
    update = is_update(flow)
    suffix = "_new" if update else ""
    studies, reports = INCLUDED[rules.unit, update]
    all_studies, all_reports = TOTAL[rules.unit]
    keys = {row.key: row.words for row in ROWS if row.words}
    keys |= {
        "prevstud": "previous_heading",
        "newstud": f"main_heading{suffix}",
        "othstud": f"other_heading{suffix}",
        "new_studies": studies,
        "new_reports": reports,
        "total_studies": all_studies,
        "total_reports": all_reports,
    }
    return {key: words[name].rstrip("*:： ") for key, name in keys.items()}


def _values(flow: FlowCounts, two_reasons: bool) -> dict[str, str]:
    """The cell `n` of every row that has one, by key; "" hides the line."""
    values = {key: str(flow.n(box)) if box in flow.totals else "" for key, box in NUMBERS.items()}
    if has_other_lane(flow):
        values |= {key: _other_sources(flow, kind) for key, kind in LANE_ROWS.items()}
    lists = {
        "database_specific_results": _sources(flow, register=False),
        "register_specific_results": _sources(flow, register=True),
        "dbr_excluded": _reasons(flow, Box.REPORTS_EXCLUDED, two_reasons),
        "other_excluded": _reasons(flow, Box.OTHER_REPORTS_EXCLUDED, two_reasons),
    }
    return values | {key: _list(lines) or LIST_TEMPLATES[key] for key, lines in lists.items()}


def _other_sources(flow: FlowCounts, kind: SourceKind) -> str:
    """How many records the sources of this kind gave, "" when there is no such source."""
    lines = [line for line in flow.lines_of(Box.OTHER_IDENTIFIED) if line.kind is kind]
    return str(sum(line.n for line in lines)) if lines else ""


def _sources(flow: FlowCounts, *, register: bool) -> list[Line]:
    lines = flow.lines_of(Box.IDENTIFIED)
    return [line for line in lines if (line.kind is SourceKind.REGISTER) is register]


def _reasons(flow: FlowCounts, box: Box, two_reasons: bool) -> list[Line]:
    """The reasons that occurred; when none did, the planned ones with their 0."""
    if box not in flow.totals:
        return []
    lines = [line for line in flow.lines_of(box) if line.n] or list(flow.lines_of(box))
    lines = lines or [Line("", flow.n(box), "No reason given" if flow.n(box) else "None")]
    return [*lines, Line("", 0, "Other")] if two_reasons and len(lines) == 1 else lines


def _list(lines: list[Line]) -> str:
    return "; ".join(f"{(line.label or line.item).translate(REPLACED)}, {line.n}" for line in lines)


def _lost(flow: FlowCounts) -> Iterator[Finding]:
    """What the file cannot hold as it is."""
    for box in (Box.IDENTIFIED, Box.REPORTS_EXCLUDED, Box.OTHER_REPORTS_EXCLUDED):
        for line in flow.lines_of(box):
            if line.label != line.label.translate(REPLACED):
                yield Finding(
                    "X01",
                    f'"{line.label}" stands in the exchange file as '
                    f'"{line.label.translate(REPLACED)}"',
                    hint="The R package splits names at commas, semicolons and apostrophes.",
                    error=False,
                )
    for line in flow.lines_of(Box.OTHER_IDENTIFIED):
        if line.kind not in LANE_ROWS.values():
            yield Finding(
                "X02",
                f'the {line.n:,} records of "{line.label}" have no row in the exchange file',
                hint="It knows websites, organisations and citation searching only.",
                error=False,
            )
