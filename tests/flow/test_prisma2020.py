"""The file that the R package PRISMA2020 and its web application take."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest

from scopingreview.errors import CombinedError, ReviewError
from scopingreview.flow.prisma2020 import read_exchange, web_link, write_exchange
from scopingreview.flow.prisma2020.rows import DECLARED, ROWS
from scopingreview.flow.sums import check_sums
from scopingreview.model import Box, FlowCounts, FlowRules, Line
from tests.flow.test_picture import NEW_V1, NEW_V2, UPDATED_V1, UPDATED_V2, VARIANTS, variants
from tests.flow.test_sums import WHOLE


def rows(flow: FlowCounts, **options: bool) -> dict[str, dict[str, str]]:
    text = write_exchange(flow, FlowRules(), **options).text
    return {row["data"]: row for row in csv.DictReader(io.StringIO(text)) if row["data"] != "NA"}


def test_the_file_has_the_34_rows_of_the_package_in_their_order():
    text = write_exchange(NEW_V1, FlowRules()).text
    lines = text.split("\r\n")
    assert lines[0] == "data,node,box,description,boxtext,tooltips,url,n"
    assert len(lines) == 36
    assert lines[-1] == ""
    assert [line.split(",")[0] for line in lines[1:-1]] == [row.key or "NA" for row in ROWS]


def test_no_row_of_ours_holds_a_key_of_the_package():
    keys = {row.key for row in ROWS if row.key}
    assert not [(ours, key) for ours in DECLARED for key in keys if key in ours]


def test_a_new_review_does_not_call_its_studies_new():
    found = rows(NEW_V1)
    assert found["new_studies"]["boxtext"] == "Studies included in review"
    assert found["duplicates"]["boxtext"] == "Duplicate records removed"
    assert rows(UPDATED_V1)["new_studies"]["boxtext"] == "New studies included in review"


def test_what_a_review_does_not_have_is_blank():
    found = rows(NEW_V1)
    assert found["previous_studies"]["n"] == ""
    assert found["register_results"]["n"] == ""
    assert found["excluded_automatic"]["n"] == "0"


@variants
def test_a_flow_survives_the_file(flow: FlowCounts):
    again = read_exchange(write_exchange(flow, FlowRules()).text)
    said = {box: n for box, n in flow.totals.items() if box is not Box.EXCLUDED_BY_TOOL}
    assert dict(again.totals) == said
    assert check_sums(again) == []
    for box in (Box.IDENTIFIED, Box.REPORTS_EXCLUDED):
        assert [(line.label, line.n) for line in again.lines_of(box)] == [
            (line.label, line.n) for line in flow.lines_of(box)
        ]


def test_one_single_reason_survives_and_can_be_given_a_companion_for_old_versions():
    flow = FlowCounts(WHOLE, {Box.REPORTS_EXCLUDED: (Line("a", 69, "Wrong design"),)})
    assert rows(flow)["dbr_excluded"]["n"] == "Wrong design, 69"
    assert rows(flow, two_reasons=True)["dbr_excluded"]["n"] == "Wrong design, 69; Other, 0"
    assert read_exchange(write_exchange(flow, FlowRules()).text).n(Box.REPORTS_EXCLUDED) == 69


def test_names_the_package_would_break_are_changed_and_the_change_is_named():
    name = "Children's, teens'; and سجل " + "very " * 16
    flow = FlowCounts(WHOLE, {Box.REPORTS_EXCLUDED: (Line("a", 69, name.strip()),)})
    written = write_exchange(flow, FlowRules())
    (line,) = read_exchange(written.text).lines_of(Box.REPORTS_EXCLUDED)
    assert line.label == "Children’s, teens’– and سجل " + ("very " * 16).strip()
    assert [finding.code for finding in written.findings] == ["X01"]


def test_declared_exceptions_travel_with_the_numbers():
    flow = FlowCounts(WHOLE | {Box.SOUGHT: 131, Box.NOT_RETRIEVED: 11, Box.EXTRA_REPORTS: 1}, {})
    again = read_exchange(write_exchange(flow, FlowRules()).text)
    assert again.n(Box.EXTRA_REPORTS) == 1


def hand_typed(*cells: tuple[str, str]) -> FlowCounts:
    out = io.StringIO()
    csv.writer(out).writerows([("data", "n"), *cells])
    return read_exchange(out.getvalue(), where="typed.csv")


def test_hand_typed_files_may_be_sparse_and_hold_commas_and_placeholders():
    flow = hand_typed(
        ("records_screened", "1,080"),
        ("records_excluded", "NA"),
        ("dbr_excluded", "Reason1, xxx; Reason2, xxx"),
        ("duplicates", ""),
    )
    assert dict(flow.totals) == {Box.SCREENED: 1080}


def test_a_bare_number_of_excluded_reports_has_no_reasons():
    flow = hand_typed(("dbr_excluded", "4"))
    assert (flow.n(Box.REPORTS_EXCLUDED), flow.lines_of(Box.REPORTS_EXCLUDED)) == (4, ())


def test_a_broken_sum_in_a_typed_file_has_its_code():
    flow = hand_typed(
        ("database_results", "1240"), ("database_specific_results", "PubMed, 700; Embase, 500")
    )
    assert [finding.code for finding in check_sums(flow)] == ["P02"]


def test_every_bad_cell_is_named_with_its_line():
    with pytest.raises(CombinedError) as raised:
        hand_typed(("duplicates", "many"), ("records_screned", "3"), ("duplicates", "4"))
    messages = [str(error) for error in raised.value.errors]
    assert messages[0].startswith('typed.csv:2: "many" is no count')
    assert messages[1] == (
        'typed.csv:3: unknown key "records_screned"\n  Did you mean "records_screened"?'
    )
    assert '"duplicates" stands here a second time' in messages[2]


def test_a_file_of_another_kind_is_refused():
    with pytest.raises(ReviewError, match='no column "data"'):
        read_exchange("box,item,n\nscreened,,3\n")


@variants
def test_the_web_application_opens_with_the_numbers(flow: FlowCounts):
    query = parse_qs(urlsplit(web_link(flow)).query)
    assert query["records_screened"] == ["1080"]
    assert query["previous"] == [str(int(flow in (UPDATED_V1, UPDATED_V2)))]
    assert query["other"] == [str(int(flow in (NEW_V2, UPDATED_V2)))]
    assert len(VARIANTS) == 4
