"""The machine chain in one go: each stage that is out of date, and a line on what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scopingreview.chain import STAGES, Stage
from scopingreview.paths import Review
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.report.markdown import things
from scopingreview.review.freshness import Freshness
from scopingreview.stages.checklists import run_checklists
from scopingreview.stages.counting import run_count
from scopingreview.stages.deduping import run_dedupe
from scopingreview.stages.drawing import run_draw
from scopingreview.stages.figuring import run_figures
from scopingreview.stages.importing import run_import
from scopingreview.stages.reporting import run_report
from scopingreview.stages.tabulating import run_tables
from scopingreview.tables.written_workbook import cut_cells


@dataclass(frozen=True, slots=True)
class StageRun:
    """What became of one stage: why it had to run and what it did, both "" when it had not to."""

    stage: str
    why: str
    did: str


def run_chain(
    review: Review, *, force: bool = False, until: str = "", tell: Tell = to_nobody
) -> Iterator[StageRun]:
    """Run the stages in their order, each only when it is out of date, or all with `force`.

    `until` names the last one to run, "" for all. Raises the ReviewError of the stage that cannot
    go on; those before it have done their work.
    """
    for stage in STAGES:
        freshness = Freshness(review)
        why = freshness.why_stale(stage) or (_why_forced(freshness, stage, until) if force else "")
        freshness.save()
        yield StageRun(stage.name, why, RUN[stage.name](review, tell) if why else "")
        if stage.name == until:
            break


def _why_forced(freshness: Freshness, stage: Stage, until: str) -> str:
    """What a public copy cannot make is not asked for by forcing all, but by its name."""
    is_asked_for = stage.name == until or not freshness.is_made_elsewhere(stage)
    return "it was asked for" if is_asked_for else ""


def plan_chain(review: Review, *, force: bool = False, until: str = "") -> Iterator[StageRun]:
    """Which stages would run, and why; nothing is made.

    Whatever comes after one that runs would have to be looked at again.
    """
    freshness, before = Freshness(review), ""
    for stage in STAGES:
        why = freshness.why_stale(stage) or (_why_forced(freshness, stage, until) if force else "")
        if not why and before:
            why = f"{before} may change what it reads"
        yield StageRun(stage.name, why, "would run" if why else "")
        before = stage.name if why else before
        if stage.name == until:
            break


def _import(review: Review, tell: Tell) -> str:
    report = run_import(review, tell=tell)
    return f"{things(report.records, 'record')} read"


def _dedupe(review: Review, tell: Tell) -> str:
    report = run_dedupe(review, tell)
    return ", ".join(
        [
            things(report.unique, "unique record"),
            things(report.records - report.unique, "duplicate"),
            things(report.possible, "possible pair"),
        ]
    )


def _count(review: Review, tell: Tell) -> str:
    tell("counting the boxes")
    report = run_count(review)
    errors = [finding for finding in report.findings if finding.error]
    open_work = sum(report.open_work.values())
    return f"{things(len(errors), 'sum')} wrong, {things(open_work, 'record')} still open"


def _draw(review: Review, tell: Tell) -> str:
    tell("drawing the diagram")
    return ", ".join(run_draw(review))


def _tables(review: Review, tell: Tell) -> str:
    tell("making the tables")
    made = run_tables(review).tables
    cut = sum(1 for _ in cut_cells(made))
    told = f", {things(cut, 'cell')} cut in tables.xlsx (scopingreview tables says which)"
    return things(len(made), "table") + (told if cut else "")


def _figures(review: Review, tell: Tell) -> str:
    return things(len(run_figures(review, tell).figures), "figure")


def _checklists(review: Review, tell: Tell) -> str:
    tell("answering the checklists")
    return things(len(run_checklists(review).checklists), "checklist")


def _report(review: Review, tell: Tell) -> str:
    tell("writing the report")
    return ", ".join(run_report(review, tell=tell).files)


RUN: dict[str, Callable[[Review, Tell], str]] = {
    "import": _import,
    "dedupe": _dedupe,
    "count": _count,
    "draw": _draw,
    "tables": _tables,
    "figures": _figures,
    "checklists": _checklists,
    "report": _report,
}
