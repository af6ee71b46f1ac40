"""What of the evidence on a pair would have to be otherwise to change the answer.

One piece at a time is changed, and rules, vetoes and doubts are asked again; where no single one
would link the pair, two at a time are, which says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np

from scopingreview.dedupe.compare.differences import Difference
from scopingreview.dedupe.decisions import LINKED, outcome_alone
from scopingreview.dedupe.evidence import Evidence
from scopingreview.dedupe.evidence_words import PLACES
from scopingreview.dedupe.key_agreement import Agreement
from scopingreview.model import DedupePolicy

MOST_PAIRS_OF_CHANGES = 3  # that are named

YES, NO = np.array([True]), np.array([False])
SAME, OTHER, SILENT = Agreement(YES, NO), Agreement(NO, YES), Agreement(NO, NO)

# A change in words, and the evidence so changed.
Change = tuple[str, Evidence]


def would_change(evidence: Evidence, policy: DedupePolicy) -> Iterator[str]:
    """Each piece of evidence that, were it otherwise, would change the answer on the pair.

    Where none would link it, also a few pairs of pieces that together would. `evidence` is that
    on one pair.
    """
    now = outcome_alone(evidence, policy)
    outcomes = set()
    for words, changed in _changes(evidence):
        then = outcome_alone(changed, policy)
        if then != now:
            outcomes.add(then)
            yield f"if {words}: {then}"
    if LINKED not in {now, *outcomes}:
        yield from islice(_two_that_link(evidence, policy), MOST_PAIRS_OF_CHANGES)


def _two_that_link(evidence: Evidence, policy: DedupePolicy) -> Iterator[str]:
    """Each two pieces of evidence that, were both otherwise, would link the pair."""
    for words, changed in _changes(evidence):
        for more, changed_again in _changes(changed):
            if more > words and outcome_alone(changed_again, policy) == LINKED:
                yield f"if {words} and {more}: {LINKED}"


def _changes(evidence: Evidence) -> Iterator[Change]:
    yield from _other_places(evidence)
    yield from _other_abstract(evidence)
    yield from _other_title(evidence)
    yield from _other_people(evidence)
    yield from _other_years(evidence)


def _other_abstract(evidence: Evidence) -> Iterator[Change]:
    if not evidence.abstract.same[0]:
        yield "the abstracts were the same", replace(evidence, abstract=SAME)


def _other_places(evidence: Evidence) -> Iterator[Change]:
    for field, name in PLACES.items():
        agreement: Agreement = getattr(evidence, field)
        if not agreement.same[0]:
            yield f"{name} were the same", _with(evidence, field, SAME)
        if not agreement.other[0]:
            yield f"{name} contradicted each other", _with(evidence, field, OTHER)
        if agreement.same[0] or agreement.other[0]:
            yield f"{name} were missing in one", _with(evidence, field, SILENT)


def _with(evidence: Evidence, field: str, agreement: Agreement) -> Evidence:
    changed: Any = {field: agreement}
    return replace(evidence, **changed)


def _other_title(evidence: Evidence) -> Iterator[Change]:
    if evidence.title[0] > Difference.TRIVIAL:
        title, percent = np.array([0], dtype=np.int8), np.array([100], dtype=np.float32)
        yield "the titles were the same", replace(evidence, title=title, title_percent=percent)


def _other_people(evidence: Evidence) -> Iterator[Change]:
    shared, fewest = evidence.names_shared, evidence.names_fewest
    if fewest[0] and shared[0]:
        others = replace(evidence, names_shared=np.array([0]), names_same=NO)
        yield "the authors were others", others
    if fewest[0] and shared[0] < fewest[0]:
        same = replace(evidence, names_shared=fewest, names_same=YES)
        yield "the authors were the same", same


def _other_years(evidence: Evidence) -> Iterator[Change]:
    if evidence.years_apart[0] > 0:
        yield "the years were the same", replace(evidence, years_apart=np.array([0]))
    if -1 < evidence.years_apart[0] < 2:
        yield "the years were far apart", replace(evidence, years_apart=np.array([9]))
