"""Work on chunks of the records at once, a process for each; the answer is the same on any number.

Small reviews stay in this process: starting another one costs more than they do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import TypeVar

from scopingreview.cores import process_context, usable_cores

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")

WORTH_A_PROCESS = 20_000  # records, or pairs of them


def chunks_for(amount: int) -> int:
    """In how many chunks that many records or pairs are worth working on."""
    return max(1, min(usable_cores(), amount // WORTH_A_PROCESS))


def on_every(function: Callable[[Chunk], Result], chunks: Sequence[Chunk]) -> list[Result]:
    """What the function makes of each chunk, in their order; the first chunk is worked on here.

    The function must be one that another process can import, and what it is given and makes must
    be what can be sent to one. An error in a process is raised here.
    """
    # A forked process has the records already; elsewhere they are sent to it.
    context = process_context()
    waiting = []
    for chunk in chunks[1:]:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_answer, args=(there, function, chunk))
        process.start()
        there.close()
        waiting.append((process, here))
    results = [function(chunk) for chunk in chunks[:1]]
    for process, here in waiting:
        result, error = here.recv()
        process.join()
        if error is not None:
            raise error
        results.append(result)
    return results


def _answer(
    there: Connection, function: Callable[[Chunk], Result], chunk: Chunk
) -> None:  # pragma: no cover - runs in another process
    try:
        there.send((function(chunk), None))
    except BaseException as error:
        there.send((None, error))
        raise
    finally:
        there.close()
