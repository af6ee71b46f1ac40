"""Records on the page: each cited in a line, with the address where the web has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.diagram.in_words import in_one_line
from scopingreview.flow.diagram.wording import wording_for
from scopingreview.flow.members import Members
from scopingreview.model import Box, FlowCounts, FlowRules, Record
from scopingreview.report.citation import cite
from scopingreview.report.page.page_values import CitedReport, ListedRecords, OpenedBox
from scopingreview.report.web_address import addresses_of

MOST_LISTED = 500  # records of a box: more of them are counted, not listed
# The boxes of counts.csv that one box of the diagram tells of, where it is not its own alone.
TOLD_OF = {
    Box.DUPLICATES: (Box.DUPLICATES, Box.INELIGIBLE, Box.REMOVED_OTHER),
    Box.SCREENED: (Box.SCREENED, Box.NOT_SCREENED),
    Box.INCLUDED_STUDIES: (Box.INCLUDED_REPORTS,),
}


def cited(report: str, record: Record) -> CitedReport:
    """The report of that record; an extra one has the id of its record with `+2`."""
    return CitedReport(report, cite(record), next(iter(addresses_of(record)), ""))


def opened_boxes(
    flow: FlowCounts, rules: FlowRules, members: Members, records: Mapping[str, Record]
) -> Iterator[OpenedBox]:
    """Every box of the diagram that holds records of this review, in the order of reading.

    `records` has the record of every report in `members`, as people read it.
    """
    words = wording_for(rules)
    for block in compose(flow, rules).blocks:
        told = [box for box in TOLD_OF.get(block.name, (block.name,)) if members.of_box.get(box)]
        lists: list[ListedRecords] = []
        for box in told:
            name = words[box] if len(told) > 1 else ""
            lists += _lists(box, name, flow, members, records, words["no_reason"])
        if lists:
            yield OpenedBox(str(block.name), in_one_line(block), tuple(lists))


def _lists(
    box: Box,
    name: str,
    flow: FlowCounts,
    members: Members,
    records: Mapping[str, Record],
    no_reason: str,
) -> Iterator[ListedRecords]:
    """A list for each source or reason of the box, one of all where it has none."""
    held = members.of_box[box]
    by_item: Mapping[str, list[str]] = members.of_item.get(box) or {}
    few = len(held) <= MOST_LISTED
    labels = {line.item: line.label for line in flow.lines_of(box)}
    order = [*(item for item in labels if item in by_item), *sorted(by_item.keys() - labels.keys())]
    groups = [(labels.get(item) or item, by_item[item]) for item in order]
    of_items = {report for _, reports in groups for report in reports}
    if others := [report for report in held if report not in of_items]:
        groups.append((no_reason if groups else "", others))
    for heading, reports in groups:
        told = ": ".join(filter(None, [name, heading]))
        yield ListedRecords(told, len(reports), tuple(_cited(reports, records)) if few else ())


def _cited(reports: Iterable[str], records: Mapping[str, Record]) -> Iterator[CitedReport]:
    yield from (cited(report, records[report]) for report in reports)
