"""`repair`: a decision file whose last line was cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scopingreview.cli.console import USUAL_WRITING, WritingSetting
from scopingreview.work.repair import repair_log


def repair(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file of data/screened.")],
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Set aside a last line that was cut off in mid-write.

    Appends a mark to the line of the decision file, so that it counts for nothing and the next
    one begins anew. Every byte of it stays. A file whose last line is whole stays as it is.

    Example: scopingreview repair data/screened/title-abstract/ab.csv
    """
    console = setting.console()
    done = repair_log(setting.review(), file)
    console.document(done)
    if done.line:
        console.say(f"{done.file}:{done.line}: set aside: {done.text}")
        console.note("If that was a decision of yours, decide again.")
    else:
        console.say(f"{done.file}: the last line is whole; nothing was changed")
    console.next_step("scopingreview check")
