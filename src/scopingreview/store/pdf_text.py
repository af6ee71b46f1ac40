"""The first pages of PDFs as text, through pypdf, from whomever they come.

A PDF is a program of sorts, and one may be damaged or made to hurt: it is read in a process of its
own, which gets so much memory and so many seconds and is ended when they are used up. Whatever goes
wrong is told in words, and the next file is read.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scopingreview.model.full_texts import FullText
from scopingreview.store.raw import sha256

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MOST_BYTES = 200 << 20  # of a file; a scanned book has fewer
PAGES = 2  # a cover page of the publisher, and the page with title and DOI
MOST_CHARACTERS = 20_000  # of a page: more is no text
SECONDS = 20.0  # for one file
MEMORY = 2 << 30  # bytes that the process may ask for
MEGABYTE = 1 << 20


def read_pdfs(
    files: Sequence[Path], *, seconds: float = SECONDS, memory: int = MEMORY
) -> Iterator[FullText]:
    """Each file as far as it can be read, in the order given.

    `seconds` and `memory` (bytes) are what one file may use.
    """
    reader: _Reader | None = None
    try:
        for file in files:
            problem = _unreadable(file)
            if problem:
                yield FullText(file, problem=problem)
                continue
            reader = reader or _Reader(memory)
            title, text, problem = reader.read(file, seconds)
            if not reader.lives:
                reader.end()
                reader = None
            yield FullText(file, title, text, sha256(file), problem)
    finally:
        if reader is not None:
            reader.end()


def _unreadable(file: Path) -> str:
    """What stands against opening the file at all; "" when nothing does."""
    try:
        size = file.stat().st_size
        with file.open("rb") as opened:
            begin = opened.read(1024)
    except OSError as error:
        return f"it could not be read: {error.strerror}"
    if size > MOST_BYTES:
        return (
            f"it has {size // MEGABYTE:,} MB, more than the {MOST_BYTES // MEGABYTE} that are read"
        )
    return "" if b"%PDF-" in begin else "it is no PDF, whatever its name says"


class _Reader:
    """The process that reads, as long as it lives."""

    def __init__(self, memory: int) -> None:
        import multiprocessing  # for those who read PDFs alone: it takes as long as a short command

        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_read_on, args=(there, memory), daemon=True)
        self._process.start()
        there.close()
        self.lives = True

    def read(self, file: Path, seconds: float) -> tuple[str, str, str]:
        """Title, text and problem of the file. The process is not alive when it broke down."""
        try:
            self._here.send(str(file))
            if self._here.poll(seconds):
                answer: tuple[str, str, str] = self._here.recv()
                return answer
        except (EOFError, OSError):  # the process died of it
            self.lives = False
            return "", "", "its reader broke down over it"
        self.lives = False
        return "", "", f"reading it took longer than {seconds:g} seconds"

    def end(self) -> None:
        """The process is gone."""
        with suppress(OSError):
            self._here.send("")
        self._process.join(0.5 if self.lives else 0)
        self._process.kill()
        self._process.join()
        self._here.close()


def _read_on(asked: Connection[Any, Any], memory: int) -> None:
    """Read what is asked for, file by file; "" ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever stops the program stops this, too
    _limit(memory)
    logging.disable()  # what pypdf finds odd on the way is nobody's business
    with suppress(EOFError):
        while file := asked.recv():
            asked.send(_read(Path(file)))


def _limit(memory: int) -> None:
    if sys.platform == "win32":  # no process can be given a limit there; the seconds end it
        return
    import resource

    with suppress(OSError, ValueError):  # a system that knows no such limit, or a lower one
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _read(file: Path) -> tuple[str, str, str]:
    import pypdf

    try:
        pdf = pypdf.PdfReader(file)
        if pdf.is_encrypted and not pdf.decrypt(""):
            return "", "", "it asks for a password"
        metadata = pdf.metadata
        title = str(metadata.title or "") if metadata else ""
        pages = [page.extract_text()[:MOST_CHARACTERS] for page in islice(pdf.pages, PAGES)]
    except MemoryError:
        return "", "", "reading it took more memory than it may"
    except Exception as error:  # pypdf raises anything on a damaged file
        return "", "", f"it is damaged: {type(error).__name__}"
    return title[:MOST_CHARACTERS], "\n".join(pages), ""
