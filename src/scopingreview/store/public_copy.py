"""The file that makes a folder a public copy of a review: public-copy.json."""

from __future__ import annotations

import json
from pathlib import Path

from scopingreview.errors import ReviewError
from scopingreview.model.public_copy import PublicCopy
from scopingreview.paths import PUBLIC_COPY
from scopingreview.store.files import read_text, write_text

SCHEMA = 1


def write_public_copy(folder: Path, copy: PublicCopy) -> None:
    """The folder says that it is a public copy, of what, and which files it has."""
    document = {
        "schema": SCHEMA,
        "program": copy.program,
        "copy_of": {"protocol": copy.protocol, "data": copy.data},
        "files": dict(copy.files),
    }
    write_text(folder / PUBLIC_COPY, json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def read_public_copy(folder: Path) -> PublicCopy | None:
    """What the folder says of itself; None when it is no public copy.

    Raises ReviewError for a file that does not say it.
    """
    path = folder / PUBLIC_COPY
    if not path.is_file():
        return None
    try:
        document = json.loads(read_text(path))
        of = document["copy_of"]
        return PublicCopy(
            program=str(document["program"]),
            protocol=str(of["protocol"]),
            data=str(of["data"]),
            files={str(name): str(digest) for name, digest in document["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReviewError(
            "this file does not say of what this is a public copy",
            where=PUBLIC_COPY,
            hint="Take the copy anew: scopingreview export --public DIR",
        ) from error
