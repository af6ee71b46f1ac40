"""`dedupe`: which records are one report, and what people say of the pairs left to them."""

from __future__ import annotations

from scopingreview.cli.console import HERE, AsJson, Console, Quiet, ReviewFolder, open_review
from scopingreview.stages.deduping import DedupeReport, run_dedupe


def dedupe(folder: ReviewFolder = HERE, as_json: AsJson = False, quiet: Quiet = False) -> None:
    """Find which records are one report.

    Reads data/derived/records.csv and data/screened/duplicates/. Writes
    data/derived/duplicates.csv and possible_duplicates.csv. Changes no decision and no export.

    Example: scopingreview dedupe
    """
    console = Console(quiet=quiet, as_json=as_json)
    report = run_dedupe(open_review(folder))
    console.document(report)
    _show(report, console)
    if report.possible:
        console.next_step(f"scopingreview dedupe --review --as NAME ({report.possible:,} pairs)")
    else:
        console.next_step("scopingreview screen title-abstract --as NAME")


def _show(report: DedupeReport, console: Console) -> None:
    console.say(
        f"{report.records:,} records are {report.unique:,} reports: "
        f"{report.records - report.unique:,} duplicates in {report.groups:,} groups, "
        f"{report.possible:,} possible pairs"
    )
    console.table(("source", "duplicates"), report.removed.items())
    console.table(("rule", "links"), report.rules.items())
    for contradiction in report.contradictions:
        console.note(f"contradiction: {contradiction}")
