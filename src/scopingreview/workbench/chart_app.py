"""The full-screen form: opened on a person's charting, closed when they leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from scopingreview.work.charting_session import ChartingSession
from scopingreview.workbench.app import FullScreen
from scopingreview.workbench.chart_screen import ChartScreen


class ChartApp(FullScreen):
    """The form."""

    CSS_PATH = "chart.tcss"

    def __init__(self, session: ChartingSession, now: Callable[[], datetime]) -> None:
        super().__init__(session.state.protocol.title, lambda: ChartScreen(session, now))
        self.session = session


def chart_full_screen(session: ChartingSession, now: Callable[[], datetime]) -> None:
    """The person charts at the full screen until they leave it."""
    ChartApp(session, now).run()
