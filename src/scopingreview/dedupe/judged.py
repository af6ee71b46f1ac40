"""What people said about pairs of records, and where their words contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scopingreview.dedupe.groups import Groups
from scopingreview.model import DuplicateJudgement

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """The pairs of rows that people joined and parted; pairs are lower row first.

    `decided` are all pairs a person spoke on. A pair on which people contradict each other is
    in none but `decided`.
    """

    same: tuple[Pair, ...]
    different: tuple[Pair, ...]
    decided: frozenset[Pair]
    said_same: dict[Pair, str]
    contradictions: tuple[str, ...]

    def apart(self) -> dict[int, set[int]]:
        """The rows that each row must not be grouped with."""
        found: dict[int, set[int]] = {}
        for one, other in self.different:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
        return found

    def reviewer_of(self, row: int) -> str:
        """Who said that this row is the same as another; "" when nobody did."""
        return next((who for pair, who in sorted(self.said_same.items()) if row in pair), "")


def judged_pairs(judgements: Sequence[DuplicateJudgement], record_ids: Sequence[str]) -> Judged:
    """What stands of the judgements: each reviewer's last word on each pair."""
    if not judgements:
        return Judged((), (), frozenset(), {}, ())
    row_of = {record_id: row for row, record_id in enumerate(record_ids)}
    words: dict[Pair, dict[str, bool]] = {}
    for judgement in sorted(judgements, key=lambda judgement: judgement.decided_at):
        if judgement.record_id in row_of and judgement.other_id in row_of:
            rows = sorted((row_of[judgement.record_id], row_of[judgement.other_id]))
            said = words.setdefault((rows[0], rows[1]), {})
            said.pop(judgement.reviewer, None)
            if judgement.same is not None:
                said[judgement.reviewer] = judgement.same
    return _settled({pair: said for pair, said in words.items() if said}, record_ids)


def _settled(words: dict[Pair, dict[str, bool]], record_ids: Sequence[str]) -> Judged:
    """The pairs joined and parted, and the contradictions among them in words."""
    contradictions, same, said_same = [], [], {}
    different = [pair for pair, said in words.items() if not any(said.values())]
    apart: dict[int, set[int]] = {}
    for one, other in different:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    groups = Groups(apart)
    for pair, said in sorted(words.items()):
        names = " and ".join(record_ids[row] for row in pair)
        if len(set(said.values())) > 1:
            yes = ", ".join(who for who, word in said.items() if word)
            no = ", ".join(who for who, word in said.items() if not word)
            contradictions.append(f"{names}: the same says {yes}, different says {no}")
        elif all(said.values()):
            parted = groups.obstacle(*pair)
            if parted is not None:
                left, right = (record_ids[row] for row in parted)
                contradictions.append(
                    f"{names} were said to be the same, which would join {left} and {right}, "
                    "said to be different"
                )
                continue
            groups.join(*pair)
            same.append(pair)
            said_same[pair] = min(said)
    return Judged(tuple(same), tuple(different), frozenset(words), said_same, tuple(contradictions))
