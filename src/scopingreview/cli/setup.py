"""`init`: a new review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scopingreview.cli.console import AsJson, Console, Quiet

NOT_PUBLIC = (
    "Keep this folder private: data/raw, data/derived and data/fulltexts hold abstracts and full "
    "texts, which are under copyright, config and data/screened say who decided what. Git leaves "
    "data/derived and data/fulltexts out. What may be public: scopingreview export --public DIR"
)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the new review.")],
    title: Annotated[str, typer.Option(help="The title of the review.")],
    source: Annotated[
        list[str],
        typer.Option(help="A source that will be searched (repeatable), the most trusted first."),
    ],
    reviewer: Annotated[
        list[str], typer.Option(help="The initials of someone who will screen (repeatable).")
    ],
    adjudicator: Annotated[
        list[str] | None,
        typer.Option(help="The initials of someone who settles conflicts (repeatable)."),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Begin a review: a folder with all it needs, and no records yet.

    Writes config/ (with comments that explain each key), the data folders, a Makefile, files for
    git and a CI workflow. Refuses a folder that already holds a review.

    Example: scopingreview init stress --title "Stress in nurses" --source pubmed --source embase
    --reviewer ab --reviewer cd --adjudicator ef
    """
    from scopingreview.config import suggested_name
    from scopingreview.stages.new_review import Plan, found_review, source_name

    console = Console(quiet=quiet, as_json=as_json)
    plan = Plan(title, source, reviewer, adjudicator or [])
    made = found_review(folder, plan)
    console.document({"review": str(folder), "files": made})
    for name in made:
        console.say(str(folder / name))
    console.note(NOT_PUBLIC)
    console.note("Read config/review.toml: the question, the criteria and the reasons are yours.")
    for name in (*reviewer, *(adjudicator or ())):
        if (short := suggested_name(name)) != name:
            console.note(f"{name} is {short} here, the name of a file: --as {short}")
    first = source_name(source[0])
    console.next_step(f"cd {folder} && scopingreview add EXPORT --source {first} --hits N")
