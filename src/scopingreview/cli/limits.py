"""`limits`: what the rules remove before anyone screens, and what others would."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import typer

from scopingreview.cli.console import USUAL, Console, Setting
from scopingreview.model import Limits
from scopingreview.review.state import load_state
from scopingreview.screening.limit_effects import LimitEffect, limit_effects
from scopingreview.screening.review_state import ReviewState


@dataclass(frozen=True, slots=True)
class LimitOptions:
    """Limits to try beside those of the protocol."""

    first_year: Annotated[
        int | None, typer.Option("--first-year", metavar="YEAR", help="Try this first year.")
    ] = None
    last_year: Annotated[
        int | None, typer.Option("--last-year", metavar="YEAR", help="Try this last year.")
    ] = None
    languages: Annotated[
        list[str] | None,
        typer.Option("--language", metavar="NAME", help="Try these languages (repeatable)."),
    ] = None
    types: Annotated[
        list[str] | None,
        typer.Option("--excluded-type", metavar="TYPE", help="Try without this type (repeatable)."),
    ] = None
    title_words: Annotated[
        list[str] | None,
        typer.Option("--title-word", metavar="WORD", help="Try without this word (repeatable)."),
    ] = None

    def added_to(self, limits: Limits) -> Limits:
        """The limits with those that are tried in place of theirs, words and types beside them."""
        return replace(
            limits,
            first_year=self.first_year if self.first_year is not None else limits.first_year,
            last_year=self.last_year if self.last_year is not None else limits.last_year,
            languages=tuple(self.languages or limits.languages),
            excluded_types=(*limits.excluded_types, *(self.types or ())),
            excluded_title_words=(*limits.excluded_title_words, *(self.title_words or ())),
        )


def limits(
    tried: LimitOptions,
    preview: Annotated[
        bool, typer.Option("--preview", help="List every record that each limit removes.")
    ] = False,
    setting: Setting = USUAL,
) -> None:
    """Show what each limit removes before anyone screens.

    The limits of config/review.toml, with those of the command line tried beside them. A limit
    never removes what people have decided on: such records are counted apart, and those that are
    still in the review contradict it. Writes nothing: a limit that you keep belongs under [limits].

    Example: scopingreview limits --preview --first-year 1990 --title-word "in mice"
    """
    console = setting.console()
    state = load_state(setting.review())
    effects = limit_effects(state, tried.added_to(state.protocol.limits))
    console.document({"limits": effects})
    if not effects:
        console.say("No limit removes any record.")
    else:
        console.table(
            ("limit", "removes", "decided on: included", "excluded"),
            [(e.limit, len(e.removes), len(e.included), len(e.excluded)) for e in effects],
        )
    if preview:
        for effect in effects:
            _list(state, effect, console)
    console.next_step("scopingreview check")


def _list(state: ReviewState, effect: LimitEffect, console: Console) -> None:
    for records, what in (
        (effect.removes, "removes"),
        (effect.included, "contradicts people, who included"),
        (effect.excluded, "says the same as people of"),
    ):
        if records:
            console.say(f"\n{effect.limit} {what}:")
        for unique_id in records:
            record = state.corrected_reports[unique_id]
            told = (str(record.year or ""), record.language, record.type, record.title)
            console.say(f"  {unique_id}  {'  '.join(filter(None, told))}")
