"""Putting a public copy where it goes: into a folder that is empty, or has an older copy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scopingreview import store
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model.public_copy import PublicCopy
from scopingreview.paths import PUBLIC_COPY, Review, real


@dataclass(frozen=True, slots=True)
class Placed:
    """The folder of a public copy: its files by name, and those of them that are new or changed."""

    folder: Path
    files: tuple[str, ...]
    changed: tuple[str, ...]


def place_files(
    review: Review, files: Mapping[str, bytes], folder: Path, copy: PublicCopy
) -> Placed:
    """The folder has these files, and says that they are a public copy.

    What an earlier copy had and this one has not is gone; what others put beside stays. Raises
    ReviewError, and changes nothing, for a folder that is not ours, that has a file of ours which
    somebody changed, or that lies in the review or around it.
    """
    before = copy_in(review, folder)
    raise_problems([*_strangers(folder, files, before)])
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    changed = [name for name in files if digests[name] != _digest(folder / name)]
    for name in changed:
        store.write_bytes(folder / name, files[name])
    for name in before.files if before else ():
        if name not in files and not store.rehearsal():
            store.take_away(folder / name)
    after = replace(copy, files=dict(sorted(digests.items())))
    store.write_public_copy(folder, after)
    return Placed(folder, (*files, PUBLIC_COPY), (*changed, *([PUBLIC_COPY] * (after != before))))


def _refuse_review(review: Review, folder: Path) -> None:
    inside, around = real(review.root), real(folder)
    if around.is_relative_to(inside) or inside.is_relative_to(around):
        raise ReviewError(
            "a public copy does not lie in the review, nor the review in it",
            where=str(folder),
            hint="Put it beside the review: what is public is a folder, and a repository, of its "
            "own.",
        )


def copy_in(review: Review, folder: Path) -> PublicCopy | None:
    """The public copy that stands there; None in an empty folder, or in none.

    Raises ReviewError for a folder that holds something else, or lies in the review or around it.
    """
    _refuse_review(review, folder)
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise ReviewError("this is no folder", where=str(folder))
    copy = store.read_public_copy(folder)
    if copy is None and any(each.name != ".git" for each in folder.iterdir()):
        raise ReviewError(
            "this folder holds something else than a public copy",
            where=str(folder),
            hint="Name one that is empty or not there yet: nothing in it is overwritten.",
        )
    return copy


def _strangers(
    folder: Path, files: Mapping[str, bytes], before: PublicCopy | None
) -> Iterator[ReviewError]:
    """Files that would be overwritten or taken away, and that are not as a copy left them."""
    known = before.files if before else {}
    for name in dict.fromkeys((*files, *known)):
        digest = _digest(folder / name)
        if digest and digest not in (known.get(name), _of(files.get(name))):
            yield ReviewError(
                "somebody changed this file of the public copy, or put it there",
                where=str(folder / name),
                hint="Move it elsewhere; a copy is never edited, it is taken anew.",
            )


def _of(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _digest(path: Path) -> str:
    return store.sha256(path) if path.is_file() else ""
