"""Which files stand in a folder: all of them, or an error.

`Path.glob` passes over a folder that it may not read, as if nobody had decided anything.
"""

from __future__ import annotations

import os
from pathlib import Path


def files_in(folder: Path, ending: str = "", *, below: bool = False) -> list[Path]:
    """The files in the folder whose name ends so, in order; none where there is no folder.

    Those in the folders `below` as well, if wanted. Raises OSError for a folder that cannot be
    read.
    """
    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=_refused):
        if not below:
            folders.clear()
        files = (Path(place, name) for name in names if name.endswith(ending))
        found += [file for file in files if file.is_file()]
    return sorted(found)


def _refused(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error
