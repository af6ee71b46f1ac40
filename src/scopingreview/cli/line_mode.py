"""Deciding record by record at a plain prompt: any terminal, a pipe, a screen reader.

The same keys as at the full screen, and nothing but lines of text. What the keys do is the
session's business; here is how they are asked for and how a record is shown.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Sequence

from scopingreview.cli.prompt import (
    END_OF_INPUT,
    WIDEST,
    ask_key,
    ask_line,
    ask_one_reason,
    ask_reasons,
    describe,
    menu,
    show_criteria,
    show_help,
)
from scopingreview.errors import ReviewError
from scopingreview.model import Phase, Record, Verdict
from scopingreview.work.filters import Filter, among, candidates, parse_filter
from scopingreview.work.full_text import addresses, open_address
from scopingreview.work.highlights import Leaning, Terms
from scopingreview.work.pace import hours_left
from scopingreview.work.possible import possible_actions
from scopingreview.work.task import Work

MOST_DECISIONS = 20


class LineMode:
    """The prompt: shows the record on the table whenever another one came there, asks, acts."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.session = work.session
        self.searched: tuple[str, ...] = ()
        self.is_over = False
        self.acts: dict[str, Callable[[], None]] = {
            "include": lambda: self._decide(Verdict.INCLUDE),
            "exclude": self._exclude,
            "maybe": lambda: self._decide(Verdict.MAYBE),
            "undo": self._undo,
            "skip": self.session.list.skip,
            "next": lambda: self._move(1),
            "back": lambda: self._move(-1),
            "note": self._note,
            "labels": self._labels,
            "duplicate": self._duplicate,
            "study": self._study,
            "open": self._open,
            "search": lambda: self._search(ask_line("search: ").split() or self.searched),
            "search_again": lambda: self._search(self.searched),
            "filter": self._filter,
            "go_to": self._go_to,
            "decisions": self._list_decisions,
            "criteria": lambda: show_criteria(self.session.rules),
            "highlights": self._tell_terms,
            "help": lambda: show_help(self.work.keys, self._possible()),
            "quit": self._quit,
        }

    def run(self) -> None:
        """The person works through the list until it is empty or they quit.

        End of input is the same as quitting. Every decision is on disk before the next record
        shows.
        """
        shown: Record | None = None
        while not self.is_over:
            record = self.session.current
            if record != shown:
                shown = record
                if record is None:
                    self._end_of_list()
                    continue
                self._show(record)
            self._answer(ask_key(f"{menu(self.work.keys, self._possible())}: "))

    def _possible(self) -> list[str]:
        names = possible_actions(self.session, searched=bool(self.searched))
        return [name for name in names if name in self.acts]

    def _answer(self, key: str) -> None:
        action = self.work.keys.action(key)
        try:
            if key == END_OF_INPUT:
                self.is_over = True
            elif key.isdigit():
                self._exclude_for(int(key))
            elif action in self._possible():
                self.acts[action]()
            elif key:
                print(f'"{key}" does nothing here.')
        except ReviewError as error:
            print(f"error: {error}", file=sys.stderr)

    def _end_of_list(self) -> None:
        """A filtered list gives way to the queue; the end of the queue is the end."""
        if self.session.list.is_filtered:
            print("The end of the list; back to your queue.")
            self.session.list.put_away()
        else:
            self.is_over = True

    # ── what the keys do ─────────────────────────────────────────────────────────────────────

    def _decide(self, verdict: Verdict, reason: str = "", also: Sequence[str] = ()) -> None:
        now, sitting = self.work.now(), self.work.sitting
        seconds = sitting.seconds_on_table(now)
        self.session.decide(verdict, reason=reason, also=also, now=now, seconds=seconds)
        sitting.decided(now)
        self.is_over = sitting.is_over(self.session, now)

    def _exclude(self) -> None:
        rules = self.session.rules
        if not rules.exclusion_reasons:
            self._decide(Verdict.EXCLUDE)
        elif rules.phase is Phase.FULL_TEXT:
            if reasons := ask_reasons(rules):
                self._decide(Verdict.EXCLUDE, reasons[0], reasons[1:])
        elif (reason := ask_one_reason(rules)) is not None:
            self._decide(Verdict.EXCLUDE, reason)

    def _exclude_for(self, number: int) -> None:
        reasons = list(self.session.rules.exclusion_reasons)
        place = number - 1 if number else 9
        if place < len(reasons):
            self._decide(Verdict.EXCLUDE, reasons[place])
        else:
            print(f"There is no reason {number}.")

    def _undo(self) -> None:
        taken_back = self.session.undo(now=self.work.now())
        if taken_back is not None:
            print(f"Taken back. {taken_back.record_id} is undecided again.")

    def _move(self, steps: int) -> None:
        if not self.session.list.move(steps):
            print("There is no other in this direction.")

    def _note(self) -> None:
        self.session.annotate(note=ask_line("comment: "), now=self.work.now())

    def _labels(self) -> None:
        labels = [label.strip() for label in ask_line("labels, with commas: ").split(",")]
        self.session.annotate(labels=list(filter(None, labels)), now=self.work.now())

    def _duplicate(self) -> None:
        if other_id := ask_line("the same report as (id, Enter: none): "):
            self.session.judge_same(other_id, now=self.work.now())

    def _study(self) -> None:
        self.session.link_study(ask_line("study (Enter: of its own): "), now=self.work.now())

    def _open(self) -> None:
        record = self.session.current
        assert record is not None, "possible_actions offers this on a record only"
        retrieval = self.session.state.retrievals.get(record.record_id)
        for address in addresses(self.session.review, record, retrieval)[:1]:
            print(f"Opened {address}" if open_address(address) else address)

    def _search(self, words: Sequence[str]) -> None:
        self.searched = tuple(words)
        listed = self.session.list
        ids = [*listed.ids[listed.place + 1 :], *listed.ids[: listed.place + 1]]
        found = next(among(self.session, Filter(words=self.searched), ids), None)
        if found is None:
            print(f'No record of the list holds "{" ".join(words)}".')
        else:
            listed.put_on_table(found)

    def _filter(self) -> None:
        text = ask_line("list only (undecided maybe include exclude mine label: year: source: …): ")
        wanted = parse_filter(text)
        if not wanted:
            self.session.list.put_away()
            return
        found = list(among(self.session, wanted, candidates(self.session, wanted)))
        if found:
            self.session.list.lay_out(found)
            print(f"{len(found):,} listed. An empty filter brings your queue back.")
        else:
            print(f'No record for "{text}".')

    def _go_to(self) -> None:
        record_id = ask_line("record id: ")
        unique_id = self.session.state.canonical.get(record_id)
        if unique_id is None or unique_id not in self.session.desk.open_ids:
            print(f'"{record_id}" is no record that is open here.')
        else:
            self.session.list.put_on_table(unique_id)

    def _list_decisions(self) -> None:
        for _, row in zip(range(MOST_DECISIONS), self.session.history.decisions(), strict=False):
            title = self.session.state.records[row.record_id].title
            print(" ".join(filter(None, [row.verdict, row.reason, row.record_id, title])))

    def _tell_terms(self) -> None:
        """Which of the protocol's terms the record holds: a count reads better than marks."""
        record = self.session.current
        assert record is not None, "possible_actions offers this on a record only"
        protocol = self.session.state.protocol
        text = "\n".join([record.title, record.abstract, *record.keywords])
        terms = Terms(protocol.include_terms, protocol.exclude_terms)
        for leaning in (Leaning.INCLUDE, Leaning.EXCLUDE):
            counted = terms.tally(text, leaning).most_common()
            words = ", ".join(f"{word} ({n})" for word, n in counted)
            print(f"Terms that speak for {leaning.value}: {words or 'none'}")

    def _quit(self) -> None:
        self.is_over = True

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def _show(self, record: Record) -> None:
        session = self.session
        width = min(shutil.get_terminal_size().columns, WIDEST)
        rest = hours_left(session.left, self.work.sitting.per_hour())
        left = ", ".join(filter(None, [f"{session.left:,} left", rest]))
        print()
        print(f"-- {left} -- {record.record_id} ".ljust(width, "-"))
        authors = not session.rules.blind_to_authors
        lines = [*describe(record, authors=authors), *self.work.beside(record), *self._said(record)]
        for line in lines:
            print(textwrap.fill(line, width) if line else "")
        print()

    def _said(self, record: Record) -> list[str]:
        history = self.session.history
        said = []
        if decision := history.standing(record.record_id):
            words = f"you said {decision.verdict} {decision.reason}"
            said.append(f"({words.rstrip()})")
        if labels := history.labels(record.record_id):
            said.append(f"(labels: {', '.join(labels)})")
        if note := history.note(record.record_id):
            said.append(f"(comment: {note})")
        return said
