"""What Windows does otherwise with files, played where it is not Windows."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import NotWrittenError
from scopingreview.store import file_system
from scopingreview.store.file_system import read_at

SHARING_VIOLATION = 32


class Busy:
    """`Path.replace` while another program has the file open, for the first few tries."""

    def __init__(self, times: int, code: int = SHARING_VIOLATION) -> None:
        self.left, self.code = times, code
        self.real = Path.replace

    def __call__(self, path: Path, target: Path) -> Path:
        if self.left:
            self.left -= 1
            refusal = PermissionError(13, "Permission denied", str(path))
            refusal.winerror = self.code  # type: ignore[attr-defined]  # as Windows has it
            raise refusal
        return self.real(path, target)


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, each time."""
    seconds: list[float] = []
    monkeypatch.setattr(time, "sleep", seconds.append)
    return seconds


def be(busy: Busy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", lambda path, target: busy(path, target))


@pytest.mark.parametrize("code", [5, SHARING_VIOLATION])
def test_a_file_that_a_virus_scanner_looks_at_is_written_a_moment_later(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waited: list[float]
):
    be(Busy(3, code), monkeypatch)
    store.write_text(tmp_path / "counts.csv", "box,n\n")
    assert (tmp_path / "counts.csv").read_text() == "box,n\n"
    assert waited == [0.05, 0.1, 0.2]


def test_a_file_that_a_spreadsheet_holds_is_said_to_be_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waited: list[float]
):
    path = tmp_path / "counts.csv"
    path.write_text("old")
    be(Busy(100), monkeypatch)
    with pytest.raises(NotWrittenError) as caught:
        store.write_text(path, "new")
    assert "Another program may have it open" in caught.value.hint
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["counts.csv"]
    assert sum(waited) < 2


def test_what_is_refused_otherwise_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waited: list[float]
):
    be(Busy(1, 0), monkeypatch)
    with pytest.raises(NotWrittenError, match="Get write access"):
        store.write_text(tmp_path / "counts.csv", "new")
    assert waited == []


def test_a_system_that_opens_no_folder_syncs_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    opened = os.open

    def open_no_folder(path: Path, *words: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "Permission denied")
        return opened(path, *words)

    monkeypatch.setattr(os, "open", open_no_folder)
    monkeypatch.setattr(file_system, "SYNCS_FOLDERS", False)
    store.write_text(tmp_path / "new" / "counts.csv", "box,n\n")
    assert (tmp_path / "new" / "counts.csv").read_text() == "box,n\n"


def test_threads_share_a_file_where_reading_moves_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delattr(os, "pread")
    path = tmp_path / "file"
    path.write_bytes(bytes(range(256)) * 40)
    wrong: list[bytes] = []
    with path.open("rb") as file:

        def read(begin: int) -> None:
            found = {read_at(file.fileno(), 1, begin) for _ in range(200)}
            wrong.extend(found - {bytes([begin])})

        threads = [threading.Thread(target=read, args=(begin,)) for begin in (1, 100, 200)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
