"""`report`: the whole review as one page for people, and as a document to submit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from scopingreview.cli.console import USUAL_WRITING, WritingSetting
from scopingreview.cli.flow import CheckOnly, show_differences
from scopingreview.cli.publishing import PublicPage, publish
from scopingreview.errors import UsageError

if TYPE_CHECKING:
    from scopingreview.model.result_rules import ReportFormat


@dataclass(frozen=True, slots=True)
class ChosenDocuments:
    """As what documents the report is written, besides the page."""

    docx: Annotated[
        bool, typer.Option("--docx", help="Write results/report.docx, too: for Word.")
    ] = False
    markdown: Annotated[
        bool,
        typer.Option(
            "--markdown",
            help="Write results/report.md and references.bib, too: for Quarto and pandoc.",
        ),
    ] = False

    def formats(self) -> list[ReportFormat]:
        """The formats that were asked for."""
        from scopingreview.model.result_rules import ReportFormat

        asked = {ReportFormat.DOCX: self.docx, ReportFormat.MARKDOWN: self.markdown}
        return [each for each, wanted in asked.items() if wanted]


def report(
    documents: ChosenDocuments,
    public: PublicPage = None,
    check: CheckOnly = False,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Write the whole review as one page for people.

    Reads config, data/derived, data/screened and data/charted. Writes results/report.html: the
    flow with the records of its boxes, sources, agreement, tables, figures, included studies and
    excluded reports. One file that any browser opens, without a network.

    With --docx or --markdown also a document to submit: methods, results, tables, figures and
    references. `formats` under [report] in config/review.toml asks for them every time, and one
    that is there is kept right; one that somebody has changed is never written over.

    With --public the page goes into another folder, as `export --public` has it: with pseudonyms
    for people, and without abstracts, notes and addresses of libraries.

    Example: scopingreview report --docx

    Example: scopingreview report --check

    Example: scopingreview report --public ../stress-page
    """
    from scopingreview.paths import FIGURE, FIGURES, REPORT_MARKDOWN
    from scopingreview.review.report_files import false_reports
    from scopingreview.stages.reporting import run_report

    console, review, asked = setting.console(), setting.review(), documents.formats()
    if public and (check or asked):
        raise UsageError("--public writes the page alone: without --check, --docx and --markdown")
    if public:
        from scopingreview.stages.publishing import publish_report

        publish(review, public, console, publish_report)
        return
    if check:
        show_differences(false_reports(review, asked=asked), console, remedy="scopingreview report")
        return
    with console.working() as tell:
        tell("writing the report")
        made = run_report(review, asked, tell)
    console.document({"files": list(made.files), "bytes": made.size})
    for file in made.files:
        console.say(file)
    drawn = all(review.path(name).exists() for name in (f"{FIGURE}.svg", FIGURES))
    if REPORT_MARKDOWN in made.files and not drawn:
        console.note(f"The pictures that {REPORT_MARKDOWN} leads to are not there yet.")
        console.next_step("scopingreview run")
        return
    console.next_step("scopingreview check")
