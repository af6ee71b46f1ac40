"""People's words on pairs of records: each one's last word, and who contradicts whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scopingreview.model import DuplicateJudgement

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """The pairs of rows that people joined and parted; pairs are lower row first.

    `same` names who joined a pair. A pair on which people contradict each other is in
    `different`: a wrong link loses a study, a missing one costs a minute. `contradictions` names
    it, as a sentence.
    """

    same: dict[Pair, str]
    different: frozenset[Pair]
    contradictions: tuple[str, ...]

    @property
    def decided(self) -> frozenset[Pair]:
        """All the pairs that people spoke on."""
        return self.different | self.same.keys()

    def apart(self) -> dict[int, set[int]]:
        """The rows that each row must not be grouped with."""
        return kept_apart(self.different)

    def reviewer_of(self, row: int) -> str:
        """Who said that this row is the same as another; "" when nobody did."""
        return next((who for pair, who in sorted(self.same.items()) if row in pair), "")


def kept_apart(pairs: Iterable[Pair]) -> dict[int, set[int]]:
    """Of each row in the pairs the rows that it stands in a pair with."""
    apart: dict[int, set[int]] = {}
    for one, other in pairs:
        apart.setdefault(one, set()).add(other)
        apart.setdefault(other, set()).add(one)
    return apart


def judged_pairs(judgements: Sequence[DuplicateJudgement], record_ids: Sequence[str]) -> Judged:
    """What stands of the judgements; those on records that are not there count for nothing."""
    joined: dict[Pair, str] = {}
    different: set[Pair] = set()
    contradictions = []
    for pair, words in sorted(_last_words(judgements, record_ids).items()):
        yes = sorted(who for who, same in words.items() if same)
        no = sorted(who for who, same in words.items() if not same)
        if yes and not no:
            joined[pair] = yes[0]
            continue
        different.add(pair)
        if yes:
            names = " and ".join(record_ids[row] for row in pair)
            contradictions.append(
                f"{names} are the same to {', '.join(yes)}, different to {', '.join(no)}; "
                "they stay apart until one of them takes it back"
            )
    return Judged(joined, frozenset(different), tuple(contradictions))


def _last_words(
    judgements: Sequence[DuplicateJudgement], record_ids: Sequence[str]
) -> dict[Pair, dict[str, bool]]:
    """Each person's last word on each pair, unless they took it back."""
    if not judgements:
        return {}
    row_of = {record_id: row for row, record_id in enumerate(record_ids)}
    words: dict[Pair, dict[str, bool]] = {}
    for judgement in sorted(judgements, key=lambda judgement: judgement.decided_at):
        if judgement.record_id in row_of and judgement.other_id in row_of:
            rows = sorted((row_of[judgement.record_id], row_of[judgement.other_id]))
            on_pair = words.setdefault((rows[0], rows[1]), {})
            on_pair.pop(judgement.reviewer, None)
            if judgement.same is not None:
                on_pair[judgement.reviewer] = judgement.same
    return {pair: on_pair for pair, on_pair in words.items() if on_pair}
