"""`pilot --key`: a training round, and who hit and missed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from scopingreview.cli.console import Console, now
from scopingreview.cli.options import word_named
from scopingreview.model import Phase, Verdict
from scopingreview.paths import Review
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.training import KeyedVerdict, TrainingResult
from scopingreview.store.filled_sheet import values_from_sheet
from scopingreview.work.training import check_keyed, held_against, open_training

COLUMNS = (("record_id", "verdict"), ("reason",))


def open_training_round(
    review: Review, state: ReviewState, phase: Phase, file: Path, *, by: str, console: Console
) -> None:
    """A training round on the records of the key is on file."""
    event = open_training(review, state, phase, _key(state, phase, file), by=by, now=now())
    console.document({"event": event})
    console.say(
        f"Training of {phase}: {len(event.records):,} records for {len(event.people)} people"
    )
    console.next_step(f"scopingreview screen {phase} --training --as NAME")


def show_training(
    review: Review, state: ReviewState, phase: Phase, file: Path, console: Console
) -> None:
    """Each person's hits and misses stand on the screen."""
    found = held_against(review, state, phase, _key(state, phase, file))
    console.document({"phase": phase, "training": found})
    header = ("reviewer", "decided", "of", "hits", "misses", "included of the relevant")
    console.table(header, map(_row, found))
    for each in found:
        for miss in each.misses:
            title = state.records[miss.record_id].title
            told = f"{each.person}: {miss.said}, the key says {miss.expected}"
            console.say(f"  {miss.record_id}  {told}  {title}")
    console.next_step("scopingreview status")


def _row(each: TrainingResult) -> tuple[object, ...]:
    relevant = f"{each.found} of {each.relevant}"
    return each.person, each.decided, each.records, each.hits, len(each.misses), relevant


def _key(state: ReviewState, phase: Phase, file: Path) -> Sequence[KeyedVerdict]:
    """The key as the file has it, about unique records; raises for every bad line at once."""

    def keyed(row: Mapping[str, str]) -> KeyedVerdict:
        record_id = state.canonical.get(row["record_id"], row["record_id"])
        verdict = word_named(Verdict, "verdict", row["verdict"])
        return KeyedVerdict(record_id, verdict, row["reason"])

    check = partial(check_keyed, state=state, rules=state.protocol.phases[phase])
    return values_from_sheet(file, columns=COLUMNS, make=keyed, check=check)
