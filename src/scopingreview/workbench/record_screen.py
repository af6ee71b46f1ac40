"""The screen on which records are decided: what it shows, and how it asks what an act asks.

What a key does, and when, is the table of `work.acts`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from scopingreview.errors import NotWrittenError, ReviewError
from scopingreview.model import Phase, PhaseRules, Record
from scopingreview.visible import visible
from scopingreview.work.acts import BY_NAME, possible_acts
from scopingreview.work.deciding import exclude_by_number, reason_of_number
from scopingreview.work.finding import put_away_list
from scopingreview.work.front_end import ChoiceQuestion, LineQuestion
from scopingreview.work.task import Task
from scopingreview.workbench import render
from scopingreview.workbench.dialogs import Ask, Choose, Page, PickReason, TickReasons
from scopingreview.workbench.footer import Clickable, draw_answers, draw_keys, draw_reasons

Answer = TypeVar("Answer")

WIDE = 110  # columns: from here on there is room for a panel beside the record
TALL = 32  # lines: from here on a heading has a line of its own
SHORT = 20  # lines: below, the record needs the room of the footer
FOOTER_LINES = 2
ROOMY = 60  # columns: a line of the footer then holds what is needed most


class RecordScreen(Screen[None]):
    """One record at a time, with what can be done about it below; a `work.front_end.FrontEnd`."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.work = task
        self.session = task.session
        self.message = ""
        self.failure = ""
        self.retry: Callable[[], object] | None = None
        self.is_busy = False

    # ── what stands on the screen ────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with Horizontal(id="middle"):
            with VerticalScroll(id="reading"):
                yield Static(id="record")
            with VerticalScroll(id="aside"):
                yield Clickable(id="beside")
        yield Static(id="standing")
        yield Static(id="message")
        yield Clickable(id="reasons")
        yield Clickable(id="keys")

    def on_mount(self) -> None:
        if says := self.session.desk.says:
            self.message = (
                f"{says[:1].upper()}{says[1:]}: {self.session.left:,} records wait for you."
            )
        self.query_one("#aside").can_focus = False
        self.query_one("#reading").focus()
        self.turn()

    def on_resize(self, event: Resize) -> None:
        self.set_class(event.size.width >= WIDE, "wide")
        self.set_class(event.size.height < SHORT, "short")
        self.draw()

    def draw(self) -> None:
        """The screen shows how things stand."""
        session, width = self.session, self.size.width
        record = session.current
        self._put("head", render.draw_head(session, self.work.pace, width))
        self._put("record", self._record(record))
        self._put("standing", render.draw_standing(session, record) if record else "")
        message = self.query_one("#message", Static)
        message.set_class(bool(self.failure), "error")
        message.update(render.seen(self.failure or self.message))
        if self.has_class("wide"):
            self._put("beside", render.draw_aside(session, self.work.pace))
        else:
            reasons = draw_reasons(session.rules, width - 2, session.history.reasons)
            self._put("reasons", reasons)
        self._put("keys", self._keys(width - 2))
        # How long the record is on this screen is known once it has been laid out.
        self.call_after_refresh(lambda: self._put("keys", self._keys(width - 2)))

    def _put(self, name: str, content: Content | str) -> None:
        self.query_one(f"#{name}", Static).update(content)

    def _record(self, record: Record | None) -> Content:
        if record is None:
            return self._end()
        return render.draw_record(
            record,
            self.work.marked_terms(),
            shows_authors=not self.session.rules.blind_to_authors,
            beside=self.work.beside(record),
            compact=self.size.height < TALL,
            without_abstract=self.session.without_abstract,
        )

    def _end(self) -> Content:
        lines = ["This is the end of the list.", ""]
        if self.session.list.is_filtered:
            lines += [f"{self.work.keys.key('filter')} and Enter brings your queue back.", ""]
        return Content("\n".join([*lines, *self.work.summary()]))

    def _keys(self, width: int) -> Content:
        if self.retry is not None:
            return draw_answers({"enter": "try again", "escape": "give it up"}, width)
        names = self._offered()
        lines = 1 if self.has_class("short") and width >= ROOMY else FOOTER_LINES
        return draw_keys(names, self.work.keys, width, lines=lines)

    def _offered(self) -> list[str]:
        """What can be done now, as the footer offers it; reading on while there is more."""
        names = possible_acts(self.work, on_screen=True)
        reading = self.query_one("#reading", VerticalScroll)
        place, end = reading.scroll_offset.y, reading.max_scroll_y
        others = [name for name in names if name not in ("scroll_down", "scroll_up")]
        decided = others.index("maybe") + 1 if "maybe" in others else 0
        more = ["scroll_down"] if "scroll_down" in names and place < end else []
        up = ["scroll_up"] if "scroll_up" in names and place > 0 else []
        return [*others[:decided], *more, *others[decided:], *up]

    # ── keys ─────────────────────────────────────────────────────────────────────────────────

    def on_key(self, event: Key) -> None:
        key = event.character if event.is_printable and event.character != " " else event.key
        assert key is not None
        if not self.is_active:
            return  # a question stands over it: nothing must be decided
        if self.retry is not None:
            self._answer_failure(event.key)
        elif key.isdecimal() and len(key) == 1:
            self.action_exclude_for(int(key))
        elif key == "escape":
            if not self.is_busy:
                self.attempt(lambda: put_away_list(self.work, self), "")
        elif self.action_act(self.work.keys.act(key)):
            event.stop()
            event.prevent_default()

    def action_act(self, name: str) -> bool:
        """Whether the act was possible; if so it was done, by its key or by a click on it."""
        if not self._listens() or name not in possible_acts(self.work, on_screen=True):
            return False
        act = BY_NAME[name]
        self.attempt(lambda: act.do(self.work, self), act.word)
        return True

    def action_exclude_for(self, digit: int) -> None:
        """The record is excluded for the reason of that digit, where there is one."""
        rules = self.session.rules
        reason = reason_of_number(rules, digit)
        if self._listens() and reason and self.session.current is not None:
            word = f"exclude: {rules.exclusion_reasons[reason]} ·"
            self.attempt(lambda: exclude_by_number(self.work, self, digit), word)

    def action_press(self, key: str) -> None:
        """As the key does that a click stands for, while a failure waits for an answer."""
        self._answer_failure(key)

    def _listens(self) -> bool:
        return self.is_active and self.retry is None and not self.is_busy

    def attempt(self, act: Callable[[], object], word: str) -> None:
        """The act is done; what the disk refuses waits on the screen, in a word, to be retried."""
        self.failure, self.message = "", ""
        self.retry = None
        try:
            act()
        except NotWrittenError as error:
            self.retry = lambda: self.attempt(act, word)
            self.failure = f"NOT SAVED: {word} {self.session.list.current}\n{error}"
        except ReviewError as error:
            self.failure = str(error)
        if self.is_attached:
            self.draw()

    def _answer_failure(self, key: str) -> None:
        if key == "enter" and self.retry is not None:
            self.retry()
        elif key == "escape":
            self.attempt(lambda: self.say("Given up: nothing was saved."), "")

    # ── what an act asks and shows ───────────────────────────────────────────────────────────

    def ask_line(self, question: LineQuestion, then: Callable[[str], None]) -> None:
        """The question stands over the record."""
        self._ask(Ask(question), then, "“{}” on".format)

    def ask_choice(self, question: ChoiceQuestion, then: Callable[[str], None]) -> None:
        """The list stands over the record."""
        self._ask(Choose(question), then, "“{}” on".format)

    def ask_reasons(self, rules: PhaseRules, then: Callable[[Sequence[str]], None]) -> None:
        """The reasons stand over the record: to tick at full text, to pick one of before."""

        def word(keys: Sequence[str]) -> str:
            return f"exclude ({', '.join(keys)})" if keys else "exclude"

        dialog = TickReasons if rules.phase is Phase.FULL_TEXT else PickReason
        self._ask(dialog(rules), then, word)

    def _ask(
        self,
        dialog: ModalScreen[Answer | None],
        then: Callable[[Answer], None],
        word: Callable[[Answer], str],
    ) -> None:
        def answered(answer: Answer | None) -> None:
            if answer is not None:
                self.attempt(lambda: then(answer), word(answer))

        self.app.push_screen(dialog, answered)

    def find(self, look: Callable[[], Answer], then: Callable[[Answer], None]) -> None:
        """Looked up in a thread; keys do nothing meanwhile."""
        self.is_busy = True
        self.say("Searching …")

        def run() -> None:
            found = look()
            self.app.call_from_thread(finish, found)

        def finish(found: Answer) -> None:
            self.is_busy = False
            self.attempt(lambda: then(found), "")

        self.run_worker(run, thread=True, exclusive=True)

    def say(self, message: str) -> None:
        """One line tells what has just happened."""
        self.message = message

    def turn(self) -> None:
        """The record on the table is shown from its beginning."""
        self.draw()
        self.query_one("#reading", VerticalScroll).scroll_home(animate=False)

    def show_criteria(self) -> None:
        """The criteria stand over the record."""
        self.app.push_screen(Page(render.draw_page(self.session, self.work.groups())))

    def show_help(self) -> None:
        """Every key stands over the record."""
        self.app.push_screen(
            Page(render.draw_help(self.work.keys, self.session.rules, self.work.groups()))
        )

    def show_terms(self) -> None:
        """The terms are marked, or no longer, when the screen is drawn next."""

    def scroll(self, pages: int) -> None:
        """The record moves by so many pages."""
        reading = self.query_one("#reading", VerticalScroll)
        if pages > 0:
            reading.scroll_page_down(animate=False)
        else:
            reading.scroll_page_up(animate=False)

    def copy(self, address: str) -> None:
        """The address is in the terminal's clipboard."""
        self.app.copy_to_clipboard(visible(address))

    def leave(self) -> None:
        """The workbench closes; everything is saved already."""
        self.app.exit()
