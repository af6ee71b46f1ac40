"""`repair`: a decision file with a line that was cut off."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting
from scopingreview.cli.prompt import is_confirmed
from scopingreview.work.repair import CutLine, repair_log


def repair(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of data/screened.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Set pieces of lines aside without asking.")
    ] = False,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Set aside a line that was cut off in mid-write.

    Appends a mark to the last line of the decision file, if that is the one, so that it counts for
    nothing and the next one begins anew. Where a merge has put other lines below a piece of a line,
    it shows the piece, asks, and appends a copy with the mark. Every byte stays where it is. A
    file whose lines are whole stays as it is.

    Example: scopingreview repair data/screened/title-abstract/ab.csv
    """
    console = setting.console()

    def confirm(name: str, pieces: Sequence[CutLine]) -> bool:
        _show(name, pieces, "is a piece of a line", console)
        return yes or is_confirmed("Set aside? [y/N] ", console)

    done = repair_log(setting.review(), file, confirm)
    console.document(done)
    if done.line:
        _show(done.file, [CutLine(done.line, done.text)], "set aside", console)
    _show(done.file, done.pieces, "set aside", console)
    if done.left:
        console.note("The pieces stand as they did. --yes sets them aside without asking.")
    elif done.line or done.pieces:
        console.note("If that was a decision of yours, decide again.")
    else:
        console.say(f"{done.file}: every line is whole; nothing was changed")
    console.next_step("scopingreview check")


def _show(name: str, lines: Sequence[CutLine], what: str, console: Console) -> None:
    for each in lines:
        console.say(f"{name}:{each.line}: {what}: {each.text}")
