"""The page of the bundled review, looked at by axe-core in a real Chromium: no fault is found.

Its rules are those of WCAG 2.2 at levels A and AA and what it calls best practice; contrast is one.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scopingreview.paths import REPORT
from support.screens import PHONE, SANDBOXED, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
WIDE = (1280, 900)

if not chromium() or importlib.util.find_spec("playwright") is None:
    pytest.skip("there is no Chromium here, or no playwright", allow_module_level=True)
if importlib.util.find_spec("axe_playwright_python") is None:
    pytest.skip("axe-core is not installed (axe-playwright-python)", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        begun = playwright.chromium.launch(executable_path=chromium(), args=SANDBOXED)
        yield begun
        begun.close()


def violations(browser: Browser, html: Path, *, size: tuple[int, int], scheme: str) -> list[str]:
    """What axe-core finds wrong with the page when all that opens is open, an element a line."""
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text()
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(html.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    context.close()
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(WIDE, "light"), (WIDE, "dark"), (PHONE, "light")],
    ids=["wide", "dark", "phone"],
)
def test_the_bundled_page_has_no_fault(browser: Browser, size: tuple[int, int], scheme: str):
    assert violations(browser, ROOT / REPORT, size=size, scheme=scheme) == []


FAULTS = {
    "color-contrast": '<p style="color: #999; background: #fff">Too pale</p>',
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "heading-order": "<h2>One</h2><h5>Five</h5>",
    "empty-table-header": "<table><tr><th></th><th>A</th></tr><tr><td>1<td>2</tr></table>",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_it_would_find_a_fault(browser: Browser, tmp_path: Path, fault: str):
    html = tmp_path / "page.html"
    html.write_text(
        '<!doctype html><html lang="en"><head><title>A page</title></head>'
        f"<body><main><h1>A page</h1>{FAULTS[fault]}</main></body></html>"
    )
    found = violations(browser, html, size=WIDE, scheme="light")
    assert [each.partition(":")[0] for each in found] == [fault]
