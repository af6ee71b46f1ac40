"""Why two records are one report, or are not: every piece of evidence, and what would change it.

The answer comes from the same evidence, rules and vetoes as the links, on one pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scopingreview.dedupe.blocking import keys_in_common
from scopingreview.dedupe.decisions import LINKED, Reason, reasons_for
from scopingreview.dedupe.evidence_words import Piece, pieces_of
from scopingreview.dedupe.link_chain import chain_in_words
from scopingreview.dedupe.links import Links
from scopingreview.dedupe.matches import PUBLICATIONS, Matches
from scopingreview.dedupe.otherwise import would_change
from scopingreview.model import DedupePolicy, DuplicateJudgement, Record


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say of two records.

    `outcome` is how the pair stands in the end (linked, possible or apart), `because` says in
    words what decided that; `would_change` what would have to be otherwise. `met_by` are the
    keys that made them a pair to compare; without one they were never compared.
    """

    record_id: str
    other_id: str
    outcome: str
    because: str
    evidence: tuple[Piece, ...]
    reasons: tuple[Reason, ...]
    met_by: tuple[str, ...]
    would_change: tuple[str, ...]


def explain(
    records: Iterable[Record],
    pair: tuple[str, str],
    *,
    judgements: Sequence[DuplicateJudgement] = (),
    policy: DedupePolicy = PUBLICATIONS,
    trust: Sequence[str] = (),
) -> Explanation:
    """Why the two records of that pair of ids are linked, possible or apart, among all records.

    Raises KeyError when one of them is no record.
    """
    matches = Matches.among([records], policy)
    comparison = matches.comparison
    one, other = (comparison.columns.rows_of([record_id]) for record_id in pair)
    evidence = comparison.evidence(one, other)
    links = Links.of(matches, judgements=judgements, trust=trust)
    outcome = links.outcome_of(*pair)
    reasons = tuple(reasons_for(evidence, policy))
    because = (
        _by_people(outcome, judgements, pair)
        or _by_tables(outcome, reasons)
        or chain_in_words(comparison, links.group_of(pair[0]), judgements, pair)
    )
    return Explanation(
        record_id=pair[0],
        other_id=pair[1],
        outcome=outcome,
        because=because,
        evidence=tuple(pieces_of(evidence)),
        reasons=reasons,
        met_by=tuple(keys_in_common(comparison.columns, one, other)),
        would_change=tuple(would_change(evidence, policy)),
    )


def _by_people(
    outcome: str, judgements: Sequence[DuplicateJudgement], pair: tuple[str, str]
) -> str:
    """Whose word on this pair decided; "" when nobody's did."""
    on_pair = [each for each in judgements if {each.record_id, each.other_id} == set(pair)]
    last = {each.reviewer: each.same for each in on_pair if each.same is not None}
    if len(set(last.values())) > 1:
        return f"nobody: {' and '.join(sorted(last))} contradict each other, so nothing is linked"
    if last and (outcome == LINKED) in last.values():
        return f"the word of {' and '.join(sorted(last))}"
    return ""


def _by_tables(outcome: str, reasons: Sequence[Reason]) -> str:
    """Which rule, veto or doubt decided; "" when the two came together through other records."""
    first = {reason.kind: reason.name for reason in reversed(reasons)}
    if outcome == LINKED:
        alone = "rule" in first and "veto" not in first
        return f'the rule "{first["rule"]}"' if alone else ""
    if "veto" in first:
        return f'the veto "{first["veto"]}"'
    if "rule" in first:
        return "another record of their groups is kept apart by a veto or a person"
    return f'no rule holds, but the doubt "{first["doubt"]}"' if "doubt" in first else "no rule"
