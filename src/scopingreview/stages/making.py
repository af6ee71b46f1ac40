"""Keeping what a stage was made from, so that it is known when it has to be made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from scopingreview.chain import Stage
from scopingreview.paths import Review
from scopingreview.review.freshness import Freshness
from scopingreview.store import Made, read_made, rehearsal, take_away, write_bytes, write_made


@contextmanager
def making(review: Review, stage: Stage) -> Iterator[None]:
    """The stage reads and writes inside; what it was made from is on file when it has ended well.

    It is looked at before the stage reads: what changes while it runs makes it out of date.
    """
    freshness = Freshness(review)
    inputs = freshness.made_from(stage)
    yield
    keep_made(review, stage, inputs, freshness)


def fill_folder(review: Review, stage: Stage, files: Mapping[str, bytes]) -> None:
    """The stage's folder holds these files, and none that it made before and makes no more.

    A file that it never made stays: whose it is, nobody knows.
    """
    for name, content in files.items():
        write_bytes(review.path(name), content)
    for name in read_made(review, stage.name).outputs:
        if name not in files and name.startswith(f"{stage.fills}/") and not rehearsal():
            take_away(review.path(name))


def keep_made(review: Review, stage: Stage, inputs: dict[str, str], freshness: Freshness) -> None:
    """It is on file that the stage has just written its files, and from what.

    What `freshness` has learned of all these files is kept.
    """
    write_made(review, stage.name, Made(inputs, freshness.outputs(stage)))
    freshness.save()
