"""Files of decisions read into columns, hundreds of thousands of lines in a tenth of a second.

For files as the program writes them: a line each, the time to the second and in UTC, the record id
without quotes. A file with anything else in it is read line by line (`screened`), which says what
is wrong with it. So the two never disagree: what is not plain to see here is not read here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scopingreview.decision_rows import Word
from scopingreview.decision_table import DecisionTable, Moments, Numbers, Places
from scopingreview.model import Phase
from scopingreview.store.files import CUT_OFF

STAMP = np.frombuffer(b"0000-00-00T00:00:00Z", np.uint8)
DIGITS = ord("0") == STAMP
ENDED = len(STAMP) + 1  # a stamp and its comma
COMMA, QUOTE, LINE_END = b',"\n'

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Columns:
    """One file: the moments, and the places of its record ids and of the rest of its lines."""

    moments: Moments
    record: Numbers
    rest: Numbers


def read_columns(
    paths: Sequence[Path], phase: Phase, header: bytes, word_of: Callable[[str], Word | None]
) -> DecisionTable | None:
    """The decisions of all the files in order of time; those of one second by file, then line.

    Each file is named after who decided. `word_of` reads what follows the record id in a line,
    None when it is not right. None when any of the files has to be read line by line.
    """
    records, rests = Places[str](), Places[str]()
    read: list[_Columns] = []
    for path in paths:
        columns = _columns(path.read_bytes(), header, records, rests)
        if columns is None:
            return None
        read.append(columns)
    words = [word for word in map(word_of, rests) if word is not None]
    places = Places[Word]()
    word = places.of(words)
    if len(words) < len(rests) or not read:
        return None
    moments = np.concatenate([each.moments for each in read])
    in_time = np.argsort(moments, kind="stable")
    sizes = [len(each.moments) for each in read]
    return DecisionTable(
        phase,
        moments[in_time],
        np.concatenate([each.record for each in read])[in_time],
        np.repeat(np.arange(len(read), dtype=np.int32), sizes)[in_time],
        word[np.concatenate([each.rest for each in read])[in_time]],
        list(records),
        [path.stem for path in paths],
        list(places),
    )


def _columns(
    content: bytes, header: bytes, records: Places[str], rests: Places[str]
) -> _Columns | None:
    """The columns of a file; None when not every line of it is plain."""
    if not content.startswith(header) or not content.endswith(b"\n"):
        return None
    if b"\0" in content or b"\r" in content or CUT_OFF in content:
        return None
    text = np.frombuffer(content, np.uint8, offset=len(header))
    ends = np.flatnonzero(text == LINE_END)
    begins = np.concatenate([ends[:0], [0], ends[:-1] + 1])[: len(ends)]
    if not len(ends):
        return _Columns(np.empty(0, np.int64), records.of([]), rests.of([]))
    if (ends - begins).min() <= ENDED:
        return None
    moments = _moments(text, begins)
    if moments is None or (text[begins + len(STAMP)] != COMMA).any():
        return None
    begins = begins + ENDED
    commas = np.append(np.flatnonzero(text == COMMA), len(text))
    id_ends = commas[np.searchsorted(commas, begins)]
    if (id_ends >= ends).any() or (text[begins] == QUOTE).any():
        return None
    try:
        record_ids = _cells(text, begins, id_ends).split(",")
        rest = _cells(text, id_ends + 1, ends).split("\n")
    except UnicodeDecodeError:
        return None
    return _Columns(moments, records.of(record_ids[:-1]), rests.of(rest[:-1]))


def _moments(text: Bytes, begins: Offsets) -> Moments | None:
    """The moments that the lines begin with; None when one is no time, or spelled otherwise."""
    stamps = np.lib.stride_tricks.sliding_window_view(text, len(STAMP))[begins]
    if (stamps[:, ~DIGITS] != STAMP[~DIGITS]).any() or (stamps[:, DIGITS] - STAMP[0] > 9).any():
        return None
    try:
        moments = stamps[:, :-1].tobytes()
        times = np.frombuffer(moments, f"S{len(STAMP) - 1}").astype("datetime64[us]")
    except ValueError:  # the 31st of June
        return None
    return times.astype(np.int64)


def _cells(text: Bytes, begins: Offsets, ends: Offsets) -> str:
    """The cells one after the other, each with the byte that ends it."""
    lengths = ends - begins + 1
    upto = np.cumsum(lengths)
    places = np.arange(upto[-1]) + np.repeat(begins - (upto - lengths), lengths)
    cells: bytes = text[places].tobytes()
    return cells.decode()
