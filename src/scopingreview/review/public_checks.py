"""What holds in a public copy and cannot be asked elsewhere: rule R08."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.model import Finding, Search
from scopingreview.model.public_copy import PublicCopy
from scopingreview.paths import RESULTS, Review


def check_public_copy(review: Review, searches: Sequence[Search]) -> Iterator[Finding]:
    """R08: every file of a public copy is as it was taken, and what is not in it is told.

    What stands in results/ is compared with the data (D12), as in any review.
    """
    copy = store.read_public_copy(review.root)
    if copy is None:
        return
    for name in _changed(review, copy):
        yield Finding(
            "R08",
            f"{name} is not the file that the public copy was taken with",
            hint="git restore brings it back; a copy is never edited, it is taken anew.",
        )
    exports = sum(len(search.exports) for search in searches)
    yield Finding(
        "R08",
        f"this is a public copy of a review (data {copy.data}): {exports:,} exports are not in it, "
        "so that its records and duplicates stand for themselves",
        hint="Their sha256 stand in config/searches.toml, for whoever has them.",
        error=False,
    )


def _changed(review: Review, copy: PublicCopy) -> Iterator[str]:
    for name, digest in copy.files.items():
        path = review.path(name)
        if not name.startswith(f"{RESULTS}/") and (
            not path.is_file() or store.sha256(path) != digest
        ):
            yield name


def refuse_in_public_copy(review: Review, what: str) -> None:
    """Raises ReviewError in a public copy, which has no exports to do that with."""
    if store.read_public_copy(review.root) is not None:
        raise ReviewError(
            f"a public copy has no exports, so that {what}",
            where=str(review.root),
            hint="What they were stands in data/derived. Count and draw it: scopingreview run",
        )
