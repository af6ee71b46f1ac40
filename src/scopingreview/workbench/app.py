"""The full-screen application: opened on a piece of work, closed when the person leaves."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App
from textual.binding import Binding
from textual.events import Resize
from textual.geometry import Size

from scopingreview.work.task import Task
from scopingreview.workbench.dialogs import TooSmall
from scopingreview.workbench.record_screen import RecordScreen


class Workbench(App[None]):
    """The workbench in the terminal's own colours, which NO_COLOR takes away."""

    CSS_PATH = "workbench.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = [Binding("ctrl+c", "quit", show=False, priority=True)]

    def __init__(self, task: Task) -> None:
        super().__init__(ansi_color=True)
        self.title = task.session.state.protocol.title
        self.theme = "ansi-dark"
        self.work = task

    def on_mount(self) -> None:
        self.push_screen(RecordScreen(self.work))
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


def work_full_screen(task: Task) -> None:
    """The person works at the full screen until they leave it or the sitting is over."""
    Workbench(task).run()
