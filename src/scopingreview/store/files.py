"""Every file that the program writes: whole, copied whole, or appended to.

No other module opens a file for writing, renames one or takes one away. What was written is on
disk, and so is its name in the folder, before the call returns. What the disk refuses raises
NotWrittenError with the file and what to do; nothing half written is left behind.

Texts that people write are read here, too: whatever is wrong with one is told of the file.
"""

from __future__ import annotations

import errno
import glob
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from scopingreview.errors import ReviewError
from scopingreview.store.file_system import BINARY, read_at, sync_folder
from scopingreview.store.holding import held, lock, locks_files
from scopingreview.store.refused import OPEN_ELSEWHERE, UNCHANGED, refusal, refusal_told
from scopingreview.store.rehearsal import Unwritten, rehearsal

BUFFER = 1 << 18
NAME_KEPT = 40  # characters of a name in that of its temporary, so that no name grows too long
ABANDONED = 24 * 3600  # seconds without a byte, after which whoever wrote a temporary is dead

# What a file system answers that gives no file a second name.
NO_LINKS = {errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
# A virus scanner, or a program that syncs folders, is soon done with a file it has open.
TRIES_AFTER = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds

# Ends a line that was cut off in mid-write. No cell has two blanks in a row (`table`), so that no
# line which was written whole ends so.
CUT_OFF = b"  <cut off in mid-write>"


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
    except OSError as error:
        raise ReviewError(f"could not be read: {error.strerror}", where=where) from error
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


def write_pieces(path: Path, pieces: Iterable[bytes]) -> os.stat_result | None:
    """The file holds the pieces, one after the other; a reader sees the old file or the new.

    Its folder is made. A link stays a link, and nobody may read the file who could not read the
    old one. When the pieces end in an error, or the disk refuses one, the old file stands. A
    pipe or a device takes the pieces as they come. Gives what the system says of the file as it
    was written; None where there is none.
    """
    if running := rehearsal():
        running.unwritten.append(Unwritten(path, size=sum(map(len, pieces))))
        return None
    if _is_device(path):
        with refusal_told(path), path.open("wb") as device:
            device.writelines(pieces)
        return None
    target = Path(os.path.realpath(path))
    make_folder(target.parent)
    temporary = _temporary(target)
    with refusal_told(path, UNCHANGED):
        file = _made(temporary, like=target)
    try:
        for piece in pieces:
            try:
                file.write(piece)
            except OSError as error:
                raise refusal(path, error, UNCHANGED) from error
        with refusal_told(path, UNCHANGED):
            file.flush()
            os.fsync(file.fileno())
            written = os.fstat(file.fileno())
            file.close()
            _put_in_place(temporary, target)
    finally:
        with suppress(OSError):
            file.close()
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    with refusal_told(path):
        sync_folder(target.parent)
    with suppress(OSError):
        _sweep(target)
    return written


def _put_in_place(temporary: Path, target: Path) -> None:
    """The file has its name; asked for again where Windows says that somebody has the old one."""
    for seconds in TRIES_AFTER:
        try:
            temporary.replace(target)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in OPEN_ELSEWHERE:
                raise
            time.sleep(seconds)
    temporary.replace(target)


def _temporary(target: Path) -> Path:
    """A name beside the file that nobody else uses."""
    return target.with_name(f".{target.name[:NAME_KEPT]}.{os.urandom(6).hex()}.new")


def _is_device(path: Path) -> bool:
    with refusal_told(path):
        return path.exists() and not path.is_file()


def _made(path: Path, *, like: Path) -> BinaryIO:
    """A new file, open to write, that whoever may read the other may read."""
    mode = stat.S_IMODE(like.stat().st_mode) if like.exists() else 0o666
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, mode)
    return os.fdopen(descriptor, "wb", BUFFER)


def _sweep(target: Path) -> None:
    """What killed processes left beside the file is gone."""
    for left in target.parent.glob(f".{glob.escape(target.name[:NAME_KEPT])}.*.new"):
        if target.stat().st_mtime - left.stat().st_mtime > ABANDONED:
            left.unlink(missing_ok=True)


def append_lines(path: Path, lines: str, *, header: str) -> None:
    """The lines end the file, written in one piece; a failed write leaves no trace.

    The header goes before them when the file has none yet. Two programs that append at once take
    turns. A last line without its end did not happen: it is closed as `close_open_line` does, in
    the same write. Raises NotWrittenError.
    """
    if running := rehearsal():
        running.unwritten.append(Unwritten(path, lines=lines.count("\n")))
        return
    make_folder(path.parent)
    with refusal_told(path, UNCHANGED), _held(path, make=True) as descriptor:
        size = os.fstat(descriptor).st_size
        closing = _closing(_open_line(descriptor, size))
        before = "" if _has_whole_line(path) else header
        try:
            _write_synced(descriptor, closing + (before + lines).encode())
            if size == 0:
                sync_folder(path.parent)
        except OSError:
            _take_back(path, descriptor, size)
            raise


def close_open_line(path: Path, pieces: Iterable[bytes] = ()) -> bytes:
    """No line of the file is open, and what stood in the one that was; b"" when none was.

    Its bytes stay where they are and CUT_OFF marks them, so that nobody reads them as a decision.
    `pieces` are lines further up that are set aside, too: by a copy of each with the mark, in the
    same write. Raises NotWrittenError.
    """
    with refusal_told(path, UNCHANGED), _held(path) as descriptor:
        size = os.fstat(descriptor).st_size
        line = _open_line(descriptor, size)
        marks = _closing(line) + b"".join(piece + CUT_OFF + b"\n" for piece in pieces)
        if marks and (running := rehearsal()):
            running.unwritten.append(Unwritten(path, size=size + len(marks)))
        elif marks:
            try:
                _write_synced(descriptor, marks)
            except OSError:
                _take_back(path, descriptor, size)
                raise
        return line


def _open_line(descriptor: int, size: int) -> bytes:
    """What stands after the last line end."""
    line, begin = b"", size
    while begin > 0 and b"\n" not in line:
        step = min(begin, BUFFER)
        begin -= step
        line = read_at(descriptor, step, begin) + line
    return line[line.rfind(b"\n") + 1 :]


def _closing(line: bytes) -> bytes:
    """What closes an open line; a table with the line ends of old Macs is closed and no more."""
    if not line:
        return b""
    return b"\n" if b"\r" in line else CUT_OFF + b"\n"


def _has_whole_line(path: Path) -> bool:
    with path.open("rb") as file:
        return any(
            line.endswith(b"\n" if b"\r" not in line else (b"\n", b"\r"))
            and not line.endswith(CUT_OFF + b"\n")
            for line in file
        )


@contextmanager
def _held(path: Path, *, make: bool = False) -> Iterator[int]:
    """The file, made if need be, open to append to and nobody else's until it is closed."""
    place = Path(os.path.realpath(path))
    if not locks_files():
        with held(place), _opened_alone(place, make=make) as descriptor:
            yield descriptor
        return
    holder = _holder(place, make=make)
    try:
        try:
            descriptor = os.open(place, os.O_RDWR | os.O_APPEND)
        except OSError:
            _take_back(place, holder, os.fstat(holder).st_size)
            raise
        try:
            yield descriptor
        finally:
            os.close(descriptor)
    finally:
        os.close(holder)


@contextmanager
def _opened_alone(path: Path, *, make: bool) -> Iterator[int]:
    """As `_held`, where a file beside it is held; what could not be begun is not there."""
    how = os.O_RDWR | os.O_APPEND | BINARY | (os.O_CREAT if make else 0)
    descriptor = os.open(path, how, 0o644)
    try:
        yield descriptor
    finally:
        size = os.fstat(descriptor).st_size
        os.close(descriptor)
        if make and size == 0:
            path.unlink()  # Windows takes no file away that is open


def _holder(path: Path, *, make: bool) -> int:
    """A descriptor that holds the file, made if need be, until it is closed."""
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            if not make:
                raise
            if (begun := _begun(path)) is not None:
                return begun
            continue
        try:
            lock(descriptor)
            if path.exists():
                return descriptor
        except OSError:
            os.close(descriptor)
            raise
        os.close(descriptor)  # who held it before could write nothing and took it away


def _begun(path: Path) -> int | None:
    """A descriptor that holds a new file; None when there is one by now, held or not.

    It is held before it has its name: whoever cannot hold it has made nothing.
    """
    temporary = _temporary(path)
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        lock(descriptor)
        os.link(temporary, path)
        return descriptor
    except OSError as error:
        os.close(descriptor)
        if error.errno in NO_LINKS:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o644))
        elif error.errno != errno.EEXIST:
            raise
        return None
    finally:
        with suppress(OSError):
            temporary.unlink()


def _write_synced(descriptor: int, content: bytes) -> None:
    if os.write(descriptor, content) != len(content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(descriptor)


def _take_back(path: Path, descriptor: int, size: int) -> None:
    """The file ends where it did: a half line would be a decision that nobody took."""
    with refusal_told(path, "A part of a line may stand at its end: it counts for nothing."):
        os.ftruncate(descriptor, size)
        if size == 0 and locks_files():
            path.unlink()  # a table without its header is a spoiled one


def nameless_file(folder: Path) -> BinaryIO:
    """A file to write and read in the folder that has no name there, and is gone when closed.

    It has no buffer: a writing may take a part of what it is given.
    """
    import tempfile  # loads what no other command needs

    return cast(BinaryIO, tempfile.TemporaryFile(dir=folder, buffering=0))


def take_away(path: Path) -> None:
    """A copy that was made a moment ago is gone, or the disk keeps it: it belongs to nothing."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """The folder is there, with those it lies in, and on disk."""
    if rehearsal():
        return
    with refusal_told(folder):
        if folder.is_dir():
            return
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
