"""The machine chain: what each stage reads, which settings it follows, and what it writes.

What a stage does is in the module of its name in `stages`; whether it has to be done again is
worked out in `review.freshness`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scopingreview import paths
from scopingreview.model import Protocol, Search, Source


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage; `reads` and `writes` are paths in the review, reads may be patterns.

    A pattern that matches nothing is fine: nobody has decided yet. `follows` are the parts of
    the protocol, and of each search, that make a difference to what the stage writes: polishing
    a criterion makes no import out of date. `reads_exports` stands for the files that the
    searches register. `fills` is a folder that is the stage's alone: which files it writes there
    follows from what it reads. `may_write` are files that it writes where they are asked for, and
    keeps right where they are there. `follows_tables` are tables of config/review.toml that have a
    loader of their own.
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    follows: Callable[[Protocol], object]
    follows_search: Callable[[Search], object]
    reads_exports: bool = False
    fills: str = ""
    may_write: tuple[str, ...] = ()
    follows_tables: tuple[str, ...] = ()


def _nothing(_search: Search) -> None:
    return None


def _names(source: Source) -> object:
    return [source.name, *source.formerly] if source.formerly else source.name


# What there is to know of every record: where it stands, and all that people said.
_OF_EVERY_RECORD = (
    paths.RECORDS,
    paths.DUPLICATES,
    f"{paths.SCREENED}/title-abstract/*.csv",
    f"{paths.SCREENED}/full-text/*.csv",
    f"{paths.SCREENED}/*.csv",
    f"{paths.CORRECTIONS}/*.csv",
)
_CHARTED = f"{paths.CHARTED}/*.csv"

STAGES = (
    Stage(
        name="import",
        reads=(),
        writes=(paths.RECORDS,),
        follows=lambda protocol: list(map(_names, protocol.sources)),
        follows_search=lambda search: [
            *(search.name, search.source, search.platform, search.hits, search.accepted_loss),
            [[export.file, export.sha256, export.columns] for export in search.exports],
        ],
        reads_exports=True,
    ),
    Stage(
        name="dedupe",
        reads=(paths.RECORDS, f"{paths.JUDGEMENTS}/*.csv", f"{paths.CORRECTIONS}/*.csv"),
        writes=(paths.DUPLICATES, paths.POSSIBLE_DUPLICATES),
        follows=lambda protocol: [protocol.dedupe, list(map(_names, protocol.sources))],
        follows_search=_nothing,
    ),
    Stage(
        name="count",
        reads=(*_OF_EVERY_RECORD, paths.KNOWN_ITEMS, paths.WORDING),
        writes=(
            *(paths.COUNTS, paths.EXCHANGE, paths.SUMMARY, paths.PROVENANCE),
            *(f"{paths.EXCLUDED_REPORTS}.csv", f"{paths.EXCLUDED_REPORTS}.md"),
        ),
        follows=lambda protocol: protocol,
        follows_search=lambda search: search,
    ),
    Stage(
        name="draw",
        reads=(paths.COUNTS, paths.PROVENANCE, paths.WORDING),
        writes=(f"{paths.FIGURE}.svg", f"{paths.FIGURE}.pdf", f"{paths.FIGURE}.png"),
        follows=lambda protocol: [
            *(protocol.title, protocol.sources, protocol.flow, protocol.previous),
            protocol.stopping,
            [[phase, rules.exclusion_reasons] for phase, rules in protocol.phases.items()],
        ],
        follows_search=_nothing,
    ),
    Stage(
        name="tables",
        reads=(*_OF_EVERY_RECORD, _CHARTED, f"{paths.STRATEGIES}/*"),
        writes=(),
        fills=paths.TABLES,
        follows_tables=("charting", "tables"),
        follows=lambda protocol: protocol,
        follows_search=lambda search: search,
    ),
    Stage(
        name="figures",
        reads=(*_OF_EVERY_RECORD, _CHARTED, paths.WORDING),
        writes=(),
        fills=paths.FIGURES,
        follows_tables=("charting", "figures"),
        follows=lambda protocol: protocol,
        follows_search=lambda search: [search.name, search.source, search.run_on],
    ),
    Stage(
        name="checklists",
        reads=(*_OF_EVERY_RECORD, _CHARTED, f"{paths.STRATEGIES}/*", paths.OWN_ANSWERS),
        writes=(),
        fills=paths.CHECKLISTS,
        follows_tables=("charting", "tables", "report"),
        follows=lambda protocol: protocol,
        follows_search=lambda search: search,
    ),
    Stage(
        name="report",
        reads=(
            *_OF_EVERY_RECORD,
            *(_CHARTED, f"{paths.STRATEGIES}/*", f"{paths.RANKS}/*.csv"),
            *(paths.OWN_ANSWERS, paths.WORDING),
        ),
        writes=(paths.REPORT,),
        may_write=(paths.REPORT_DOCX, paths.REPORT_MARKDOWN, paths.REFERENCES),
        follows_tables=("charting", "tables", "figures", "report"),
        follows=lambda protocol: protocol,
        follows_search=lambda search: search,
    ),
)
# What needs the exports, and so cannot be done in a public copy: what it made stands there instead.
FROM_EXPORTS = ("import", "dedupe")
BY_NAME = {stage.name: stage for stage in STAGES}
