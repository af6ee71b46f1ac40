"""Folders and archives taken apart into the files they hold, in a place that is gone afterwards.

An archive is what somebody sent: what it claims to hold is not believed, and one that would fill
the disk is refused while it is being unpacked.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from scopingreview.errors import ReviewError
from scopingreview.store.archives import is_archive
from scopingreview.store.file_names import files_below
from scopingreview.store.refused import refusal_told

MOST_UNPACKED = 4 << 30  # bytes of all files of an archive: a million records with abstracts
MOST_TIMES = 200  # as big as packed: text shrinks to a twentieth, a bomb to a thousandth
SMALL = 64 << 20  # bytes: below that nothing is a bomb
MOST_FILES = 2_000  # of a folder or an archive: a home folder that was named by mistake holds more
BUFFER = 1 << 20
# What systems put into folders and archives by themselves.
NOT_MEANT = ("__MACOSX", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was given, or that a folder or an archive held; `told` is what to call it."""

    path: Path
    told: str


@contextmanager
def taken_apart(given: Sequence[Path]) -> Iterator[list[Incoming]]:
    """The files that were given, folders and archives among them as the files they hold.

    In order of name within each. What was unpacked is gone when this ends. Raises ReviewError for
    one that holds nothing or far too many, that is locked or damaged, and for a zip bomb.
    """
    with tempfile.TemporaryDirectory(prefix="scopingreview-") as folder:
        yield [each for path in given for each in _files_of(path, Path(folder))]


def _files_of(path: Path, folder: Path) -> Iterator[Incoming]:
    if path.is_dir():
        found = _files_in_folder(path)
        if not found:
            raise ReviewError("this folder holds no file", where=str(path))
        yield from (Incoming(each, str(each)) for each in found)
    elif is_archive(path):
        yield from _unpacked(path, folder)
    else:
        yield Incoming(path, str(path))


def _files_in_folder(path: Path) -> list[Path]:
    def refuse_many(found: int) -> None:
        if found > MOST_FILES:
            raise _not_exports("a folder", path, f"more than {MOST_FILES:,} files and folders")

    return sorted(files_below(path, is_meant=_is_meant, look_at_number=refuse_many))


def _not_exports(what: str, path: Path, holds: str) -> ReviewError:
    return ReviewError(
        f"{what} with {holds} is hardly one of exports alone; none was read",
        where=str(path),
        hint="Name the exports, or the folder in it that holds them. So many exports? Add them "
        f"in several folders, {MOST_FILES:,} files each at most.",
    )


def _is_meant(name: str) -> bool:
    return not (name.startswith(".") and name != "..") and name not in NOT_MEANT


def _unpacked(path: Path, folder: Path) -> Iterator[Incoming]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                each
                for each in sorted(archive.infolist(), key=lambda each: each.filename)
                if not each.is_dir() and all(map(_is_meant, PurePosixPath(each.filename).parts))
            ]
            if len(members) > MOST_FILES:
                raise _not_exports("an archive", path, f"{len(members):,} files")
            if not members:
                raise ReviewError("this archive holds no file", where=str(path))
            room = _Room(path)
            for member in members:
                place = _new_place(folder, PurePosixPath(member.filename).name)
                with archive.open(member) as packed, refusal_told(place), place.open("xb") as file:
                    while piece := packed.read(BUFFER):
                        room.take(len(piece))
                        file.write(piece)
                yield Incoming(place, f"{path}: {member.filename}")
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ReviewError(f"a damaged zip archive ({error})", where=str(path)) from error
    except (RuntimeError, NotImplementedError) as error:  # a password, a way of packing
        raise ReviewError(
            f"this archive cannot be unpacked here: {error}",
            where=str(path),
            hint="Unpack it and add the files inside.",
        ) from error


@dataclass(slots=True)
class _Room:
    """How much of an archive was unpacked, counted as it comes and not as the archive says."""

    path: Path
    taken: int = 0

    def take(self, size: int) -> None:
        """Raises ReviewError when that is more than any archive of exports holds."""
        self.taken += size
        times = self.taken / max(self.path.stat().st_size, 1)
        if self.taken > MOST_UNPACKED or (self.taken > SMALL and times > MOST_TIMES):
            raise ReviewError(
                "a zip bomb: unpacked it is far bigger than any archive of exports",
                where=str(self.path),
                hint="If it is none, unpack it and add the files inside.",
            )


def _new_place(folder: Path, name: str) -> Path:
    """A place for a file of that name in a folder of its own, so that it keeps the name."""
    for number in count(1):
        place = folder / str(number) / name
        if not place.parent.exists():
            place.parent.mkdir()
            return place
    raise AssertionError("there is always another number")


@contextmanager
def place_apart() -> Iterator[Path]:
    """A folder of its own, gone when this ends: for what is made to be looked at before it goes."""
    with tempfile.TemporaryDirectory(prefix="scopingreview-") as folder:
        yield Path(folder)


@contextmanager
def set_down(content: bytes, name: str) -> Iterator[Path]:
    """The bytes as a file of that name, gone when this ends: for what came by no file."""
    with tempfile.TemporaryDirectory(prefix="scopingreview-") as folder:
        place = Path(folder) / name
        with refusal_told(place), place.open("xb") as file:
            file.write(content)
        yield place
