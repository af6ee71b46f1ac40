"""Files of decisions read into columns, three million lines in a second.

For files as the program writes them: a line each, the time to the second and in UTC, the record id
without quotes. A file with anything else in it is read line by line (`screened`), which says what
is wrong with it. So the two never disagree: what is not plain to see here is not read here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scopingreview.decision_rows import Word
from scopingreview.decision_table import DecisionTable, Moments, Numbers, Places
from scopingreview.model import Phase
from scopingreview.store.cell_places import MARGIN, Bytes, CellPlaces, Offsets
from scopingreview.store.files import CUT_OFF

STAMP = np.frombuffer(b"0000-00-00T00:00:00Z", np.uint8)
# How much more than that a byte may be.
ABOVE = np.where(ord("0") == STAMP, np.uint8(9), np.uint8(0))
ENDED = len(STAMP) + 1  # a stamp and its comma
COMMA, QUOTE, LINE_END = b',"\n'
NOT_PLAIN = (b"\0", b"\r", CUT_OFF)
NEAR = 32  # bytes: nearly every record id has fewer, and the comma behind it is looked for there


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
    records, rests, buffer = CellPlaces(), CellPlaces(), bytearray()
    read: list[_Columns] = []
    for path in paths:
        buffer, size = _read_into(path, buffer)
        columns = _columns(buffer, size, header, records, rests)
        if columns is None:
            return None
        read.append(columns)
    try:
        record_ids, said = records.cells(), rests.cells()
    except UnicodeDecodeError:
        return None
    words = [word for word in map(word_of, said) if word is not None]
    places = Places[Word]()
    word = places.of(words)
    if len(words) < len(said) or not read:
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
        record_ids,
        [path.stem for path in paths],
        list(places),
    )


def _read_into(path: Path, buffer: bytearray) -> tuple[bytearray, int]:
    """A buffer with the bytes of the file and MARGIN noughts, and how many bytes the file has.

    It is the one given where that is long enough: new memory takes longer than reading into it.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if len(buffer) < size + MARGIN:
            buffer = bytearray(size + MARGIN)
        size = file.readinto(memoryview(buffer)[:size])
    buffer[size : size + MARGIN] = bytes(MARGIN)
    return buffer, size


def _columns(
    content: bytearray, size: int, header: bytes, records: CellPlaces, rests: CellPlaces
) -> _Columns | None:
    """The columns of a file of so many bytes; None when not every line of it is plain."""
    if not content.startswith(header) or content[size - 1] != LINE_END:
        return None
    if any(content.find(each, 0, size) >= 0 for each in NOT_PLAIN):
        return None
    margined = np.frombuffer(content, np.uint8, size - len(header) + MARGIN, len(header))
    text = margined[:-MARGIN]
    ends = np.flatnonzero(text == LINE_END)
    if not len(ends):
        nothing = np.empty(0, np.int32)
        return _Columns(nothing.astype(np.int64), nothing, nothing)
    begins = np.concatenate([ends[:0], [0], ends[:-1] + 1])
    if (ends - begins).min() <= ENDED:
        return None
    moments = _moments(text, begins)
    if moments is None or (text[begins + len(STAMP)] != COMMA).any():
        return None
    begins = begins + ENDED
    id_ends = _first_commas(margined, begins)
    if (id_ends >= ends).any() or (text[begins] == QUOTE).any():
        return None
    record = records.of(margined, begins, id_ends)
    return _Columns(moments, record, rests.of(margined, id_ends + 1, ends))


def _first_commas(text: Bytes, begins: Offsets) -> Offsets:
    """Where the first comma stands from each of these places on; behind the text where none is."""
    near = np.lib.stride_tricks.sliding_window_view(text, NEAR)[begins] == COMMA
    first = near.argmax(axis=1)
    if near[np.arange(len(first)), first].all():
        found: Offsets = begins + first
        return found
    commas = np.append(np.flatnonzero(text == COMMA), len(text))
    return commas[np.searchsorted(commas, begins)]


def _moments(text: Bytes, begins: Offsets) -> Moments | None:
    """The moments that the lines begin with; None when one is no time, or spelled otherwise."""
    stamps = np.lib.stride_tricks.sliding_window_view(text, len(STAMP))[begins]
    if (stamps - STAMP > ABOVE).any():  # what is less is more by a whole turn of the byte
        return None
    try:
        moments = stamps[:, :-1].tobytes()
        times = np.frombuffer(moments, f"S{len(STAMP) - 1}").astype("datetime64[us]")
    except ValueError:  # the 31st of June
        return None
    return times.astype(np.int64)
