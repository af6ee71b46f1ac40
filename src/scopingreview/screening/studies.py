"""Which reports may be linked to a study, and what is wrong with the links that stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scopingreview.errors import ReviewError, nearest
from scopingreview.model import Phase, Standing, StudyLink
from scopingreview.screening.review_state import ReviewState


def check_study(
    state: ReviewState, record_ids: Iterable[str], study: str, known: Iterable[str]
) -> list[ReviewError]:
    """What is wrong with linking the reports to the study; `known` are the studies there are."""
    problems = [problem for key in record_ids for problem in check_report(state, key)]
    if not study:
        problems.append(ReviewError("a study needs a name", hint="Say it with --study NAME."))
    twin = next((name for name in known if name.casefold() == study.casefold()), study)
    if twin != study:
        problems.append(
            ReviewError(
                f'there is a study "{twin}" already',
                hint=f'Write it so, or choose a name that differs in more than "{study}" does.',
            )
        )
    return problems


def check_report(state: ReviewState, record_id: str) -> list[ReviewError]:
    """What speaks against linking the report to any study; nothing when it may be linked.

    A study is made of included reports; one that is still being assessed may become one.
    """
    unique_id = state.canonical.get(record_id)
    if unique_id is None:
        hint = nearest(record_id, _reports(state)) or nearest(record_id, state.canonical)
        return [ReviewError(f'unknown record "{record_id}"', hint=hint)]
    outcome = state.outcomes[Phase.FULL_TEXT].get(unique_id)
    if outcome is None:
        standing = state.outcomes[Phase.TITLE_ABSTRACT][unique_id].standing
        why = f"is {standing} by title and abstract"
    elif outcome.standing is Standing.EXCLUDED:
        why = "is excluded by its full text"
    else:
        return []
    return [ReviewError(f"{record_id} {why}", hint=nearest(record_id, _reports(state)))]


def _reports(state: ReviewState) -> list[str]:
    """The reports that can be linked, with all their records: any may be named."""
    texts = state.outcomes[Phase.FULL_TEXT]
    return [
        record_id
        for record_id, unique_id in state.canonical.items()
        if unique_id in texts and texts[unique_id].standing is not Standing.EXCLUDED
    ]


def standing_links(
    links: Iterable[StudyLink], canonical: Mapping[str, str]
) -> dict[str, StudyLink]:
    """The link that stands of each unique record, and of each id that is no record at all.

    Links come in order of time: the last word on any member of a group counts for the group.
    """
    last = {canonical.get(link.record_id, link.record_id): link for link in links}
    return {key: link for key, link in last.items() if link.study}
