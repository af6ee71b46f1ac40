"""Years and weeks: the whole window, what was not searched to its end, and places for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from scopingreview.model import Decision, Phase, Search, Verdict
from scopingreview.tables.over_time import decision_weeks, publication_years
from tests.flow.stories import NOON, Story, tell

READ = ("included", "included", "retrieved")


def search(source: str, day: date | None) -> Search:
    return Search(f"{source}-{day}", source, (), run_on=day)


def test_the_window_runs_from_the_first_year_to_that_of_the_last_search():
    data = tell(Story("pubmed:1", *READ, year=2019), Story("embase:1", "excluded", year=1950))
    searches = [search("pubmed", date(2021, 3, 1)), search("embase", date(2020, 12, 31))]
    years = publication_years(data.state, searches, first_year=2018)
    assert years.counts == ((2018, 0), (2019, 1), (2020, 0), (2021, 0))
    assert years.total == 1


def test_a_year_is_unfinished_as_long_as_one_source_was_not_searched_to_its_end():
    data = tell(Story("pubmed:1", *READ, year=2020), Story("embase:1", *READ, year=2021))
    searches = [
        *(search("pubmed", date(2020, 5, 1)), search("pubmed", date(2022, 1, 9))),
        search("embase", date(2020, 12, 31)),
    ]
    years = publication_years(data.state, searches)
    assert years.searched_until == date(2020, 12, 31)
    assert [year for year, _ in years.counts if years.is_unfinished(year)] == [2021, 2022]


def test_a_report_outside_of_the_window_widens_it_and_one_without_a_year_is_told():
    data = tell(Story("pubmed:1", *READ, year=1999), Story("pubmed:2", *READ, year=None))
    years = publication_years(data.state, [], first_year=2001)
    assert years.counts == ((1999, 1), (2000, 0), (2001, 0))
    assert (years.unknown, years.total, years.searched_until) == (1, 2, None)


def test_without_a_report_and_a_first_year_there_is_no_window():
    assert publication_years(tell(Story("pubmed:1")).state, []).counts == ()


def test_decisions_are_counted_by_the_week_in_utc_and_a_week_without_has_its_place():
    data = tell(Story("pubmed:1", "included"))
    monday = datetime(2023, 5, 1, tzinfo=UTC)
    late = datetime(2023, 5, 14, 23, 30, tzinfo=timezone(timedelta(hours=-3)))  # Monday in UTC
    decisions = {
        Phase.TITLE_ABSTRACT: (
            Decision(monday, "pubmed:1", Phase.TITLE_ABSTRACT, Verdict.INCLUDE, "ab"),
            Decision(monday, "pubmed:1", Phase.TITLE_ABSTRACT, Verdict.WITHDRAWN, "ab"),
        ),
        Phase.FULL_TEXT: (Decision(late, "pubmed:1", Phase.FULL_TEXT, Verdict.INCLUDE, "ab"),),
    }
    settled = Decision(NOON, "pubmed:1", Phase.TITLE_ABSTRACT, Verdict.INCLUDE, "ef")
    consensus = {Phase.TITLE_ABSTRACT: (settled,), Phase.FULL_TEXT: ()}
    weeks = decision_weeks(replace(data.state, decisions=decisions, consensus=consensus)).weeks
    assert [monday for monday, _ in weeks] == [
        date(2023, 5, 1),
        date(2023, 5, 8),
        date(2023, 5, 15),
    ]
    assert [tuple(by_phase.values()) for _, by_phase in weeks] == [(2, 0), (0, 0), (0, 1)]
