"""Web of Science tagged text (savedrecs.txt): byte-order mark, journals in capitals, UT WOS:."""

from __future__ import annotations

import textwrap

from invented.ebsco import plain_abstract
from invented.spelling import MONTHS, initials, plain, title_case, with_stop
from invented.values import Report

TYPES = {
    "editorial": "Editorial Material", "comment": "Letter", "erratum": "Correction",
    "abstract": "Meeting Abstract", "review of interventions": "Review", "opinion": "Review",
}  # fmt: skip


def export(reports: list[Report]) -> bytes:
    """The reports as one savedrecs.txt."""
    head = "FN Clarivate Analytics Web of Science\nVR 1.0\n"
    return ("\ufeff" + head + "\n".join(record(report) for report in reports) + "\nEF").encode()


def items(tag: str, values: list[str]) -> str:
    """A list: the tag once, every further value on a line of its own."""
    return f"{tag} " + "\n   ".join(values) + "\n" if values else ""


def wrapped(tag: str, text: str, *, width: int = 75) -> str:
    """A text field wrapped at Web of Science's width; the abstract is not (width 0)."""
    lines = (
        textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if width
        else [text]
    )
    return items(tag, lines) if text else ""


def title(report: Report) -> str:
    """The title as Web of Science prints it: mostly a headline, in plain letters."""
    text = report.draft.title
    return plain(title_case(text) if report.month % 4 else text)


def record(report: Report) -> str:
    """One report as Web of Science has it."""
    draft = report.draft
    names = [
        f"{plain(author.family)}, {initials(plain(author.given))}" for author in report.authors
    ]
    full = [
        f"{plain(author.family)}, {with_stop(plain(author.given))}" for author in report.authors
    ]
    pages = (
        [("AR", report.article_number)]
        if report.article_number
        else [("BP", report.first_page), ("EP", report.last_page)]
    )
    pmid = (
        report.accessions.get("pubmed", "")
        if "pubmed" in report.sources and report.month % 2
        else ""
    )
    short = [
        ("SN", report.journal.issn), ("J9", report.journal.short.upper()),
        ("PD", MONTHS[report.month - 1].upper()), ("PY", str(draft.year)),
        ("VL", report.volume), ("IS", "" if report.issue.startswith("Suppl") else report.issue),
        ("SU", "1" if report.issue.startswith("Suppl") else ""), *pages, ("DI", report.doi),
        ("UT", report.accessions["wos"]), ("PM", pmid),
    ]  # fmt: skip
    return (
        items("PT", ["J"]) + items("AU", names) + items("AF", full) + wrapped("TI", title(report))
        + wrapped("SO", report.journal.name.upper()) + items("LA", [draft.language])
        + items("DT", [TYPES.get(draft.design, "Article")]) + wrapped("DE", "; ".join(draft.keywords))
        + wrapped("AB", plain_abstract(report), width=0)
        + items("C1", [f"[{full[0]}] Univ {plain(report.authors[0].place)}, {report.authors[0].country}."])
        + "".join(items(tag, [value]) for tag, value in short if value) + "ER\n"
    )  # fmt: skip
