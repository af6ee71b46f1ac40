"""The report in a real Chromium, from a disk: nothing is asked for, boxes open, tables sort."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scopingreview.review.reporting import report_text
from support.screens import PHONE, SANDBOXED, chromium
from tests.report.test_page import a_review

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

if not chromium() or importlib.util.find_spec("playwright") is None:
    pytest.skip("there is no Chromium here, or no playwright", allow_module_level=True)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    path = folder / "report.html"
    path.write_text(report_text(a_review(folder / "review")), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        begun = playwright.chromium.launch(executable_path=chromium(), args=SANDBOXED)
        yield begun
        begun.close()


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    assert complaints == []
    assert {address.partition("#")[0] for address in asked} == {file.as_uri()}
    context.close()


def yields(page: Page) -> Locator:
    return page.get_by_role("table", name="What each source was worth")


def first_cells(page: Page) -> list[str]:
    return yields(page).locator("tbody th").all_inner_texts()


def test_it_opens_from_a_disk_and_asks_for_nothing(page: Page):
    assert page.title() == "A review"
    assert page.locator("h1").inner_text() == "A review"


def test_a_box_of_the_drawing_opens_its_records(page: Page):
    records = page.locator("#box-reports_excluded")
    assert not records.is_visible()
    page.locator("svg a[href='#box-reports_excluded']").click()
    records.wait_for(state="visible")
    assert "Mice" in records.inner_text()


def test_a_box_opens_from_the_keyboard(page: Page):
    page.locator("details.box summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#box-identified").is_visible()


def test_a_table_sorts_from_the_keyboard_and_keeps_its_total_last(page: Page):
    assert first_cells(page) == ["PubMed", "Scopus", "All databases and registers"]
    records = yields(page).get_by_role("columnheader", name="Records", exact=True)
    for order, first in (("ascending", "PubMed"), ("descending", "Scopus")):
        records.locator("button").focus()
        page.keyboard.press("Enter")
        assert records.get_attribute("aria-sort") == order
        assert first_cells(page)[0] == first
        assert first_cells(page)[-1] == "All databases and registers"


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(page: Page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_script_that_was_slipped_in_is_refused(browser: Browser, file: Path):
    context = browser.new_context()
    page = context.new_page()
    page.goto(file.as_uri())
    refused = page.evaluate(
        """() => new Promise(resolve => {
             addEventListener('securitypolicyviolation', e => resolve(e.violatedDirective));
             const script = document.createElement('script');
             script.textContent = 'document.title = "hacked"';
             document.body.append(script);
           })"""
    )
    assert refused == "script-src-elem"
    assert page.title() == "A review"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_telephone_scrolls_up_and_down_only(browser: Browser, file: Path, scheme: str):
    width, height = PHONE
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(22, 24, 27)" if scheme == "dark" else "rgb(255, 255, 255)")
    context.close()


def test_without_script_the_page_says_the_same(browser: Browser, file: Path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.locator("th button").count() == 0
    assert page.locator("th").count() > 0
    page.locator("svg a[href='#box-excluded']").click()
    page.locator("#box-excluded").wait_for(state="visible")
    context.close()
