"""Arrays that may be longer than memory, on disk: in a file of numpy's own format, and for a while.

A `.npz` file is a zip archive of arrays, none of them compressed, so that any stretch of one can
be read from its place in the file.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from scopingreview.long_array import ArrayInMemory, NewArray, Stretches, ToldArray
from scopingreview.store.file_system import read_at
from scopingreview.store.files import nameless_file
from scopingreview.store.rehearsal import rehearsal

IN_MEMORY = 1 << 24  # bytes: what is shorter is not worth a file
# Of the head of a file in an archive: how long its name is, and what else stands before its bytes.
HEAD = struct.Struct("<26xHH")


class ArrayOnDisk:
    """Rows of a shape, one after the other from a place in a file on; the file stays open."""

    def __init__(self, file: BinaryIO, begin: int, dtype: np.dtype[Any], shape: tuple[int, ...]):
        """`begin` is in bytes; `shape` is that of all, whose rows are what a stretch has."""
        self._file, self._begin, self._dtype = file, begin, dtype
        self._length, self._row = shape[0], shape[1:]
        self._row_size = dtype.itemsize * int(np.prod(self._row))

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, stretch: slice, /) -> NDArray[Any]:
        begin, end, step = stretch.indices(self._length)
        rows = max(end - begin, 0)
        size, at = rows * self._row_size, self._begin + begin * self._row_size
        content = read_at(self._file.fileno(), size, at) if size else b""
        if len(content) != size or step != 1:
            raise ValueError(f"rows {begin} to {end} of {self._length} cannot be read")
        return np.frombuffer(content, self._dtype).reshape(rows, *self._row)


class ScratchArray:
    """An array that goes to a file once it is long; stays in memory where the disk refuses it."""

    def __init__(self, kind: type[np.generic], folder: Path) -> None:
        """`folder` is where the file will be."""
        self._dtype, self._folder = np.dtype(kind), folder
        self._short = ArrayInMemory(kind)
        self._most = IN_MEMORY // self._dtype.itemsize
        self._file: BinaryIO | None = None
        self._on_disk = 0

    def __len__(self) -> int:
        return self._on_disk + len(self._short)

    def extend(self, part: NDArray[Any]) -> None:
        """The part ends it."""
        self._short.extend(part)
        if len(self._short) > self._most:
            self._put_on_disk()

    def __getitem__(self, stretch: slice, /) -> NDArray[Any]:
        begin, end, _ = stretch.indices(len(self))
        on_disk = self._stored()[begin:end]
        if end <= self._on_disk:
            return on_disk
        short = self._short[max(begin - self._on_disk, 0) : end - self._on_disk]
        return np.concatenate((on_disk, short)) if len(on_disk) else short

    def close(self) -> None:
        """Its file is gone."""
        if self._file is not None:
            self._file.close()

    def _stored(self) -> ArrayOnDisk | NDArray[Any]:
        if self._file is None:
            return np.zeros(0, self._dtype)
        return ArrayOnDisk(self._file, 0, self._dtype, (self._on_disk,))

    def _put_on_disk(self) -> None:
        try:
            if self._file is None:
                self._file = nameless_file(self._folder)
            _write_all(self._file, self._short[:].data.cast("B"))
        except OSError:
            self._most *= 2  # it is asked again when there is twice as much
            if self._file is not None:
                self._file.seek(self._on_disk * self._dtype.itemsize)
            return
        self._on_disk += len(self._short)
        self._short = ArrayInMemory(self._dtype.type)


def _write_all(file: BinaryIO, content: memoryview) -> None:
    """Nothing waits in between: what the disk refuses is refused here."""
    while content:
        content = content[file.write(content) :]


@contextmanager
def scratch_arrays(folder: Path) -> Iterator[NewArray]:
    """Long arrays whose files are in the folder, without a name, and gone when this ends."""
    with ExitStack() as files:

        def new_array(kind: type[np.generic]) -> ScratchArray:
            array = ScratchArray(kind, folder)
            files.callback(array.close)
            return array

        yield ArrayInMemory if rehearsal() else new_array


def npz_pieces(arrays: Iterable[ToldArray]) -> Iterator[bytes]:
    """The bytes of a file of the arrays, as they are told."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as archive:
        for array in arrays:
            # The time of a ZipInfo is the first that there is: the same bytes for the same arrays.
            member = zipfile.ZipInfo(f"{array.name}.npy")
            with archive.open(member, "w", force_zip64=True) as file:
                descr = np.lib.format.dtype_to_descr(np.dtype(array.kind))
                head = {"descr": descr, "fortran_order": False, "shape": tuple(array.shape)}
                np.lib.format.write_array_header_1_0(file, head)
                for part in array.parts:
                    file.write(np.ascontiguousarray(part, array.kind).data.cast("B"))
                    yield outlet.taken()
    yield outlet.taken()


class _Outlet(io.RawIOBase):
    """What an archive is written to: it can be neither read nor wound back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: Any, /) -> int:
        """The piece waits to be taken."""
        self._pieces.append(bytes(piece))  # what it is a view of may change
        return len(self._pieces[-1])

    def taken(self) -> bytes:
        """What was written since this was asked last."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def read_npz(path: Path) -> dict[str, Stretches] | None:
    """The arrays of the file, the long ones on disk; None when it is not there or spoiled.

    The file stays open.
    """
    try:
        file = path.open("rb")
    except OSError:
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if archive.testzip() is not None:
                raise zipfile.BadZipFile
        return {each.filename.removesuffix(".npy"): _array(file, each) for each in members}
    except (ValueError, OSError, zipfile.BadZipFile, struct.error):
        file.close()
        return None


def _array(file: BinaryIO, member: zipfile.ZipInfo) -> Stretches:
    file.seek(member.header_offset)
    name, more = HEAD.unpack(file.read(HEAD.size))
    file.seek(name + more, 1)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("not as numpy writes an array of ours")
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    array = ArrayOnDisk(file, file.tell(), dtype, shape)
    return array if member.file_size > IN_MEMORY else array[:]
