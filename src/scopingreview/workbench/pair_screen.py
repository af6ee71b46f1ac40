"""The screen on which possible pairs are judged: two records side by side, and the question.

What they are told apart by stays in sight; only the abstracts move.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Static

from scopingreview.errors import NotWrittenError, ReviewError
from scopingreview.model import PossibleDuplicate
from scopingreview.report.markdown import things
from scopingreview.work.front_end import LineQuestion
from scopingreview.work.judging import PAIR_KEYS, JudgingSession
from scopingreview.work.side_by_side import DIFFERENT, SAME, abstracts_beside, fields_beside
from scopingreview.workbench.dialogs import Ask, Page
from scopingreview.workbench.footer import Clickable, draw_answers
from scopingreview.workbench.render import seen

ONLY_HERE = re.compile(r"\*\S+\*")
SIGNS = (
    f"{SAME} is the same in both, {DIFFERENT} differs; nothing where one says nothing. Words that "
    "only one record has stand in *asterisks*. The keys with an arrow, Space, PgUp and PgDn move "
    "the abstracts."
)
TALL = 40  # lines: from here on every field has room as it is
SIDE_MARGIN = 2  # columns, of both sides together
SCROLLING = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10, "space": 10}  # lines


class PairScreen(Screen[None]):
    """One pair at a time; a word on it is on disk before the next pair shows."""

    def __init__(
        self,
        session: JudgingSession,
        now: Callable[[], datetime],
        explain: Callable[[PossibleDuplicate], Sequence[str]],
    ) -> None:
        super().__init__()
        self.session = session
        self.now = now
        self.explain = explain
        self.note = ""
        self.message = ""
        self.is_failure = False

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with Vertical(id="pair"):
            yield Static(id="fields")
            with VerticalScroll(id="abstracts"):
                yield Static(id="both-abstracts")
        yield Static(id="message")
        yield Clickable(id="keys")

    def on_mount(self) -> None:
        self.query_one("#abstracts").focus()
        self.turn()

    def on_resize(self) -> None:
        self.draw()

    def turn(self) -> None:
        """The pair on the table is shown from its beginning."""
        self.draw()
        self.query_one("#abstracts", VerticalScroll).scroll_home(animate=False)

    def draw(self) -> None:
        """The screen shows how things stand."""
        session, width = self.session, self.size.width
        who = f" {session.person} · duplicates"
        left = f"{things(session.left, 'pair')} left"
        sitting = f"{left} · {len(session.judged):,} this sitting"
        right = sitting if len(who) + len(sitting) + 2 <= width else left
        self._put("head", seen(f"{who.ljust(width - len(right) - 1)}{right} "))
        pair = session.current
        if pair is None:
            self._put("fields", Content("No pair is left. u takes your last word back, q leaves."))
            self._put("both-abstracts", "")
        else:
            both = session.both(pair)
            inside = width - SIDE_MARGIN - 1  # and the bar that scrolls
            whole = self.size.height >= TALL
            self._put("fields", _as_drawn(fields_beside(*both, width=inside, whole=whole)))
            self._put("both-abstracts", _as_drawn(abstracts_beside(*both, width=inside)))
        message = self.query_one("#message", Static)
        message.set_class(self.is_failure, "error")
        noted = f"Comment: {self.note}" if self.note else ""
        evidence = f"Alike: {pair.evidence}" if pair is not None and pair.evidence else ""
        message.update(seen(self.message or noted or evidence))
        question = Content.styled("One report, or two?" if pair is not None else "", "bold")
        keys = draw_answers(self._possible(), max(width - SIDE_MARGIN, 1))
        self._put("keys", Content("\n").join([question, keys]))

    def _put(self, name: str, content: Content | str) -> None:
        self.query_one(f"#{name}", Static).update(content)

    def _possible(self) -> Mapping[str, str]:
        """What can be done now, by key."""
        needs_a_pair = ("s", "d", "k", "e", "c")
        return {
            key: word
            for key, (word, _) in PAIR_KEYS.items()
            if (self.session.current is not None or key not in needs_a_pair)
            and (self.session.judged or key != "u")
        }

    # ── keys ─────────────────────────────────────────────────────────────────────────────────

    def on_key(self, event: Key) -> None:
        if not self.is_active:
            return  # a question stands over it
        key = event.character if event.is_printable and event.character != " " else event.key
        if event.key in SCROLLING:
            event.stop()
            event.prevent_default()
            abstracts = self.query_one("#abstracts", VerticalScroll)
            abstracts.scroll_relative(y=SCROLLING[event.key], animate=False)
        elif key is not None and key in self._possible():
            event.stop()
            self._act(key)

    def action_press(self, key: str) -> None:
        """As the key does that a click stands for."""
        if self.is_active and key in self._possible():
            self._act(key)

    def _act(self, key: str) -> None:
        self.message, self.is_failure = "", False
        acts: Mapping[str, Callable[[], None]] = {
            "s": lambda: self._judge(same=True),
            "d": lambda: self._judge(same=False),
            "k": self._skip,
            "u": self._undo,
            "e": self._show_explanation,
            "c": self._comment,
            "?": self._help,
            "q": self.app.exit,
        }
        try:
            acts[key]()
        except NotWrittenError as error:
            self.message, self.is_failure = f"NOT SAVED, press {key} again: {error}", True
        except ReviewError as error:
            self.message, self.is_failure = str(error), True
        if self.is_attached:
            self.draw()

    def _judge(self, *, same: bool) -> None:
        word = self.session.judge(same, note=self.note, now=self.now())
        self.note = ""
        said = "one report" if same else "two reports"
        self.message = f"{word.record_id} and {word.other_id}: {said} · u takes it back"
        self.turn()

    def _skip(self) -> None:
        self.session.skip()
        self.turn()

    def _undo(self) -> None:
        last = self.session.undo(now=self.now())
        if last is not None:
            self.message = f"Taken back: {last.record_id}, {last.other_id}."
            self.turn()

    def _show_explanation(self) -> None:
        if (pair := self.session.current) is not None:
            self.app.push_screen(Page(seen("\n".join(self.explain(pair)))))

    def _comment(self) -> None:
        def keep(note: str | None) -> None:
            if note is not None:
                self.note = note
                self.draw()

        self.app.push_screen(Ask(LineQuestion("Comment, kept with your word", self.note)), keep)

    def _help(self) -> None:
        rows = [
            Content.assemble((f"{key:3}", "bold"), says) for key, (_, says) in PAIR_KEYS.items()
        ]
        self.app.push_screen(Page(Content("\n").join([*rows, Content(), Content(SIGNS)])))


def _as_drawn(lines: Iterable[str]) -> Content:
    """The lines with what only one record has in bold; what is marked is marked by its signs."""
    content = Content("\n".join(lines))
    for found in ONLY_HERE.finditer(content.plain):
        content = content.stylize("bold", found.start(), found.end())
    return content
