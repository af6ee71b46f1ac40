"""Somebody who types at the real workbench: in a terminal of its own, or in a real Chromium.

Both take the same keys, tell what was drawn so far, and leave the same lines on disk.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from support.harness import SCOPINGREVIEW

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocket

PATIENCE = 60  # seconds: on a busy machine a start takes a while
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
SANDBOXED = [] if os.geteuid() else ["--no-sandbox"]  # Chromium refuses root its sandbox
NAMED_KEYS = {"\r": "Enter", "\x1b": "Escape", " ": "Space"}
ADDRESS = re.compile(r"http://\S+")
LISTENING = ".xterm-helper-textarea:focus"  # the terminal of the page, once keys go to it
PHONE = (390, 780)  # pixels


class Screen(Protocol):
    """Where somebody types."""

    drawn: str

    def press(self, keys: str) -> None:
        """The keys, one after another; "\\r" is Enter, "\\x1b" is Escape."""


def wait_until(holds: Callable[[], bool], screen: Screen | None = None) -> None:
    """It holds. Raises TimeoutError when it does not within the time of one's patience."""
    give_up = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > give_up:
            drawn = screen.drawn[-500:] if screen else ""
            raise TimeoutError(f"waited in vain; drawn last: {drawn}")
        if isinstance(screen, BrowserScreen):
            screen.page.wait_for_timeout(5)  # what it drew arrives while it is waited for
        else:
            time.sleep(0.005)


class TerminalScreen:
    """A command in a terminal of that many columns and lines."""

    def __init__(
        self, folder: Path, *words: str, columns: int = 80, lines: int = 24, **environment: str
    ) -> None:
        self.end, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        size = {"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(lines)}
        self.process = subprocess.Popen(
            [*SCOPINGREVIEW, *words],
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ | size | environment,
            start_new_session=True,
        )
        os.close(theirs)
        self.drawn = ""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):  # how a terminal tells that the other end is gone
            while drawn := os.read(self.end, 65536):
                self.drawn += drawn.decode(errors="replace")

    def press(self, keys: str) -> None:
        """The keys, as a keyboard sends them."""
        os.write(self.end, keys.encode())

    def close(self) -> None:
        """The process has ended, by itself or not."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.end)


class BrowserScreen:
    """A page of Chromium with the workbench in it, and what was sent to it to be drawn."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.drawn = ""
        self.columns = self.lines = 0
        self.asked: list[str] = []  # every address that the page asked for
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", self._listen)
        page.goto(address)

    def _listen(self, socket: WebSocket) -> None:
        width, height = re.findall(r"\d+", socket.url.rpartition("?")[2])
        self.columns, self.lines = int(width), int(height)
        socket.on("framereceived", self._take)

    def _take(self, payload: str | bytes) -> None:
        self.drawn += payload.decode(errors="replace") if isinstance(payload, bytes) else ""

    def press(self, keys: str) -> None:
        """The keys, as Chromium's keyboard sends them."""
        self.page.locator(LISTENING).wait_for(state="attached")
        for key in keys:
            self.page.keyboard.press(NAMED_KEYS.get(key, key))

    def click(self, column: int, line: int, *, tap: bool = False) -> None:
        """A click (or a finger's tap) on the middle of that cell; both count from 0."""
        box = self.page.locator(".xterm-screen").bounding_box()
        assert box is not None
        at = (
            box["x"] + box["width"] * (column + 0.5) / self.columns,
            box["y"] + box["height"] * (line + 0.5) / self.lines,
        )
        (self.page.touchscreen.tap if tap else self.page.mouse.click)(*at)


def chromium() -> str:
    """The Chromium of this machine; "" where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), "")


class Served:
    """A command that serves its browser window, and the address that it told."""

    def __init__(self, folder: Path, *words: str) -> None:
        unseen = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
        self.process = subprocess.Popen(
            [*SCOPINGREVIEW, *words, "--browser"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=unseen,
        )
        assert self.process.stderr is not None
        self.told = ""
        while not (found := ADDRESS.search(self.told)):
            line = self.process.stderr.readline()
            if not line:
                raise RuntimeError(f"no window was served: {self.told}")
            self.told += line
        self.address = found.group()

    def close(self) -> None:
        """The server has ended, by itself or not."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


@contextmanager
def browser_windows(
    addresses: Sequence[str], *, size: tuple[int, int] = (1000, 640), touch: bool = False
) -> Iterator[list[BrowserScreen]]:
    """A window of Chromium of that many pixels for each address, opened one after another."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=SANDBOXED)
        viewport = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=viewport, has_touch=touch, is_mobile=touch)  # type: ignore[arg-type]
        yield [BrowserScreen(context.new_page(), address) for address in addresses]
        browser.close()
