"""Which search exports belong to: its source, its name, and what the searcher says of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from scopingreview import store
from scopingreview.errors import ReviewError, nearest, raise_problems
from scopingreview.model import Direction, Protocol, Search, Source, SourceKind
from scopingreview.paths import PROTOCOL, SEARCHES, Review, names_a_device

WAYS = "Say --direction backward (what a report cites) or forward (what cites it)."


@dataclass(frozen=True, slots=True)
class SearchDetails:
    """What the searcher says of a search; "" and None for what is not known.

    `columns` maps fields to columns of the tables that are added. `chased_from` are the records
    whose citations were followed in the `direction`.
    """

    source: str
    run_on: date
    hits: int | None = None
    strategy: Path | None = None
    platform: str = ""
    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    chased_from: tuple[str, ...] = ()
    direction: Direction | None = None


def known_source(protocol: Protocol, name: str) -> Source:
    """The source of that name or label, or that had the name once, or the only one of that kind."""
    folded = name.casefold()
    if renamed := [source for source in protocol.sources if folded in source.formerly]:
        return renamed[0]
    for called in (lambda each: each.name, lambda each: each.label.casefold(), _kind_in_words):
        found = [source for source in protocol.sources if called(source) == folded]
        if len(found) == 1:
            return found[0]
    names = [source.name for source in protocol.sources]
    raise ReviewError(
        f'unknown source "{name}"',
        hint=f"{nearest(name, names)} A new source gets its [[sources]] in config/review.toml.",
    )


def _kind_in_words(source: Source) -> str:
    return source.kind.replace("-", " ")


def check_chasing(review: Review, source: Source, details: SearchDetails) -> None:
    """Citations are chased in a direction, from records that are there, into a source of its own.

    Raises CombinedError.
    """
    if not (details.chased_from or details.direction):
        return
    problems: list[ReviewError] = []
    if not details.direction:
        problems.append(ReviewError("which way were citations chased?", hint=WAYS))
    if not details.chased_from:
        problems.append(
            ReviewError("chased from which records?", hint="Name them: --chased-from RECORD")
        )
    if source.kind is not SourceKind.CITATION_SEARCHING:
        problems.append(
            ReviewError(
                f'"{source.name}" is a {_kind_in_words(source)}, and citation searching is a '
                "source of its own",
                where=PROTOCOL,
                hint='Add to it: [[sources]] with name = "citations", '
                'label = "Citation searching", kind = "citation-searching".',
            )
        )
    if details.chased_from:
        known = store.RecordFile(review)
        problems += [
            ReviewError(f'unknown record "{each}"', hint=nearest(each, known))
            for each in details.chased_from
            if each not in known
        ]
    raise_problems(problems)


def _usual_name(source: Source, details: SearchDetails) -> str:
    """Source and day; of citations also which way they were chased, and from what."""
    name = f"{source.name}-{details.run_on.isoformat()}"
    if not details.direction:
        return name
    first, *others = details.chased_from
    more = f"-and-{len(others)}-more" if others else ""
    return f"{name}-{details.direction}-{plain_name(first)}{more}"


def search_for(searches: Sequence[Search], source: Source, details: SearchDetails) -> Search:
    """The search with the details, new or known. Raises ReviewError where it has others."""
    name = details.name or _usual_name(source, details)
    known = {search.name: search for search in searches}.get(name)
    if known is None:
        return Search(
            name=name,
            source=source.name,
            exports=(),
            platform=details.platform or source.platform,
            run_on=details.run_on,
            hits=details.hits,
            chased_from=details.chased_from,
            direction=details.direction,
        )
    if known.withdrawn:
        raise ReviewError(
            f'search "{name}" was withdrawn: {known.withdrawn}',
            where=SEARCHES,
            hint="Is this another search? Give it a name of its own: --search NAME",
        )
    if known.source != source.name:
        raise ReviewError(f'search "{name}" is of the source {known.source}, not {source.name}')
    if details.hits is not None and known.hits not in (None, details.hits):
        raise ReviewError(
            f'search "{name}" has {known.hits} hits, not {details.hits}',
            hint="hits are those of the whole search, over all its files. "
            "Is this another search? Give it a name of its own: --search NAME",
        )
    chased = (details.chased_from, details.direction)
    if details.direction and chased != (known.chased_from, known.direction):
        raise ReviewError(
            f'search "{name}" was not chased so', hint="Give this one a name: --search NAME"
        )
    return replace(known, hits=details.hits if known.hits is None else known.hits)


def plain_name(name: str) -> str:
    """The name without blanks and signs, so that make and every system can name the file."""
    composed = unicodedata.normalize("NFC", name)  # a Mac parts accents from their letters
    plain = re.sub(r"[^\w.-]+", "-", composed).strip("-").rstrip(".")
    return f"_{plain}" if names_a_device(plain) else plain
