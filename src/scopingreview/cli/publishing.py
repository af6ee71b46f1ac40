"""`export --public` and `report --public`: what may be public, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scopingreview.cli.console import Console
from scopingreview.paths import Review
from scopingreview.progress_note import Tell

if TYPE_CHECKING:
    from scopingreview.stages.placing import Placed

PublicReview = Annotated[
    Path | None,
    typer.Option(
        "--public",
        metavar="DIR",
        help="Instead of records a public copy of the whole review, in a folder of its own.",
    ),
]
PublicPage = Annotated[
    Path | None,
    typer.Option(
        "--public",
        metavar="DIR",
        help="Write the page for the public into this folder instead: nobody is named.",
    ),
]


def publish(
    review: Review,
    folder: Path,
    console: Console,
    put: Callable[[Review, Path, Tell], Placed],
) -> None:
    """The folder has what `put` puts there; what came of it is told, and what was left out."""
    with console.working() as tell:
        placed = put(review, folder, tell)
    console.document(
        {"folder": str(folder), "files": list(placed.files), "changed": list(placed.changed)}
    )
    files = len(placed.files)
    changed = f"{len(placed.changed):,} new or changed" if placed.changed else "nothing new"
    console.say(f"{folder}: {files:,} files, {changed}")
    console.note(
        "Left out: abstracts, keywords, addresses, exports, full texts, quotes, notes, discussions "
        "and names. Kept: what you wrote into the protocol, the strategies and charted texts that "
        "tables show; read these before you publish."
    )
