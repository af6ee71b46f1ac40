"""The screen of the form: what stands on it, how it asks, and what becomes of a refusal.

What its keys do is `chart_screen`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from scopingreview.errors import NotWrittenError, ReviewError
from scopingreview.work.charting_choices import DIGITS
from scopingreview.work.charting_session import ChartingSession
from scopingreview.work.highlights import Terms
from scopingreview.workbench import footer, render
from scopingreview.workbench.chart_render import draw_chart_head, draw_field, draw_slots, draw_study

Answer = TypeVar("Answer")

WIDE = 110  # columns: from here on the abstract stands beside the form
FOOTER_LINES = 2
TALL = 32  # lines: from here on a heading has a line of its own
SHORT = 20  # lines: below, the form needs the room of the study's title
END = "Nothing waits for you any more. Everything is saved; q leaves."


def always(_: ChartingSession) -> bool:
    """Most keys are offered in every sitting."""
    return True


@dataclass(frozen=True, slots=True)
class ChartKey:
    """Something a key does: `word` is what the footer calls it, `says` explains it in the help.

    `has_use` is whether there is anything for it to do in a sitting; otherwise it is not offered.
    """

    keys: tuple[str, ...]
    word: str
    says: str
    do: Callable[[Any], None]
    has_use: Callable[[ChartingSession], bool] = always


class ChartForm(Screen[None]):
    """One study at a time: its slots above, the field that is filled in below."""

    KEYS: ClassVar[Sequence[ChartKey]] = ()

    def __init__(self, session: ChartingSession, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.session = session
        self.now = now
        self.at = 0
        self.message = ""
        self.failure = ""
        self.retry: Callable[[], None] | None = None

    # ── what stands on the screen ────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        yield Static(id="study")
        with Horizontal(id="middle"):
            with Vertical(id="form"):
                with VerticalScroll(id="slots-pane"):
                    yield Static(id="slots")
                with VerticalScroll(id="field-pane"):
                    yield Static(id="field")
            with VerticalScroll(id="reading"):
                yield Static(id="record")
        yield Static(id="message")
        yield Static(id="keys")

    def on_mount(self) -> None:
        for name in ("slots-pane", "field-pane", "reading"):
            self.query_one(f"#{name}").can_focus = False
        self.draw()

    def on_resize(self, event: Resize) -> None:
        self.set_class(event.size.width >= WIDE, "wide")
        self.set_class(event.size.height < SHORT, "short")
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """The screen shows how things stand."""
        session = self.session
        slots = session.slots()
        self.at = min(self.at, max(0, len(slots) - 1))
        pane = self.query_one("#slots-pane", VerticalScroll)
        width = max(20, pane.scrollable_content_region.width)
        self._put("head", draw_chart_head(session, self.size.width))
        self._put("study", draw_study(session))
        self._put("slots", draw_slots(session, slots, self.at, width) if slots else END)
        compact = self.size.height < TALL
        drawn = draw_field(session, slots[self.at], width, compact=compact) if slots else ""
        self._put("field", drawn)
        self._put("record", self._records())
        message = self.query_one("#message", Static)
        message.set_class(bool(self.failure), "error")
        message.update(render.seen(self.failure or self.message))
        self._put("keys", self._footer(self.size.width - 2))
        pane.scroll_to(y=self.at - pane.size.height // 2, animate=False)

    def _put(self, name: str, content: Content | str) -> None:
        self.query_one(f"#{name}", Static).update(content)

    def _records(self) -> Content:
        no_terms = Terms((), (), ())  # they speak for including, which was decided
        compact = self.size.height < TALL
        drawn = [
            Content("\n").join(
                [
                    render.seen(record.record_id, "dim"),
                    render.draw_record(
                        record, no_terms, shows_authors=True, beside=(), compact=compact
                    ),
                ]
            )
            for record in self.session.records()
        ]
        return Content("\n\n").join(drawn)

    def _footer(self, width: int) -> Content:
        if self.retry is not None:
            return Content.from_markup("[b u]enter[/] try again  [b u]esc[/] give it up")
        cells = [
            Content.assemble((key.keys[0], "bold underline"), f" {key.word}")
            for key in self.offered()
            if key.word
        ]
        first, last = cells[:-2], cells[-2:]  # help and quit always have room
        while first and footer.rows_needed([*first, *last], width) > FOOTER_LINES:
            first.pop()
        return footer.in_rows([*first, *last], width)

    # ── keys ─────────────────────────────────────────────────────────────────────────────────

    def on_key(self, event: Key) -> None:
        key = event.character if event.is_printable and event.character != " " else event.key
        if not self.is_active or key is None:
            return  # a question stands over it
        if self.retry is not None:
            self._answer_failure(event.key)
        elif key in DIGITS:
            self.attempt(lambda: self.choose_by_digit(key))
        elif key in self.by_key():
            event.stop()
            event.prevent_default()
            self.attempt(lambda: self.by_key()[key].do(self))

    def by_key(self) -> Mapping[str, ChartKey]:
        """What each key does."""
        return {key: each for each in self.KEYS for key in each.keys}

    def offered(self) -> list[ChartKey]:
        """The keys that have a use in this sitting, in the order in which they are offered."""
        return [key for key in self.KEYS if key.has_use(self.session)]

    def choose_by_digit(self, digit: str) -> None:
        """The choice with that digit, where digits choose."""
        raise NotImplementedError

    def attempt(self, act: Callable[[], None]) -> None:
        """The act is done; what the disk refuses waits on the screen to be tried again."""
        self.failure, self.message, self.retry = "", "", None
        try:
            act()
        except NotWrittenError as error:
            self.retry = lambda: self.attempt(act)
            self.failure = f"NOT SAVED\n{error}"
        except ReviewError as error:
            self.failure = str(error)
        if self.is_attached:
            self.draw()

    def _answer_failure(self, key: str) -> None:
        if key == "enter" and self.retry is not None:
            self.retry()
        elif key == "escape":
            self.attempt(lambda: self.say("Given up: nothing was saved."))

    def say(self, message: str) -> None:
        """One line tells what has just happened."""
        self.message = message

    def ask(self, dialog: ModalScreen[Answer | None], then: Callable[[Answer], None]) -> None:
        """The question stands over the form; what follows from its answer is attempted."""

        def answered(answer: Answer | None) -> None:
            if answer is not None:
                self.attempt(lambda: then(answer))

        self.app.push_screen(dialog, answered)
