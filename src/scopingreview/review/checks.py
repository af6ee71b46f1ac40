"""Whether a review holds together, and the rules V about what people decided.

The rules about raw exports (R) are in `raw_exports`, those about the flow (P, D, X) in `flow`, what
became of lines on their way through disks and merges in `logs`, what git keeps of them (G) in
`committed`, and those about charting (C) in `charting_checks`. Every finding has a stable code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scopingreview import config, store
from scopingreview.chain import BY_NAME
from scopingreview.decision_rows import BEGIN, Word, on_or_saying, on_records, people_in, words_said
from scopingreview.errors import nearest
from scopingreview.model import (
    Decision,
    Finding,
    Person,
    Phase,
    PhaseRules,
    RetrievalStatus,
    Standing,
    Verdict,
)
from scopingreview.paths import (
    CONSENSUS,
    DUPLICATES,
    JUDGEMENTS,
    RECORDS,
    RETRIEVAL,
    SCREENED,
    STUDIES,
    Review,
)
from scopingreview.report.markdown import things, were
from scopingreview.review.charting_checks import check_charting
from scopingreview.review.chasing import check_chasing
from scopingreview.review.checklists import check_checklists
from scopingreview.review.committed import check_committed
from scopingreview.review.corrected import check_corrections
from scopingreview.review.counted_flow import check_flow, count_report, load_data
from scopingreview.review.doubled_encoding import check_encoding
from scopingreview.review.figuring import check_figures
from scopingreview.review.freshness import Freshness
from scopingreview.review.logs import check_logs, check_merged
from scopingreview.review.manuscript import check_texts
from scopingreview.review.progress import describe_override
from scopingreview.review.public_checks import check_public_copy
from scopingreview.review.raw_exports import check_raw
from scopingreview.review.report_files import check_reports
from scopingreview.review.results import check_results
from scopingreview.review.state import load_state
from scopingreview.review.tabulating import check_tables
from scopingreview.review.text_places import lost_file
from scopingreview.review.withdrawn import tell_withdrawn
from scopingreview.screening import criteria_version
from scopingreview.screening.check import check_person, check_reason
from scopingreview.screening.criteria import amendments
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.studies import check_report, standing_links


def check_decisions(review: Review, state: ReviewState) -> Iterator[Finding]:
    """V01-V06: every decision is about a known record, by a known person, for a known reason."""
    for phase in Phase:
        name = f"{SCREENED}/{phase}"
        yield from _check_people(name, state.decisions[phase], state.protocol.reviewers, "reviewer")
        consensus, people = state.consensus[phase], state.protocol.adjudicators
        yield from _check_people(f"{name}/{CONSENSUS}.csv", consensus, people, "adjudicator")
        for decisions in (state.decisions[phase], consensus):
            yield from _check_decisions(state, state.protocol.phases[phase], decisions)
        yield from _check_consensus(state, phase)
    for step in state.retrieval_steps:
        yield from _check_known(state, step.record_id, RETRIEVAL)
    for judgement in store.read_judgements(review):
        for record_id in (judgement.record_id, judgement.other_id):
            yield from _check_known(state, record_id, f"{JUDGEMENTS}/{judgement.reviewer}.csv")


def _check_people(
    where: str, decisions: Sequence[Decision], people: Iterable[Person], role: str
) -> Iterator[Finding]:
    people = list(people)
    for name in sorted(people_in(decisions)):
        for error in check_person(name, people, role):
            yield Finding("V02", f"{where}: {error.message}", hint=error.hint)


def _check_decisions(
    state: ReviewState, rules: PhaseRules, decisions: Sequence[Decision]
) -> Iterator[Finding]:
    doubtful = on_or_saying(
        decisions,
        on=lambda record_id: record_id not in state.canonical,
        saying=lambda word: any(check_reason(_said(word, rules.phase), rules)),
    )
    told: set[Decision] = set()  # a line that stands twice counts once
    for decision in doubtful:
        where = f"{SCREENED}/{decision.phase} by {decision.decided_by}"
        yield from _check_known(state, decision.record_id, where)
        if _stands(state, decision) and decision not in told:
            told.add(decision)
            for error in check_reason(decision, rules):
                yield Finding("V03", f"{where}: {error.message}", (decision.record_id,), error.hint)


def _said(word: Word, phase: Phase) -> Decision:
    """A decision of anybody on anything that says the word: of what is wrong with the word."""
    return Decision(BEGIN, "", phase, word.verdict, "", word.reason)


def _stands(state: ReviewState, decision: Decision) -> bool:
    """Only decisions that stand need a valid reason: the protocol may have changed since others."""
    unique_id = state.canonical.get(decision.record_id, "")
    standing = (state.votes[decision.phase], state.settled[decision.phase])
    return any(votes.get(unique_id, {}).get(decision.decided_by) == decision for votes in standing)


def _check_known(state: ReviewState, record_id: str, where: str) -> Iterator[Finding]:
    if record_id not in state.canonical:
        yield Finding(
            "V01",
            f'{where}: unknown record "{record_id}"',
            (record_id,),
            hint=nearest(record_id, state.canonical),
        )


def _check_consensus(state: ReviewState, phase: Phase) -> Iterator[Finding]:
    """V05: consensus that settles nothing, since the reviewers do not differ (any more)."""
    for unique_id in state.settled[phase]:
        outcome = state.outcomes[phase].get(unique_id)
        if outcome is None or (
            not outcome.adjudicated_by and outcome.standing is not Standing.IN_CONFLICT
        ):
            standing = outcome.standing if outcome else "not in this phase"
            yield Finding(
                "V05",
                f"{SCREENED}/{phase}/{CONSENSUS}.csv settles {unique_id}, which is {standing}",
                (unique_id,),
                hint="The reviewers agree without it. Nothing follows from the line.",
                error=False,
            )


def check_self_agreement(state: ReviewState) -> Iterator[Finding]:
    """V06: a person who decided differently on two records that turned out to be one report."""
    linked = {link.duplicate_of for link in state.duplicates}
    for phase in Phase:
        verdicts_on: dict[tuple[str, str], dict[str, Verdict]] = {}
        on_linked = on_records(
            state.decisions[phase], lambda record_id: state.canonical.get(record_id) in linked
        )
        for decision in on_linked:
            unique_id = state.canonical.get(decision.record_id)
            if unique_id:
                key = (unique_id, decision.decided_by)
                verdicts_on.setdefault(key, {})[decision.record_id] = decision.verdict
        for (unique_id, name), verdicts in verdicts_on.items():
            standing = set(verdicts.values()) - {Verdict.WITHDRAWN}
            if len(verdicts) > 1 and len(standing) > 1:
                yield Finding(
                    "V06",
                    f"{phase}: {name} decided differently on records of one report; "
                    "the latest decision counts",
                    tuple(sorted(verdicts)),
                    hint=f"Look again: scopingreview screen {phase} --as {name} "
                    f"--record {unique_id} --verdict …",
                    error=False,
                )


def check_studies(review: Review, state: ReviewState) -> Iterator[Finding]:
    """V12: every link to a study that stands is of a report that is in the review."""
    links = store.read_study_links(review)
    for link in standing_links(links, state.canonical).values():
        for error in check_report(state, link.record_id):
            yield Finding(
                "V12",
                f'{STUDIES}: {error.message}, but is linked to "{link.study}"',
                (link.record_id,),
                hint=" ".join(
                    filter(None, [error.hint, f"scopingreview unlink {link.record_id} --as NAME"])
                ),
            )


def check_full_texts(review: Review, state: ReviewState) -> Iterator[Finding]:
    """V15: every file that a retrieved report is said to be in is there.

    A note: full texts often are in no git, and then nobody else has them.
    """
    lost = {
        unique_id: step.where
        for unique_id, step in state.retrievals.items()
        if step.status is RetrievalStatus.RETRIEVED and lost_file(review, step)
    }
    if lost:
        yield Finding(
            "V15",
            f"{len(lost):,} full texts are not where {RETRIEVAL} says, the first of them "
            f"{next(iter(lost.values()))}",
            tuple(lost),
            hint="Put them back, or say where they are: scopingreview retrieve --match FOLDER",
            error=False,
        )


def check_amendments(state: ReviewState) -> Iterator[Finding]:
    """V13: decisions made under older criteria. V14: a pilot that was overridden."""
    for phase, rules in state.protocol.phases.items():
        stamped = any(word.criteria for word in words_said(state.decisions[phase]))
        again = state.made_under_other_criteria(phase) if stamped else []
        if again:
            known = criteria_version(rules) in amendments(state.events, phase)
            why = "" if known else ", and no amendment says why"
            yield Finding(
                "V13",
                f"{phase}: {things(len(again), 'decision')} {were(len(again))} made under other "
                f"criteria{why}",
                tuple(dict.fromkeys(decision.record_id for decision in again)),
                hint=f"scopingreview criteria {phase} lists them"
                f"{'' if known else '; --amend keeps the reason'}.",
                error=False,
            )
        if overridden := describe_override(state.pilots[phase]):
            yield Finding(
                "V14",
                f"{phase}: {overridden}",
                hint="Say so in the methods. Nothing follows from it.",
                error=False,
            )


def check_team(state: ReviewState) -> Iterator[Finding]:
    """V07: a phase that asks for more reviewers than there are: its records would wait for ever."""
    for phase, rules in state.protocol.phases.items():
        people = state.team(phase).people
        if 0 < len(people) < rules.reviewers_needed:
            yield Finding(
                "V07",
                f"{phase} needs {rules.reviewers_needed} reviewers on a record, "
                f"but {len(people)} can be dealt any: {', '.join(people)}",
                hint="Change reviewers_needed in config/review.toml, or add a [[reviewers]].",
            )


def check_derived(review: Review) -> Iterator[Finding]:
    """R07: records and duplicates are those that the chain made of the files as they are now."""
    freshness = Freshness(review)
    for name in ("import", "dedupe"):
        for change in freshness.what_changed(BY_NAME[name]):
            yield Finding(
                "R07",
                f"{name} has to run again: {change}",
                hint="scopingreview run; what is counted here is what it made before.",
            )


def check_review(review: Review, *, every_commit: bool = False) -> list[Finding]:
    """Everything that can be checked in the review as it is now, errors first.

    Before `import` and `dedupe` have run only the raw files can be. What people own is compared
    with the last commit, or with `every_commit`.
    """
    protocol = config.load_protocol(review)
    everything = config.load_all_searches(review, protocol)
    searches = [search for search in everything if not search.withdrawn]
    findings = [*check_raw(review, everything), *check_public_copy(review, searches)]
    findings += check_committed(review, every_commit=every_commit)
    findings += check_logs(review)
    if review.path(RECORDS).is_file() and review.path(DUPLICATES).is_file():
        state = load_state(review, protocol)
        findings += check_derived(review)
        findings += check_decisions(review, state)
        findings += check_self_agreement(state)
        findings += check_studies(review, state)
        findings += check_full_texts(review, state)
        findings += check_corrections(state)
        findings += check_encoding(state)
        findings += check_chasing(state, searches)
        findings += check_amendments(state)
        findings += check_team(state)
        findings += check_merged(review, state)
        findings += check_charting(review, state)
        data = load_data(review, state)
        counted = count_report(data)
        findings += check_flow(data, counted)
        findings += check_results(review, data, counted)
        findings += check_tables(review, data)
        findings += check_figures(review, data)
        findings += check_checklists(review, data)
        findings += check_reports(review, data)
        findings += check_texts(review, counted.flow)
        findings = tell_withdrawn(review, protocol, everything, findings, state.canonical)
    elif searches:
        findings.append(
            Finding("R05", "the exports have not been imported", hint="scopingreview run")
        )
    return sorted(findings, key=lambda finding: not finding.error)
