"""Folders and archives become the files they hold, and nothing is believed of an archive."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from scopingreview.errors import ReviewError
from scopingreview.store import unpacking
from scopingreview.store.unpacking import set_down, taken_apart


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_an_archive_is_its_files_and_they_are_gone_afterwards(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", {"b/2.ris": b"two", "1.ris": b"one", "c/2.ris": b"three"})
    with taken_apart([path]) as files:
        found = [(each.told, each.path.name, each.path.read_bytes()) for each in files]
        places = [each.path for each in files]
    assert found == [
        (f"{path}: 1.ris", "1.ris", b"one"),
        (f"{path}: b/2.ris", "2.ris", b"two"),
        (f"{path}: c/2.ris", "2.ris", b"three"),
    ]
    assert not any(place.exists() for place in places)


def test_a_folder_is_its_files_in_order_of_name(tmp_path: Path):
    for name in ("b/2.ris", "1.ris", ".DS_Store", "b/.hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    with taken_apart([tmp_path]) as files:
        assert [each.told for each in files] == [f"{tmp_path}/1.ris", f"{tmp_path}/b/2.ris"]


def test_what_a_mac_adds_to_an_archive_is_no_export(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", {"1.ris": b"one", "__MACOSX/._1.ris": b"", ".DS_Store": b""})
    with taken_apart([path]) as files:
        assert [each.path.name for each in files] == ["1.ris"]


def test_a_name_that_leads_out_of_the_archive_leads_nowhere(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", {"../../evil.ris": b"one"})
    with taken_apart([path]) as (file,):
        assert file.path.name == "evil.ris"
        assert tmp_path not in file.path.parents
    assert not (tmp_path.parent / "evil.ris").exists()


def test_a_zip_bomb_is_refused_before_it_fills_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(unpacking, "SMALL", 1 << 20)
    path = zipped(tmp_path / "bomb.zip", {"1.ris": b"\0" * (8 << 20)})
    with pytest.raises(ReviewError, match="a zip bomb"), taken_apart([path]):
        pass


def test_an_archive_that_holds_too_much_is_refused_however_well_it_is_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 10)
    path = zipped(tmp_path / "big.zip", {"1.ris": b"12345678901"})
    with pytest.raises(ReviewError, match="a zip bomb"), taken_apart([path]):
        pass


@pytest.mark.parametrize("files", [{}, {"__MACOSX/._1.ris": b""}])
def test_an_archive_that_holds_nothing_is_told(tmp_path: Path, files: dict[str, bytes]):
    path = zipped(tmp_path / "a.zip", files)
    with pytest.raises(ReviewError, match="this archive holds no file"), taken_apart([path]):
        pass


def test_a_folder_that_holds_nothing_is_told(tmp_path: Path):
    with pytest.raises(ReviewError, match="this folder holds no file"), taken_apart([tmp_path]):
        pass


@pytest.mark.parametrize("shape", ["files", "deep", "archive"])
def test_a_folder_named_by_mistake_is_told_before_anything_is_read(
    tmp_path: Path, shape: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(unpacking, "MOST_FILES", 20)
    path = tmp_path / "home"
    path.mkdir()
    if shape == "files":
        for number in range(21):
            (path / f"{number}.ris").symlink_to("/nowhere")
    elif shape == "deep":
        path.joinpath(*map(str, range(21))).mkdir(parents=True)
    else:
        path = zipped(tmp_path / "home.zip", {f"{number}.ris": b"x" for number in range(21)})
    with pytest.raises(ReviewError, match="hardly one of exports") as refused, taken_apart([path]):
        pass
    assert "21 files" in str(refused.value) or "more than 20 files and folders" in str(
        refused.value
    )
    assert "20 files each at most" in str(refused.value)


def test_nobody_looks_into_hidden_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unpacking, "MOST_FILES", 2)
    (tmp_path / ".git" / "objects").mkdir(parents=True)
    for number in range(9):
        (tmp_path / ".git" / "objects" / str(number)).write_bytes(b"x")
    (tmp_path / "1.ris").write_bytes(b"one")
    with taken_apart([tmp_path]) as files:
        assert [each.path.name for each in files] == ["1.ris"]


def test_a_damaged_archive_is_told(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", {"1.ris": b"TY  - JOUR\n" * 500})
    content = bytearray(path.read_bytes())
    content[40:60] = b"\xff" * 20
    path.write_bytes(bytes(content))
    with pytest.raises(ReviewError, match="damaged zip archive"), taken_apart([path]):
        pass


def test_bytes_are_set_down_as_a_file_for_a_while():
    with set_down(b"x", "pasted.txt") as path:
        assert (path.name, path.read_bytes()) == ("pasted.txt", b"x")
    assert not path.exists()
