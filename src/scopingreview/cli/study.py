"""`link` and `unlink`: which reports are of one study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from scopingreview import store
from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting, now
from scopingreview.cli.options import As, NoteText
from scopingreview.model import StudyLink
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.work.studies import links_taken_back, new_links

Reports = Annotated[
    list[str], typer.Argument(metavar="REPORT…", help="Record ids, one or several.")
]


def link(
    reports: Reports,
    study: Annotated[
        str, typer.Option("--study", metavar="NAME", help="The study they tell of: smith-2019.")
    ],
    person: As,
    note: NoteText = "",
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Say which study reports tell of.

    A study is counted once, however many reports it has; a report that nobody linked is a study
    of its own. Only reports that are included, or still being assessed, can be linked. Each is a
    line of data/screened/studies.csv, with who said so and when; the last line of a report stands.

    Example: scopingreview link pubmed:123 embase:456 --study smith-2019 --as ab
    """
    console, review = setting.console(), setting.review()
    state = load_state(review)
    links = new_links(review, state, reports, study, by=person, note=note, now=now())
    _keep(review, links, console, asked=len(reports))


def unlink(
    reports: Reports,
    person: As,
    note: NoteText = "",
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Take the link of reports to their study back.

    One more line of data/screened/studies.csv: nothing is rewritten. Takes a line back, too, that
    names no record of the review.

    Example: scopingreview unlink embase:456 --as ab
    """
    console, review = setting.console(), setting.review()
    state = load_state(review)
    links = links_taken_back(review, state, reports, by=person, note=note, now=now())
    _keep(review, links, console, asked=len(reports))


def _keep(review: Review, links: Sequence[StudyLink], console: Console, *, asked: int) -> None:
    if links:
        store.append_study_links(review, links)
    console.document({"written": links, "stood_already": asked - len(links)})
    for each in links:
        became = f"a report of {each.study}" if each.study else "a study of its own"
        console.say(f"{each.record_id}: {became}")
    console.say(f"{len(links)} written, {asked - len(links)} stood already")
    console.next_step("scopingreview run")
