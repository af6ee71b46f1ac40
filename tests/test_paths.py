"""A review stands where its folders are, linked or not; a link that is lost hides nothing."""

from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.paths import FOLDERS, find_review
from scopingreview.review.state import load_state
from tests.conftest import Run
from tests.reviews import TITLE_ABSTRACT, decide, found_with, record


@pytest.mark.parametrize("name", [name for name in FOLDERS if name != "config"])
def test_a_folder_that_is_a_lost_link_is_refused_in_a_sentence(tmp_path: Path, run: Run, name: str):
    review = found_with(tmp_path, [record("pubmed:1")])
    place = review.path(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "gone")
    for words in (("status",), ("check",), ("run",), ("screen", "ta", "--as", "ab", "--plain")):
        answer = run(*words, "-C", tmp_path)
        assert answer.status == 1
        assert f"{name}: this link leads nowhere" in answer.err


def test_decisions_behind_a_link_to_a_folder_count_and_are_checked(tmp_path: Path):
    review = found_with(tmp_path / "review", [record("pubmed:1")])
    place = review.path("data/screened/title-abstract")
    place.rename(tmp_path / "shared")
    place.symlink_to(tmp_path / "shared")
    store.append_decision(review, decide("pubmed:1", "include", "ab"))
    assert load_state(review).votes[TITLE_ABSTRACT]["pubmed:1"].keys() == {"ab"}
    assert "data/screened/title-abstract/ab.csv" in store.log_files(review)


def test_a_link_that_leads_back_up_is_followed_once(tmp_path: Path):
    review = found_with(tmp_path, [record("pubmed:1")])
    review.path("data/raw/pubmed/up").symlink_to(review.path("data/raw"))
    review.path("data/raw/pubmed/itself").symlink_to("itself")
    review.path("data/raw/pubmed/a.ris").write_text("x")
    assert store.raw_files(review) == ["data/raw/pubmed/a.ris"]


def test_a_protocol_that_links_to_itself_is_told(tmp_path: Path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config/review.toml").symlink_to("review.toml")
    with pytest.raises(ReviewError, match="leads nowhere"):
        find_review(tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ("import-decisions", "ta", "LOOP", "--as", "ab"),
        ("screen", "ta", "--as", "ab", "--from", "LOOP"),
        ("retrieve", "--match", "LOOP"),
        ("retrieve", "--from", "LOOP"),
        ("numbers", "LOOP"),
        ("repair", "LOOP"),
        ("add", "LOOP", "--source", "pubmed"),
        ("retrieve", "--record", "pubmed:1", "--status", "retrieved", "--where", "LOOP"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
@pytest.mark.parametrize("inside", [True, False])
def test_a_link_that_leads_back_to_itself_is_told_wherever_a_file_is_named(
    tmp_path: Path, run: Run, words: tuple[str, ...], inside: bool
):
    both = [decide("pubmed:1", "include", by) for by in ("ab", "cd")]
    review = found_with(tmp_path / "review", [record("pubmed:1")], decisions=both)
    loop = (review.root if inside else tmp_path) / "loop.pdf"
    loop.symlink_to(loop.name)
    answer = run(*(str(loop) if word == "LOOP" else word for word in words), "-C", review.root)
    assert answer.status == 1
    assert "loop.pdf" in answer.err
