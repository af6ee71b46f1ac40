"""`o` opens the file of a report or says why it opens the link; nothing else reaches the system."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import Retrieval, RetrievalStatus
from scopingreview.paths import Review
from scopingreview.review.text_places import lost_file
from scopingreview.work import full_text
from tests.pdfs import pdf_file
from tests.reviews import START
from tests.work.test_acts import do
from tests.workbench.benches import small_review, work_on


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that was handed to the system."""
    given: list[str] = []

    def take(address: str) -> bool:
        given.append(address)
        return True

    monkeypatch.setattr(full_text, "has_windows", lambda: True)
    monkeypatch.setattr("webbrowser.open", take)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/opener")
    monkeypatch.setattr("subprocess.Popen", lambda words, **_: take(words[-1]))
    return given


def retrieved_at(where: str, record_id: str = "pubmed:1") -> Retrieval:
    return Retrieval(START, record_id, RetrievalStatus.RETRIEVED, where)


def test_a_file_that_is_gone_is_told_when_the_link_is_opened_in_its_place(
    tmp_path: Path, opened: list[str]
):
    review = small_review(tmp_path)
    task = work_on(review)
    record_id = task.record().record_id
    file = pdf_file(review.path("data/fulltexts"), "doe.pdf")
    store.append_retrievals(review, [retrieved_at("doe.pdf", record_id)])
    task = work_on(review)
    assert do(task, "open").told == [f"Opened {file}"]
    file.unlink()
    (link, told) = opened_and_told(task, opened)
    assert link.startswith("https://")
    assert told == f"doe.pdf is not in the review. Instead: Opened {link}"


def opened_and_told(task, opened: list[str]) -> tuple[str, str]:
    opened.clear()
    (told,) = do(task, "open").told
    return opened[0], told


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/etc/passwd",
        "--help",
        "https://example.org/\n--new-window",
        "smb://server/share.pdf",
        "data/fulltexts/run.sh",
        "",
    ],
)
def test_nothing_but_the_web_and_documents_of_the_review_is_handed_to_the_system(
    tmp_path: Path, opened: list[str], address: str
):
    review = Review(tmp_path)
    review.path("data/fulltexts").mkdir(parents=True)
    review.path("data/fulltexts/run.sh").touch()
    assert full_text.open_address(review, address) is False
    assert full_text.open_address(review, str(tmp_path / address)) is False
    assert opened == []


def test_addresses_and_documents_are_handed_on_as_they_are(tmp_path: Path, opened: list[str]):
    file = pdf_file(tmp_path, "a b.pdf")
    for address in ("https://doi.org/10.5555/1", str(file)):
        assert full_text.open_address(Review(tmp_path), address)
    assert opened == ["https://doi.org/10.5555/1", str(file)]


def test_a_place_that_is_no_address_is_taken_for_a_file(tmp_path: Path):
    review = Review(tmp_path)
    pdf_file(review.path("data/fulltexts"), "there.pdf")
    assert lost_file(review, retrieved_at("there.pdf")) == ""
    assert lost_file(review, retrieved_at("https://example.org/a.pdf")) == ""
    assert lost_file(review, retrieved_at("")) == lost_file(review, None) == ""
    assert lost_file(review, retrieved_at("gone.pdf")) == "gone.pdf"
