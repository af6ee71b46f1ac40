"""What a review's files say of its searches: sources, strategies, dates, records, duplicates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from scopingreview.checklists.answered import Answer
from scopingreview.model import Box, Search, Source, SourceKind
from scopingreview.paths import COUNTS, DUPLICATES, JUDGEMENTS, PROTOCOL, SEARCHES
from scopingreview.report.markdown import things
from scopingreview.report.methods import limits_sentence, listed
from scopingreview.review.answering import (
    AnswerGiver,
    Answering,
    from_data,
    not_applicable,
    to_write,
)

IN_BIBLIOGRAPHIES = (SourceKind.DATABASE, SourceKind.REGISTER)
NO_SEARCH = to_write("No search is registered yet.", SEARCHES)
SOURCES_IN_PROTOCOL = f"{PROTOCOL} (sources)"


def _of_every_search(
    told: Answering,
    key: str,
    what: str,
    say: Callable[[Search], str],
    *,
    kinds: Sequence[SourceKind] = tuple(SourceKind),
) -> Answer | None:
    """That searches lack what `say` says of each; None when none does.

    It is asked of the searches of sources of these kinds.
    """
    asked = told.searches_of(told.of_kinds(*kinds))
    lacking = [search.name for search in asked if not say(search)]
    if not told.searches:
        return NO_SEARCH
    if lacking:
        return to_write(
            f"{what} is not on file for {listed(lacking, 'and')}.", f"{SEARCHES} ({key})"
        )
    return None


def _without_platform(told: Answering, searches: Sequence[Search]) -> Answer | None:
    """That databases lack their platform; None when none does."""
    if not searches:
        return NO_SEARCH
    lacking = dict.fromkeys(told.label(each) for each in searches if not each.platform)
    if lacking:
        told_which = listed(list(lacking), "and")
        return to_write(f"The platform is not on file for {told_which}.", f"{SEARCHES} (platform)")
    return None


def databases(told: Answering) -> Answer:
    """PRISMA-S 1: each database with its platform."""
    searches = told.searches_of(told.of_kinds(SourceKind.DATABASE))
    if lacking := _without_platform(told, searches):
        return lacking
    pairs = dict.fromkeys(f"{told.label(each)} ({each.platform})" for each in searches)
    return from_data(f"{'; '.join(pairs)}.", SEARCHES, *told.tables("searches"))


def searched_together(told: Answering) -> Answer:
    """PRISMA-S 2: several databases of one platform; whether in one go, only people know."""
    searches = told.searches_of(told.of_kinds(SourceKind.DATABASE))
    if lacking := _without_platform(told, searches):
        return lacking
    on_platform: dict[str, dict[str, None]] = defaultdict(dict)
    for search in searches:
        on_platform[search.platform][told.label(search)] = None
    shared = {platform: list(found) for platform, found in on_platform.items() if len(found) > 1}
    if not shared:
        return not_applicable("No two databases were searched on one platform.", SEARCHES)
    each = "; ".join(f"{platform}: {listed(found, 'and')}" for platform, found in shared.items())
    return to_write(f"On one platform: {each}. Were they searched together?", SEARCHES)


def _of_kind(
    told: Answering, kinds: Sequence[SourceKind], none: str, say: Callable[[Search], str]
) -> Answer:
    """The searches of sources of these kinds; that there is none where there is none."""
    sources = told.of_kinds(*kinds)
    if not sources:
        return not_applicable(none, SOURCES_IN_PROTOCOL)
    searches = told.searches_of(sources)
    unsearched = _without_search(sources, searches)
    if unsearched:
        names = listed(unsearched, "and")
        return to_write(f"No search is registered of {names}.", SOURCES_IN_PROTOCOL, SEARCHES)
    return from_data(f"{'; '.join(map(say, searches))}.", SEARCHES, *told.tables("searches"))


def _without_search(sources: Iterable[Source], searches: Iterable[Search]) -> list[str]:
    searched = {search.source for search in searches}
    return [source.label for source in sources if source.name not in searched]


def _run(told: Answering, search: Search) -> str:
    on = f", {search.run_on.isoformat()}" if search.run_on else ""
    return f"{told.label(search)}{f' via {search.platform}' if search.platform else ''}{on}"


def registers(told: Answering) -> Answer:
    """PRISMA-S 3: the registers that were searched."""
    none = "No source of the protocol is a register of studies."
    return _of_kind(told, [SourceKind.REGISTER], none, lambda each: _run(told, each))


def browsed(told: Answering) -> Answer:
    """PRISMA-S 4: websites and organisations; how they were browsed is in their strategies."""
    kinds = [SourceKind.WEBSITE, SourceKind.ORGANISATION]
    none = "No source of the protocol is a website or an organisation."
    return _of_kind(told, kinds, none, lambda each: _run(told, each))


def citations(told: Answering) -> Answer:
    """PRISMA-S 5: citations that were followed, which way and from how many reports."""

    def say(search: Search) -> str:
        way = f"{search.direction}, " if search.direction else ""
        return f"{_run(told, search)} ({way}from {things(len(search.chased_from), 'report')})"

    none = "No source of the protocol is citation searching."
    return _of_kind(told, [SourceKind.CITATION_SEARCHING], none, say)


def other_methods(told: Answering) -> Answer:
    """PRISMA-S 7: sources that are of no other kind."""
    none = "No source of the protocol is of another kind."
    return _of_kind(told, [SourceKind.OTHER], none, lambda each: _run(told, each))


def information_sources(told: Answering) -> Answer:
    """PRISMA-ScR 7: each source, what a database covers, and the day of its last search."""
    unsearched = _without_search(told.protocol.sources, told.searches)
    if unsearched:
        names = listed(unsearched, "and")
        return to_write(f"No search is registered of {names}.", SOURCES_IN_PROTOCOL, SEARCHES)
    lacking = _of_every_search(
        told, "run_on", "The day", lambda each: each.run_on.isoformat() if each.run_on else ""
    ) or _of_every_search(
        told,
        "coverage",
        "The coverage",
        lambda each: each.coverage,
        kinds=[SourceKind.DATABASE],
    )
    if lacking:
        return lacking
    last: dict[str, Search] = {}
    for search in told.searches:
        before = last.get(search.source)
        if before is None or (search.run_on and before.run_on and search.run_on > before.run_on):
            last[search.source] = search
    each = "; ".join(
        f"{_run(told, search)}{f' ({search.coverage})' if search.coverage else ''}"
        for search in last.values()
    )
    return from_data(f"Last searched: {each}.", SEARCHES, *told.tables("searches"))


def _kept(told: Answering) -> dict[str, str]:
    """The strategy files that are there, by search."""
    return {
        search.name: search.strategy
        for search in told.searches
        if search.strategy and told.review.path(search.strategy).is_file()
    }


def strategies(told: Answering) -> Answer:
    """PRISMA-ScR 8: the strategy of at least one database."""
    kept = _kept(told)
    if not kept:
        return to_write("No strategy is on file.", f"{SEARCHES} (strategy)")
    files = dict.fromkeys(kept.values())
    searches = "1 search" if len(told.searches) == 1 else f"{len(told.searches):,} searches"
    return from_data(
        f"The strategies of {len(kept):,} of {searches}, as they were run.",
        *files,
        *told.tables("search_strategies"),
    )


def every_strategy(told: Answering) -> Answer:
    """PRISMA-S 8, JBI I: the strategy of every search."""
    kept = _kept(told)
    lacking = _of_every_search(told, "strategy", "A strategy", lambda each: kept.get(each.name, ""))
    return lacking or strategies(told)


def limits(told: Answering) -> Answer:
    """PRISMA-S 9: what each search was restricted to, and what was removed afterwards."""
    lacking = _of_every_search(told, "limits", "What it was limited to", lambda each: each.limits)
    if lacking:
        return lacking
    by_limit: dict[str, dict[str, None]] = defaultdict(dict)
    for search in told.searches:
        by_limit[search.limits][told.label(search)] = None
    each = "; ".join(f"{', '.join(found)}: {limit}" for limit, found in by_limit.items())
    after = " ".join(limits_sentence(told.protocol.limits))
    places = [f"{SEARCHES} (limits)", *([f"{PROTOCOL} (limits)"] if after else [])]
    return from_data(" ".join(filter(None, [f"{each}.", after])), *places)


def updates(told: Answering) -> Answer:
    """PRISMA-S 12: sources that were searched on more days than one."""
    if not told.searches:
        return NO_SEARCH
    days: dict[str, dict[str, None]] = defaultdict(dict)
    for search in told.searches:
        if search.run_on:
            days[told.label(search)][search.run_on.isoformat()] = None
    again = {label: sorted(found) for label, found in days.items() if len(found) > 1}
    if not again:
        return not_applicable("Each source was searched on one day.", SEARCHES)
    each = "; ".join(f"{label} on {listed(found, 'and')}" for label, found in again.items())
    return from_data(f"Searched again: {each}.", SEARCHES, *told.tables("searches"))


def days(told: Answering) -> Answer:
    """PRISMA-S 13: when each search was run."""
    lacking = _of_every_search(
        told, "run_on", "The day", lambda each: each.run_on.isoformat() if each.run_on else ""
    )
    each = "; ".join(f"{told.label(search)} {search.run_on}" for search in told.searches)
    return lacking or from_data(f"{each}.", f"{SEARCHES} (run_on)", *told.tables("searches"))


def records_of_sources(told: Answering) -> Answer:
    """PRISMA-S 15: how many records each source gave."""
    if not told.searches:
        return NO_SEARCH
    each = "; ".join(f"{source.label} {source.records:,}" for source in told.yields.sources)
    total = sum(source.records for source in told.yields.sources)
    return from_data(f"{each}; in all {total:,}.", COUNTS, *told.tables("source_yield"))


def deduplication(told: Answering) -> Answer:
    """PRISMA-S 16: by which software, what it linked, and what people judged."""
    if not told.state.records:
        return NO_SEARCH
    rules = {link.rule for link in told.state.duplicates if not link.decided_by}
    judged = sum(bool(link.decided_by) for link in told.state.duplicates)
    by_people = f", {judged:,} of them by a person's word" if judged else ""
    return from_data(
        f"Scopingreview {told.made_by.program} linked records that are one report by "
        f"{things(len(rules), 'rule')}, each link with its rule and evidence: "
        f"{things(told.flow.n(Box.DUPLICATES), 'duplicate record')} removed{by_people}.",
        DUPLICATES,
        *([JUDGEMENTS] if judged else []),
        f"{PROTOCOL} (dedupe)",
    )


SEARCH_ANSWERS: Mapping[str, AnswerGiver] = {
    "databases": databases,
    "searched_together": searched_together,
    "registers": registers,
    "browsed": browsed,
    "citations": citations,
    "other_methods": other_methods,
    "information_sources": information_sources,
    "strategies": strategies,
    "every_strategy": every_strategy,
    "limits": limits,
    "updates": updates,
    "days": days,
    "records_of_sources": records_of_sources,
    "deduplication": deduplication,
}
