"""`ai-use`: what a model did in a phase and what people did, in sentences for the methods."""

from __future__ import annotations

from typing import Annotated

import typer

from scopingreview.cli.console import USUAL, Setting
from scopingreview.cli.options import PhaseWord, phase_named
from scopingreview.review.state import load_state


def tell_ai_use(
    phase: PhaseWord,
    runs: Annotated[
        int,
        typer.Option("--runs", min=0, help="Replays of your own labels for the validity; 0: none."),
    ] = 3,
    setting: Setting = USUAL,
) -> None:
    """Say for the methods what a model did and what people did.

    Tool, version, model, what it began with, who decided, how well the model ranks this review's
    own labels, and what was not screened and why: from the data. Reads everything, writes nothing.

    Example: scopingreview ai-use title-abstract
    """
    from scopingreview.review.ai_statement import ai_statement
    from scopingreview.review.ai_use import ai_use

    console, review, which = setting.console(), setting.review(), phase_named(phase)
    state = load_state(review)
    with console.working() as tell:
        use = ai_use(review, state, which, runs=runs, tell=tell)
    statement = ai_statement(use, state)
    console.document({"use": use, "statement": statement})
    console.say(statement)
