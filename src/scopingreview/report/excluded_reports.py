"""The reports excluded by their full text, each cited and with its reason (PRISMA item 16b)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from scopingreview.exchange.formula_guard import guarded
from scopingreview.model import Provenance, Record, Settled
from scopingreview.report.citation import cite
from scopingreview.report.markdown import things
from scopingreview.tables.markdown_text import in_markdown

COLUMNS = ("record_id", "citation", "reason", "reason_wording", "further_reasons", "doi")


@dataclass(frozen=True, slots=True)
class ExcludedReport:
    """A report, its record, and what was settled on it."""

    report: str
    record: Record
    settled: Settled


def excluded_reports_csv(reports: Iterable[ExcludedReport]) -> str:
    """A row each, in order of the reasons as they come and then of the citation."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in reports:
        settled = each.settled
        writer.writerow(
            [
                each.report,
                guarded(cite(each.record)),
                settled.reason,
                settled.wording,
                "; ".join(settled.further),
                each.record.doi,
            ]
        )
    return text.getvalue()


def excluded_reports_text(reports: Sequence[ExcludedReport], provenance: Provenance) -> str:
    """The list as Markdown, a section for each reason."""
    lines = [
        "# Reports excluded by their full text",
        "",
        f"{things(len(reports), 'report')}, each with the reason that counts.",
        "",
    ]
    for wording, of_reason in groupby(reports, key=lambda each: each.settled.wording):
        found = list(of_reason)
        heading = in_markdown(wording or "No reason given")
        lines += [f"## {heading} (n = {len(found):,})", "", *map(_item, found), ""]
    return "\n".join([*lines, f"*{provenance}*", ""])


def _item(each: ExcludedReport) -> str:
    further = "; ".join(each.settled.further)
    also = f" Also: {further}." if further else ""
    return f"- {in_markdown(cite(each.record) + also)}"


def in_order(reports: Iterable[ExcludedReport], reasons: Sequence[str]) -> list[ExcludedReport]:
    """In the order of the reasons, those the protocol does not know last, then of the citation."""
    place = {reason: number for number, reason in enumerate(reasons)}

    def key(each: ExcludedReport) -> tuple[int, str, str, str]:
        reason = each.settled.reason
        return (place.get(reason, len(place)), reason, cite(each.record).casefold(), each.report)

    return sorted(reports, key=key)
