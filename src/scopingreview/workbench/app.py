"""The full-screen applications: opened on a piece of work, closed when the person leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from scopingreview.model import PossibleDuplicate
from scopingreview.work.judging import JudgingSession
from scopingreview.work.task import Task
from scopingreview.workbench.dialogs import TooSmall
from scopingreview.workbench.keys_in_turn import KeysInTurn
from scopingreview.workbench.pair_screen import PairScreen
from scopingreview.workbench.record_screen import RecordScreen


class FullScreen(KeysInTurn):
    """A screen in the terminal's own colours, which NO_COLOR takes away; Ctrl-C leaves it."""

    CSS_PATH = "workbench.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [Binding("ctrl+c", "quit", show=False, priority=True)]

    def __init__(self, title: str, first: Callable[[], Screen[None]]) -> None:
        super().__init__()
        self.title = title
        self.theme = "ansi-dark"
        self.first = first

    def on_mount(self) -> None:
        self.push_screen(self.first())
        self._watch_size(self.size)

    def on_resize(self, event: Resize) -> None:
        self._watch_size(event.size)

    def _watch_size(self, size: Size) -> None:
        """A window too small to read in is covered, whatever stands in it, until it is larger."""
        covered = isinstance(self.screen, TooSmall)
        if TooSmall.is_needed(size) and not covered:
            self.push_screen(TooSmall())
        elif covered and not TooSmall.is_needed(size):
            self.pop_screen()


class Workbench(FullScreen):
    """Where records are decided on."""

    def __init__(self, task: Task) -> None:
        super().__init__(task.session.state.protocol.title, lambda: RecordScreen(task))
        self.work = task


def work_full_screen(task: Task) -> None:
    """The person works at the full screen until they leave it or the sitting is over."""
    Workbench(task).run()


def judge_full_screen(
    session: JudgingSession,
    now: Callable[[], datetime],
    explain: Callable[[PossibleDuplicate], Sequence[str]],
) -> None:
    """The person judges pairs at the full screen until they leave it.

    `explain` gives the lines that say what speaks for and against a pair.
    """
    FullScreen("Possible duplicates", lambda: PairScreen(session, now, explain)).run()
