"""The full-screen application: opened on a piece of work, closed when the person leaves."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App

from scopingreview.work.task import Task
from scopingreview.workbench.record_screen import RecordScreen


class Workbench(App[None]):
    """The workbench in the terminal's own colours, which NO_COLOR takes away."""

    CSS_PATH = "workbench.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(self, task: Task) -> None:
        super().__init__(ansi_color=True)
        self.title = task.session.state.protocol.title
        self.theme = "ansi-dark"
        self.work = task

    def on_mount(self) -> None:
        self.push_screen(RecordScreen(self.work))


def work_full_screen(task: Task) -> None:
    """The person works at the full screen until they leave it or the sitting is over."""
    Workbench(task).run()
