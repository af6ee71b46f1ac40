"""`count`, `draw`, `numbers` and `explain`: the flow diagram and its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scopingreview.cli.console import USUAL_WRITING, AsJson, Console, WritingSetting
from scopingreview.errors import UsageError, nearest
from scopingreview.model import Count, Finding, FlowCounts, FlowRules

if TYPE_CHECKING:
    from scopingreview.flow.diagram.page import Sheet
    from scopingreview.review.results import Difference

CheckOnly = Annotated[
    bool,
    typer.Option(
        "--check", help="Write nothing: compare results/ with the data, exit 1 if they differ."
    ),
]


Final = Annotated[
    bool, typer.Option("--final", help="Refuse while anything awaits or is in conflict.")
]
TwoReasons = Annotated[
    bool,
    typer.Option(
        "--compat-single-reason",
        help="Add `Other, 0` to a single exclusion reason in prisma2020.csv: PRISMA2020 "
        "1.1.1 on CRAN fails without it.",
    ),
]
Link = Annotated[
    bool, typer.Option("--link", help="Print the link that opens PRISMA2020's web page.")
]


def count(
    final: Final = False,
    check: CheckOnly = False,
    two_reasons: TwoReasons = False,
    link: Link = False,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Count every box of the flow diagram and check that they add up.

    Reads data/derived and data/screened. Writes results/counts.csv, results/prisma2020.csv and
    results/summary.md.

    Example: scopingreview count --final
    """
    from scopingreview.flow.count_rows import count_rows
    from scopingreview.flow.prisma2020 import web_link
    from scopingreview.review.results import false_counts
    from scopingreview.review.state import load_state
    from scopingreview.stages.counting import run_count
    from scopingreview.tables.paper_table import rows_as_data
    from scopingreview.tables.source_yield import source_yields
    from scopingreview.tables.yield_tables import yield_table

    console = setting.console()
    review = setting.review()
    if check:
        show_differences(false_counts(review), console, remedy="scopingreview count")
        return
    counted = run_count(review, final=final, two_reasons=two_reasons)
    rows: list[Count] = count_rows(counted.flow)
    document: dict[str, object] = {
        "counts": rows,
        "findings": counted.findings,
        "open": counted.open_work,
    }
    if setting.as_json:
        yields = source_yields(load_state(review))
        document["source_yield"] = rows_as_data(yield_table(yields))
    console.document(document)
    console.table(("box", "item", "n"), [(row.box, row.item, row.n) for row in rows])
    if link:
        console.say(web_link(counted.flow))
    for step, n in counted.open_work.items():
        console.note(f"{step}: {n:,} open")
    show_findings(counted.findings, console)
    console.next_step("scopingreview draw")
    leave_if_wrong(counted.findings)


Typed = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="Draw the numbers of a PRISMA2020 CSV instead, and check them; needs no review.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Draw into this file only: .svg, .pdf, .png, .tiff, .mmd, .md or .txt.",
    ),
]


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What is said of the sheet; what is not said is the preset's, or usual."""

    width: Annotated[
        float | None, typer.Option(metavar="MM", help="Width of the sheet in millimetres.")
    ] = None
    dpi: Annotated[
        int | None,
        typer.Option(help="Dots per inch of PNG and TIFF; 300 unless told.", min=50, max=1200),
    ] = None
    preset: Annotated[
        str, typer.Option(metavar="JOURNAL", help="The sheet a journal asks for: plos.")
    ] = ""


USUAL_SHEET = SheetWords()


@dataclass(frozen=True, slots=True)
class Language:
    """In which words the diagram speaks, unless in the protocol's."""

    code: Annotated[
        str,
        typer.Option(
            "--language", metavar="CODE", help="Draw in this language: en, de, es, fr, pt or zh."
        ),
    ] = ""
    wording: Annotated[
        bool,
        typer.Option(
            "--wording", help="Print every word of the diagram, as config/wording.toml takes it."
        ),
    ] = False

    def rules(self, usual: FlowRules) -> FlowRules:
        """The rules in that language; words of the review's own belong to the protocol's."""
        if self.code in ("", usual.language):
            return usual
        return replace(usual, language=self.code, own_words={}, thousands=None)


PROTOCOLS_LANGUAGE = Language()


def draw(
    typed: Typed = None,
    out: Out = None,
    sheet_words: SheetWords = USUAL_SHEET,
    language: Language = PROTOCOLS_LANGUAGE,
    check: CheckOnly = False,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Draw the PRISMA 2020 flow diagram.

    Reads config/review.toml and results/counts.csv. Writes results/flow.svg, .pdf and .png, or
    the file of --out. Words of your own stand in config/wording.toml; --wording prints them all
    to begin with.

    Example: scopingreview draw --out figure1.tiff --preset plos
    """
    from scopingreview.review.results import false_figure
    from scopingreview.stages.drawing import counted_flow, read_typed_flow, run_draw

    console = setting.console()
    sheet = _sheet(sheet_words)
    if language.wording:
        _print_wording(language, setting)
    elif typed:
        read = read_typed_flow(typed)
        _draw_one(
            read.flow, language.rules(FlowRules()), out or typed.with_suffix(".svg"), sheet, console
        )
        show_findings(read.findings, console)
        leave_if_wrong(read.findings)
    elif check:
        show_differences(false_figure(setting.review()), console, remedy="scopingreview draw")
    elif out:
        flow, rules = counted_flow(setting.review())
        _draw_one(flow, language.rules(rules), out, sheet, console)
    elif language.code:
        raise UsageError(
            "results/ speaks the language of the protocol",
            hint="Draw another one into a file: --out flow-de.svg; or set language in [flow].",
        )
    else:
        files = run_draw(setting.review(), sheet=sheet)
        console.document({"files": files})
        for file in files:
            console.say(file)
        console.next_step("scopingreview tables")


def _print_wording(language: Language, setting: WritingSetting) -> None:
    """The words as they are drawn now, a line each, for a person to change some of."""
    from scopingreview import config
    from scopingreview.flow.diagram.wording import as_toml, wording_for

    usual = FlowRules() if language.code else config.load_protocol(setting.review()).flow
    words = wording_for(language.rules(usual))
    console = setting.console()
    console.document({"words": words.words, "thousands": words.separator})
    if not setting.as_json:
        console.say_whole(as_toml(words))


def _sheet(words: SheetWords) -> Sheet:
    """The sheet of the preset, with what was said about it beside."""
    from scopingreview.flow.diagram.page import PRESETS, Sheet

    if words.preset and words.preset not in PRESETS:
        raise UsageError(f'unknown preset "{words.preset}"', hint=nearest(words.preset, PRESETS))
    sheet = PRESETS.get(words.preset, Sheet())
    return replace(sheet, width_mm=words.width or sheet.width_mm, dpi=words.dpi or sheet.dpi)


def _draw_one(
    flow: FlowCounts, rules: FlowRules, out: Path, sheet: Sheet, console: Console
) -> None:
    from scopingreview.stages.drawing import draw_file

    draw_file(flow, rules, out, sheet=sheet)
    console.document({"files": [str(out)]})
    console.say(str(out))


def numbers(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Markdown files; without any, every one that has a marker."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 if a number disagrees.")
    ] = False,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Put the counted numbers into Markdown texts.

    A number belongs between markers: <!-- n: screened -->1,080<!-- /n -->; for a source or a
    reason, <!-- n: identified/pubmed -->. Box names are those of results/counts.csv. With --check
    no text is changed; it finds the numbers that disagree, those in sentences such as
    "1,080 records were screened" too.

    Example: scopingreview numbers manuscript.md
    """
    from scopingreview.review.manuscript import check_texts, counted_now, resolve_names
    from scopingreview.work.manuscript import put_numbers

    console = setting.console()
    review = setting.review()
    names = resolve_names(review, files) if files else None
    if check:
        findings = check_texts(review, counted_now(review), names)
        console.document({"findings": findings})
        show_findings(findings, console)
        if findings:
            raise typer.Exit(1)
        return
    changed = put_numbers(review, names or ())
    console.document({"changed": changed})
    for name in changed:
        console.say(name)


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="As P03 or D07.")],
    as_json: AsJson = False,
) -> None:
    """Explain a code that a check has reported.

    The rule it stands for, the usual cause of breaking it, and the remedy.

    Example: scopingreview explain P05
    """
    from scopingreview.report import codes

    console = Console(as_json=as_json)
    explanation = codes.explain(code)
    console.document(explanation)
    console.say(f"{explanation.code}  {explanation.rule}")
    console.say(f"Cause:  {explanation.cause}")
    console.say(f"Remedy: {explanation.remedy}")


def show_findings(findings: Sequence[Finding], console: Console) -> None:
    """What does not add up, and where to read more."""
    from scopingreview.report.findings import FindingsForm, write_findings

    if findings:
        console.note(write_findings(findings, FindingsForm.TEXT))


def leave_if_wrong(findings: Iterable[Finding]) -> None:
    """Exit status 1 when an error is among them; notes are none."""
    if any(finding.error for finding in findings):
        raise typer.Exit(1)


def show_differences(found: Sequence[Difference], console: Console, *, remedy: str) -> None:
    """How the files differ from what the data say, or that none does; exit status 1 for one."""
    differences = [{"file": each.file, "lines": each.lines()} for each in found]
    console.document({"differences": differences})
    for each in found:
        console.say("\n".join(each.lines()))
    if found:
        console.next_step(remedy)
        raise typer.Exit(1)
    console.note("Nothing differs from what the data say.")
