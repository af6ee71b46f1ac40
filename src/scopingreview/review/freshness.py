"""Whether what a stage wrote is still what it would write: by content, never by time.

Times say nothing: a clone, a copy or another branch changes them all, and a file that is gone
leaves none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from scopingreview import __version__, config, store
from scopingreview.chain import FROM_EXPORTS, STAGES, Stage
from scopingreview.fingerprint import fingerprint
from scopingreview.model import Protocol, Search
from scopingreview.paths import PROTOCOL, SEARCHES, Review
from scopingreview.store import Digests

PROGRAM = "the version of the program"


def made_from(
    review: Review,
    stage: Stage,
    protocol: Protocol,
    searches: Sequence[Search],
    digests: Digests,
) -> dict[str, str]:
    """Everything that makes a difference to what the stage writes, each with its digest."""
    found = {
        PROGRAM: __version__,
        PROTOCOL: fingerprint(_followed(review, stage, protocol)),
        SEARCHES: fingerprint([stage.follows_search(search) for search in searches]),
    }
    names = [*_matching(review, stage), *(_exports(searches) if stage.reads_exports else ())]
    return found | {name: digests.of(name) for name in names}


def _followed(review: Review, stage: Stage, protocol: Protocol) -> object:
    followed = stage.follows(protocol)
    if not stage.follows_tables:
        return followed
    tables = config.load_tables(review)
    return [followed, [tables.get(name) for name in stage.follows_tables]]


def _matching(review: Review, stage: Stage) -> Iterator[str]:
    for pattern in stage.reads:
        folder, _, name = pattern.rpartition("/")
        if name.startswith("*"):
            yield from map(review.relative, store.files_in(review.path(folder), name[1:]))
        elif review.path(pattern).is_file():
            yield pattern


def _exports(searches: Sequence[Search]) -> Iterator[str]:
    for search in searches:
        yield from (export.file for export in search.exports)


def files_in(review: Review, folder: str) -> list[str]:
    """The files that stand in a folder of the review, in order of name."""
    return [review.relative(each) for each in store.files_in(review.path(folder))]


class Freshness:
    """Which stages have to run again, and why."""

    def __init__(self, review: Review) -> None:
        """Look at nothing yet. Raises ReviewError for a protocol or searches that are wrong."""
        self._review = review
        self._protocol = config.load_protocol(review)
        self._searches = config.load_searches(review, self._protocol)
        self._digests = Digests(review)
        self._is_copy = store.read_public_copy(review.root) is not None

    def made_from(self, stage: Stage) -> dict[str, str]:
        """What the stage would be made from now, each with its digest."""
        return made_from(self._review, stage, self._protocol, self._searches, self._digests)

    def outputs(self, stage: Stage) -> dict[str, str]:
        """The digest of each file of the stage as it is now; "" for one that is not there."""
        names = [
            *stage.writes,
            *(files_in(self._review, stage.fills) if stage.fills else ()),
            *(name for name in stage.may_write if self._review.path(name).is_file()),
        ]
        return {name: self._digests.of(name) for name in names}

    def why_stale(self, stage: Stage) -> str:
        """Why the stage has to run again, in a few words; "" when it is up to date."""
        if self.is_made_elsewhere(stage):
            return ""
        if not store.read_made(self._review, stage.name).outputs:
            return "it has not run here"
        changes = self.what_changed(stage)
        further = f" and {len(changes) - 1:,} more" if len(changes) > 1 else ""
        return f"{changes[0]}{further}" if changes else ""

    def what_changed(self, stage: Stage) -> list[str]:
        """Of the stage's inputs and files, what came, went or changed since it ran here."""
        made = store.read_made(self._review, stage.name)
        if self.is_made_elsewhere(stage) or not made.outputs:
            return []
        outputs = self.outputs(stage)
        return [
            *_changes(made.inputs, self.made_from(stage)),
            *_changes(made.outputs, outputs),
            *(f"{name} was never made" for name in sorted({*stage.writes} - made.outputs.keys())),
        ]

    def is_made_elsewhere(self, stage: Stage) -> bool:
        """Whether a public copy has what the stage made in the review, and cannot make it."""
        return self._is_copy and stage.name in FROM_EXPORTS

    def stale_stages(self) -> list[str]:
        """The stages that have to run again, in their order."""
        return [stage.name for stage in STAGES if self.why_stale(stage)]

    def learn(self, name: str, digest: str, written: os.stat_result | None) -> None:
        """As `Digests.learn`."""
        self._digests.learn(name, digest, written)

    def save(self) -> None:
        """Keep the digests for whoever asks next."""
        self._digests.save()


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """What came, went or changed, in words."""
    for name in dict.fromkeys((*before, *now)):
        was, is_now = before.get(name, ""), now.get(name, "")
        if was != is_now:
            yield f"{name} {'is new' if not was else 'is gone' if not is_now else 'changed'}"
