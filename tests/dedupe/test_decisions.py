"""Rules, vetoes and doubts: each of them decides something, or it would not be there."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from scopingreview.dedupe import decisions
from scopingreview.dedupe.doubts import DOUBTS, Doubt
from scopingreview.dedupe.evidence import Evidence
from scopingreview.dedupe.matches import Matches
from scopingreview.dedupe.rules import RULES, Rule
from scopingreview.dedupe.vetoes import VETOES, Veto
from scopingreview.model import DedupePolicy, LinkUnit, Versions
from tests.dedupe.pairs import Pair, read_pairs

PAIRS = read_pairs()
POLICIES = (
    DedupePolicy(),
    DedupePolicy(cochrane_versions=Versions.TOGETHER),
    DedupePolicy(preprints=Versions.TOGETHER),
    DedupePolicy(unit=LinkUnit.STUDY),
)


@cache
def evidence_on(place: int) -> Evidence:
    """The evidence on that pair of the file, which is the same under every policy."""
    one, other = np.array([0]), np.array([1])
    return Matches.among([PAIRS[place].records]).comparison.evidence(one, other)


def pairs_of(row: Rule | Veto | Doubt) -> list[Pair]:
    """The pairs for which the row holds."""
    return [pair for place, pair in enumerate(PAIRS) if row.holds(evidence_on(place))[0]]


def answers(
    row: Rule | Veto | Doubt, table: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, str]]:
    """How the pairs for which the row holds stand with it, and without it in its table."""
    without = tuple(each for each in getattr(decisions, table) if each is not row)
    for policy in POLICIES:
        if isinstance(row, Doubt) or row.applies(policy):
            for pair in pairs_of(row):
                answer = pair.outcome(policy)
                with monkeypatch.context() as changed:
                    changed.setattr(decisions, table, without)
                    yield answer, pair.outcome(policy)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_without_any_one_rule_a_pair_would_not_be_linked(
    rule: Rule, monkeypatch: pytest.MonkeyPatch
):
    found = answers(rule, "RULES", monkeypatch)
    assert any(with_it == "linked" != without for with_it, without in found)


@pytest.mark.parametrize("veto", VETOES, ids=lambda veto: veto.name)
def test_without_any_one_veto_a_pair_would_be_linked(veto: Veto, monkeypatch: pytest.MonkeyPatch):
    found = answers(veto, "VETOES", monkeypatch)
    assert any(with_it != "linked" == without for with_it, without in found)


@pytest.mark.parametrize("doubt", DOUBTS, ids=lambda doubt: doubt.name)
def test_without_any_one_doubt_nobody_would_be_asked_about_a_pair(
    doubt: Doubt, monkeypatch: pytest.MonkeyPatch
):
    assert ("possible", "apart") in answers(doubt, "DOUBTS", monkeypatch)
