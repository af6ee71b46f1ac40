"""Arrays that are longer than memory: what was told is read back, stretch by stretch."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from scopingreview.long_array import ArrayInMemory, ToldArray, told
from scopingreview.store import arrays
from scopingreview.store.arrays import npz_pieces, read_npz, scratch_arrays
from scopingreview.store.rehearsal import rehearsed

PAIRS = np.arange(20, dtype=np.int32).reshape(10, 2)


def told_arrays() -> Iterator[ToldArray]:
    yield ToldArray("long", np.float32, (7,), iter([np.arange(4.0), np.arange(4.0, 7.0)]))
    yield told("pairs", np.int32, PAIRS)
    yield told("none", np.int64, np.zeros(0, np.int64))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kept.npz"
    path.write_bytes(b"".join(npz_pieces(told_arrays())))
    return path


@pytest.mark.parametrize("in_memory", [0, 1 << 20])
def test_what_was_told_in_parts_is_read_in_any_stretch(
    file: Path, in_memory: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(arrays, "IN_MEMORY", in_memory)
    read = read_npz(file)
    assert read is not None
    assert read["long"][:].tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert read["long"][3:5].tolist() == [3, 4]
    assert read["pairs"][9:].tolist() == [[18, 19]]
    assert (len(read["pairs"]), len(read["none"]), len(read["none"][:])) == (10, 0, 0)
    assert read["long"][5:2].tolist() == []


def test_the_file_is_one_that_numpy_reads_and_always_the_same(file: Path):
    with np.load(file) as by_numpy:
        assert np.array_equal(by_numpy["pairs"], PAIRS)
        assert by_numpy["long"].dtype == np.float32
    assert b"".join(npz_pieces(told_arrays())) == file.read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a file of arrays"])
def test_what_is_no_file_of_arrays_gives_none(tmp_path: Path, content: bytes):
    (tmp_path / "kept.npz").write_bytes(content)
    assert read_npz(tmp_path / "kept.npz") is None
    assert read_npz(tmp_path / "missing.npz") is None


def test_one_byte_that_is_another_spoils_the_file(file: Path):
    content = bytearray(file.read_bytes())
    content[content.index(PAIRS.tobytes()) + 5] ^= 1
    file.write_bytes(content)
    assert read_npz(file) is None


def test_half_a_file_gives_none(file: Path):
    file.write_bytes(file.read_bytes()[:300])
    assert read_npz(file) is None


@given(
    parts=st.lists(st.lists(st.integers(-9, 9), max_size=6), max_size=8),
    stretch=st.slices(40).filter(lambda each: each.step in (None, 1)),
    room=st.sampled_from([0, 16, 1 << 20]),
)
def test_a_scratch_array_is_as_one_in_memory_wherever_it_lies(
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[list[int]],
    stretch: slice,
    room: int,
):
    folder = tmp_path_factory.mktemp("scratch")
    with pytest.MonkeyPatch.context() as patch, scratch_arrays(folder) as new_array:
        patch.setattr(arrays, "IN_MEMORY", room)
        array, known = new_array(np.int32), ArrayInMemory(np.int32)
        for part in parts:
            for each in (array, known):
                each.extend(np.array(part, np.int32))
        assert len(array) == len(known)
        assert np.array_equal(array[stretch], known[stretch])
        assert list(folder.iterdir()) == [], "it has no name"


def filled(array: Any, part: NDArray[Any], times: int) -> NDArray[Any]:
    for _ in range(times):
        array.extend(part)
    whole: NDArray[Any] = array[:]
    return whole


def test_what_the_disk_refuses_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    part = np.arange(10, dtype=np.int64)
    monkeypatch.setattr(arrays, "IN_MEMORY", 200)
    with scratch_arrays(tmp_path / "not-there") as new_array:
        assert np.array_equal(filled(new_array(np.int64), part, 9), np.tile(part, 9))


def test_half_of_what_was_written_as_the_disk_was_full_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    class FullForAMoment:
        """A file on a disk that fills up in its second writing, and has room again later."""

        def __init__(self) -> None:
            self.file = (tmp_path / "file").open("w+b", buffering=0)
            self.fileno, self.seek, self.close = self.file.fileno, self.file.seek, self.file.close
            self.writings = 0

        def write(self, content: memoryview) -> int:
            self.writings += 1
            if self.writings == 2:
                return self.file.write(content[:3])
            if self.writings == 3:
                raise OSError(errno.ENOSPC, "No space left on device")
            return self.file.write(content)

    part = np.arange(10, dtype=np.int64)
    monkeypatch.setattr(arrays, "IN_MEMORY", 200)
    file = FullForAMoment()
    monkeypatch.setattr(arrays, "nameless_file", lambda _folder: file)
    with scratch_arrays(tmp_path) as new_array:
        array = new_array(np.int64)
        assert np.array_equal(filled(array, part, 20), np.tile(part, 20))
        assert np.array_equal(array[25:195], np.tile(part, 20)[25:195])
    assert file.writings > 3


def test_a_dry_run_puts_nothing_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(arrays, "IN_MEMORY", 0)
    monkeypatch.setattr(arrays, "nameless_file", None)
    with rehearsed(), scratch_arrays(tmp_path) as new_array:
        assert len(filled(new_array(np.int8), np.ones(5, np.int8), 3)) == 15
