"""One person's word on pairs of records: the same report, or not, and taking it back.

The session knows no terminal. A word is on disk before `judge` returns; the links follow when
`dedupe` runs again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from scopingreview import config, store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import DuplicateJudgement, PossibleDuplicate, Protocol, Record
from scopingreview.paths import Review
from scopingreview.review.corrected import corrected_records
from scopingreview.screening.check import check_person

# What a key does to the pair on the table: what the question calls it, what the help says of it.
PAIR_KEYS = {
    "s": ("same", "They are one report."),
    "d": ("different", "They are two reports."),
    "k": ("skip", "Put the pair at the end of the queue."),
    "u": ("undo", "Take back your last word of this sitting, again and again."),
    "e": ("explain", "What speaks for and against a link, and what would change it."),
    "c": ("comment", "Write a comment that is kept with your next word."),
    "?": ("help", "See every key, and what the signs mean."),
    "q": ("quit", "Leave; every word is saved already."),
}


class JudgingSession:
    """The possible pairs that wait for somebody's word, the most telling first."""

    def __init__(self, review: Review, person: str) -> None:
        """Sit down at the first pair that nobody has judged.

        Raises ReviewError when the protocol does not know the person, MissingInputError
        before `dedupe` has run.
        """
        check_judge(config.load_protocol(review), person)
        self.review = review
        self.person = person
        self.judged: list[DuplicateJudgement] = []
        self._done: list[PossibleDuplicate] = []
        settled = _standing(store.read_judgements(review))
        pairs = store.read_possible_duplicates(review)
        self.queue = [pair for pair in pairs if _pair(pair.record_id, pair.other_id) not in settled]
        wanted = {record_id for pair in self.queue for record_id in (pair.record_id, pair.other_id)}
        self.records = {
            record.record_id: record
            for record in corrected_records(review)
            if record.record_id in wanted
        }

    @property
    def current(self) -> PossibleDuplicate | None:
        """The pair on the table; None when no pair is left."""
        return self.queue[0] if self.queue else None

    @property
    def left(self) -> int:
        """How many pairs wait."""
        return len(self.queue)

    def both(self, pair: PossibleDuplicate) -> tuple[Record, Record]:
        """The two records of the pair."""
        return self.records[pair.record_id], self.records[pair.other_id]

    def judge(self, same: bool, *, note: str = "", now: datetime) -> DuplicateJudgement:
        """The word on the current pair is on disk and the next pair is on the table."""
        pair = self.queue[0]
        word = DuplicateJudgement(now, pair.record_id, pair.other_id, same, self.person, note)
        store.append_judgement(self.review, word)
        self.judged.append(word)
        self._done.append(self.queue.pop(0))
        return word

    def skip(self) -> None:
        """The current pair goes to the end of the queue."""
        self.queue.append(self.queue.pop(0))

    def undo(self, *, now: datetime) -> DuplicateJudgement | None:
        """The last word of this sitting is taken back and its pair is on the table again."""
        if not self.judged:
            return None
        last = self.judged[-1]
        taken_back = DuplicateJudgement(now, last.record_id, last.other_id, None, self.person)
        store.append_judgement(self.review, taken_back)
        self.judged.pop()
        self.queue.insert(0, self._done.pop())
        return last


def check_judge(protocol: Protocol, person: str) -> None:
    """Nothing when the person may judge pairs; a ReviewError with the nearest name otherwise."""
    people = (*protocol.reviewers, *protocol.adjudicators)
    raise_problems(check_person(person, people, "reviewer or adjudicator"))


def judge_pair(review: Review, word: DuplicateJudgement) -> bool:
    """The word stands on disk; whether it had to be written, or stood already.

    Raises CombinedError when a record or the person is unknown.
    """
    check_judge(config.load_protocol(review), word.reviewer)
    raise_problems(_unknown(review, (word.record_id, word.other_id)))
    before = _standing(
        each for each in store.read_judgements(review) if each.reviewer == word.reviewer
    )
    if before.get(_pair(word.record_id, word.other_id)) == word.same:
        return False
    store.append_judgement(review, word)
    return True


def _unknown(review: Review, record_ids: Sequence[str]) -> list[ReviewError]:
    """What is wrong with the ids of a pair: unknown, or twice the same record."""
    known = {record.record_id for record in store.read_records(review)}
    problems = [
        ReviewError(f'no record "{record_id}"', hint=nearest(record_id, known))
        for record_id in record_ids
        if record_id not in known
    ]
    if len(set(record_ids)) < len(record_ids):
        problems.append(ReviewError("a pair is two different records"))
    return problems


def _pair(one: str, other: str) -> frozenset[str]:
    return frozenset((one, other))


def _standing(judgements: Iterable[DuplicateJudgement]) -> dict[frozenset[str], bool | None]:
    """The last word on each pair; pairs whose last word was taken back are left out."""
    last = {_pair(each.record_id, each.other_id): each.same for each in judgements}
    return {pair: same for pair, same in last.items() if same is not None}
