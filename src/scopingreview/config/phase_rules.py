"""[title_abstract] and [full_text] of config/review.toml to `PhaseRules`."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from scopingreview.errors import nearest
from scopingreview.model import (
    Allocation,
    ConsensusRule,
    MaybeRule,
    Person,
    Phase,
    PhaseRules,
    PilotRules,
    RankingModelName,
    RankingRules,
    ScreeningOrder,
)
from scopingreview.toml_table import Table

TABLE_OF_PHASE = {Phase.TITLE_ABSTRACT: "title_abstract", Phase.FULL_TEXT: "full_text"}
USUAL_MAYBE = {Phase.TITLE_ABSTRACT: MaybeRule.INCLUDE, Phase.FULL_TEXT: MaybeRule.DISCUSS}


def phase_rules(top: Table, phase: Phase, reviewers: Sequence[Person]) -> PhaseRules:
    """The rules of the phase; what is wrong in its table is told there.

    `reviewers` are those who may be dealt records.
    """
    table = top.table(TABLE_OF_PHASE[phase])
    rules = PhaseRules(
        phase=phase,
        reviewers_needed=table.number("reviewers_needed", 2, least=1) or 2,
        rounds=table.number("rounds", 1, least=1) or 1,
        titles_first=_titles_first(table, phase),
        maybe=table.choice("maybe", MaybeRule, USUAL_MAYBE[phase]),
        criteria=table.texts("criteria"),
        exclusion_reasons=MappingProxyType(table.wordings("exclusion_reasons")),
        order=table.choice("order", ScreeningOrder, ScreeningOrder.RANDOM),
        blind_to_authors=table.flag("blind_to_authors"),
        reading_time=table.flag("reading_time"),
        consensus=table.choice("consensus", ConsensusRule, ConsensusRule.UNANIMOUS),
        unblind_conflicts=table.flag("unblind_conflicts"),
        allocation=_allocation(table, [person.name for person in reviewers]),
        pilot=_pilot(table),
        ranking=_ranking(table),
    )
    table.finish()
    return rules


def _titles_first(table: Table, phase: Phase) -> bool:
    titles_first = table.flag("titles_first")
    if titles_first and phase is not Phase.TITLE_ABSTRACT:
        table.problem("titles_first is for [title_abstract]: a full text is read whole")
    elif titles_first and table.values.get("rounds", 1) == 1:
        table.problem(
            "titles_first needs a second round, in which the abstracts are read",
            "Write rounds = 2 beside it.",
        )
    return titles_first


def _allocation(phase: Table, reviewers: Sequence[str]) -> Allocation | None:
    if "allocation" not in phase.values:
        return None
    table = phase.table("allocation")
    effort = table.table("effort")
    allocation = Allocation(
        overlap=table.share("overlap", 1.0),
        effort=MappingProxyType({name: effort.amount(name, 1.0) for name in effort.values}),
        seniors=table.texts("seniors"),
    )
    for name in (*allocation.effort, *allocation.seniors):
        if name not in reviewers:
            table.problem(f'unknown reviewer "{name}"', nearest(name, reviewers))
    table.finish()
    return allocation


def _pilot(phase: Table) -> PilotRules | None:
    if "pilot" not in phase.values:
        return None
    table = phase.table("pilot")
    usual = PilotRules()
    pilot = PilotRules(
        size=table.number("size", usual.size, least=1) or usual.size,
        agreement=table.share("agreement", usual.agreement),
    )
    table.finish()
    return pilot


def _ranking(phase: Table) -> RankingRules:
    table, usual = phase.table("ranking"), RankingRules()
    rules = RankingRules(
        model=table.choice("model", RankingModelName, usual.model),
        random_share=table.share("random_share", usual.random_share),
        keep_ranks=table.flag("keep_ranks"),
    )
    table.finish()
    return rules
