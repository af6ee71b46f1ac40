"""What is passed over unread: only pairs of which no rule and no doubt would say anything."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings

from scopingreview.dedupe.comparison import Comparison
from scopingreview.dedupe.conditions import whole_studies
from scopingreview.dedupe.evidence import worth_a_look
from scopingreview.dedupe.features import columns_of
from scopingreview.model import DedupePolicy, LinkUnit, Record, Versions
from tests.dedupe.neighbours import neighbours


@pytest.mark.parametrize(
    "policy",
    [
        DedupePolicy(),
        DedupePolicy(unit=LinkUnit.STUDY),
        DedupePolicy(preprints=Versions.TOGETHER, cochrane_versions=Versions.TOGETHER),
    ],
    ids=["publications", "studies", "versions together"],
)
@settings(max_examples=150, deadline=None)
@given(records=neighbours())
def test_no_pair_that_a_rule_or_a_doubt_speaks_of_is_passed_over(
    policy: DedupePolicy, records: list[Record]
):
    columns = columns_of(records)
    comparison = Comparison.of(columns, policy)
    pairs = np.array(list(itertools.combinations(range(len(records)), 2)), dtype=np.int64)
    one, other = pairs[:, 0], pairs[:, 1]
    decided = comparison.decide(one, other)
    worth = worth_a_look(columns, one, other, any_time=whole_studies(policy))
    passed_over = (decided.linked | decided.doubtful) & ~worth
    assert [(records[left], records[right]) for left, right in pairs[passed_over].tolist()] == []
