"""config/wording.toml as it is read, and what it makes out of date."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import config
from scopingreview.errors import ReviewError
from scopingreview.fingerprint import fingerprint
from scopingreview.paths import WORDING, Review
from tests.conftest import Run
from tests.reviews import found_with_exports, protocol


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return found_with_exports(tmp_path / "review")


def write(review: Review, text: str) -> None:
    review.path(WORDING).write_text(text, encoding="utf-8")


def test_the_words_are_read_with_the_protocol(review: Review):
    assert protocol(review).flow.own_words == {}
    assert protocol(review).flow.thousands is None
    write(review, 'thousands = ""\n[words]\nscreened = "Läsning"\n')
    assert protocol(review).flow.own_words == {"screened": "Läsning"}
    assert protocol(review).flow.thousands == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[word]\nscreened = "a"\n', '"word"'),
        ("[words]\nscreened = 5\n", "screened"),
        ("[words\n", "not valid TOML"),
    ],
)
def test_a_file_that_says_something_else_is_refused(text: str, told: str, review: Review):
    write(review, text)
    with pytest.raises(ReviewError, match=told) as caught:
        config.load_protocol(review)
    assert WORDING in str(caught.value)


def test_a_review_without_words_of_its_own_is_the_same_protocol_as_ever(review: Review):
    before = fingerprint(protocol(review))
    write(review, '[words]\nscreened = "Läsning"\n')
    assert fingerprint(protocol(review)) == before


def test_words_of_its_own_make_the_flow_out_of_date_and_nothing_before_it(review: Review, run: Run):
    run("run", "-C", review.root)
    write(review, '[words]\nscreened = "Läsning"\n')
    stale = run("run", "--dry-run", "-C", review.root).err
    assert "config/wording.toml is new" in stale
    again = run("run", "-C", review.root)
    assert again.status == 0
    assert "import: up to date" in again.err + again.out
    assert "dedupe: up to date" in again.err + again.out
    assert ">Läsning<" in review.path("results/flow.svg").read_text(encoding="utf-8")
    assert "Läsning" in review.path("results/prisma2020.csv").read_text(encoding="utf-8")
    assert "Läsning" in review.path("results/report.html").read_text(encoding="utf-8")


def test_check_compares_the_figure_in_the_reviews_own_words(review: Review, run: Run):
    write(review, '[words]\nscreened = "Läsning"\n')
    run("run", "-C", review.root)
    assert run("check", "-C", review.root).status == 0
    write(review, '[words]\nscreened = "Genomläsning"\n')
    checked = run("check", "-C", review.root)
    assert checked.status == 1
    assert "results/flow.svg" in checked.out


def test_a_word_that_no_diagram_has_stops_the_chain_where_it_would_be_drawn(
    review: Review, run: Run
):
    run("run", "-C", review.root)
    write(review, '[words]\nscrened = "Läsning"\n')
    refused = run("draw", "-C", review.root)
    assert refused.status == 1
    assert 'Did you mean "screened"?' in refused.err


# draw


def test_draw_prints_the_words_to_begin_with(review: Review, run: Run):
    write(review, '[words]\nscreened = "Läsning"\n')
    printed = run("draw", "--wording", "-C", review.root).out
    assert 'screened = "Läsning"' in printed
    assert 'excluded = "Records excluded**"' in printed
    german = run("draw", "--wording", "--language", "de", "-C", review.root).out
    assert 'screened = "Gesichtete Datensätze"' in german


def test_draw_speaks_another_language_into_a_file_only(review: Review, run: Run, tmp_path: Path):
    run("run", "-C", review.root)
    write(review, '[words]\nscreened = "Läsning"\n')
    figure = tmp_path / "flow-de.svg"
    assert run("draw", "--language", "de", "--out", figure, "-C", review.root).status == 0
    drawn = figure.read_text(encoding="utf-8")
    assert "Gesichtete Datensätze" in drawn
    assert "Läsning" not in drawn
    refused = run("draw", "--language", "de", "-C", review.root)
    assert refused.status == 2
    assert "--out" in refused.err
    unknown = run("draw", "--language", "dk", "--out", figure, "-C", review.root)
    assert unknown.status == 1
    assert 'does not speak "dk"' in unknown.err
