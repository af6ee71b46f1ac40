"""`figures`: the figures of the review, for a paper."""

from __future__ import annotations

from scopingreview.cli.console import USUAL_WRITING, WritingSetting
from scopingreview.cli.flow import CheckOnly, show_differences


def figures(check: CheckOnly = False, setting: WritingSetting = USUAL_WRITING) -> None:
    """Draw the figures of the review.

    Reads data/derived, data/screened and data/charted. Writes each figure into results/figures as
    SVG, PDF and PNG, its numbers as CSV, and its caption and what it shows in words as text. Which
    there are, [figures] in config/review.toml says.

    Example: scopingreview figures --check
    """
    from scopingreview.paths import FIGURES
    from scopingreview.review.figuring import false_figures
    from scopingreview.review.freshness import files_in
    from scopingreview.stages.figuring import run_figures

    console, review = setting.console(), setting.review()
    if check:
        show_differences(false_figures(review), console, remedy="scopingreview figures")
        return
    with console.working() as tell:
        made = run_figures(review, tell)
    files = files_in(review, FIGURES)
    said = [
        {"name": each.name, "caption": each.caption, "alternative": each.alternative}
        for each in made.figures
    ]
    console.document({"files": files, "figures": said})
    for file in files:
        console.say(file)
    console.next_step("scopingreview checklists")
