"""Writing files: whole or not at all, on disk before the call returns, and never two at once."""

from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
import resource
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import NotWrittenError, ReviewError
from scopingreview.store.files import append_lines, write_pieces
from tests.conftest import Run
from tests.reviews import TITLE_ABSTRACT, decide, found, found_with, record

Write = Callable[[Path], None]


def write_in_pieces(path: Path) -> None:
    write_pieces(path, [b"new ", b"and ", b"longer " * 100_000])


def write_copy(path: Path) -> None:
    original = path.with_name("original")
    original.write_bytes(b"new and longer " * 1000)
    store.copy_whole(original, path)
    original.unlink()


WAYS: dict[str, Write] = {
    "bytes": lambda path: store.write_bytes(path, b"new and longer " * 1000),
    "text": lambda path: store.write_text(path, "new and longer " * 1000),
    "pieces": write_in_pieces,
    "copy": write_copy,
}
written_whole = pytest.mark.parametrize("write", WAYS.values(), ids=WAYS)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refuses(error: int) -> Callable[..., None]:
    """A call that the disk refuses."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error))

    return refuse


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """What was synced, in order: the path, and what the file held then ("" for a folder)."""
    found: list[tuple[str, bytes]] = []

    def sync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        found.append((str(path), path.read_bytes() if path.is_file() else b""))

    monkeypatch.setattr(os, "fsync", sync)
    return found


needs_proc = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="no /proc tells which file a descriptor is of"
)


# Whole or not at all


@written_whole
def test_a_file_is_written_whole_into_a_folder_that_is_made(write: Write, tmp_path: Path):
    path = tmp_path / "a" / "b" / "file"
    path.parent.mkdir(parents=True)
    write(path)
    assert path.read_bytes().startswith(b"new and longer")
    assert names(path.parent) == ["file"]


def test_the_folders_of_a_file_are_made(tmp_path: Path):
    store.write_bytes(tmp_path / "a" / "b" / "file", b"new")
    append_lines(tmp_path / "c" / "d" / "file", "1\n", header="n\n")
    assert (tmp_path / "a/b/file").read_bytes() == b"new"
    assert (tmp_path / "c/d/file").read_bytes() == b"n\n1\n"


@written_whole
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
def test_a_writing_that_the_disk_refuses_leaves_the_old_file_and_nothing_else(
    write: Write, call: str, error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, call, refuses(error))
    with pytest.raises(NotWrittenError, match=rf"file: could not be written: {os.strerror(error)}"):
        write(path)
    monkeypatch.undo()
    (tmp_path / "original").unlink(missing_ok=True)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


@contextmanager
def small_disk() -> Iterator[None]:
    """A disk that takes a thousand bytes of each file, so that writing itself fails.

    Not for longer: pytest writes its own report into a file that may be larger.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", ["bytes", "text", "pieces"])
def test_a_writing_that_runs_out_of_room_leaves_the_old_file_and_nothing_else(
    name: str, tmp_path: Path
):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    full = pytest.raises(NotWrittenError, match="file: could not be written: File too large")
    with full, small_disk():
        WAYS[name](path)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_an_error_of_who_makes_the_pieces_is_not_told_as_one_of_the_disk(tmp_path: Path):
    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise FileNotFoundError("an export that went away")

    with pytest.raises(FileNotFoundError, match="an export that went away"):
        write_pieces(tmp_path / "file", pieces())
    assert names(tmp_path) == []


def test_two_who_write_the_same_file_at_once_never_share_what_they_write(tmp_path: Path):
    path = tmp_path / "file"

    def pieces() -> Iterator[bytes]:
        yield b"one "
        store.write_bytes(path, b"another")
        assert path.read_bytes() == b"another"
        yield b"and the same"

    write_pieces(path, pieces())
    assert path.read_bytes() == b"one and the same"
    assert names(tmp_path) == ["file"]


def writes_half(path: Path, begun: Event) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half" * 1_000_000
        begun.set()
        time.sleep(60)

    write_pieces(path, pieces())


def test_a_process_that_is_killed_while_it_writes_leaves_the_old_file(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    context = multiprocessing.get_context("fork")
    begun = context.Event()
    process = context.Process(target=writes_half, args=(path, begun))
    process.start()
    assert begun.wait(10)
    process.kill()
    process.join()
    assert path.read_bytes() == b"old"


def test_what_a_killed_process_left_beside_a_file_goes_after_a_day(tmp_path: Path):
    path = tmp_path / "a [1].ris"
    left, others = tmp_path / f".{path.name}.0123.new", tmp_path / f".{path.name}.4567.new"
    left.write_bytes(b"half")
    others.write_bytes(b"half, of a process that is at work")
    os.utime(left, (0, path.parent.stat().st_mtime - 2 * 24 * 3600))
    store.write_bytes(path, b"whole")
    assert names(tmp_path) == [others.name, path.name]


def test_the_longest_name_that_a_disk_takes_can_be_written(tmp_path: Path):
    path = tmp_path / ("ä" * 127)
    store.write_bytes(path, b"new")
    assert names(tmp_path) == [path.name]


def test_a_folder_that_may_not_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "mkdir", refuses(errno.EACCES))
    with pytest.raises(NotWrittenError, match="/a: could not be written: Permission denied\n  Get"):
        store.write_bytes(tmp_path / "a" / "file", b"new")


def test_a_link_stays_a_link_and_a_private_file_private(tmp_path: Path):
    path, link = tmp_path / "file", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o600)
    link.symlink_to(path)
    store.write_bytes(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_pipe_takes_what_is_written_as_it_comes(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    store.write_bytes(pipe, b"new")
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert names(tmp_path) == ["pipe"]


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (errno.ENOSPC, "Make room on the disk"),
        (errno.EROFS, "in a copy of the review"),
        (errno.EACCES, "Get write access"),
    ],
)
def test_what_the_disk_refuses_is_told_with_what_to_do(
    error: int, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "open", refuses(error))
    ways: tuple[Write, ...] = (
        lambda path: store.write_bytes(path, b""),
        lambda path: append_lines(path, "1\n", header=""),
    )
    for write in ways:
        with pytest.raises(NotWrittenError) as caught:
            write(tmp_path / "file")
        assert caught.value.where == str(tmp_path / "file")
        assert caught.value.hint.startswith("Nothing was written. ")
        assert remedy in caught.value.hint


# On disk before the call returns


@needs_proc
def test_a_file_is_on_disk_before_it_takes_its_place_and_its_name_after(
    tmp_path: Path, synced: list[tuple[str, bytes]]
):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    store.write_bytes(path, b"new")
    (file, held), folder = synced
    assert Path(file).parent == tmp_path
    assert file != str(path)
    assert held == b"new"
    assert folder == (str(tmp_path), b"")


@needs_proc
def test_a_decision_is_on_disk_before_its_command_returns(
    run: Run, tmp_path: Path, synced: list[tuple[str, bytes]]
):
    review = found_with(tmp_path, [record("pubmed:1"), record("pubmed:2")])
    path = review.decisions(TITLE_ABSTRACT, "ab")
    for record_id, folders in (("pubmed:1", [str(path.parent)]), ("pubmed:2", [])):
        synced.clear()
        words = ("--record", record_id, "--verdict", "include", "-C", tmp_path)
        assert run("screen", "ta", "--as", "ab", *words).status == 0
        files = [held for name, held in synced if name == str(path)]
        assert files == [path.read_bytes()]
        assert record_id in files[0].decode()
        assert [name for name, _ in synced if name == str(path.parent)] == folders


@needs_proc
def test_a_folder_that_is_made_is_on_disk_before_what_stands_in_it(
    tmp_path: Path, synced: list[tuple[str, bytes]]
):
    store.write_bytes(tmp_path / "a" / "b" / "file", b"")
    folders = [name for name, _ in synced if ".new" not in name]
    assert folders == [str(tmp_path), str(tmp_path / "a"), str(tmp_path / "a" / "b")]


def test_a_file_system_that_syncs_no_folders_is_none_that_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", sync)
    store.write_bytes(tmp_path / "a" / "file", b"new")
    assert (tmp_path / "a/file").read_bytes() == b"new"


# Appended, or no trace


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_lines_that_the_disk_refuses_leave_no_trace(
    call: str, error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    review = found(tmp_path)
    path = review.decisions(TITLE_ABSTRACT, "ab")
    before = names(path.parent)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuses(error))
        with pytest.raises(NotWrittenError, match=os.strerror(error)):
            store.append_decision(review, decide("pubmed:1", "include", "ab"))
    assert names(path.parent) == before
    assert store.read_decisions(review, TITLE_ABSTRACT) == []

    first, second = decide("pubmed:1", "include", "ab"), decide("pubmed:2", "include", "ab")
    store.append_decision(review, first)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuses(error))
        with pytest.raises(NotWrittenError, match=os.strerror(error)):
            store.append_decision(review, second)
    assert store.read_decisions(review, TITLE_ABSTRACT) == [first]


def test_lines_that_find_room_in_part_leave_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path, write = tmp_path / "file", os.write
    append_lines(path, "1\n", header="n\n")
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:3]))
    with pytest.raises(NotWrittenError, match="No space left on device"):
        append_lines(path, "22222\n", header="n\n")
    assert path.read_bytes() == b"n\n1\n"


def test_a_disk_that_takes_nothing_back_either_is_not_said_to_have_written_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for call in ("fsync", "ftruncate"):
        monkeypatch.setattr(os, call, refuses(errno.EIO))
    with pytest.raises(NotWrittenError) as caught:
        append_lines(tmp_path / "file", "1\n", header="n\n")
    assert "Nothing was written" not in caught.value.hint
    assert "counts for nothing" in caught.value.hint


def test_who_appends_waits_until_the_other_is_done(tmp_path: Path):
    path = tmp_path / "file"
    append_lines(path, "1\n", header="n\n")
    before = path.read_bytes()
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        second = threading.Thread(target=append_lines, args=(path, "2\n"), kwargs={"header": "n\n"})
        second.start()
        second.join(0.2)
        assert second.is_alive()
        assert path.read_bytes() == before
    second.join()
    assert path.read_bytes() == b"n\n1\n2\n"


def test_who_waited_for_a_file_that_was_taken_away_makes_it_anew(tmp_path: Path):
    path = tmp_path / "file"
    path.touch()
    with path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        second = threading.Thread(target=append_lines, args=(path, "2\n"), kwargs={"header": "n\n"})
        second.start()
        second.join(0.2)
        assert second.is_alive()
        path.unlink()
    second.join()
    assert path.read_bytes() == b"n\n2\n"


def appends(root: Path, who: str, begin: Barrier) -> None:
    """200 lines, 20 in each of ten files, each begun at the same moment as the other does.

    The disk is slow, so that there is time to write between a look at the file and a line.
    """
    write = os.write

    def write_slowly(descriptor: int, content: bytes) -> int:
        time.sleep(0.001)
        return write(descriptor, content)

    pytest.MonkeyPatch().setattr(os, "write", write_slowly)
    for number in range(10):
        begin.wait()
        for line in range(20):
            append_lines(root / f"{number}.csv", f"{who},{line}\n", header="who,line\n")


def test_two_processes_that_append_at_once_give_one_header_and_whole_lines(tmp_path: Path):
    context = multiprocessing.get_context("fork")
    begin = context.Barrier(2)
    both = [context.Process(target=appends, args=(tmp_path, who, begin)) for who in "ab"]
    for process in both:
        process.start()
    for process in both:
        process.join()
        assert process.exitcode == 0
    wanted = sorted(f"{who},{line}" for who in "ab" for line in range(20))
    for number in range(10):
        header, *lines = (tmp_path / f"{number}.csv").read_text().splitlines()
        assert header == "who,line"
        assert sorted(lines) == wanted


# Texts that people write


def test_a_text_is_read_without_its_mark_and_with_plain_line_ends(tmp_path: Path):
    path = tmp_path / "file"
    content = "\ufeffünf\r\nsechs\r".encode()
    path.write_bytes(content)
    assert store.read_text(path) == "ünf\nsechs\n"
    assert store.read_text_as_it_is(path).encode() == content


def test_a_text_that_cannot_be_read_is_named(tmp_path: Path):
    path = tmp_path / "file"
    with pytest.raises(ReviewError, match=r"file: there is no such file"):
        store.read_text(path)
    path.write_bytes("fünf".encode("cp1252"))
    with pytest.raises(ReviewError, match=r"config/review.toml: this file is not UTF-8"):
        store.read_text(path, where="config/review.toml")


def test_a_log_that_cannot_be_held_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fcntl, "flock", refuses(errno.EIO))
    with pytest.raises(NotWrittenError, match="Nothing was written"):
        append_lines(tmp_path / "log.csv", "1\n", header="n\n")
    assert names(tmp_path) == []


@pytest.mark.parametrize("error", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_log_is_begun_on_a_disk_that_gives_no_file_two_names(
    error: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "link", refuses(error))
    append_lines(tmp_path / "log.csv", "1\n", header="n\n")
    append_lines(tmp_path / "log.csv", "2\n", header="n\n")
    assert (tmp_path / "log.csv").read_bytes() == b"n\n1\n2\n"
    assert names(tmp_path) == ["log.csv"]


def test_who_begins_a_log_that_another_has_just_begun_goes_on_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "log.csv"
    link = os.link

    def link_too_late(*names: Path) -> None:
        path.write_bytes(b"n\n1\n")
        link(*names)

    monkeypatch.setattr(os, "link", link_too_late)
    append_lines(path, "2\n", header="n\n")
    assert path.read_bytes() == b"n\n1\n2\n"
    assert names(tmp_path) == ["log.csv"]


def test_a_log_that_is_a_link_to_nothing_yet_is_begun_where_it_leads(tmp_path: Path):
    (tmp_path / "log.csv").symlink_to(tmp_path / "elsewhere.csv")
    append_lines(tmp_path / "log.csv", "1\n", header="n\n")
    assert (tmp_path / "log.csv").is_symlink()
    assert (tmp_path / "elsewhere.csv").read_bytes() == b"n\n1\n"


@pytest.mark.parametrize("before", [b"", b"n\n0\n"], ids=["a new log", "an old log"])
def test_nobody_else_holds_a_log_while_a_line_is_written(
    before: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "log.csv"
    if before:
        path.write_bytes(before)
    write = os.write

    def write_held(descriptor: int, content: bytes) -> int:
        with path.open("rb") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return write(descriptor, content)

    monkeypatch.setattr(os, "write", write_held)
    append_lines(path, "1\n", header="n\n")
    assert path.read_bytes() == (before or b"n\n") + b"1\n"
