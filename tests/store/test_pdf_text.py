"""A PDF is read as far as it may be, and one that is damaged or hostile costs a sentence."""

from __future__ import annotations

import multiprocessing
import random
import time
from pathlib import Path

import pytest

from scopingreview.store import pdf_text
from scopingreview.store.pdf_text import read_pdfs
from tests.pdfs import bomb, pdf, pdf_file


def problems(*files: Path, **limits: float) -> list[str]:
    return [each.problem for each in read_pdfs(files, **limits)]  # type: ignore[arg-type]


def test_the_first_pages_and_the_title_of_the_properties_are_read(tmp_path: Path):
    pages = [f"Page {number} says\nso much" for number in range(1, 6)]
    (read,) = read_pdfs([pdf_file(tmp_path, "a.pdf", *pages, title="Rest (at night)")])
    assert read.title == "Rest (at night)"
    assert "Page 1 says" in read.text
    assert f"Page {pdf_text.PAGES} says" in read.text
    assert f"Page {pdf_text.PAGES + 1}" not in read.text
    assert (read.problem, len(read.digest)) == ("", 64)


def test_what_is_no_pdf_or_cannot_be_opened_is_told(tmp_path: Path):
    page = tmp_path / "login.pdf"
    page.write_text("<html>log in</html>")
    assert problems(page, tmp_path / "gone.pdf") == [
        "it is no PDF, whatever its name says",
        "it could not be read: No such file or directory",
    ]


def test_a_damaged_file_is_told_and_the_next_one_read(tmp_path: Path):
    whole = pdf("Rest at night")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(whole[: len(whole) // 3])
    fine = pdf_file(tmp_path, "fine.pdf", "Rest at night")
    first, second = read_pdfs([broken, fine])
    assert first.problem.startswith("it is damaged")
    assert ("Rest at night" in second.text, second.problem) == (True, "")


def test_bytes_turned_at_random_never_stop_the_reading(tmp_path: Path):
    chance = random.Random(7)
    files = []
    for number in range(60):
        content = bytearray(pdf("Rest at night", "and by day", title="Rest"))
        for _ in range(number + 1):
            content[chance.randrange(9, len(content))] = chance.randrange(256)
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(content)
        files.append(path)
    assert len(list(read_pdfs(files))) == len(files)


def test_a_file_too_big_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf_text, "MOST_BYTES", 1 << 20)
    path = tmp_path / "big.pdf"
    path.write_bytes(b"%PDF-1.4" + b"0" * (3 << 20))
    assert problems(path) == ["it has 3 MB, more than the 1 that are read"]


def test_a_file_that_unpacks_to_too_much_is_given_up(tmp_path: Path):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(bomb(2_000))
    fine = pdf_file(tmp_path, "fine.pdf", "Rest at night")
    begun = time.monotonic()
    first, second = problems(path, fine, seconds=10.0, memory=600 << 20)
    assert first
    assert second == ""
    assert time.monotonic() - begun < 60


def test_a_file_that_takes_too_long_is_given_up_and_its_process_gone(tmp_path: Path):
    slow, fine = (pdf_file(tmp_path, name, "Rest") for name in ("slow.pdf", "fine.pdf"))
    slow.write_bytes(bomb(200))
    first, second = problems(slow, fine, seconds=0.001)
    assert first == "reading it took longer than 0.001 seconds"
    assert second in ("", "reading it took longer than 0.001 seconds")
    assert multiprocessing.active_children() == []


def test_nobody_who_stops_early_leaves_a_process(tmp_path: Path):
    files = [pdf_file(tmp_path, f"{n}.pdf", "Rest") for n in range(3)]
    reading = read_pdfs(files)
    next(reading)
    reading.close()  # type: ignore[attr-defined]  # a generator
    assert multiprocessing.active_children() == []
