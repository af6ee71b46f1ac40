"""The full-screen form: opened on a person's charting, closed when they leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual.app import App

from scopingreview.work.charting_session import ChartingSession
from scopingreview.workbench.chart_screen import ChartScreen


class ChartApp(App[None]):
    """The form in the terminal's own colours, which NO_COLOR takes away."""

    CSS_PATH = "chart.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(self, session: ChartingSession, now: Callable[[], datetime]) -> None:
        super().__init__(ansi_color=True)
        self.title = session.state.protocol.title
        self.theme = "ansi-dark"
        self.session = session
        self.now = now

    def on_mount(self) -> None:
        self.push_screen(ChartScreen(self.session, self.now))


def chart_full_screen(session: ChartingSession, now: Callable[[], datetime]) -> None:
    """The person charts at the full screen until they leave it."""
    ChartApp(session, now).run()
