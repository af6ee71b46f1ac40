"""One person at the form: what may be charted, what is kept, what is taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import CombinedError, NotWrittenError, ReviewError
from scopingreview.model import Slot, StudyLink
from scopingreview.paths import Review
from scopingreview.review.charting import charting_of
from scopingreview.work.charting_session import ChartingSession, Entry
from scopingreview.work.open_charting import charting_session
from tests.charted_reviews import charted_review, lines
from tests.reviews import START, change_protocol, tick

LEVEL, DESIGN, N = Slot("level"), Slot("design"), Slot("n")
WHOLE = {"level": "team", "design": "rct", "n": "40", "year": "2019", "country": "SWE"}


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return charted_review(tmp_path / "r")


@contextmanager
def sitting(review: Review, person: str = "ab", *, settles: bool = False):
    with charting_session(review, person, settles=settles, now=START) as session:
        yield session


@pytest.fixture
def session(review: Review) -> Iterator[ChartingSession]:
    with sitting(review) as session:
        yield session


def chart(session: ChartingSession, study: str, **values: str) -> None:
    session.chart_all([Entry(study, Slot(key), text) for key, text in values.items()], now=tick())


def test_the_included_studies_wait_and_no_others(session: ChartingSession):
    assert session.waiting() == ["pubmed:1", "pubmed:2", "pubmed:5"]
    assert session.on_the_table() == "pubmed:1"


def test_a_value_is_on_disk_by_its_key_with_page_and_quote(
    review: Review, session: ChartingSession
):
    session.chart(Entry("pubmed:1", LEVEL, "Team", page="4", quote="two\nwards"), now=START)
    assert lines(review) == ["pubmed:1 level team two wards 4"]


def test_what_stands_already_is_not_written_again(review: Review, session: ChartingSession):
    entry = Entry("pubmed:1", LEVEL, "Team")
    assert session.chart(entry, now=tick())
    assert not session.chart(entry, now=tick())
    assert len(lines(review)) == 1


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("pubmed:3", "is excluded by its full text: only included studies are charted"),
        ("pubmed:4", "is excluded by title and abstract"),
        ("pubmed:6", "is awaiting at full text"),
        ("pubmed:99", 'there is no study "pubmed:99"'),
    ],
)
def test_a_study_that_is_not_included_is_refused_and_why_is_told(
    review: Review, session: ChartingSession, name: str, told: str
):
    with pytest.raises(ReviewError) as raised:
        session.chart(Entry(name, LEVEL, "team"), now=START)
    assert told in str(raised.value)
    assert lines(review) == []


def test_of_several_entries_all_are_taken_or_none(review: Review, session: ChartingSession):
    entries = [Entry("pubmed:1", LEVEL, "team"), Entry("pubmed:3", LEVEL, "team"),
               Entry("pubmed:2", DESIGN, "raandom")]  # fmt: skip
    with pytest.raises(CombinedError) as raised:
        session.chart_all(entries, now=START)
    assert len(raised.value.errors) == 2
    assert lines(review) == []


def test_a_duplicate_names_the_study_of_its_report(review: Review, session: ChartingSession):
    session.chart(Entry("scopus:1", LEVEL, "team"), now=START)
    assert lines(review) == ["pubmed:1 level team"]


def test_what_was_charted_of_a_report_goes_with_it_into_its_study(review: Review):
    with sitting(review) as session:
        session.chart(Entry("pubmed:1", LEVEL, "team"), now=tick())
    links = [StudyLink(tick(), key, "doe", by="ab") for key in ("pubmed:1", "pubmed:2")]
    store.append_study_links(review, links)
    charting = charting_of(review)
    assert list(charting.studies) == ["doe", "pubmed:5"]
    assert charting.values("doe", "ab") == {LEVEL: "team"}


def test_undo_brings_back_what_stood_before_and_its_study(review: Review, session: ChartingSession):
    session.chart(Entry("pubmed:1", LEVEL, "team", page="3"), now=tick())
    session.chart(Entry("pubmed:1", LEVEL, "individual", page="9"), now=tick())
    session.step(1)
    session.undo(now=tick())
    assert session.on_the_table() == "pubmed:1"
    assert session.cells("pubmed:1")[LEVEL].page == "3"
    session.undo(now=tick())
    assert session.values("pubmed:1") == {}
    assert session.undo(now=tick()) is None
    assert lines(review)[-2:] == ["pubmed:1 level team 3", "pubmed:1 level"]


def test_a_value_that_is_taken_back_takes_its_page_and_quote_along(
    review: Review, session: ChartingSession
):
    session.chart(Entry("pubmed:1", LEVEL, "team", page="3", quote="team"), now=tick())
    session.chart(Entry("pubmed:1", LEVEL, ""), now=tick())
    assert lines(review)[-1] == "pubmed:1 level"


def test_a_page_belongs_to_a_value(session: ChartingSession):
    with pytest.raises(ReviewError, match="none stands"):
        session.chart(Entry("pubmed:1", LEVEL, None, page="3"), now=START)


def test_two_lines_of_one_slot_never_have_the_same_second(review: Review, session: ChartingSession):
    for text in ("team", "", "team"):
        session.chart(Entry("pubmed:1", LEVEL, text), now=START)
    times = [cell.charted_at for cell in store.read_cells(review)]
    assert times == [START, START + timedelta(seconds=1), START + timedelta(seconds=2)]


def test_a_group_has_rows_or_a_word_for_all_of_it_and_not_both(session: ChartingSession):
    session.chart(Entry("pubmed:1", Slot("arms.name", "1"), "Naps"), now=tick())
    with pytest.raises(ReviewError, match="Arms has rows"):
        session.chart(Entry("pubmed:1", Slot("arms"), "not reported"), now=tick())
    session.remove_row("arms", "1", now=tick())
    session.chart(Entry("pubmed:1", Slot("arms"), "not reported"), now=tick())
    with pytest.raises(ReviewError, match="Arms is not reported"):
        session.chart(Entry("pubmed:1", Slot("arms.name", "1"), "Naps"), now=tick())


def test_a_row_that_was_begun_is_asked_for_until_it_is_filled(session: ChartingSession):
    first = session.open_row("arms")
    assert first == Slot("arms.name", "1")
    assert Slot("arms.n", "1") in session.slots()
    assert session.open_row("arms") == Slot("arms.name", "2")


def test_one_person_charts_in_one_place_at_a_time(review: Review, session: ChartingSession):
    assert session.person == "ab"
    told: list[str] = []

    def elsewhere() -> None:
        try:
            with sitting(review):
                told.append("sat down")
        except ReviewError as error:
            told.append(str(error))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "ab is at work on charting already" in told[0]


def test_a_full_disk_leaves_the_form_as_it_was(
    session: ChartingSession, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object) -> None:
        raise NotWrittenError("could not be written: No space left on device")

    monkeypatch.setattr(store, "append_cells", refuse)
    with pytest.raises(NotWrittenError):
        session.chart(Entry("pubmed:1", LEVEL, "team"), now=START)
    assert session.values("pubmed:1") == {}
    assert not session.can_undo


def test_only_the_pilots_studies_are_open_while_it_runs(review: Review):
    change_protocol(review, "\ncharters = 2", "\ncharters = 2\npilot = 1")
    with sitting(review) as session:
        (open_one,) = session.waiting()
        other = next(key for key in session.charting.studies if key != open_one)
        with pytest.raises(ReviewError, match="The pilot runs"):
            session.chart(Entry(other, LEVEL, "team"), now=START)


# ── consensus ────────────────────────────────────────────────────────────────────────────────


def test_consensus_opens_for_a_study_when_both_have_charted_all_of_it(review: Review):
    with sitting(review) as session:
        chart(session, "pubmed:1", **WHOLE)
    with sitting(review, "cd") as session:
        chart(session, "pubmed:1", level="individual")
    with sitting(review, "ef", settles=True) as session:
        assert session.waiting() == []
        with pytest.raises(ReviewError, match="1 of 2 have charted all of it"):
            session.chart(Entry("pubmed:1", LEVEL, "team"), now=START)
    with sitting(review, "cd") as session:
        chart(session, "pubmed:1", **(WHOLE | {"level": "individual"}))
    with sitting(review, "ef", settles=True) as session:
        assert session.waiting() == ["pubmed:1"]
        assert session.slots() == [LEVEL]
        session.chart(Entry("pubmed:1", LEVEL, "Team; Individual"), now=tick())
        assert session.waiting() == []
    assert lines(review, "consensus") == ["pubmed:1 level individual;team"]
    assert charting_of(review).settled["pubmed:1"][LEVEL] == "individual;team"


def test_consensus_settles_nothing_that_the_charters_agree_on(review: Review):
    for name, level in (("ab", "team"), ("cd", "individual")):
        with sitting(review, name) as session:
            chart(session, "pubmed:1", **(WHOLE | {"level": level}))
    with (
        sitting(review, "ef", settles=True) as session,
        pytest.raises(ReviewError, match="do not differ in design"),
    ):
        session.chart(Entry("pubmed:1", DESIGN, "case"), now=START)


def test_ten_planted_disagreements_are_ten_conflicts(review: Review):
    """Three studies of five fields; in ten cells cd says another thing."""
    other = {"level": "whole", "design": "case", "n": "39", "year": "2018", "country": "NOR"}
    planted = {
        "pubmed:1": list(WHOLE),
        "pubmed:2": ["level", "n", "year"],
        "pubmed:5": ["design", "country"],
    }
    for key, fields in planted.items():
        with sitting(review) as session:
            chart(session, key, **WHOLE)
        with sitting(review, "cd") as session:
            chart(session, key, **(WHOLE | {field: other[field] for field in fields}))
    charting = charting_of(review)
    found = {key: [c.slot.field for c in charting.conflicts[key]] for key in planted}
    assert found == {key: [f for f in WHOLE if f in fields] for key, fields in planted.items()}
    assert sum(map(len, found.values())) == 10


def test_only_an_adjudicator_settles_and_only_a_reviewer_charts(review: Review):
    with pytest.raises(ReviewError, match="no adjudicator"), sitting(review, "ab", settles=True):
        pass
    with pytest.raises(ReviewError, match="no reviewer"), sitting(review, "ef"):
        pass
