"""Whatever was decided, taken back and written in whichever order: what stands is what a plain
model of the rules says."""

import random
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scopingreview import store
from scopingreview.model import Decision, Standing, Verdict
from scopingreview.review.state import load_state
from tests.reviews import START, TITLE_ABSTRACT, found_with, record

RECORDS = [record("pubmed:1"), record("pubmed:2"), record("scopus:1")]
UNIQUE = {"pubmed:1": "pubmed:1", "pubmed:2": "pubmed:2", "scopus:1": "pubmed:1"}

Step = tuple[str, str, Verdict]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ab", "cd", "ef"]), st.sampled_from(list(UNIQUE)), st.sampled_from(Verdict)
    ),
    max_size=25,
)


def plainly(steps: list[Step]) -> dict[str, Standing]:
    """What stands, by the rules in the plainest words: ef adjudicates, the others review."""
    said: dict[tuple[str, str], Verdict] = {}
    for name, record_id, verdict in steps:
        key = (UNIQUE[record_id], name)
        said.pop(key, None)
        if verdict is not Verdict.WITHDRAWN:
            said[key] = verdict
    standing = {}
    for unique_id in ("pubmed:1", "pubmed:2"):
        votes = [said[unique_id, name] for name in ("ab", "cd") if (unique_id, name) in said]
        excluded = {vote is Verdict.EXCLUDE for vote in votes}
        if len(votes) < 2:
            standing[unique_id] = Standing.AWAITING
        elif len(excluded) == 2 and (unique_id, "ef") not in said:
            standing[unique_id] = Standing.IN_CONFLICT
        else:
            decisive = (
                {said[unique_id, "ef"] is Verdict.EXCLUDE} if len(excluded) == 2 else excluded
            )
            standing[unique_id] = Standing.EXCLUDED if decisive == {True} else Standing.INCLUDED
    return standing


@settings(max_examples=40, deadline=None)
@given(steps=STEPS, order=st.integers())
def test_what_stands_is_what_the_plain_rules_say_whoever_wrote_first(steps: list[Step], order: int):
    told = [
        (name, Decision(START + timedelta(seconds=at), record_id, TITLE_ABSTRACT, verdict, name))
        for at, (name, record_id, verdict) in enumerate(steps)
    ]
    random.Random(order).shuffle(told)  # as branches come together: no line where it was written
    with tempfile.TemporaryDirectory() as folder:
        review = found_with(Path(folder), RECORDS, duplicates={"scopus:1": "pubmed:1"})
        for name, decision in told:
            append = store.append_consensus if name == "ef" else store.append_decisions
            append(review, [decision])
        found = load_state(review).outcomes[TITLE_ABSTRACT]
    assert {key: outcome.standing for key, outcome in found.items()} == plainly(steps)
