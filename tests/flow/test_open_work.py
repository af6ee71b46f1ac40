"""What is still open, over both lanes."""

from __future__ import annotations

from scopingreview.flow.members import count_flow
from scopingreview.flow.open_work import find_open_work
from tests.flow.stories import Story, tell


def test_open_work_is_counted_by_step_over_both_lanes_and_no_step_without_any():
    work = find_open_work(
        count_flow(
            tell(
                Story("pubmed:1"),
                Story("pubmed:2", "in conflict"),
                Story("pubmed:3", "included"),
                Story("web:1"),
                Story("web:2", "in conflict"),
            )
        )
    )
    assert (work.awaiting, work.in_conflict) == (3, 2)
    assert work.by_step == {"title-abstract": 3, "retrieval": 2}
    assert str(work) == "3 awaiting, 2 in conflict"


def test_a_review_in_which_everything_is_decided_has_no_open_work():
    work = find_open_work(count_flow(tell(Story("pubmed:1", "excluded"))))
    assert not work
    assert work.by_step == {}
