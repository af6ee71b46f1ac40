"""`count` and `draw`: the boxes of the flow diagram, and the diagram."""

from __future__ import annotations

from typing import Annotated

import typer

from scopingreview.cli.console import HERE, AsJson, Console, Quiet, ReviewFolder, open_review
from scopingreview.model import Finding


def count(
    final: Annotated[
        bool, typer.Option("--final", help="Refuse while anything awaits or is in conflict.")
    ] = False,
    folder: ReviewFolder = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Count every box of the flow diagram and check that they add up.

    Reads data/derived and data/screened. Writes results/counts.csv and results/summary.md.

    Example: scopingreview count --final
    """
    from scopingreview.flow.table import count_rows
    from scopingreview.stages.counting import run_count

    console = Console(quiet=quiet, as_json=as_json)
    counted = run_count(open_review(folder), final=final)
    rows = count_rows(counted.flow)
    console.document({"counts": rows, "findings": counted.findings, "open": counted.open_work})
    console.table(("box", "item", "n"), [(row.box, row.item, row.n) for row in rows])
    show_findings(counted.findings, console)
    for step, n in counted.open_work.items():
        console.note(f"{step}: {n:,} open")
    console.next_step("scopingreview draw")
    if any(finding.error for finding in counted.findings):
        raise typer.Exit(1)


def show_findings(findings: tuple[Finding, ...], console: Console) -> None:
    """What does not add up, and where to read more."""
    for finding in findings:
        console.note(f"{finding.code} {'error' if finding.error else 'note'}: {finding.message}")
        if finding.hint:
            console.note(f"    {finding.hint}")


def draw(
    dpi: Annotated[int, typer.Option(help="Dots per inch of the PNG.", min=50, max=1200)] = 300,
    folder: ReviewFolder = HERE,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Draw the PRISMA 2020 flow diagram.

    Reads config/review.toml and results/counts.csv. Writes results/flow.svg, .pdf and .png.

    Example: scopingreview draw
    """
    from scopingreview.flow.sheet import Sheet
    from scopingreview.stages.drawing import run_draw

    console = Console(quiet=quiet, as_json=as_json)
    files = run_draw(open_review(folder), sheet=Sheet(dpi=dpi))
    console.document({"files": files})
    for file in files:
        console.say(file)
    console.next_step("scopingreview check")
