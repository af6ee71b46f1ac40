"""Web of Science tagged text (savedrecs.txt): byte-order mark, journals in capitals, UT WOS:."""

from __future__ import annotations

import textwrap

from invented.ebsco import plain_abstract
from invented.spelling import MONTHS, initials, plain, title_case, with_stop
from invented.values import Report

TYPES = {
    "editorial": "Editorial Material",
    "comment": "Letter",
    "erratum": "Correction",
    "abstract": "Meeting Abstract",
    "review of interventions": "Review",
    "literature review": "Review",
}


def export(reports: list[Report]) -> bytes:
    """The reports as one savedrecs.txt."""
    head = "FN Clarivate Analytics Web of Science\nVR 1.0\n"
    return ("\ufeff" + head + "\n".join(record(report) for report in reports) + "\nEF").encode()


def items(tag: str, values: list[str]) -> str:
    """A list: the tag once, every further value on a line of its own."""
    return f"{tag} " + "\n   ".join(values) + "\n" if values else ""


def wrapped(tag: str, text: str) -> str:
    """A text field wrapped at Web of Science's width."""
    return items(tag, textwrap.wrap(text, 75, break_long_words=False, break_on_hyphens=False))


def item(tag: str, value: str) -> str:
    """A field of one line, or nothing."""
    return items(tag, [value] if value else [])


def title(report: Report) -> str:
    """The title as Web of Science prints it: mostly a headline, in plain letters."""
    text = report.draft.title
    return plain(title_case(text) if report.month % 4 else text)


def record(report: Report) -> str:
    """One report as Web of Science has it; only the abstract is not wrapped."""
    draft = report.draft
    names = [(plain(author.family), plain(author.given)) for author in report.authors]
    full = [f"{family}, {with_stop(given)}" for family, given in names]
    fields = (
        item("PT", "J"),
        items("AU", [f"{family}, {initials(given)}" for family, given in names]),
        items("AF", full),
        wrapped("TI", title(report)),
        wrapped("SO", report.journal.name.upper()),
        item("LA", draft.language),
        item("DT", TYPES.get(draft.design, "Article")),
        wrapped("DE", "; ".join(draft.keywords)),
        item("AB", plain_abstract(report)),
        item("C1", f"[{full[0]}] {plain(report.address.replace('University of', 'Univ'))}."),
        place(report),
        item("DI", report.doi),
        item("UT", report.accessions["wos"]),
        item("PM", report.pmid if report.month % 2 else ""),
        "ER\n",
    )
    return "".join(fields)


def place(report: Report) -> str:
    """Where and when the report was printed; a supplement stands in a field of its own."""
    supplement = report.issue.startswith("Suppl")
    fields = (
        ("SN", report.journal.issn),
        ("J9", report.journal.short.upper()),
        ("PD", MONTHS[report.month - 1].upper()),
        ("PY", str(report.draft.year)),
        ("VL", report.volume),
        ("IS", "" if supplement else report.issue),
        ("SU", "1" if supplement else ""),
        ("BP", report.first_page),
        ("EP", report.last_page),
        ("AR", report.article_number),
    )
    return "".join(item(tag, value) for tag, value in fields)
