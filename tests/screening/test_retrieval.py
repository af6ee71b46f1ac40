"""How the search for a report's full text stands."""

from scopingreview.model import RetrievalStatus
from scopingreview.screening import current_retrievals
from tests.reviews import retrieved

CANONICAL = {"pubmed:1": "pubmed:1", "scopus:1": "pubmed:1"}


def test_the_last_step_stands():
    steps = [retrieved("pubmed:1", "sought"), retrieved("pubmed:1", "not-retrieved")]
    (step,) = current_retrievals(steps, CANONICAL).values()
    assert step.status is RetrievalStatus.NOT_RETRIEVED


def test_a_step_for_a_duplicate_counts_for_its_group_and_one_for_a_stranger_nowhere():
    steps = [retrieved("scopus:1"), retrieved("elsewhere:9")]
    assert current_retrievals(steps, CANONICAL) == {"pubmed:1": steps[0]}
