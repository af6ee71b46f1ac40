"""The records of the review as people mended them, and the rules V20 about corrections."""

from __future__ import annotations

from collections.abc import Iterator

from scopingreview import store
from scopingreview.errors import nearest
from scopingreview.model import Finding, Record
from scopingreview.paths import CORRECTIONS, Review
from scopingreview.screening.check import check_person
from scopingreview.screening.corrected import correct, standing_corrections
from scopingreview.screening.review_state import ReviewState


def corrected_records(review: Review) -> Iterator[Record]:
    """The records in the order of import, each with its corrections.

    Raises MissingInputError before `import` has run, CombinedError for bad lines.
    """
    corrections = standing_corrections(store.read_corrections(review))
    for record in store.read_records(review):
        yield correct(record, corrections.get(record.record_id, {}))


def check_corrections(state: ReviewState) -> Iterator[Finding]:
    """V02, V20: every correction that stands is by a known person and of a known record."""
    people = (*state.protocol.reviewers, *state.protocol.adjudicators)
    for name in sorted({each.by for each in state.corrections}):
        for error in check_person(name, people, "reviewer"):
            yield Finding("V02", f"{CORRECTIONS}: {error.message}", hint=error.hint)
    for record_id, fields in standing_corrections(state.corrections).items():
        if record_id not in state.canonical:
            taken_back = " ".join(f"--take-back {field}" for field in fields)
            yield Finding(
                "V20",
                f'{CORRECTIONS}: unknown record "{record_id}"',
                (record_id,),
                hint=f"{nearest(record_id, state.canonical)} "
                f"scopingreview correct {record_id} {taken_back} --as NAME".lstrip(),
            )
