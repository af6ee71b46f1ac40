"""What the keys ask before they act: a comment, labels, a duplicate, a study, a record, reasons."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.model import Phase, Record, Verdict
from scopingreview.screening import current_studies
from scopingreview.work.filters import Filter, among
from scopingreview.work.session import ALSO
from scopingreview.workbench import render
from scopingreview.workbench.dialogs import Ask, Choice, Choose, PickOne, Tick

if TYPE_CHECKING:
    from scopingreview.workbench.record_screen import DeskScreen

MOST = 50  # choices in a list: who types a letter more finds the rest


class Questions:
    """Each method puts its question over the screen, and acts on the answer."""

    def __init__(self, screen: DeskScreen) -> None:
        self.screen = screen
        self.session = screen.session

    def _ask(self, dialog: Ask | Choose, act: Callable[[str], object]) -> None:
        def answered(answer: str | None) -> None:
            if answer is not None:
                self.screen.attempt(lambda: act(answer), f"“{answer}” on")

        self.screen.app.push_screen(dialog, answered)

    def _record(self) -> Record:
        record = self.session.current
        assert record is not None, "possible_actions offers this on a record only"
        return record

    def note(self) -> None:
        """A comment on the record, kept with whatever is decided."""
        record = self._record()
        before = self.session.history.note(record.record_id)
        self._ask(Ask("Comment", before), self._keep_note)

    def _keep_note(self, note: str) -> None:
        self.session.annotate(note=note, now=self.screen.work.now())
        self.screen.say("Comment kept.")

    def labels(self) -> None:
        """Labels of the person's own, separated by commas."""
        before = self.session.history.labels(self._record().record_id)
        own = ", ".join(label for label in before if not label.startswith(ALSO))
        known = sorted({label for row in self.session.history.decisions() for label in row.labels})
        used = [label for label in known if not label.startswith(ALSO)]
        hint = f"Used so far: {', '.join(used)}" if used else "Several with commas between them."
        self._ask(Ask("Labels", own, hint), self._keep_labels)

    def _keep_labels(self, text: str) -> None:
        before = self.session.history.labels(self._record().record_id)
        also = [label for label in before if label.startswith(ALSO)]
        own = [label.strip() for label in text.replace(";", ",").split(",")]
        labels = dict.fromkeys([*filter(None, own), *also])
        self.session.annotate(labels=list(labels), now=self.screen.work.now())
        self.screen.say("Labels kept.")

    def reasons(self) -> None:
        """Why it is excluded: the first that is ticked is *the* reason.

        At title and abstract one will do, or none. It is asked all the same: a digit pressed
        after the key for exclude must never exclude the next record unread.
        """

        def answered(reasons: list[str] | None) -> None:
            if reasons is not None:
                reason, also = (reasons[0], reasons[1:]) if reasons else ("", [])
                self.screen.attempt(
                    lambda: self.screen.decide(Verdict.EXCLUDE, reason, also),
                    f"exclude ({', '.join(reasons)})" if reasons else "exclude",
                )

        dialog = Tick if self.session.desk.phase is Phase.FULL_TEXT else PickOne
        self.screen.app.push_screen(dialog(self.session.rules), answered)

    def duplicate(self) -> None:
        """Which record this one is the same report as; the likely ones are offered first."""
        record = self._record()
        dialog = Choose(
            f"{record.record_id} is the same report as …",
            lambda typed: self._likely_duplicates(record, typed),
            hint="Type words of its title or its id. Enter says they are one, Esc leaves it.",
        )
        self._ask(dialog, self._judge_same)

    def _likely_duplicates(self, record: Record, typed: str) -> list[Choice]:
        state = self.session.state
        if typed:
            return [choice for choice in self._records_with(typed) if choice[0] != record.record_id]
        pairs = store.read_possible_duplicates(self.session.review)
        near = [
            pair.other_id if pair.record_id == record.record_id else pair.record_id
            for pair in sorted(pairs, key=lambda pair: -pair.score)
            if record.record_id in (pair.record_id, pair.other_id)
        ]
        return [self._choice(state.records[key]) for key in near if key in state.records]

    def _judge_same(self, other_id: str) -> None:
        judged = self.session.judge_same(other_id, now=self.screen.work.now())
        self.screen.say(f"{judged.record_id} is {other_id}. It leaves the queue.")
        self.screen.turn()

    def study(self) -> None:
        """Which study the report belongs to; those that have reports already are offered."""
        state = self.session.state
        links = store.read_study_links(self.session.review)
        studies = current_studies(links, state.canonical)
        now = studies.get(self._record().record_id)

        def named(typed: str) -> list[Choice]:
            names = dict.fromkeys(studies.values())
            return [(name, name) for name in names if typed.casefold() in name.casefold()]

        dialog = Choose(
            f"The study this report belongs to ({f'now: {now}' if now else 'none yet'})",
            named,
            hint="Type a name (smith-2019), or choose one. Enter on nothing takes the link back.",
            free=True,
        )
        self._ask(dialog, self._link_study)

    def _link_study(self, study: str) -> None:
        self.session.link_study(study, now=self.screen.work.now())
        self.screen.say(f"A report of {study}." if study else "A study of its own.")

    def search(self) -> None:
        """Words to look for in the list."""
        before = " ".join(self.screen.searched)
        dialog = Ask("Search title, abstract and keywords for", before, "Nothing ends the search.")
        self._ask(dialog, lambda text: self.screen.search(text.split()))

    def filter(self) -> None:
        """Which records to list."""
        hint = (
            "undecided, maybe, include, exclude, mine, label:…, reason:…, year:2015-2020, "
            "source:…, or words of the text. Nothing brings the queue back."
        )
        self._ask(Ask("List only", hint=hint), self.screen.list_only)

    def go_to(self) -> None:
        """A record by its id, or the end of it."""
        self._ask(Ask("Go to the record", hint="Its id, or the end of it."), self._go_to)

    def _go_to(self, text: str) -> None:
        if not text:
            return
        canonical = self.session.state.canonical
        found = [text] if text in canonical else [key for key in canonical if key.endswith(text)]
        if not found:
            raise ReviewError(f'no record has the id "{text}"')
        if len(found) > 1:
            raise ReviewError(f'{len(found):,} ids end in "{text}": {", ".join(found[:3])} …')
        self._show(canonical[found[0]])

    def _show(self, unique_id: str) -> None:
        if unique_id not in self.session.desk.open_ids:
            raise ReviewError(f"{unique_id} is not open here", hint=self.session.desk.closed)
        self.session.list.put_on_table(unique_id)
        self.screen.turn()

    def decisions(self) -> None:
        """The person's decisions, the latest first, to go back to one."""
        dialog = Choose(
            "Your decisions, the latest first",
            self._decisions_with,
            hint="Type to find one. Enter goes to it, Esc goes back.",
        )
        self._ask(dialog, self._show)

    def _decisions_with(self, typed: str) -> list[Choice]:
        choices: list[Choice] = []
        for row in list(self.session.history.decisions()):
            unique_id = self.session.state.canonical[row.record_id]
            said = render.draw_decision(row, self.session.rules).plain
            text = f"{said} · {self.session.state.records[unique_id].title}"
            if typed.casefold() in f"{unique_id} {text} {' '.join(row.labels)}".casefold():
                choices.append((unique_id, text))
            if len(choices) == MOST:
                break
        return choices

    def _records_with(self, typed: str) -> list[Choice]:
        """The records that hold the words, whether they are in the queue or not."""
        state = self.session.state
        if typed in state.canonical:
            return [self._choice(state.records[typed])]
        found = among(self.session, Filter(words=tuple(typed.split())), list(state.unique_ids))
        return [self._choice(state.records[key]) for key in islice(found, MOST)]

    def _choice(self, record: Record) -> Choice:
        return record.record_id, f"{record.title} ({record.year or 'no year'}) {record.record_id}"
