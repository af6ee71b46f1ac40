"""`correct`: mends what a record says, by a line that another line takes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from scopingreview import store
from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting, now
from scopingreview.cli.team import AsOrNobody
from scopingreview.errors import UsageError, nearest
from scopingreview.model import Correction
from scopingreview.report.markdown import they, things
from scopingreview.review.doubled_encoding import Suggestion, suggested_corrections
from scopingreview.review.state import load_state
from scopingreview.screening.corrected import standing_corrections, text_of
from scopingreview.screening.review_state import ReviewState
from scopingreview.work.correcting import (
    corrections_taken_back,
    keep_corrections,
    new_corrections,
)

SHORT = 60  # characters of a value in a list
ENCODED_TWICE = "encoded twice"


@dataclass(frozen=True, slots=True)
class NewCorrections:
    """What is corrected, and why."""

    fields: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="FIELD=TEXT",
            help="What a field should say (repeatable); FIELD=@FILE takes it from a file.",
        ),
    ] = None
    why: Annotated[str, typer.Option(help="Why, and where it says so: it is kept.")] = ""
    take_back: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", help="Take the correction of this field back (repeatable)."),
    ] = None


@dataclass(frozen=True, slots=True)
class AcceptedSuggestions:
    """Texts that were encoded twice, and which of them to correct."""

    suggest: Annotated[
        bool, typer.Option("--suggest", help="List texts that were encoded twice (MÃ¼ller).")
    ] = False
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Correct the listed texts of this record (repeatable)."),
    ] = None
    accept_all: Annotated[bool, typer.Option("--accept-all", help="Correct every listed text.")] = (
        False
    )


def correct(
    new: NewCorrections,
    accepted: AcceptedSuggestions,
    record: Annotated[str, typer.Argument(metavar="RECORD", help="A record id.")] = "",
    person: AsOrNobody = "",
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Mend what a record says: a missing abstract, a wrong year.

    Each field is a line of data/screened/corrections/NAME.csv, with when and why; the record keeps
    its id, and what its database gave stays (scopingreview trace ID). Everything after reads the
    corrected record: dedupe, limits, people, exports. Without --field it lists the corrections
    that stand.

    Example: scopingreview correct pubmed:123 --field year=1999 --why "the PDF" --as ab

    Example: scopingreview correct pubmed:123 --take-back year --as ab

    Example: scopingreview correct --suggest
    """
    console, review = setting.console(), setting.review()
    state = load_state(review)
    if accepted.suggest or accepted.accept or accepted.accept_all:
        _suggest(setting, state, accepted, person)
        return
    if not (new.fields or new.take_back):
        _list(state, record, console)
        return
    if not (record and person):
        raise UsageError("say which record, and who you are", hint="RECORD and --as NAME.")
    wanted = dict(map(_field_and_text, new.fields or ()))
    why, moment, taken_back = new.why, now(), new.take_back or ()
    corrections: list[Correction] = []
    if wanted:
        corrections += new_corrections(state, record, wanted, why=why, by=person, now=moment)
    if taken_back:
        corrections += corrections_taken_back(
            state, record, taken_back, why=why, by=person, now=moment
        )
    keep_corrections(review, corrections)
    asked = len(wanted) + len(taken_back)
    _tell(state, corrections, asked - len(corrections), console)


def _field_and_text(said: str) -> tuple[str, str]:
    field, equals, text = said.partition("=")
    if not equals:
        raise UsageError(f'--field "{said}" is not of the form FIELD=TEXT')
    if text.startswith("@"):
        text = store.read_text_as_it_is(Path(text[1:]))
    return field.strip().casefold(), text


def _tell(
    state: ReviewState, corrections: Sequence[Correction], stood: int, console: Console
) -> None:
    console.document({"written": corrections, "stood_already": stood})
    for each in corrections:
        became = "as its database gave it" if each.value is None else f"“{_short(each.value)}”"
        was = state.records.get(each.record_id)
        before = f", was “{_short(text_of(was, each.field))}”" if was else ""
        console.say(f"{each.record_id} {each.field}: {became}{before}")
    console.say(f"{len(corrections)} written, {stood} stood already")
    for record_id in dict.fromkeys(each.record_id for each in corrections):
        unique_id = state.canonical.get(record_id, record_id)
        if unique_id != record_id:
            console.note(f"{record_id} is a copy of {unique_id}: people read it there.")
    console.next_step("scopingreview run")


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


def _list(state: ReviewState, record_id: str, console: Console) -> None:
    """The corrections that stand: all, or those of one record."""
    if record_id and record_id not in state.records:
        raise UsageError(f'unknown record "{record_id}"', hint=nearest(record_id, state.records))
    found = [
        each
        for key, fields in standing_corrections(state.corrections).items()
        for each in fields.values()
        if record_id in ("", key)
    ]
    console.document({"corrections": found})
    console.table(
        ("record", "field", "says", "by", "when", "why"),
        [
            (e.record_id, e.field, _short(e.value or ""), e.by, f"{e.recorded_at:%Y-%m-%d}", e.why)
            for e in found
        ],
    )
    console.say(f"{things(len(found), 'correction')} {they(len(found), 'stand')}")
    console.next_step("scopingreview status")


def _suggest(
    setting: WritingSetting, state: ReviewState, accepted: AcceptedSuggestions, person: str
) -> None:
    """Lists the texts that were encoded twice; those accepted become corrections."""
    console = setting.console()
    found = list(suggested_corrections(state.records))
    if not (accepted.accept or accepted.accept_all):
        console.document({"suggestions": found})
        for each in found:
            console.say(f"{each.record_id} {each.field}: {each.in_words()}")
        looks = "looks as if it was" if len(found) == 1 else "look as if they were"
        console.say(f"{things(len(found), 'text')} {looks} encoded twice")
        more = "--accept-all (or --accept ID) --as NAME"
        console.next_step(f"scopingreview correct {more}" if found else "scopingreview status")
        return
    if not person:
        raise UsageError("who are you?", hint="Say it with --as NAME.")
    chosen = found if accepted.accept_all else _accepted(found, accepted.accept or ())
    corrections = [
        correction
        for record_id, values in _by_record(chosen).items()
        for correction in new_corrections(
            state, record_id, values, why=ENCODED_TWICE, by=person, now=now()
        )
    ]
    keep_corrections(setting.review(), corrections)
    _tell(state, corrections, len(chosen) - len(corrections), console)


def _accepted(found: Iterable[Suggestion], record_ids: Sequence[str]) -> list[Suggestion]:
    listed = {each.record_id for each in found}
    for record_id in record_ids:
        if record_id not in listed:
            raise UsageError(
                f"nothing is suggested of {record_id}", hint=nearest(record_id, listed)
            )
    return [each for each in found if each.record_id in record_ids]


def _by_record(chosen: Iterable[Suggestion]) -> Mapping[str, dict[str, str]]:
    values: dict[str, dict[str, str]] = {}
    for each in chosen:
        values.setdefault(each.record_id, {})[each.field] = each.value
    return values
