"""Which screen a person is at: a terminal, a plain prompt, or a browser window.

In a browser window the same words are at work again, served by the `browser` room.
"""

from __future__ import annotations

import os
import sys

from scopingreview.cli.console import Console
from scopingreview.cli.status_line import draws_screens
from scopingreview.errors import UsageError

OPTION = "--browser"
DRIVER = "TEXTUAL_DRIVER"  # set by whoever serves a Textual program, for the program


def is_served() -> bool:
    """Whether a browser window is the screen of this process."""
    return DRIVER in os.environ


def has_full_screen() -> bool:
    """Whether there is a screen to fill: a window, or a terminal that can move its cursor."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return is_served() or (terminal and draws_screens())


def serve_this_command(title: str, console: Console) -> None:
    """What was typed is at work in a browser window, without the option that asked for one.

    Raises UsageError where the extra is not installed.
    """
    try:
        from scopingreview.browser.server import serve_window
    except ModuleNotFoundError as error:
        raise UsageError(
            f"a browser window needs {error.name}, which is not installed",
            hint="pip install 'scopingreview[browser]'; or work in the terminal, without it.",
        ) from None

    from scopingreview.work.full_text import open_in_browser

    def tell(address: str) -> None:
        opened = "It opens now" if open_in_browser(address) else "Open it in a browser here"
        console.note(f"{opened}; whoever has the address can decide for you:")
        console.note(f"  {address}")
        console.note("Ctrl-C ends it. Every decision is on disk at once.")

    words = [word for word in sys.argv[1:] if word != OPTION]
    serve_window([sys.executable, "-m", "scopingreview", *words], title, tell)
