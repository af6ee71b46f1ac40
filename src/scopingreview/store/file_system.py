"""What Windows does with files otherwise than Linux and macOS, for who writes and reads them."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

# Bytes go as they are: without it Windows ends lines its own way.
BINARY = getattr(os, "O_BINARY", 0)
# Windows lets no program open a folder, and keeps its names on disk by itself.
SYNCS_FOLDERS = hasattr(os, "O_DIRECTORY")
# What a file system answers that keeps its folders on disk by itself.
NOTHING_TO_SYNC = {errno.EINVAL, errno.ENOTSUP}
_one_reader_at_a_time = threading.Lock()


def read_at(descriptor: int, size: int, begin: int) -> bytes:
    """That many bytes from there on; threads may share the descriptor."""
    if hasattr(os, "pread"):
        read: bytes = os.pread(descriptor, size, begin)
        return read
    with _one_reader_at_a_time:
        os.lseek(descriptor, begin, os.SEEK_SET)
        return os.read(descriptor, size)


def sync_folder(folder: Path) -> None:
    """The names in the folder are on disk."""
    if not SYNCS_FOLDERS:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in NOTHING_TO_SYNC:
            raise
    finally:
        os.close(descriptor)
