"""Whether a decision may be taken at all: known people, records, reasons, and the right moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from scopingreview.errors import ReviewError, nearest
from scopingreview.model import Decision, Person, Phase, PhaseRules, Verdict


def check_decision(
    decision: Decision,
    *,
    rules: PhaseRules,
    canonical: Mapping[str, str],
    open_ids: Collection[str],
    closed: str,
) -> list[ReviewError]:
    """What is wrong with taking this decision now; nothing when it may be taken.

    `open_ids` are the unique records that can be decided on, `closed` says why others cannot.
    """
    return [
        *_check_record(decision, canonical, open_ids, closed),
        *check_reason(decision, rules),
    ]


def _check_record(
    decision: Decision, canonical: Mapping[str, str], open_ids: Collection[str], closed: str
) -> Iterable[ReviewError]:
    record_id = decision.record_id
    if record_id not in canonical:
        yield ReviewError(f'unknown record "{record_id}"', hint=nearest(record_id, canonical))
    elif canonical[record_id] not in open_ids and decision.verdict is not Verdict.WITHDRAWN:
        yield ReviewError(f"{record_id} is not open to decide on", hint=closed)


def check_reason(decision: Decision, rules: PhaseRules) -> Iterable[ReviewError]:
    """What is wrong with the reason: a full-text exclusion has one, of the protocol's list."""
    known = rules.exclusion_reasons
    if decision.verdict is not Verdict.EXCLUDE:
        if decision.reason:
            yield ReviewError(
                f'{decision.record_id}: "{decision.verdict}" has no reason, only an exclusion has'
            )
    elif decision.reason and decision.reason not in known:
        yield ReviewError(
            f'{decision.record_id}: unknown reason "{decision.reason}"',
            hint=nearest(decision.reason, known),
        )
    elif not decision.reason and rules.phase is Phase.FULL_TEXT:
        yield ReviewError(
            f"{decision.record_id}: a report excluded by its full text needs a reason",
            hint=f"One of: {', '.join(known)}.",
        )


def check_person(name: str, people: Iterable[Person], role: str) -> list[ReviewError]:
    """Empty when the person is one of the people; else the one of that full name, or the nearest.

    A name is that of a file: who writes it with capitals, blanks or accents is told how it goes.
    """
    known = list(people)
    names = [person.name for person in known]
    if name in names:
        return []
    called = [each.name for each in known if each.full_name.casefold() == name.strip().casefold()]
    hint = f'Did you mean "{called[0]}"?' if called and name.strip() else nearest(name, names)
    return [
        ReviewError(
            f'"{name}" is no {role} of this review',
            hint=hint or f"Name one in config/review.toml under [[{role}s]].",
        )
    ]
