"""Exports read chunk by chunk, on all cores when they are big.

Each chunk is read, mapped and spelt out where a core is free; only bytes come back, in order.
Not here: what is done with the chunks (`importing`), how a chunk is read (`formats`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from scopingreview import formats, store
from scopingreview.cores import process_context, usable_cores
from scopingreview.formats import Oddity, Span
from scopingreview.garbage import keep_memory, look_never
from scopingreview.identity import id_of
from scopingreview.model import Content
from scopingreview.store import EncodedContents

# Below this, starting processes takes longer than reading.
WORTH_A_POOL_BYTES = 12 << 20
HELD_FOR_EACH_CORE = 2  # chunks read or being read: the cores never wait, and memory stays small
FIELDS_REPORTED = ("title", "authors", "year", "journal", "abstract", "doi", "keywords")


Given = ParamSpec("Given")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Job:
    """A span of an export to read; `source` is what record ids begin with.

    `format` is the name of the format, `columns` the reviewer's own mapping of fields to columns.
    """

    path: Path
    span: Span
    format: str
    source: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChunkRead:
    """The records of a chunk: their ids (repeats not yet numbered) and what each holds.

    `begun`, `lines`, `layouts` and `oddities` as in `formats.Reading`; `present` counts the
    records that have each field.
    """

    ids: tuple[str, ...]
    contents: EncodedContents
    begun: int
    lines: int
    layouts: Mapping[str, int]
    present: Mapping[str, int]
    oddities: tuple[Oddity, ...]


def read_job(job: Job) -> ChunkRead:
    """What the chunk in that span holds. Raises ReviewError where it cannot be read."""
    reading = formats.read_chunk(job.path, job.span, formats.format_named(job.format), job.columns)
    columns = dict(zip(Content._fields, zip(*reading.contents, strict=True), strict=False))
    return ChunkRead(
        ids=tuple(id_of(content, job.source) for content in reading.contents),
        contents=store.encode_contents(reading.contents),
        begun=reading.begun,
        lines=reading.lines,
        layouts=dict(reading.layouts),
        present={name: sum(map(bool, columns.get(name, ()))) for name in FIELDS_REPORTED},
        oddities=reading.oddities,
    )


@contextmanager
def readers(jobs: Sequence[Job]) -> Iterator[Executor]:
    """Who reads the chunks: a process for each core that may be used, or this one for few bytes."""
    size = sum(job.span.end - job.span.start for job in jobs)
    processes = min(usable_cores(), len(jobs))
    if size < WORTH_A_POOL_BYTES or processes < 2:
        yield _Here()
        return
    keep_memory()  # who is forked has it from this process
    # Readers make millions of small lists and no cycles: collecting garbage would find nothing.
    with ProcessPoolExecutor(
        processes, mp_context=process_context(), initializer=look_never
    ) as pool:
        yield pool


def read_jobs(jobs: Iterable[Job], pool: Executor) -> Iterator[ChunkRead]:
    """What the chunks hold, in their order; only a few are held at a time."""
    waiting: deque[Future[ChunkRead]] = deque()
    for job in jobs:
        waiting.append(pool.submit(read_job, job))
        if len(waiting) > HELD_FOR_EACH_CORE * usable_cores():
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class _Here(Executor):
    """Does at once, in this process, what it is given to do."""

    def submit(
        self, do: Callable[Given, Done], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Done]:
        """The outcome; an error is raised here already."""
        future: Future[Done] = Future()
        future.set_result(do(*args, **kwargs))
        return future
