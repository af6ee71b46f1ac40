"""Questions in front of the record: a line of text, a choice, reasons to tick, a page to read.

Each comes back with an answer, or with None when the person leaves it with escape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, Paste
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from scopingreview.model import PhaseRules
from scopingreview.visible import visible
from scopingreview.work.deciding import reason_of_number
from scopingreview.work.front_end import Choice, ChoiceQuestion, LineQuestion
from scopingreview.workbench.footer import DIGITS, Clickable, clickable, draw_answers
from scopingreview.workbench.render import seen

Answer = TypeVar("Answer")

LEAVE = Binding("escape", "leave", "back", show=False)
HINT_WIDTH = 60  # characters: a dialog is never much wider
LEAST_WIDTH, LEAST_HEIGHT = 36, 12  # cells: a telephone has them, its keyboard shown or not


class Line(Input):
    """A line of text. What is pasted in several lines becomes one: none of them is lost."""

    def on_paste(self, event: Paste) -> None:
        event.text = " ".join(event.text.split())  # the Input takes its first line, after this


class Question(ModalScreen[Answer]):
    """Something that stands over the record; what a key of it does, a click on its name does.

    It takes keys as soon as it stands on the screen, and none while an answer is being looked for.
    """

    answers: ClassVar[Mapping[str, str]] = {"enter": "takes it", "escape": "goes back"}
    takes_keys = False

    def on_mount(self) -> None:
        self.call_after_refresh(self._take_keys)

    def _take_keys(self) -> None:
        self.takes_keys = True

    def hints(self) -> Clickable:
        """The keys that answer."""
        return Clickable(draw_answers(self.answers, HINT_WIDTH), classes="answers")

    def action_press(self, key: str) -> None:
        self.app.simulate_key(key)


class Ask(Question[str | None]):
    """A line of text; Enter takes it."""

    BINDINGS: ClassVar = [LEAVE]

    def __init__(self, question: LineQuestion) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(seen(self.question.question, "bold"))
            yield Line(visible(self.question.value), select_on_focus=False)
            if self.question.hint:
                yield Static(seen(self.question.hint, "dim"))
            yield self.hints()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        self.dismiss(None)


class Choose(Question[str | None]):
    """One of a list that gets shorter while the person types; Enter takes the marked one."""

    BINDINGS: ClassVar = [
        LEAVE,
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, question: ChoiceQuestion) -> None:
        super().__init__()
        self.question = question
        self.listed_for: str | None = None  # what was typed when the list was made that is shown
        self.is_awaited = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(seen(self.question.question, "bold"))
            yield Input()
            yield OptionList(markup=False)
            yield Static(seen(self.question.hint, "dim"))
            yield self.hints()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self._offer("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._offer(event.value.strip())

    def _offer(self, typed: str) -> None:
        self.run_worker(lambda: self._find(typed), thread=True, exclusive=True)

    def _find(self, typed: str) -> None:
        choices = self.question.choices_for(typed)
        self.app.call_from_thread(self._show, typed, choices)

    def _show(self, typed: str, choices: Sequence[Choice]) -> None:
        if not self.is_attached or typed != self.query_one(Input).value.strip():
            return
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(Option(seen(choice.text), id=choice.key) for choice in choices)
        listed.highlighted = 0 if choices and not (self.question.free and not typed) else None
        self.listed_for = typed
        if self.is_awaited:
            self._take()

    def action_move(self, steps: int) -> None:
        listed = self.query_one(OptionList)
        if listed.option_count:
            place = -1 if listed.highlighted is None else listed.highlighted
            listed.highlighted = min(max(place + steps, 0), listed.option_count - 1)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Who types fast is ahead of the list: what is marked in an older one is not meant."""
        if event.value.strip() == self.listed_for:
            self._take()
        else:
            self.is_awaited = True
            self.takes_keys = False

    def _take(self) -> None:
        self.is_awaited = False
        self.takes_keys = True
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            self.dismiss(listed.get_option_at_index(listed.highlighted).id)
        elif self.question.free:
            self.dismiss(self.query_one(Input).value.strip())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def action_leave(self) -> None:
        self.dismiss(None)


class TickReasons(Question[list[str] | None]):
    """The reasons a report fails, one or more, in the order of the protocol."""

    answers: ClassVar[Mapping[str, str]] = {
        "space": "ticks",
        "enter": "excludes",
        "escape": "goes back",
    }

    def __init__(self, rules: PhaseRules) -> None:
        super().__init__()
        self.reasons = list(rules.exclusion_reasons.items())
        self.ticked: set[int] = set()
        self.place = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content.styled("Why is it excluded? Tick what applies.", "bold"))
            yield Clickable(id="reasons-to-tick")
            yield Static(
                Content.styled(
                    "A digit ticks, too. The first that is ticked is the reason; the others are "
                    "kept beside it.",
                    "dim",
                )
            )
            yield self.hints()

    def on_mount(self) -> None:
        self._draw()

    def _draw(self) -> None:
        rows = []
        for place, (_, wording) in enumerate(self.reasons):
            tick = "x" if place in self.ticked else " "
            digit = f"{place + 1}"[-1] if place < 10 else " "
            row = seen(f"{digit} [{tick}] {wording}")
            row = row.stylize("reverse") if place == self.place else row
            rows.append(clickable(row, f"tick({place})"))
        self.query_one("#reasons-to-tick", Static).update(Content("\n").join(rows))

    def action_tick(self, place: int) -> None:
        self.place = place
        self.ticked ^= {place}
        self._draw()

    def on_key(self, event: Key) -> None:
        event.stop()
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            chosen = sorted(self.ticked) or [self.place]
            self.dismiss([self.reasons[place][0] for place in chosen])
        elif event.key in ("up", "down"):
            self.place = (self.place + (1 if event.key == "down" else -1)) % len(self.reasons)
            self._draw()
        elif event.key == "space":
            self.action_tick(self.place)
        elif event.key.isdecimal() and (int(event.key) - 1) % 10 < len(self.reasons):
            self.action_tick((int(event.key) - 1) % 10)


class PickReason(Question[list[str] | None]):
    """One of the reasons, or none: the digit decides."""

    answers: ClassVar[Mapping[str, str]] = {"enter": "for no reason", "escape": "goes back"}

    def __init__(self, rules: PhaseRules) -> None:
        super().__init__()
        self.rules = rules

    def compose(self) -> ComposeResult:
        wordings = zip(DIGITS, self.rules.exclusion_reasons.values(), strict=False)
        rows = [
            clickable(seen(f"{digit} {words}"), f"press('{digit}')") for digit, words in wordings
        ]
        with Vertical(classes="dialog"):
            yield Static(Content.styled("Why is it excluded?", "bold"))
            yield Clickable(Content("\n").join(rows))
            yield Static(Content.styled("A digit excludes for that reason.", "dim"))
            yield self.hints()

    def on_key(self, event: Key) -> None:
        event.stop()
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            self.dismiss([])
        elif event.key.isdecimal() and (reason := reason_of_number(self.rules, int(event.key))):
            self.dismiss([reason])


class Page(Question[None]):
    """Something to read: the help, the criteria. Any key that does not scroll closes it."""

    SCROLLING = ("up", "down", "pageup", "pagedown", "home", "end", "space")
    answers: ClassVar[Mapping[str, str]] = {
        "pageup": "↑",
        "pagedown": "↓ to read on",
        "escape": "or any other key goes back",
    }

    def __init__(self, content: Content) -> None:
        super().__init__()
        self.content = content

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog page"):
            yield VerticalScroll(Static(self.content, id="page"))
            yield self.hints()

    def on_key(self, event: Key) -> None:
        if event.key == "space":
            self.query_one(VerticalScroll).scroll_page_down()
        elif event.key not in self.SCROLLING:
            event.stop()
            self.dismiss(None)


class TooSmall(Screen[None]):
    """A window in which nobody can read takes no decision: it says so until it is larger."""

    def compose(self) -> ComposeResult:
        yield Static(id="too-small")

    def on_mount(self) -> None:
        self._tell()

    def on_resize(self) -> None:
        self._tell()

    def _tell(self) -> None:
        width, height = self.app.size
        self.query_one("#too-small", Static).update(
            f"This window is too small to decide in: {width} x {height}. Make it {LEAST_WIDTH} x "
            f"{LEAST_HEIGHT} or more. Nothing is lost; Ctrl-C leaves."
        )

    @staticmethod
    def is_needed(size: Size) -> bool:
        """Whether a record and what can be decided of it have no room."""
        return size.width < LEAST_WIDTH or size.height < LEAST_HEIGHT
