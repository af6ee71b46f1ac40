"""`status`, `check` and `run`: how far the review is, whether it holds, and the whole chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scopingreview.chain import BY_NAME
from scopingreview.cli.console import (
    USUAL,
    USUAL_WRITING,
    Console,
    Setting,
    WritingSetting,
)
from scopingreview.cli.options import word_named
from scopingreview.cli.text_column import shortened
from scopingreview.errors import UsageError, nearest
from scopingreview.report.markdown import things, were
from scopingreview.review.prisma_s import missing_line
from scopingreview.review.progress import (
    ChartingProgress,
    PhaseProgress,
    Progress,
    work_out_progress,
)

if TYPE_CHECKING:
    from scopingreview.stages.running import StageRun


MOST_OF_NAME = 60  # characters of a known item in a table


def status(setting: Setting = USUAL) -> None:
    """Show how far the review is, who owes what and what is next.

    Reads everything, writes nothing.

    Example: scopingreview status
    """
    console = setting.console()
    progress = work_out_progress(setting.review())
    console.document(progress)
    console.say(progress.title)
    _show_searches(progress, console)
    for phase in progress.phases:
        _show_phase(phase, console)
    _show_known_items(progress, console)
    if progress.to_retrieve:
        console.say(f"\nFull texts to get hold of: {progress.to_retrieve:,}")
    if progress.charting:
        _show_charting(progress.charting, console)
    if progress.stale_stages and (progress.searches or progress.records is not None):
        console.say(f"\nOut of date: {', '.join(progress.stale_stages)} (scopingreview run)")
    console.next_step(progress.next_step)


def _show_searches(progress: Progress, console: Console) -> None:
    if progress.searches:
        console.say()
        console.table(
            ("search", "source", "run on", "hits", "records", "files"),
            [
                (
                    each.search.name,
                    each.search.source,
                    each.search.run_on,
                    each.search.hits,
                    each.records,
                    len(each.search.exports),
                )
                for each in progress.searches
            ],
        )
    if line := missing_line({each.search.name: each.undocumented for each in progress.searches}):
        console.say(line)
    for search in progress.withdrawn:
        console.say(f"{search.name} was withdrawn: {search.withdrawn}")
    for file in progress.unregistered:
        console.say(f"\n{file} is in data/raw but belongs to no search.")
    console.say(f"\n{_records_in_words(progress)}")


def _records_in_words(progress: Progress) -> str:
    """How many records and unique records there are, as far as that is known yet."""
    if progress.records is None:
        begun = "No export is imported yet: how many records there are is not known."
        return begun if progress.searches else "No search is registered yet."
    waiting = [each.search.name for each in progress.searches if each.records is None]
    later = f"\nNot imported yet: {', '.join(waiting)}" if waiting else ""
    records = things(progress.records, "record")
    if progress.unique_records is None:
        return f"{records}; which of them are duplicates is not known before dedupe{later}"
    unique = f"{progress.unique_records:,} unique"
    if not {"import", "dedupe"}.isdisjoint(progress.stale_stages):
        unique += " (dedupe is to run again)"
    possible = things(progress.possible_duplicates or 0, "possible duplicate")
    return f"{records}, {unique}, {possible} for people to judge{later}"


def _show_known_items(progress: Progress, console: Console) -> None:
    known = progress.known_items
    if not known:
        return
    found = sum(bool(each.record_ids) for each in known)
    lost = [each for each in known if each.lost_at]
    console.say(f"\nKnown items: {found:,} of {len(known):,} found, {len(lost):,} lost on the way")
    if lost:
        console.table(
            ("known item", "found by", "record", "stands"),
            [
                (
                    shortened(each.item.name, MOST_OF_NAME),
                    ", ".join(each.found_by) or None,
                    each.record_ids[0] if each.record_ids else None,
                    each.stands,
                )
                for each in lost
            ],
        )


def _show_phase(phase: PhaseProgress, console: Console) -> None:
    over_reason = f" ({phase.over_reason:,} over the reason)" if phase.over_reason else ""
    console.say(
        f"\n{phase.phase}: {phase.included:,} included, {phase.excluded:,} excluded, "
        f"{phase.in_conflict:,} in conflict{over_reason}, "
        f"{phase.awaiting:,} awaiting{_awaited(phase)}"
    )
    if phase.by_titles_alone:
        console.say("A round by titles alone: abstracts follow with rescreen.")
    if phase.not_screened:
        console.say(f"{phase.not_screened:,} not screened, by the stopping rule")
    for told in phase.pilot:
        console.say(told)
    if phase.overridden:
        console.say(phase.overridden)
    if phase.locked:
        console.say("Locked until the pilot has passed; only its records can be decided on.")
    if phase.other_criteria:
        console.say(
            f"{things(phase.other_criteria, 'decision')} {were(phase.other_criteria)} made under "
            "other criteria "
            f"(scopingreview criteria {phase.phase})"
        )
    console.table(
        ("reviewer", "decided", "left"),
        [(each.reviewer, each.decided, each.owed) for each in phase.reviewers],
    )
    for each in phase.reviewers:
        if each.gone:
            console.say(f"{each.reviewer} {each.gone}")


def _awaited(phase: PhaseProgress) -> str:
    """What the records that await something wait for, once some have a decision and wait on."""
    if not phase.awaiting_another:
        return ""
    another = "another reviewer"
    if phase.by_titles_alone:
        another += " or the round of abstracts"
    if phase.awaiting_another == phase.awaiting:
        return f" {another}"
    first = phase.awaiting - phase.awaiting_another
    return f" ({first:,} a first decision, {phase.awaiting_another:,} {another})"


def _show_charting(charting: ChartingProgress, console: Console) -> None:
    cells = f" ({things(charting.to_settle, 'cell')})" if charting.to_settle else ""
    console.say(
        f"\ncharting: {charting.charted:,} of {charting.studies:,} studies charted, "
        f"{charting.in_conflict:,} in conflict{cells}, {charting.awaiting:,} awaiting"
    )
    if charting.pilot_runs:
        console.say("The pilot runs: until everyone has charted its studies, only those are open.")
    if charting.other_form:
        cells = things(charting.other_form, "cell")
        console.say(f"{cells} {were(charting.other_form)} charted under another form (check: C04)")
    if charting.codes:
        console.say(f"{things(charting.codes, 'cell')} with :nr or :? as text (check: C07)")
    console.table(
        ("charter", "charted", "left"),
        [(each.charter, each.charted, each.owed) for each in charting.charters],
    )


def run(
    force: Annotated[bool, typer.Option("--force", help="Run every stage again.")] = False,
    until: Annotated[
        str,
        typer.Option(
            metavar="STAGE", help="The last stage to run: import, dedupe, count, draw, tables."
        ),
    ] = "",
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Run every stage that is out of date, from import to report.

    The whole machine chain. A stage is out of date when what it was made from came, went or
    changed, or what it made did: by content, so that a clone or a copy is as good as the
    original. Says of each stage why it ran; with --dry-run which would run, and why.

    Example: scopingreview run
    """
    from scopingreview import config
    from scopingreview.review.raw_exports import refuse_lost_exports
    from scopingreview.stages.running import plan_chain, run_chain

    console, review = setting.console(), setting.review()
    if until and until not in BY_NAME:
        raise UsageError(f'unknown stage "{until}"', hint=nearest(until, BY_NAME))
    refuse_lost_exports(review, config.load_searches(review, config.load_protocol(review)))
    stages: list[StageRun] = []
    with console.working() as tell:
        planned = plan_chain(review, force=force, until=until)
        ran = run_chain(review, force=force, until=until, tell=tell)
        for done in planned if setting.dry_run else ran:
            tell("")
            stages.append(done)
            console.note(f"{done.stage}: {done.did}" if done.why else f"{done.stage}: up to date")
            if done.why and not force:
                console.note(f"  because {done.why}")
    next_step = "" if setting.dry_run else work_out_progress(review).next_step
    console.document({"stages": stages, "next_step": next_step})
    console.next_step(next_step)


def check(
    form: Annotated[
        str,
        typer.Option("--format", metavar="FORM", help="text, json, github or junit."),
    ] = "text",
    history: Annotated[
        bool,
        typer.Option("--history", help="Compare with every commit of git, not with the last one."),
    ] = False,
    setting: Setting = USUAL,
) -> None:
    """Check that the review holds together.

    Raw files unchanged, every decision about a known record by a known person for a known
    reason, every line that was committed to git still there, every sum of the flow diagram and
    the records behind it. Reads everything, writes nothing; exit status 1 when something does not
    hold.

    Example: scopingreview check --format junit > check.xml
    """
    from scopingreview.report.findings import FindingsForm, write_findings
    from scopingreview.review.checks import check_review

    console = Console(quiet=setting.quiet)
    written = word_named(FindingsForm, "form", "json" if setting.as_json else form)
    findings = check_review(setting.review(), every_commit=history)
    if written is not FindingsForm.TEXT:
        console.say_whole(write_findings(findings, written))
    elif findings:
        console.say(write_findings(findings, written))
    errors = sum(finding.error for finding in findings)
    console.note(f"{things(errors, 'error')}, {things(len(findings) - errors, 'note')}")
    if errors:
        console.note("Next: scopingreview explain CODE")
        raise typer.Exit(1)
