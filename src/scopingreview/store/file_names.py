"""Which files stand in a folder: all of them, or an error.

`Path.glob` passes over a folder that it may not read, as if nobody had decided anything.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path


def _any_number(_found: int) -> None:
    """Nobody minds how much a folder holds."""


def files_in(folder: Path, ending: str = "") -> list[Path]:
    """The files in the folder whose name ends so, in order; none where there is no folder.

    Raises OSError for a folder that cannot be read.
    """
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted(
            Path(each.path) for each in entries if each.name.endswith(ending) and each.is_file()
        )


def files_below(
    folder: Path,
    *,
    is_meant: Callable[[str], bool] = bool,
    look_at_number: Callable[[int], None] = _any_number,
) -> Iterator[Path]:
    """Every file in the folder and in those below it, also behind links to folders.

    A link that leads back up is not followed twice, and one that leads nowhere is no file. What has
    a name that is not meant is passed over, and nobody looks into it. `look_at_number` is given the
    number of files and folders found so far, and may raise. Raises OSError for a folder that cannot
    be read.
    """
    seen: set[str] = set()
    found = 0
    for place, folders, names in os.walk(folder, onerror=_refused, followlinks=True):
        seen.add(os.path.realpath(place))
        folders[:] = [
            each
            for each in filter(is_meant, folders)
            if os.path.realpath(f"{place}/{each}") not in seen
        ]
        files = list(filter(is_meant, names))
        found += len(folders) + len(files)
        look_at_number(found)
        yield from (path for name in files if (path := Path(place, name)).is_file())


def _refused(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error
