"""The methods as sentences: what the protocol laid down and what the searches say of themselves.

They say what was done. Why it was done so is for people to write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scopingreview.model import (
    ConsensusRule,
    Limits,
    LinkUnit,
    Phase,
    PhaseRules,
    Protocol,
    Provenance,
    Search,
)
from scopingreview.model.form import ChartingRules
from scopingreview.report.markdown import things
from scopingreview.screening.agreement import Agreement
from scopingreview.screening.coefficients import Estimate

PHASES = {Phase.TITLE_ABSTRACT: "title and abstract", Phase.FULL_TEXT: "full text"}
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
CONSENSUS = {
    ConsensusRule.UNANIMOUS: "A record on which they differed was settled by an adjudicator.",
    ConsensusRule.ANY_INCLUDE: "One vote for a record took it on.",
    ConsensusRule.MAJORITY: "Where they differed, more than half of the votes decided, and else an "
    "adjudicator.",
}


def methods_sentences(
    protocol: Protocol,
    searches: Sequence[Search],
    charting: ChartingRules | None,
    made_by: Provenance,
) -> Iterator[str]:
    """A paragraph each on the searches, duplicates, screening by phase, and charting."""
    if searches:
        yield _searched(protocol, searches)
    yield " ".join([_deduplicated(protocol, made_by), *limits_sentence(protocol.limits)])
    for rules in protocol.phases.values():
        yield " ".join(screening_sentences(rules))
    if charting is not None:
        yield charting_sentence(charting)


def agreement_sentence(phase: Phase, found: Agreement) -> Iterator[str]:
    """How well those who screened a phase agreed, before anything was settled.

    Where one verdict is so common that kappa says little, AC1 stands beside it, and why.
    """
    if found.percent is None:
        return
    told = [_coefficient("Cohen's kappa" if found.table else "Fleiss' kappa", found.kappa)]
    if found.skewed:
        told.append(_coefficient("Gwet's AC1", found.ac1))
    coefficients = "; ".join(filter(None, told))
    beware = (
        f" Of their verdicts {found.commonest_share:.0%} were {found.commonest}: kappa is low then "
        "however well people agree, so AC1 is told beside it."
    )
    yield (
        f"By {PHASES[phase]}, the reviewers agreed on {found.percent.value:.1%} of "
        f"{things(found.records, 'record')} that two or more of them had decided on by themselves"
        f"{f' ({coefficients})' if coefficients else ''}."
        f"{beware if found.skewed and found.kappa else ''}"
    )


def _coefficient(name: str, estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    interval = f", 95% interval {estimate.low:.2f} to {estimate.high:.2f}"
    return f"{name} {estimate.value:.2f}{interval if estimate.varies else ''}"


def _searched(protocol: Protocol, searches: Sequence[Search]) -> str:
    labels = {source.name: source.label for source in protocol.sources}
    parts = []
    for search in searches:
        label = labels.get(search.source, search.source)
        beside = [f"via {search.platform}"] if search.platform not in ("", label) else []
        beside += [f"{search.run_on:%Y-%m-%d}"] if search.run_on else []
        told = f" ({', '.join(beside)})" if beside else ""
        parts.append(f"{label}{told}")
    if len(searches) == 1:
        return f"One search was run: {parts[0]}."
    return f"{len(searches):,} searches were run: {'; '.join(parts)}."


def _deduplicated(protocol: Protocol, made_by: Provenance) -> str:
    together = protocol.dedupe.unit is LinkUnit.STUDY
    linked = "reports of one study" if together else "copies of one publication"
    return (
        f"Scopingreview {made_by.program} read the exports and linked {linked} by rules that give "
        "the same links every time; every number here is counted by it from the records and from "
        "the decisions of people."
    )


def limits_sentence(limits: Limits) -> Iterator[str]:
    """What was removed before anybody screened."""
    removed = []
    if limits.first_year:
        removed.append(f"published before {limits.first_year}")
    if limits.last_year:
        removed.append(f"published after {limits.last_year}")
    if limits.languages:
        removed.append(f"in another language than {listed(limits.languages, 'or')}")
    if limits.excluded_types:
        removed.append(f"of the type {listed(limits.excluded_types, 'or')}")
    if limits.excluded_title_words:
        words = listed([f"“{word}”" for word in limits.excluded_title_words], "or")
        removed.append(f"with {words} in the title")
    removed += ["retracted"] * limits.retracted + ["without a title and abstract"] * limits.empty
    if removed:
        yield f"Before screening, records were removed that were {listed(removed, 'or')}."


def screening_sentences(rules: PhaseRules) -> Iterator[str]:
    """How a phase is screened: by how many, how they are settled, its pilot and its reasons."""
    phase, needed = PHASES[rules.phase], rules.reviewers_needed
    number = NUMBERS.get(needed, f"{needed:,}")
    what = "record" if rules.phase is Phase.TITLE_ABSTRACT else "report"
    if needed == 1:
        yield f"By {phase}, one reviewer decided on each {what}."
    elif rules.allocation and rules.allocation.overlap < 1:
        yield (
            f"By {phase}, {number} reviewers decided by themselves on "
            f"{rules.allocation.overlap:.0%} of the {what}s and one on each of the others."
        )
    else:
        yield f"By {phase}, {number} reviewers decided by themselves on each {what}."
    if needed > 1:
        yield CONSENSUS[rules.consensus]
    if rules.titles_first:
        yield "A first round was by titles alone; what it did not exclude was read by abstract."
    if rules.blind_to_authors:
        yield "They did not see the authors."
    if rules.pilot:
        yield (
            f"The phase began with a pilot on {things(rules.pilot.size, what)}, to be repeated "
            f"until {rules.pilot.agreement:.0%} of the verdicts agreed."
        )
    if rules.exclusion_reasons:
        wordings = "; ".join(rules.exclusion_reasons.values())
        yield f"The reason for an exclusion was the first of these that applied: {wordings}."


def charting_sentence(charting: ChartingRules) -> str:
    """How the included studies are charted: by how many, in which form, after which pilot."""
    needed = charting.charters_needed
    who = "one person" if needed == 1 else f"{NUMBERS.get(needed, needed)} people by themselves"
    pilot = f", after a pilot on {things(charting.pilot, 'study')}" if charting.pilot == 1 else ""
    if charting.pilot > 1:
        pilot = f", after a pilot on {charting.pilot:,} studies"
    settled = " Where they differed, an adjudicator settled the value." if needed > 1 else ""
    return (
        f"Each included study was charted by {who}, in a form of "
        f"{things(len(charting.form.fields), 'field')}{pilot}.{settled}"
    )


def listed(words: Sequence[str], joint: str) -> str:
    """`a, b or c`."""
    *others, last = words
    return f"{', '.join(others)} {joint} {last}" if others else last
