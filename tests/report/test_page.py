"""The page of the report: what stands on it, how it is made, and that outside text is dead."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.paths import Review
from scopingreview.report.page import cited_reports
from scopingreview.report.web_address import addresses_of, web_address
from scopingreview.review.reporting import report_page, report_text
from tests.reviews import (
    FULL_TEXT,
    TITLE_ABSTRACT,
    change_protocol,
    decide,
    found_with,
    record,
    retrieved,
)

VOID = {"meta", "input", "br", "hr", "link", "img", "rect", "polyline", "polygon", "circle"}


class Page(HTMLParser):
    """The elements of a page in their order, each with its attributes and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        self.text.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        self.text.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.text:
            self.text[-1] += data

    def all(self) -> Iterator[tuple[str, dict[str, str], str]]:
        for (tag, attributes), text in zip(self.elements, self.text, strict=True):
            yield tag, attributes, text

    def named(self, *tags: str) -> Iterator[tuple[str, dict[str, str], str]]:
        yield from (each for each in self.all() if each[0] in tags)


def a_review(folder: Path) -> Review:
    """Four reports: two included as one study, one excluded by its full text, one by its title."""
    review = found_with(
        folder,
        [
            record("pubmed:1", title="Rosters <b>&", year=2019, doi="10.1000/1<2"),
            record("pubmed:2", title="Naps", year=2020, url="javascript:alert(1)"),
            record("scopus:3", title="Mice", year=2018, url="https://example.org/mice"),
            record("scopus:4", title="Yeast"),
            record("scopus:5", title="Rosters <b>&"),
        ],
        duplicates={"scopus:5": "pubmed:1"},
        decisions=[
            *(
                decide(key, "include", by, phase)
                for key in ("pubmed:1", "pubmed:2")
                for by in ("ab", "cd")
                for phase in (TITLE_ABSTRACT, FULL_TEXT)
            ),
            *(decide("scopus:3", "include", by) for by in ("ab", "cd")),
            *(decide("scopus:3", "exclude", by, FULL_TEXT, "concept") for by in ("ab", "cd")),
            *(decide("scopus:4", "exclude", by, reason="topic") for by in ("ab", "cd")),
        ],
    )
    store.append_retrievals(
        review, [retrieved(f"{k}") for k in ("pubmed:1", "pubmed:2", "scopus:3")]
    )
    return review


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return a_review(tmp_path / "review")


@pytest.fixture
def html(review: Review) -> str:
    return report_text(review)


@pytest.fixture
def page(html: str) -> Page:
    return Page(html)


# ── what stands on it ────────────────────────────────────────────────────────────────────────


def test_the_boxes_hold_the_records_that_they_count(review: Review):
    boxes = {box.name: box for box in report_page(review).boxes}
    held = {
        name: sorted(report.record_id for each in box.lists for report in each.reports)
        for name, box in boxes.items()
    }
    assert held == {
        "identified": ["pubmed:1", "pubmed:2", "scopus:3", "scopus:4", "scopus:5"],
        "duplicates": ["scopus:5"],
        "screened": ["pubmed:1", "pubmed:2", "scopus:3", "scopus:4"],
        "excluded": ["scopus:4"],
        "sought": ["pubmed:1", "pubmed:2", "scopus:3"],
        "assessed": ["pubmed:1", "pubmed:2", "scopus:3"],
        "reports_excluded": ["scopus:3"],
        "included_studies": ["pubmed:1", "pubmed:2"],
    }
    sources = [(each.heading, each.n) for each in boxes["identified"].lists]
    assert sources == [("PubMed", 2), ("Scopus", 3)]


def test_a_box_of_too_many_records_is_counted_and_says_how_to_get_them(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cited_reports, "MOST_LISTED", 4)
    boxes = {box.name: box for box in report_page(review).boxes}
    assert [(each.n, each.reports) for each in boxes["identified"].lists] == [(2, ()), (3, ())]
    assert len(boxes["screened"].lists[0].reports) == 4
    html = report_text(review)
    assert "scopingreview export identified.xlsx --box identified" in html
    assert "--box screened" not in html


def test_every_box_of_the_drawing_leads_to_its_records(page: Page):
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert [name for name, n in Counter(ids).items() if n > 1] == []
    inside = [a["href"][1:] for _, a, _ in page.named("a") if a["href"].startswith("#")]
    assert {"box-identified", "box-included_studies", "content"} <= {*inside}
    assert {*inside} <= {*ids}


def test_it_says_what_was_included_and_what_was_excluded_and_why(html: str):
    included = html[html.index('id="part-included"') : html.index('id="part-excluded"')]
    assert "Rosters &lt;b&gt;&amp;" in included
    assert "Naps" in included
    excluded = html[html.index('id="part-excluded"') : html.index('id="part-made-by"')]
    assert "Mice" in excluded
    assert "Yeast" not in excluded


def test_the_methods_are_those_of_the_protocol(review: Review):
    before = " ".join(report_page(review).methods)
    assert "By title and abstract, two reviewers decided by themselves on each record." in before
    assert "No model ranked, included or excluded records by title and abstract." in before
    assert "removed that were" not in before
    change_protocol(review, "reviewers_needed = 2", "reviewers_needed = 1")
    path = review.path("config/review.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}\n[limits]\nfirst_year = 1990\nlanguages = ["English", "German"]\n')
    now = " ".join(report_page(review).methods)
    assert "By title and abstract, one reviewer decided on each record." in now
    assert (
        "Before screening, records were removed that were published before 1990 or in another "
        "language than English or German." in now
    )


def test_the_results_say_how_well_the_reviewers_agreed(review: Review):
    told = report_page(review).results[-2]
    assert told.startswith("By title and abstract, the reviewers agreed on 100.0% of 4 records")


def test_where_nearly_all_is_excluded_the_results_name_ac1_beside_kappa_and_say_why(
    tmp_path: Path,
):
    keys = [f"pubmed:{number}" for number in range(20)]
    said = [decide(key, "exclude", name) for key in keys[1:] for name in ("ab", "cd")]
    said += [decide(keys[0], "include", "ab"), decide(keys[0], "exclude", "cd")]
    review = found_with(tmp_path / "other", map(record, keys), decisions=said)
    assert report_page(review).results[-1] == (
        "By title and abstract, the reviewers agreed on 95.0% of 20 records that two or more of "
        "them had decided on by themselves (Cohen's kappa 0.00; Gwet's AC1 0.95, 95% interval "
        "0.83 to 1.00). Of their verdicts 98% were exclude: kappa is low then however well people "
        "agree, so AC1 is told beside it."
    )


def test_a_review_without_an_included_study_says_so(tmp_path: Path):
    review = found_with(tmp_path / "other", [record("pubmed:1")])
    html = report_text(review)
    assert "No study is included so far." in html
    assert "In progress" in html
    assert "Every record has been decided on." not in html


# ── how it is made ───────────────────────────────────────────────────────────────────────────


def test_headings_go_down_a_step_at_a_time(page: Page):
    levels = [int(tag[1]) for tag, _, _ in page.named("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_tables_have_captions_and_their_heads_a_scope(html: str, page: Page):
    assert html.count("<table>") == html.count("<caption>") > 5
    assert all("scope" in attributes for _, attributes, _ in page.named("th"))


def test_pictures_say_what_they_show(page: Page):
    pictures = [attributes for _, attributes, _ in page.named("svg")]
    assert len(pictures) > 1
    ids = {attributes.get("id") for _, attributes in page.elements}
    for picture in pictures:
        assert {picture["aria-labelledby"], picture["aria-describedby"]} <= ids


def test_a_skip_link_comes_first_and_the_language_is_said(page: Page):
    links = [attributes for _, attributes, _ in page.named("a")]
    assert links[0] == {"class": "skip", "href": "#content"}
    assert next(page.named("html"))[1]["lang"] == "en"


def test_its_policy_lets_its_own_script_and_style_run_and_nothing_else(html: str, page: Page):
    [policy] = [
        a["content"] for _, a, _ in page.named("meta") if "Content-Security-Policy" in a.values()
    ]
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        [text] = re.findall(rf"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_it_fetches_nothing(page: Page):
    fetching = {"src", "srcset", "style", "background", "poster", "data", "action"}
    for tag, attributes in page.elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "image", "use", "base"}
        assert not fetching & attributes.keys()
        assert not [name for name in attributes if name.startswith("on")]


# ── what others wrote ────────────────────────────────────────────────────────────────────────

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "a\x00b\x1b[31mc\u202ed\u200be",
    "=HYPERLINK(1)",
    "😀 <svg onload=alert(1)>",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_what_a_database_wrote_is_text_and_nothing_else(tmp_path: Path, title: str):
    quiet = Page(report_text(_with_title(tmp_path / "quiet", "A title")))
    html = report_text(_with_title(tmp_path / "loud", title))
    loud = Page(html)
    assert [tag for tag, _ in loud.elements] == [tag for tag, _ in quiet.elements]
    assert not [a for _, a in loud.elements if any(name.startswith("on") for name in a)]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u200b]", html)


def _with_title(folder: Path, title: str) -> Review:
    review = found_with(
        folder,
        [record("pubmed:1", title=title, authors=(title,), journal=title, year=2019)],
        decisions=[
            decide("pubmed:1", "include", by, phase)
            for by in ("ab", "cd")
            for phase in (TITLE_ABSTRACT, FULL_TEXT)
        ],
    )
    store.append_retrievals(review, [retrieved("pubmed:1")])
    return review


def test_only_an_address_of_the_web_becomes_a_link(page: Page):
    outside = {a["href"] for _, a, _ in page.named("a") if not a["href"].startswith("#")}
    assert outside == {"https://doi.org/10.1000/1%3C2", "https://example.org/mice"}


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https:",
        "http://[",
        "\ud800",
    ],
)
def test_what_is_no_address_of_the_web_is_none(text: str):
    assert web_address(text) == []


def test_a_report_is_at_its_doi_before_it_is_anywhere_else():
    found = addresses_of(record("pubmed:1", doi="10.1/a", url="https://b.example", pmid="3"))
    assert found == [
        "https://doi.org/10.1/a",
        "https://b.example",
        "https://pubmed.ncbi.nlm.nih.gov/3/",
    ]


# ── who is named ─────────────────────────────────────────────────────────────────────────────


def with_people(review: Review, shown: str = "") -> str:
    """The page when the reviewers have full names, and the protocol says how to show them."""
    change_protocol(review, 'name = "ab"\nfull_name = ""', 'name = "ab"\nfull_name = "Ada Zell"')
    path = review.path("config/review.toml")
    if shown:
        path.write_text(f'{path.read_text(encoding="utf-8")}\n[report]\npeople = "{shown}"\n')
    return report_text(review)


def test_people_are_named_as_the_protocol_names_them(review: Review):
    html = with_people(review)
    assert "Titles and abstracts were screened by Ada Zell (ab) and cd." in html
    assert "taken by people (ab and cd)" in html


def test_initials_name_people_by_their_files(review: Review):
    html = with_people(review, "initials")
    assert "Titles and abstracts were screened by ab and cd." in html
    assert "Ada Zell" not in html


def test_people_who_are_hidden_are_named_nowhere_on_the_page(review: Review):
    store.append_decision(review, decide("scopus:4", "include", "cd"))
    store.append_consensus(review, [decide("scopus:4", "exclude", "ef", reason="topic")])
    html = with_people(review, "hidden")
    said = " ".join(text for tag, _, text in Page(html).all() if tag not in ("style", "script"))
    assert "Titles and abstracts were screened by reviewer 1 and reviewer 2." in html
    assert "Differences were settled by adjudicator 1." in html
    assert not re.search(r"\b(ab|cd|ef|Ada Zell)\b", said)


def test_another_word_for_how_people_are_shown_is_refused(review: Review):
    with pytest.raises(ReviewError, match='unknown people "hiden"'):
        with_people(review, "hiden")
