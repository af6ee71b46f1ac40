"""The paragraph of the results: every number of it is that of a box."""

from __future__ import annotations

from scopingreview.flow.members import count_flow
from scopingreview.report.summary import results_sentences
from tests.flow.stories import Story, tell


def test_sources_are_those_in_which_records_were_found():
    data = tell(Story("pubmed:1"), Story("pubmed:2"))
    told = " ".join(results_sentences(data.state.protocol, count_flow(data)))
    assert "The searches found 2 records in 1 source." in told, "not all that the protocol names"
