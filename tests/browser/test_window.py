"""The workbench in a real Chromium: by key, by mouse, by finger; and who is turned away."""

from __future__ import annotations

import http.client
import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scopingreview.paths import Review
from support.screens import (
    PHONE,
    BrowserScreen,
    Served,
    TerminalScreen,
    browser_windows,
    chromium,
    wait_until,
)
from tests.reviews import change_protocol
from tests.workbench.benches import said, small_review

if importlib.util.find_spec("textual_serve") is None:
    pytest.skip("the extra scopingreview[browser] is not installed", allow_module_level=True)
if not chromium() or importlib.util.find_spec("playwright") is None:
    pytest.skip("there is no Chromium here, or no playwright", allow_module_level=True)

WORDS = ("screen", "ta", "--as", "ab")
QUESTION = "Why is it excluded?"
KEYS = ("i", "1", "e\r", "m", "u", "u", "2", "m", "i")
LINES = (1, 2, 3, 4, 5, 6, 7, 8, 9)


def a_review(folder: Path) -> Review:
    review = small_review(folder)
    change_protocol(review, "[title_abstract]\n", '[title_abstract]\norder = "imported"\n')
    return review


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return a_review(tmp_path)


@pytest.fixture
def serve(review: Review) -> Iterator[Callable[[], Served]]:
    servers: list[Served] = []

    def begin() -> Served:
        servers.append(Served(review.root, *WORDS))
        return servers[-1]

    yield begin
    for server in servers:
        server.close()


def type_all(screen: BrowserScreen | TerminalScreen, review: Review) -> None:
    """Every key of KEYS, each when the line of the one before is on disk."""
    wait_until(lambda: "Rosters" in screen.drawn, screen)
    for keys, lines in zip(KEYS, LINES, strict=True):
        asked = screen.drawn.count(QUESTION)
        screen.press(keys[0])
        if keys[1:]:
            wait_until(lambda n=asked: screen.drawn.count(QUESTION) > n, screen)  # type: ignore[misc]
            screen.press(keys[1:])
        wait_until(lambda n=lines: len(said(review)) == n, screen)  # type: ignore[misc]


def is_on_disk(review: Review, *rows: str) -> Callable[[], bool]:
    return lambda: said(review) == list(rows)


def test_the_same_keys_leave_the_same_lines_as_in_a_terminal(
    review: Review, serve: Callable[[], Served], tmp_path_factory: pytest.TempPathFactory
):
    other = a_review(tmp_path_factory.mktemp("terminal"))
    terminal = TerminalScreen(other.root, *WORDS)
    type_all(terminal, other)
    terminal.close()
    with browser_windows([serve().address]) as (window,):
        type_all(window, review)
    assert said(review) == said(other)
    assert len(said(review)) == LINES[-1]


def test_leaving_ends_the_command_and_its_terminal_says_what_it_came_to(
    review: Review, serve: Callable[[], Served]
):
    served = serve()
    with browser_windows([served.address]) as (window,):
        wait_until(lambda: "Rosters" in window.drawn, window)
        window.press("i")
        wait_until(is_on_disk(review, "pubmed:1 include"), window)
        window.press("q")
        out, _ = served.process.communicate(timeout=30)
        wait_until(window.page.locator(".over").is_visible, window)
    assert served.process.returncode == 0
    assert "1 decided in this sitting: 1 include" in out


def test_a_click_decides(review: Review, serve: Callable[[], Served]):
    served = serve()
    with browser_windows([served.address]) as (window,):
        wait_until(lambda: "Rosters" in window.drawn and "quit" in window.drawn, window)
        window.page.wait_for_timeout(300)
        window.click(3, window.lines - 2)
        wait_until(is_on_disk(review, "pubmed:1 include"), window)
        asked = [url for url in window.asked if not url.startswith("data:")]
    assert {url.split("/")[2] for url in asked} == {served.address.split("/")[2]}, "nobody else"


def test_a_finger_decides_in_a_window_of_a_telephone(review: Review, serve: Callable[[], Served]):
    with browser_windows([serve().address], size=PHONE, touch=True) as (window,):
        assert window.columns < 50
        wait_until(lambda: "Rosters" in window.drawn and "quit" in window.drawn, window)
        window.page.wait_for_timeout(300)
        window.click(3, window.lines - 2, tap=True)
        wait_until(is_on_disk(review, "pubmed:1 include"), window)
        window.click(6, window.lines - 6, tap=True)
        wait_until(lambda: len(said(review)) == 2, window)
    assert said(review)[1].startswith("pubmed:2 exclude")


def test_a_second_window_takes_over_and_the_first_loses_nothing(
    review: Review, serve: Callable[[], Served]
):
    address = serve().address
    with browser_windows([address]) as (first,):
        wait_until(lambda: "Rosters" in first.drawn, first)
        first.press("i")
        wait_until(is_on_disk(review, "pubmed:1 include"), first)
        second = BrowserScreen(first.page.context.new_page(), address)
        wait_until(lambda: "Mice" in second.drawn, second)
        wait_until(first.page.locator(".over").is_visible, first)
        second.press("1")
        wait_until(is_on_disk(review, "pubmed:1 include", "pubmed:2 exclude topic"), second)


def test_a_page_that_is_loaded_again_goes_on_where_it_was(
    review: Review, serve: Callable[[], Served]
):
    with browser_windows([serve().address]) as (window,):
        wait_until(lambda: "Rosters" in window.drawn, window)
        window.press("i")
        wait_until(is_on_disk(review, "pubmed:1 include"), window)
        window.drawn = ""
        window.page.reload()
        wait_until(lambda: "Mice" in window.drawn, window)
        window.press("m")
        wait_until(is_on_disk(review, "pubmed:1 include", "pubmed:2 maybe"), window)


def test_whoever_is_at_work_in_a_terminal_is_told_so_and_opens_no_window(review: Review):
    terminal = TerminalScreen(review.root, *WORDS)
    wait_until(lambda: "Rosters" in terminal.drawn, terminal)
    with pytest.raises(RuntimeError, match="ab is at work on title-abstract already"):
        Served(review.root, *WORDS)
    terminal.close()


# ── who is turned away ───────────────────────────────────────────────────────────────────────

SOCKET = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    served = Served(a_review(tmp_path_factory.mktemp("served")).root, *WORDS)
    yield served.address
    served.close()


def status_of(address: str, path: str | None = None, **headers: str) -> int:
    """What the server answers to that request."""
    _, _, host, token, _ = address.split("/")
    asked = http.client.HTTPConnection(host, timeout=10)
    asked.request("GET", path if path is not None else f"/{token}/", headers=headers)
    return asked.getresponse().status


def test_the_address_opens_the_page(address: str):
    assert status_of(address) == 200
    assert status_of(address, f"/{address.split('/')[3]}/static/js/textual.js") == 200


@pytest.mark.parametrize("path", ["/", "/ws", "/static/js/textual.js", "/wrong/", "/wrong/ws"])
def test_without_the_token_there_is_nothing(address: str, path: str):
    assert status_of(address, path) == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", ""])
def test_a_request_that_names_another_host_is_refused(address: str, host: str):
    """A page elsewhere may have its name point to this machine (DNS rebinding)."""
    assert status_of(address, Host=host) == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "null"])
def test_a_request_from_another_page_is_refused(address: str, origin: str):
    assert status_of(address, Origin=origin) == 403
    token = address.split("/")[3]
    assert status_of(address, f"/{token}/ws", Origin=origin, **SOCKET) == 403


def test_a_socket_must_say_where_it_comes_from(address: str):
    assert status_of(address, f"/{address.split('/')[3]}/ws", **SOCKET) == 403


def test_only_this_machine_is_listened_to(address: str):
    assert address.startswith("http://127.0.0.1:")
