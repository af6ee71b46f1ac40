"""What became of the lines that people's commands append, on their way through disks and merges.

The rule by which merged lines count: by time, and within a second in the order of the file. It
never depends on who merged whose branch, but for lines of the same second.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from scopingreview import store
from scopingreview.decision_rows import on_records
from scopingreview.model import Decision, Finding, Phase
from scopingreview.paths import CONSENSUS, SCREENED, Review
from scopingreview.report.markdown import they, things
from scopingreview.review.committed import Change, merged_changes
from scopingreview.screening.review_state import ReviewState
from scopingreview.store.table import stamp

# A line of decisions as it is known by: time, record and verdict.
Word = tuple[str, str, str]


def check_logs(review: Review) -> Iterator[Finding]:
    """V08, V09: no line is cut off, and none stands twice."""
    for name in store.log_files(review):
        log = store.read_log(review, name)
        if log.open_line:
            yield Finding("V08", store.open_line_told(log), hint="Then decide again what it said.")
        for number in log.cut_off:
            yield Finding(
                "V08",
                f"{name}:{number}: a line was cut off in mid-write and is set aside",
                hint="It counts for nothing. If its decision is missing, decide again.",
                error=False,
            )
        lines = Counter(line for line in log.lines[1:] if line and line != log.lines[0])
        twice = [line for line, times in lines.items() if times > 1]
        if twice:
            yield Finding(
                "V09",
                f"{name}: {things(len(twice), 'line')} {they(len(twice), 'stand')} more than once, "
                "the first of them: "
                f"{twice[0].decode(errors='replace')[:80]}",
                hint="Two merges of one change leave that. Each counts once.",
                error=False,
            )


def check_merged(review: Review, state: ReviewState) -> Iterator[Finding]:
    """V10, V11: nobody's words contradict each other because they were said in two places."""
    yield from _check_two_places(review, state)
    for phase in Phase:
        yield from _check_adjudicators(state, phase)


def _check_two_places(review: Review, state: ReviewState) -> Iterator[Finding]:
    """V10: one person said one thing of a record on one branch and another on the other."""
    differing: list[tuple[tuple[Phase, str], str, tuple[Word, Word]]] = []
    for one, other in merged_changes(review):
        place = _phase_and_person(one.file)
        if place is None:
            continue
        here, there = (_last_words(change, state) for change in (one, other))
        for unique_id in here.keys() & there.keys():
            both = here[unique_id], there[unique_id]
            if both[0][2] != both[1][2]:
                differing.append((place, unique_id, both))
    latest = _latest_words(state, {unique_id for _, unique_id, _ in differing})
    found: dict[tuple[Phase, str], list[str]] = {}
    for place, unique_id, both in differing:
        # Whoever has decided again since has settled it.
        if latest.get((*place, unique_id)) in both:
            found.setdefault(place, []).append(unique_id)
    for (phase, name), ids in found.items():
        yield Finding(
            "V10",
            f"{phase}: {name} said different things of {things(len(set(ids)), 'record')} in two "
            "places; the latest by the clock counts",
            tuple(sorted(set(ids))),
            hint=f"Decide again: scopingreview screen {phase} --as {name} --record ID --verdict …",
            error=False,
        )


def _latest_words(state: ReviewState, unique_ids: Collection[str]) -> dict[object, Word]:
    """The last line on each of the records, by phase, person and unique record."""
    return {
        (phase, decision.decided_by, state.canonical[decision.record_id]): _word_of(decision)
        for phase in Phase
        for decision in on_records(
            state.decisions[phase], lambda record_id: state.canonical.get(record_id) in unique_ids
        )
    }


def _phase_and_person(file: str) -> tuple[Phase, str] | None:
    """Whose decisions of which phase the file holds; None for another file."""
    for phase in Phase:
        folder, _, name = file.rpartition("/")
        if folder == f"{SCREENED}/{phase}" and name != f"{CONSENSUS}.csv":
            return phase, name.removesuffix(".csv")
    return None


def _last_words(change: Change, state: ReviewState) -> dict[str, Word]:
    """The last line that the side brought on each unique record."""
    words: dict[str, Word] = {}
    for row in csv.reader(line.decode(errors="replace") for line in change.added):
        unique_id = state.canonical.get(row[1]) if len(row) > 2 else None
        if unique_id is not None:
            word = (row[0], row[1], row[2])
            words[unique_id] = max(words.get(unique_id, word), word, key=lambda each: each[0])
    return words


def _word_of(decision: Decision) -> Word:
    return stamp(decision.decided_at), decision.record_id, decision.verdict


def _check_adjudicators(state: ReviewState, phase: Phase) -> Iterator[Finding]:
    """V11: a conflict that several adjudicators settled, and differently."""
    for unique_id, words in state.settled[phase].items():
        if len({(each.verdict, each.reason) for each in words.values()}) > 1:
            outcome = state.outcomes[phase].get(unique_id)
            counts = outcome.adjudicated_by if outcome else ""
            yield Finding(
                "V11",
                f"{phase}: {_names(words)} settled {unique_id} differently"
                + (f"; the latest, that of {counts}, counts" if counts else ""),
                (unique_id,),
                hint=f"Agree, and settle it again: scopingreview conflicts {phase} --as NAME "
                f"--record {unique_id} --verdict …",
                error=False,
            )


def _names(people: Iterable[str]) -> str:
    return " and ".join(sorted(people))
