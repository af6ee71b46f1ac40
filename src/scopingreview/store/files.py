"""Every file that the program writes: whole, copied whole, or appended to.

No other module opens a file for writing, renames one or takes one away. What was written is on
disk, and so is its name in the folder, before the call returns. What the disk refuses raises
NotWrittenError with the file and what to do; nothing half written is left behind.

Texts that people write are read here, too: whatever is wrong with one is told of the file.
"""

from __future__ import annotations

import errno
import fcntl
import glob
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from scopingreview.errors import NotWrittenError, ReviewError
from scopingreview.store.rehearsal import Unwritten, rehearsal

BUFFER = 1 << 18
NAME_KEPT = 40  # characters of a name in that of its temporary, so that no name grows too long
ABANDONED = 24 * 3600  # seconds without a byte, after which whoever wrote a temporary is dead

UNCHANGED = "Nothing was written."
REMEDIES = {
    errno.ENOSPC: "Make room on the disk and try again.",
    errno.EDQUOT: "Make room in your share of the disk and try again.",
    errno.EROFS: "The disk can only be read: try again in a copy of the review.",
    errno.EACCES: "Get write access to the file and its folder and try again.",
    errno.EPERM: "Get write access to the file and its folder and try again.",
    errno.EIO: "The disk is failing: try again in a copy of the review on another one.",
}
# What a file system answers that keeps its folders on disk by itself.
NOTHING_TO_SYNC = {errno.EINVAL, errno.ENOTSUP}


def read_text(path: Path, *, where: str = "") -> str:
    """The text of a UTF-8 file, without a byte order mark, its line ends as `\\n`.

    Raises ReviewError, about `where` or the path, when there is no such file or it is not UTF-8.
    """
    text = read_text_as_it_is(path, where=where).removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text_as_it_is(path: Path, *, where: str = "") -> str:
    """As `read_text`, to the byte: for a text that is written back, or has its own line ends."""
    where = where or str(path)
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        raise ReviewError("there is no such file", where=where) from None
    except UnicodeDecodeError as error:
        raise ReviewError("this file is not UTF-8", where=where, hint=str(error)) from error


def write_text(path: Path, text: str) -> None:
    """The file holds the text as UTF-8, its line ends as they are; otherwise as `write_pieces`."""
    write_pieces(path, (text.encode(),))


def write_bytes(path: Path, content: bytes) -> None:
    """The file holds just these bytes; otherwise as `write_pieces`."""
    write_pieces(path, (content,))


def copy_whole(file: Path, target: Path) -> None:
    """The target holds the bytes of the file; otherwise as `write_pieces`."""
    if running := rehearsal():
        running.copies[target] = file
    with file.open("rb") as original:
        write_pieces(target, iter(lambda: original.read(BUFFER), b""))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """The file holds the pieces, one after the other; a reader sees the old file or the new.

    Its folder is made. A link stays a link, and nobody may read the file who could not read the
    old one. When the pieces end in an error, or the disk refuses one, the old file stands. A
    pipe or a device takes the pieces as they come.
    """
    if running := rehearsal():
        running.unwritten.append(Unwritten(path, size=sum(map(len, pieces))))
        return
    if _is_device(path):
        with refusal_told(path), path.open("wb") as device:
            device.writelines(pieces)
        return
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    temporary = target.with_name(f".{target.name[:NAME_KEPT]}.{os.urandom(6).hex()}.new")
    with refusal_told(path, UNCHANGED):
        file = _made(temporary, like=target)
    try:
        for piece in pieces:
            try:
                file.write(piece)
            except OSError as error:
                raise _refusal(path, error, UNCHANGED) from error
        with refusal_told(path, UNCHANGED):
            file.flush()
            os.fsync(file.fileno())
            file.close()
            temporary.replace(target)
    finally:
        with suppress(OSError):
            file.close()
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    with refusal_told(path):
        _sync_folder(target.parent)
    with suppress(OSError):
        _sweep(target)


def _is_device(path: Path) -> bool:
    with refusal_told(path):
        return path.exists() and not path.is_file()


def _made(path: Path, *, like: Path) -> BinaryIO:
    """A new file, open to write, that whoever may read the other may read."""
    mode = stat.S_IMODE(like.stat().st_mode) if like.exists() else 0o666
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    return os.fdopen(descriptor, "wb", BUFFER)


def _sweep(target: Path) -> None:
    """What killed processes left beside the file is gone."""
    for left in target.parent.glob(f".{glob.escape(target.name[:NAME_KEPT])}.*.new"):
        if target.stat().st_mtime - left.stat().st_mtime > ABANDONED:
            left.unlink(missing_ok=True)


def append_lines(path: Path, lines: str, *, header: str) -> None:
    """The lines end the file, written in one piece; a failed write leaves no trace.

    The header goes before them when the file is new. Two programs that append at once take
    turns; a last line that an editor left open is closed first. Raises NotWrittenError.
    """
    if running := rehearsal():
        running.unwritten.append(Unwritten(path, lines=lines.count("\n")))
        return
    make_folder(path.parent)
    with refusal_told(path, UNCHANGED), _held(path) as descriptor:
        size = os.fstat(descriptor).st_size
        if size == 0:
            lines = header + lines
        elif os.pread(descriptor, 1, size - 1) != b"\n":
            lines = "\n" + lines
        try:
            _write_synced(descriptor, lines.encode())
            if size == 0:
                _sync_folder(path.parent)
        except OSError:
            _take_back(path, descriptor, size)
            raise


@contextmanager
def _held(path: Path) -> Iterator[int]:
    """The file, made if need be, open to append to and nobody else's until it is closed."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if path.exists():
                yield descriptor
                return
            # Whoever held it before could write nothing and took it away: it is made anew.
        finally:
            os.close(descriptor)


def _write_synced(descriptor: int, content: bytes) -> None:
    if os.write(descriptor, content) != len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(descriptor)


def _take_back(path: Path, descriptor: int, size: int) -> None:
    """The file ends where it did: a half line would be a decision that nobody took."""
    with refusal_told(path, "Its last line may be a part of one: look at it."):
        os.ftruncate(descriptor, size)
        if size == 0:
            path.unlink()  # a table without its header is a spoiled one


def make_folder(folder: Path) -> None:
    """The folder is there, with those it lies in, and on disk."""
    if rehearsal():
        return
    with refusal_told(folder):
        if folder.is_dir():
            return
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """The names in the folder are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in NOTHING_TO_SYNC:
            raise
    finally:
        os.close(descriptor)


@contextmanager
def refusal_told(path: Path, became: str = "") -> Iterator[None]:
    """What the disk refuses is told of the file: what `became` of it, and what to do."""
    try:
        yield
    except OSError as error:
        raise _refusal(path, error, became) from error


def _refusal(path: Path, error: OSError, became: str) -> NotWrittenError:
    remedy = REMEDIES.get(error.errno or 0, "")
    return NotWrittenError(
        f"could not be written: {error.strerror or error}",
        where=str(path),
        hint=f"{became} {remedy}".strip(),
    )
