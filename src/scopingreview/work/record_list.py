"""The list of records a person works through, and which of them is on the table."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain


class RecordList:
    """A queue of records with a place in it, and shorter lists that can lie on top of it.

    The queue is what is owed; a list found by a filter lies on top of it until it is put away,
    and the place in the queue waits underneath.
    """

    def __init__(
        self, queue: Sequence[str], *, is_decided: Callable[[str], object], decided: Iterable[str]
    ) -> None:
        """Begin at the first record that is not decided on; `decided` are those that are."""
        self.ids = list(queue)
        self.place = 0
        self.is_filtered = False
        self._is_decided = is_decided
        self.queue = self.ids
        self._at_first = list(queue)
        self._queue_place = 0
        self._members = set(queue)
        self._put_off: dict[str, None] = {}
        self._taken_off: list[str] = []
        self._is_arranged = False
        self._decided = set(decided)  # of the queue: hardly any, at first
        self._to_undecided(from_place=0)

    @property
    def current(self) -> str | None:
        """The record on the table; None past the end of the list."""
        return self.ids[self.place] if self.place < len(self.ids) else None

    @property
    def left(self) -> int:
        """How many records of the queue are not decided on."""
        return len(self._members) - len(self._decided)

    def __len__(self) -> int:
        return len(self.ids)

    def _waits(self, unique_id: str) -> bool:
        return unique_id in self._members and unique_id not in self._decided

    def decided_on(self, unique_id: str) -> None:
        """Take note that a record of the queue was decided on, or is undecided again."""
        if unique_id in self._members:
            if self._is_decided(unique_id):
                self._decided.add(unique_id)
            else:
                self._decided.discard(unique_id)

    def advance(self, *, to_undecided: bool) -> None:
        """The next record is on the table: the next in the list, or the next undecided one.

        After the last record the undecided ones come that were passed over; then the end.
        """
        if to_undecided and not self.is_filtered:
            self._to_undecided(from_place=self.place + 1)
        else:
            self.place = min(self.place + 1, len(self.ids))

    def _to_undecided(self, *, from_place: int) -> None:
        last = len(self.ids)
        places = chain(range(from_place, last), range(from_place)) if self.left else ()
        self.place = next((at for at in places if self._waits(self.ids[at])), last)

    def move(self, steps: int) -> bool:
        """Whether there was a record that many steps on; if so, it is on the table."""
        place = self.place + steps
        if not 0 <= place < len(self.ids):
            return False
        self.place = place
        return True

    def skip(self) -> None:
        """The current record goes to the end of the list."""
        if self.place < len(self.ids):
            unique_id = self.ids.pop(self.place)
            self.ids.append(unique_id)
            if not self.is_filtered:
                self._put_off.pop(unique_id, None)
                self._put_off[unique_id] = None

    def rearrange(self, order: Sequence[str], *, among: Container[str]) -> None:
        """The records of the queue that are still to come are in this order.

        `among` are those that the order may hold. What was seen already keeps its place, and what
        was put off stays at the end. A list that lies on top of the queue is left as it is, and
        so is one that the person put into an order of their own.
        """
        if self.is_filtered or self._is_arranged:
            return
        seen = self.ids[: self.place + 1]
        put_off = [each for each in self._put_off if self._waits(each)]
        to_come = list(order)  # long, and asked for at a key: those to leave out are few
        for unique_id in (*(each for each in seen if each in among), *put_off, *self._taken_off):
            with suppress(ValueError):
                to_come.remove(unique_id)
        already = set(seen)
        self.ids[:] = [*seen, *to_come, *(each for each in put_off if each not in already)]

    def take_off_table(self) -> None:
        """The current record is no longer in the list."""
        unique_id = self.ids.pop(self.place)
        if not self.is_filtered:
            self._taken_off.append(unique_id)
            self._members.discard(unique_id)
            self._decided.discard(unique_id)

    def put_on_table(self, unique_id: str) -> None:
        """The record is on the table: where it stands in the list, else put in at this place."""
        if self.current == unique_id:
            return
        if self.is_filtered and unique_id not in self.ids:
            self.put_away()
        if self.is_filtered or unique_id in self._members:
            self.place = self.ids.index(unique_id)
            return
        self.ids.insert(self.place, unique_id)
        self._members.add(unique_id)
        self.decided_on(unique_id)

    def lay_out(self, ids: Sequence[str]) -> None:
        """The ids are the list, the first is on the table; the queue waits underneath."""
        if not self.is_filtered:
            self._queue_place = self.place
        self.ids, self.place, self.is_filtered = list(ids), 0, True

    def arrange(self, rank: Mapping[str, object] | None) -> None:
        """The list is sorted by what is given of each record, or as the queue was at first.

        The first undecided record of the queue is on the table then, the first of a filtered list.
        """
        if not self.is_filtered:
            self._is_arranged = rank is not None
        own_order = {unique_id: place for place, unique_id in enumerate(self._at_first)}
        last = len(own_order)
        own = sorted(self.ids, key=lambda unique_id: own_order.get(unique_id, last))
        self.ids[:] = own if rank is None else sorted(own, key=rank.__getitem__)  # type: ignore[arg-type]
        self.place = 0
        if not self.is_filtered:
            self._to_undecided(from_place=0)

    def put_away(self) -> None:
        """The queue is the list again, at the record where it was left."""
        if self.is_filtered:
            self.ids, self.place, self.is_filtered = self.queue, self._queue_place, False
            if self.current is not None and self._is_decided(self.current):
                self._to_undecided(from_place=self.place)
