"""Living reviews: each version's flow from the review's own history, and what changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scopingreview.errors import ReviewError
from scopingreview.flow.diagram.notes import write_notes
from scopingreview.flow.diagram.wording import wording
from scopingreview.flow.members import count_flow
from scopingreview.flow.review_cut import cut
from scopingreview.flow.review_data import ReviewData
from scopingreview.flow.review_versions import (
    SINCE,
    VersionFlow,
    version_flows,
    versions_of_searches,
)
from scopingreview.flow.sums import check_sums
from scopingreview.model import Box, Decision, Phase, ReviewVersion, Search, StudyLink, Verdict
from scopingreview.tables.paper_table import rows_as_data
from scopingreview.tables.version_tables import changes_table, versions_table
from scopingreview.tables.written_delimited import table_csv
from tests.flow.stories import NOON, SOURCES, Story, invent, tell

READ = ("included", "included", "retrieved")
BASE, UPDATE = ReviewVersion("base", date(2022, 12, 31)), ReviewVersion("update", date(2023, 3, 1))
NAMESAKES = {source.name: source.name for source in SOURCES}  # each search is called as its source
LATER = NOON + timedelta(days=30)


def flows(
    data: ReviewData, links: tuple[StudyLink, ...] = (), *, base: ReviewVersion = BASE
) -> list[VersionFlow]:
    """PubMed was searched for the base; every other source for the update."""
    numbers = {source.name: int(source.name != "pubmed") for source in SOURCES}
    return version_flows(data, links, [base, UPDATE], numbers, NAMESAKES)


def test_an_update_stands_on_the_counted_numbers_of_its_base():
    data = tell(
        Story("pubmed:1", *READ),
        Story("pubmed:2", "excluded"),
        Story("embase:1", *READ),
        Story("embase:2", *READ),
    )
    base, update = flows(data)
    assert (base.flow.n(Box.IDENTIFIED), base.flow.n(Box.INCLUDED_REPORTS)) == (2, 1)
    assert Box.PREVIOUS_REPORTS not in base.flow.totals
    assert update.flow.n(Box.IDENTIFIED) == 2
    assert update.flow.n(Box.PREVIOUS_REPORTS) == update.flow.n(Box.PREVIOUS_STUDIES) == 1
    assert update.flow.n(Box.INCLUDED_REPORTS) == 2
    assert update.flow.n(Box.TOTAL_REPORTS) == update.flow.n(Box.TOTAL_STUDIES) == 3
    assert update.added == ("embase:1", "embase:2")


def test_a_new_record_of_a_known_report_is_a_duplicate_of_the_update():
    """Even where the new record is the one that is trusted most."""
    data = tell(Story("embase:1", same_as="pubmed:1"), Story("pubmed:1", *READ))
    numbers = {"embase": 0, "pubmed": 1}
    base, update = version_flows(data, (), [BASE, UPDATE], numbers, NAMESAKES)
    assert (base.flow.n(Box.SCREENED), base.flow.n(Box.INCLUDED_REPORTS)) == (1, 1)
    assert (update.flow.n(Box.IDENTIFIED), update.flow.n(Box.DUPLICATES)) == (1, 1)
    assert (update.flow.n(Box.SCREENED), update.added) == (0, ())
    assert base.included == update.included == ("pubmed:1",)


def test_a_source_that_a_version_did_not_search_did_not_find_nothing_in_it():
    """It stood in the diagram with n = 0. A search that found nothing does."""
    data = tell(Story("pubmed:1", *READ), Story("embase:1", *READ), Story("trials:1", *READ))
    numbers = {"pubmed": 0, "embase": 1, "trials": 0, "trials again": 1}
    sources = {**NAMESAKES, "trials again": "trials"}
    found = version_flows(data, (), [BASE, UPDATE], numbers, sources)
    lines = [{each.item: each.n for each in v.flow.lines_of(Box.IDENTIFIED)} for v in found]
    assert lines == [{"pubmed": 1, "trials": 1}, {"embase": 1, "trials": 0}]


def test_what_was_decided_after_a_version_was_closed_belongs_to_the_next():
    data = tell(Story("pubmed:1", "included", got="retrieved"), Story("pubmed:2", *READ))
    later = tuple(
        Decision(LATER, "pubmed:1", Phase.FULL_TEXT, Verdict.INCLUDE, by) for by in ("ab", "cd")
    )
    made = dict(data.state.decisions)
    state = replace(
        data.state, decisions=made | {Phase.FULL_TEXT: (*made[Phase.FULL_TEXT], *later)}
    )
    closed = replace(BASE, closed_on=NOON.date())
    base, update = flows(replace(data, state=state), base=closed)
    assert (base.flow.n(Box.INCLUDED_REPORTS), base.flow.n(Box.AWAITING)) == (1, 1)
    assert update.carried == update.added == ("pubmed:1",)
    assert update.flow.n(Box.TOTAL_REPORTS) == 2
    assert not check_sums(update.flow)
    assert update.flow.n(Box.CARRIED_OVER) == 1
    assert Box.CARRIED_OVER not in base.flow.totals
    notes = " ".join(write_notes(update.flow, wording()))
    assert "found for an earlier version and open or decided anew since (n = 1)" in notes


def test_a_report_that_is_no_longer_included_is_told():
    data = tell(Story("pubmed:1", *READ), Story("embase:1", "excluded"))
    against = tuple(
        Decision(LATER, "pubmed:1", Phase.FULL_TEXT, Verdict.EXCLUDE, by, "type")
        for by in ("ab", "cd")
    )
    made = dict(data.state.decisions)
    state = replace(
        data.state, decisions=made | {Phase.FULL_TEXT: (*made[Phase.FULL_TEXT], *against)}
    )
    base, update = flows(replace(data, state=state), base=replace(BASE, closed_on=NOON.date()))
    assert base.included == update.dropped == ("pubmed:1",)
    assert update.flow.n(Box.PREVIOUS_REPORTS_DROPPED) == 1
    assert update.flow.n(Box.PREVIOUS_STUDIES_DROPPED) == 1
    assert (update.flow.n(Box.TOTAL_REPORTS), update.flow.n(Box.TOTAL_STUDIES)) == (0, 0)


def test_a_new_report_of_a_study_that_was_there_adds_no_study():
    data = tell(Story("pubmed:1", *READ), Story("embase:1", *READ))
    links = tuple(StudyLink(NOON, key, "doe") for key in ("pubmed:1", "embase:1"))
    _, update = flows(data, links)
    assert update.flow.n(Box.NEW_REPORTS_OF_PREVIOUS) == 1
    assert update.flow.n(Box.INCLUDED_STUDIES) == 0
    assert (update.flow.n(Box.TOTAL_REPORTS), update.flow.n(Box.TOTAL_STUDIES)) == (2, 1)


def test_a_review_cut_to_all_of_its_records_is_the_same_review():
    data = replace(invent(7), adjustments=())
    whole = cut(data, (), list(data.state.records), None)
    assert count_flow(whole) == count_flow(data)


@given(st.integers(0, 10**6), st.sampled_from([None, NOON.date(), NOON.date() - timedelta(1)]))
@settings(max_examples=80)
def test_the_sums_of_every_version_hold_and_the_last_total_is_that_of_the_whole(
    seed: int, closed_on: date | None
):
    data = invent(seed)
    found = flows(data, base=replace(BASE, closed_on=closed_on))
    for each in found:
        assert check_sums(each.flow) == []
    whole, last = count_flow(data), found[-1]
    included = whole.n(Box.INCLUDED_REPORTS)
    assert len(last.included) == included + whole.n(Box.NEW_REPORTS_OF_PREVIOUS) - whole.n(
        Box.COMPANION_REPORTS
    )
    total = whole.n(Box.TOTAL_REPORTS) if data.state.protocol.previous else included
    assert last.flow.n(Box.TOTAL_REPORTS) == total
    records = [each.flow.n(Box.IDENTIFIED) + each.flow.n(Box.OTHER_IDENTIFIED) for each in found]
    assert sum(records) == len(data.state.records) + len(last.carried)


def search(name: str, day: date | None) -> Search:
    return Search(name, name, (), run_on=day)


def test_what_was_searched_after_the_last_version_is_one_more():
    protocol = replace(tell().state.protocol, versions=(BASE,))
    searches = [search("one", date(2022, 5, 1)), search("two", date(2023, 5, 1))]
    versions, numbers = versions_of_searches(protocol, searches)
    assert [version.name for version in versions] == ["base", SINCE]
    assert numbers == {"one": 0, "two": 1}


def test_a_search_without_a_day_is_refused_where_there_are_versions():
    protocol = replace(tell().state.protocol, versions=(BASE,))
    with pytest.raises(ReviewError, match="does not say when it was run"):
        versions_of_searches(protocol, [search("one", None)])


def test_records_of_a_search_that_is_not_registered_any_more_are_told():
    data = tell(Story("pubmed:1", *READ), Story("embase:1", *READ))
    with pytest.raises(ReviewError, match=r"came from the search pubmed, .*\n.*scopingreview run"):
        version_flows(data, (), [BASE], {"embase": 0}, NAMESAKES)


def test_since_the_last_version_nothing_may_have_happened():
    data = tell(Story("pubmed:1", *READ))
    closed = replace(BASE, closed_on=NOON.date())
    protocol = replace(data.state.protocol, versions=(closed,))
    versions, numbers = versions_of_searches(protocol, [search("pubmed", date(2022, 5, 1))])
    told = version_flows(data, (), versions, numbers, NAMESAKES)
    assert [each.version.name for each in told] == ["base"]


def test_versions_stand_side_by_side_and_their_changes_report_by_report():
    data = tell(Story("pubmed:1", *READ), Story("embase:1", *READ))
    found = flows(data)
    rows = {row["box"]: row for row in rows_as_data(versions_table(found))}
    assert rows["All reports included"] == {"box": "All reports included", "base": 1, "update": 2}
    assert rows["Reports of the version before"]["base"] is None
    changes = table_csv(changes_table(found, lambda report: f"cited {report}"))
    assert "update, since base: included (n = 1)" in changes
    assert "cited embase:1" in changes
