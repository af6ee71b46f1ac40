"""The built site of the documentation in a real Chromium: its pages open, its search finds.

`make docs` builds it and runs these; they are left out elsewhere, where no site is built.
"""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from build_site import SITE
from support.screens import PHONE, SANDBOXED, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.site,
    pytest.mark.skipif(
        not chromium() or importlib.util.find_spec("playwright") is None,
        reason="there is no Chromium here, or no playwright",
    ),
    pytest.mark.skipif(
        not (SITE / "index.html").is_file(), reason="the site is not built here: make docs"
    ),
]
WIDE = (1280, 900)


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing of what it hands out."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """No line."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    handler = partial(Quiet, directory=str(SITE))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        begun = playwright.chromium.launch(executable_path=chromium(), args=SANDBOXED)
        yield begun
        begun.close()


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The first page; whatever is done there, no error is told and nobody else is asked."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    told: list[tuple[str, str]] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append((message.type, message.text)))
    page.on("pageerror", lambda error: told.append(("error", str(error))))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    yield page
    page.wait_for_load_state("networkidle")
    context.close()
    assert [each for each in told if each[0] in ("error", "warning")] == []
    assert asked
    assert [each for each in asked if not each.startswith((address, "data:", "blob:"))] == []


def test_it_opens_with_a_picture_of_the_flow(page: Page):
    assert page.locator("h1").inner_text().startswith("scopingreview")
    shown = page.locator("img[src$='flow.svg']").evaluate("picture => picture.naturalWidth")
    assert shown > 0


def test_its_search_finds_a_command_and_leads_to_it(page: Page):
    page.keyboard.press("/")
    page.locator("input[placeholder]").wait_for()
    page.keyboard.type("send-back")
    found = page.locator("a", has_text="Send records back to an earlier phase").first
    found.click()
    page.wait_for_url("**/docs/reference/commands.html*")
    assert page.url.endswith("#send-back")
    assert page.locator("#send-back").is_visible()


def test_a_page_is_as_wide_as_the_window(page: Page):
    page.goto(f"{page.url}docs/files.html")
    widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    needed, there = page.evaluate(widths)
    assert needed <= there
