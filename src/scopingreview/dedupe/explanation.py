"""Why two records are one report, or are not: every piece of evidence, and what would change it.

The answer comes from the same evidence, rules and vetoes as the links, on one pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scopingreview.dedupe.blocking import KEYS
from scopingreview.dedupe.compare.differences import Difference
from scopingreview.dedupe.comparison import Comparison
from scopingreview.dedupe.decisions import decide
from scopingreview.dedupe.doubts import DOUBTS
from scopingreview.dedupe.evidence import Agreement, Evidence, gather
from scopingreview.dedupe.evidence_words import PLACES, TITLE_WORDS
from scopingreview.dedupe.features import Columns, Numbers, columns_of
from scopingreview.dedupe.judged import judged_pairs
from scopingreview.dedupe.link_chain import chain
from scopingreview.dedupe.links import PUBLICATIONS, Links, link_columns
from scopingreview.dedupe.rules import RULES
from scopingreview.dedupe.vetoes import VETOES
from scopingreview.model import DedupePolicy, DuplicateJudgement, Record

LINKED, POSSIBLE, APART = "linked", "possible", "apart"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: what is compared, and whether it speaks for, against or neither."""

    about: str
    says: str
    speaks: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule, veto or doubt that holds for the pair: its kind, name and meaning."""

    kind: str
    name: str
    says: str


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
    columns = columns_of(records)
    row_of = {record_id: row for row, record_id in enumerate(columns.record_id)}
    one, other = (np.array([row_of[record_id]], dtype=np.int64) for record_id in pair)
    comparison = Comparison.of(columns, policy)
    links = link_columns(columns, judgements=judgements, policy=policy, trust=trust)
    evidence = gather(columns, comparison.corpus, one, other)
    outcome = _outcome_in_the_end(links, pair)
    reasons = tuple(_reasons(evidence, policy))
    because = _because(outcome, reasons, judgements, pair)
    if not because:
        members = [row_of[record_id] for record_id in _group(links, pair[0])]
        judged = judged_pairs(judgements, columns.record_id)
        because = _said(columns, chain(comparison, members, judged, (int(one[0]), int(other[0]))))
    return Explanation(
        record_id=pair[0],
        other_id=pair[1],
        outcome=outcome,
        because=because,
        evidence=tuple(_pieces(evidence)),
        reasons=reasons,
        met_by=tuple(_keys_in_common(columns, one, other)),
        would_change=tuple(_would_change(evidence, policy)),
    )


def _outcome_in_the_end(links: Links, pair: tuple[str, str]) -> str:
    kept = {link.record_id: link.duplicate_of for link in links.duplicates}
    one, other = (kept.get(record_id, record_id) for record_id in pair)
    if one == other:
        return LINKED
    asked = {frozenset((each.record_id, each.other_id)) for each in links.possible}
    return POSSIBLE if frozenset((one, other)) in asked else APART


def _reasons(evidence: Evidence, policy: DedupePolicy) -> Iterator[Reason]:
    """What holds for the pair; of a pair that is linked by itself nothing is in doubt."""
    for veto in VETOES:
        if veto.applies(policy) and veto.holds(evidence)[0]:
            yield Reason("veto", veto.name, veto.says)
    for rule in RULES:
        if rule.applies(policy) and rule.holds(evidence)[0]:
            yield Reason("rule", rule.name, rule.says)
    for doubt in DOUBTS:
        if doubt.holds(evidence)[0] and _alone(evidence, policy) != LINKED:
            yield Reason("doubt", doubt.name, doubt.says)


def _because(
    outcome: str,
    reasons: Sequence[Reason],
    judgements: Sequence[DuplicateJudgement],
    pair: tuple[str, str],
) -> str:
    """What decided; "" when the two came together through other records."""
    said = [each for each in judgements if {each.record_id, each.other_id} == set(pair)]
    last = {each.reviewer: each.same for each in said if each.same is not None}
    if len(set(last.values())) > 1:
        return f"nobody: {' and '.join(sorted(last))} contradict each other, so nothing is linked"
    if last and (outcome == LINKED) in last.values():
        return f"the word of {' and '.join(sorted(last))}"
    first = {reason.kind: reason.name for reason in reversed(reasons)}
    alone = APART if "veto" in first else LINKED if "rule" in first else APART
    if outcome == LINKED and alone != LINKED:
        return ""
    if outcome == LINKED:
        return f'the rule "{first["rule"]}"'
    if "veto" in first:
        return f'the veto "{first["veto"]}"'
    if "rule" in first:
        return "another record of their groups is kept apart by a veto or a person"
    return f'no rule holds, but the doubt "{first["doubt"]}"' if "doubt" in first else "no rule"


def _group(links: Links, record_id: str) -> set[str]:
    """All the records that are one report with this one."""
    kept = {link.record_id: link.duplicate_of for link in links.duplicates}
    best = kept.get(record_id, record_id)
    return {best} | {each for each, of in kept.items() if of == best}


def _said(columns: Columns, steps: Sequence[tuple[int, int, str]]) -> str:
    """A chain of links in words."""
    ids = columns.record_id
    return "other copies: " + "; ".join(
        f"{ids[one]} is linked to {ids[other]} by {because}" for one, other, because in steps
    )


def _pieces(e: Evidence) -> Iterator[Piece]:
    title = Difference(int(e.title[0])) if e.both_titled[0] else None
    spoken = {None: "neither", Difference.PART: "for", Difference.WORDS: "against"}
    yield Piece(
        "title",
        f"{TITLE_WORDS[title]}; {e.title_percent[0]:.0f} % alike" if title is not None else "empty",
        spoken.get(title, "against" if title == Difference.TELLING else "for"),
    )
    shared, fewest = int(e.names_shared[0]), int(e.names_fewest[0])
    speaks = "for" if 3 * shared >= 2 * fewest else "neither" if shared else "against"
    yield Piece(
        "authors",
        f"{shared} of {fewest} names shared" if fewest else "not named in both",
        speaks if fewest else "neither",
    )
    apart = int(e.years_apart[0])
    yield Piece(
        "year",
        "unknown" if apart < 0 else "same" if not apart else f"{apart} apart",
        "neither" if apart < 0 else "for" if apart <= 1 else "against",
    )
    for field, name in PLACES.items():
        agreement: Agreement = getattr(e, field)
        if agreement.same[0]:
            yield Piece(name, "same", "for")
        else:
            contradicts = bool(agreement.other[0])
            yield Piece(
                name,
                "contradict each other" if contradicts else "nothing to compare",
                "against" if contradicts else "neither",
            )
    yield from (Piece(*piece, speaks="against") for piece in _remarks(e))


def _remarks(e: Evidence) -> Iterator[tuple[str, str]]:
    """What weighs on the whole pair."""
    if e.common_title[0]:
        yield "title", "short, or other works bear it too: it names no work by itself"
    if e.notice_differs[0]:
        yield "kind", "one is a correction, comment, reply or retraction"
    if e.protocol_differs[0]:
        yield "kind", "one is a protocol"
    if e.preprint_and_article[0]:
        yield "kind", "one is a preprint"
    if e.supplement_alone[0]:
        yield "kind", "one stands in a supplement, the other has no place yet"


def _keys_in_common(columns: Columns, one: Numbers, other: Numbers) -> Iterator[str]:
    for key in KEYS:
        keys = key.of(columns)
        if keys[one[0]] and keys[one[0]] == keys[other[0]]:
            yield key.says


YES, NO = np.array([True]), np.array([False])
SAME, OTHER, SILENT = Agreement(YES, NO), Agreement(NO, YES), Agreement(NO, NO)


def _would_change(e: Evidence, policy: DedupePolicy) -> Iterator[str]:
    """Each single piece of evidence that, were it otherwise, would change the answer."""
    now = _alone(e, policy)
    for said, changed in _otherwise(e):
        then = _alone(changed, policy)
        if then != now:
            yield f"if {said}: {then}"


def _alone(e: Evidence, policy: DedupePolicy) -> str:
    """What becomes of the pair by itself."""
    decided = decide(e, policy)
    if decided.linked[0]:
        return LINKED
    return POSSIBLE if decided.doubtful[0] else APART


def _otherwise(e: Evidence) -> Iterator[tuple[str, Evidence]]:
    """The evidence with one piece changed, and that change in words."""
    for field, name in PLACES.items():
        agreement: Agreement = getattr(e, field)
        if not agreement.same[0]:
            yield f"{name} were the same", _with(e, field, SAME)
        if not agreement.other[0]:
            yield f"{name} contradicted each other", _with(e, field, OTHER)
        if agreement.same[0] or agreement.other[0]:
            yield f"{name} were missing in one", _with(e, field, SILENT)
    if e.title[0] > Difference.TRIVIAL:
        yield (
            "the titles were the same",
            replace(
                e,
                title=np.array([0], dtype=np.int8),
                title_percent=np.array([100], dtype=np.float32),
            ),
        )
    if e.names_fewest[0] and e.names_shared[0]:
        yield "the authors were others", replace(e, names_shared=np.array([0]), names_same=NO)
    if e.names_fewest[0] and e.names_shared[0] < e.names_fewest[0]:
        yield "the authors were the same", replace(e, names_shared=e.names_fewest, names_same=YES)
    if e.years_apart[0] > 0:
        yield "the years were the same", replace(e, years_apart=np.array([0]))
    if -1 < e.years_apart[0] < 2:
        yield "the years were far apart", replace(e, years_apart=np.array([9]))


def _with(e: Evidence, field: str, agreement: Agreement) -> Evidence:
    changed: Any = {field: agreement}
    return replace(e, **changed)
