"""This process as it would be on Windows, as far as Linux can play it.

`python -m tests.as_windows FOLDER` runs the command lines that stand on stdin as JSON, in the
folder, and prints what each came to. What Windows lacks is taken away before the program is
loaded: fcntl, termios and resource, fork and pread, the folders that can be opened. What it
refuses is refused below the folder: a name that it cannot have, two names that differ in case,
putting a file in the place of one that is open, or taking one away. Output goes out in the code
page of a Western Windows, other processes begin anew, and a text opened without saying how it is
encoded is an error.

What this cannot show: locks by `LockFileEx` (without fcntl the library takes its other kind),
keys of a real console, paths with drives.
"""

from __future__ import annotations

import asyncio  # noqa: F401  # what needs fcntl by itself comes before it is taken away
import errno
import io
import json
import os
import re
import shutil
import signal
import subprocess  # noqa: F401
import sys
import tempfile
import unicodedata
import warnings
from pathlib import Path
from typing import Any

import typer._click._termui_impl  # noqa: F401

UNKNOWN_MODULES = ("fcntl", "termios", "tty", "pty", "resource", "pwd", "grp")
UNKNOWN_CALLS = (
    *("fork", "forkpty", "pread", "preadv", "pwrite", "fchmod", "fchown", "chown", "mkfifo"),
    *("getuid", "geteuid", "getgid", "setsid", "killpg", "sched_getaffinity", "symlink"),
    *("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"),
)
UNKNOWN_SIGNALS = ("SIGHUP", "SIGPIPE", "SIGALRM", "SIGUSR1", "SIGKILL", "SIGWINCH", "SIGCHLD")
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)( *\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
SHARING_VIOLATION = 32
ROOT = "AS_WINDOWS_ROOT"


def lose_what_windows_lacks() -> None:
    """No module or call is there that Windows does not have."""
    for module in UNKNOWN_MODULES:
        sys.modules[module] = None  # type: ignore[assignment]  # as Python marks what cannot load
    for place, names in ((os, UNKNOWN_CALLS), (signal, UNKNOWN_SIGNALS)):
        for name in names:
            if hasattr(place, name):
                delattr(place, name)
    # The library's own ways around what was taken away.
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    tempfile._bin_openflags = os.O_RDWR | os.O_CREAT | os.O_EXCL  # type: ignore[attr-defined]


def refuse_what_windows_refuses(root: str) -> None:
    """Names and open files are below the root as they are on Windows."""

    def look(event: str, words: tuple[Any, ...]) -> None:
        if event == "open" and _is_below(words[0], root):
            path, mode, flags = words
            if flags & os.O_CREAT or (isinstance(mode, str) and set(mode) & set("wax")):
                _refuse_name(path)
            elif mode is None and os.path.isdir(path):  # noqa: PTH112  # a Path would open it
                raise PermissionError(errno.EACCES, "Permission denied", path)
        elif event == "os.mkdir" and _is_below(words[0], root):
            _refuse_name(words[0])
        elif event == "os.rename" and _is_below(words[1], root):
            _refuse_name(words[1])
            _refuse_open(words[0], words[1])
        elif event == "os.remove" and _is_below(words[0], root):
            _refuse_open(words[0])

    sys.addaudithook(look)


def _is_below(path: object, root: str) -> bool:
    return isinstance(path, str | os.PathLike) and os.path.abspath(path).startswith(root)  # noqa: PTH100


def _refuse_name(path: str | os.PathLike[str]) -> None:
    folder, name = os.path.split(os.path.abspath(path))  # noqa: PTH100
    if DEVICE.fullmatch(name) or FORBIDDEN.search(name):
        raise OSError(errno.EINVAL, f"Windows has no file of that name: {name}", str(path))
    others = [each for each in os.listdir(folder) if each != name] if os.path.isdir(folder) else []  # noqa: PTH112, PTH208
    if _alike(name) in map(_alike, others):
        raise OSError(errno.EEXIST, f"Windows has a file of that name in other case: {name}")


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _refuse_open(*paths: str | os.PathLike[str]) -> None:
    """Whoever opens a file in Python shares it with nobody who would rename it."""
    wanted = {os.path.realpath(path) for path in paths}
    for descriptor in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            opened = os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115
        except OSError:
            continue
        if opened in wanted:
            refusal = PermissionError(errno.EACCES, "Permission denied", opened)
            refusal.winerror = SHARING_VIOLATION  # type: ignore[attr-defined]
            raise refusal


def be_windows(root: str) -> None:
    """From here on this process is on Windows."""
    os.environ[ROOT] = root
    lose_what_windows_lacks()
    refuse_what_windows_refuses(root)
    warnings.filterwarnings("error", category=EncodingWarning, module=r"scopingreview\..*")


if os.environ.get(ROOT) and __name__ == "__mp_main__":  # a process that one of ours began
    be_windows(os.environ[ROOT])


def main(root: str) -> None:
    """Run what stands on stdin and print what it came to."""
    lines: list[list[str]] = json.load(sys.stdin)
    be_windows(root)
    os.chdir(root)
    print(json.dumps([run(words) for words in lines]), file=sys.__stdout__)


def run(words: list[str]) -> dict[str, Any]:
    """What the command came to, its output as bytes of a Western Windows."""
    from scopingreview.cli import main
    from scopingreview.dedupe import parallel
    from scopingreview.stages import reading_pool

    reading_pool.WORTH_A_POOL_BYTES, parallel.WORTH_A_PROCESS = 0, 10
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="cp1252") for _ in range(2))
    sys.stdout, sys.stderr, sys.argv = out, err, ["scopingreview", *words]
    status: object = 0
    try:
        main()
    except SystemExit as leaving:
        status = leaving.code
    finally:
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    said = []
    for stream in (out, err):
        stream.flush()
        said.append(stream.buffer.getvalue().decode("cp1252"))
    return {"words": words, "status": status, "out": said[0], "err": said[1]}


if __name__ == "__main__":
    main(str(Path(sys.argv[1]).resolve()))
