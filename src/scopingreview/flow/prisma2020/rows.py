"""The rows of the PRISMA2020 exchange file, in its order: keys, nodes, boxes, labels."""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview.model import Box, SourceKind

COLUMNS = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """One row: its key ("" for a title), Graphviz node, box, and label in English.

    `words` is the key of our wording that takes the label's place, "" where the label stands or
    depends on the review.
    """

    key: str
    node: str
    box: str
    label: str
    words: str = ""


ROWS = (
    ExchangeRow("", "node4", "prevstud", "Previous studies"),
    ExchangeRow("previous_studies", "node5", "box1", "Previous studies", "previous_studies"),
    ExchangeRow("previous_reports", "NA", "box1", "Previous reports", "previous_reports"),
    ExchangeRow("", "node6", "newstud", "Databases and registers"),
    ExchangeRow("database_results", "node7", "box2", "Databases", "databases"),
    ExchangeRow("database_specific_results", "NA", "box2", "Specific Databases"),
    ExchangeRow("register_results", "NA", "box2", "Registers", "registers"),
    ExchangeRow("register_specific_results", "NA", "box2", "Specific Registers"),
    ExchangeRow("", "node16", "othstud", "Other methods"),
    ExchangeRow("website_results", "node17", "box11", "Websites", "website"),
    ExchangeRow("organisation_results", "NA", "box11", "Organisations", "organisation"),
    ExchangeRow("citations_results", "NA", "box11", "Citation searching", "citation-searching"),
    ExchangeRow("duplicates", "node8", "box3", "Duplicate records removed", "duplicates"),
    ExchangeRow("excluded_automatic", "NA", "box3", "Removed by automation tools", "ineligible"),
    ExchangeRow("excluded_other", "NA", "box3", "Removed for other reasons", "removed_other"),
    ExchangeRow("records_screened", "node9", "box4", "Records screened", "screened"),
    ExchangeRow("records_excluded", "node10", "box5", "Records excluded", "excluded"),
    ExchangeRow("dbr_sought_reports", "node11", "box6", "Reports sought", "sought"),
    ExchangeRow("dbr_notretrieved_reports", "node12", "box7", "Not retrieved", "not_retrieved"),
    ExchangeRow("other_sought_reports", "node18", "box12", "Other reports sought", "sought"),
    ExchangeRow(
        "other_notretrieved_reports", "node19", "box13", "Other not retrieved", "not_retrieved"
    ),
    ExchangeRow("dbr_assessed", "node13", "box8", "Reports assessed", "assessed"),
    ExchangeRow("dbr_excluded", "node14", "box9", "Reports excluded", "reports_excluded"),
    ExchangeRow("other_assessed", "node20", "box14", "Other reports assessed", "assessed"),
    ExchangeRow("other_excluded", "node21", "box15", "Other reports excluded", "reports_excluded"),
    ExchangeRow("new_studies", "node15", "box10", "Studies included"),
    ExchangeRow("new_reports", "NA", "box10", "Reports of included studies"),
    ExchangeRow("total_studies", "node22", "box16", "Total studies"),
    ExchangeRow("total_reports", "NA", "box16", "Reports of total studies"),
    ExchangeRow("identification", "node1", "identification", "Identification", "identification"),
    ExchangeRow("screening", "node2", "screening", "Screening", "screening"),
    ExchangeRow("included", "node3", "included", "Included", "included"),
    ExchangeRow("total_studies_ma", "NA", "box17", "Total studies included in meta-analysis"),
    ExchangeRow("total_reports_ma", "NA", "box17", "Reports of studies in meta-analysis"),
)
NUMBERS = {
    "previous_studies": Box.PREVIOUS_STUDIES,
    "previous_reports": Box.PREVIOUS_REPORTS,
    "database_results": Box.DATABASES,
    "register_results": Box.REGISTERS,
    "duplicates": Box.DUPLICATES,
    "excluded_automatic": Box.INELIGIBLE,
    "excluded_other": Box.REMOVED_OTHER,
    "records_screened": Box.SCREENED,
    "records_excluded": Box.EXCLUDED,
    "dbr_sought_reports": Box.SOUGHT,
    "dbr_notretrieved_reports": Box.NOT_RETRIEVED,
    "other_sought_reports": Box.OTHER_SOUGHT,
    "other_notretrieved_reports": Box.OTHER_NOT_RETRIEVED,
    "dbr_assessed": Box.ASSESSED,
    "other_assessed": Box.OTHER_ASSESSED,
    "new_studies": Box.INCLUDED_STUDIES,
    "new_reports": Box.INCLUDED_REPORTS,
    "total_studies": Box.TOTAL_STUDIES,
    "total_reports": Box.TOTAL_REPORTS,
}
LANE_ROWS = {
    "website_results": SourceKind.WEBSITE,
    "organisation_results": SourceKind.ORGANISATION,
    "citations_results": SourceKind.CITATION_SEARCHING,
}
# What stands in a list that is not used: with just this text the web application hides it.
LIST_TEMPLATES = {
    "database_specific_results": "Database 1, xxx; Database 2, xxx; Database 3, xxx",
    "register_specific_results": "Register 1, xxx; Register 2, xxx; Register 3, xxx",
    "dbr_excluded": "Reason1, xxx; Reason2, xxx; Reason3, xxx",
    "other_excluded": "Reason1, xxx; Reason2, xxx; Reason3, xxx",
}
# Our own rows behind the official ones, for declared exceptions. The package finds a row by any
# part of its key, so none of these may hold one of its keys.
DECLARED = {
    "declared_unread": Box.NOT_SCREENED,
    "declared_by_tool": Box.EXCLUDED_BY_TOOL,
    "declared_extra_documents": Box.EXTRA_REPORTS,
    "declared_extra_documents_of_other_methods": Box.OTHER_EXTRA_REPORTS,
    "declared_companions": Box.COMPANION_REPORTS,
    "declared_lost_duplicate_of_other_methods": Box.OTHER_DUPLICATES,
    "declared_lost_removed_of_other_methods": Box.OTHER_REMOVED,
    "declared_lost_by_title_of_other_methods": Box.OTHER_EXCLUDED,
    "declared_dropped_studies": Box.PREVIOUS_STUDIES_DROPPED,
    "declared_dropped_reports": Box.PREVIOUS_REPORTS_DROPPED,
    "declared_new_of_earlier": Box.NEW_REPORTS_OF_PREVIOUS,
}
