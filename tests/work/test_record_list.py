"""A list of records counts those of its queue that are undecided, whatever is done to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scopingreview.work.record_list import RecordList

IDS = ("a", "b", "c", "d", "e")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(("decide", "undo", "show", "take off", "skip", "next")),
        st.sampled_from((*IDS, "f")),
    ),
    max_size=12,
)


@given(st.lists(st.sampled_from(IDS), unique=True), st.sets(st.sampled_from(IDS)), ACTS)
def test_what_is_left_of_the_queue_is_what_is_in_it_and_undecided(
    queue: list[str], decided: set[str], acts: list[tuple[str, str]]
):
    members = set(queue)
    records = RecordList(
        queue, is_decided=decided.__contains__, decided=decided.intersection(queue)
    )
    for act, unique_id in acts:
        if act in ("decide", "undo"):
            (decided.add if act == "decide" else decided.discard)(unique_id)
            records.decided_on(unique_id)
        elif act == "show":
            records.put_on_table(unique_id)
            members.add(unique_id)
        elif act == "take off" and records.current is not None:
            members.discard(records.current)
            records.take_off_table()
        elif act == "skip":
            records.skip()
        elif act == "next":
            records.advance(to_undecided=True)
            assert (records.current is None) is (members <= decided)
            assert records.current not in decided
        assert records.left == len(members - decided)
        assert set(records.ids) == members
