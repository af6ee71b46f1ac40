"""Embase.com's RIS: byte-order mark, A1/T1/N2, the Embase number in U2, PubMed's in C5."""

from __future__ import annotations

from urllib.parse import quote_plus

from invented.ebsco import plain_abstract
from invented.spelling import dotted
from invented.values import Report

TYPES = {
    "editorial": "Editorial",
    "comment": "Letter",
    "erratum": "Erratum",
    "abstract": "Conference Abstract",
    "review of interventions": "Review",
    "literature review": "Review",
}
Fields = list[tuple[str, str]]


def export(records: list[Fields]) -> bytes:
    """Embase records (see `record`, `preliminary`) as one file."""
    blocks = (
        "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  -\n"
        for fields in records
    )
    return b"\xef\xbb\xbf" + "\n".join(blocks).encode()


def record(report: Report, accession: str = "") -> Fields:
    """One report as Embase.com has it."""
    draft, number = report.draft, accession or report.accessions["embase"]
    address = f"https://www.embase.com/search/results?subaction=viewrecord&id={number}&from=export"
    return [
        ("TY", "JOUR"),
        ("M3", TYPES.get(draft.design, "Article")),
        *place(report),
        ("UR", address),
        ("U2", number),
        ("C5", report.pmid),
        ("DB", "Embase"),
        ("DB", "Medline" if report.pmid else ""),
        ("U3", f"{draft.year}-{report.month:02}-11"),
        ("L2", f"http://dx.doi.org/{report.doi}" if report.doi else ""),
        ("DO", report.doi),
        ("LK", link(report)),
        *(("A1", f"{author.family} {dotted(author.given)}") for author in report.authors),
        ("M1", affiliation(report)),
        ("T1", draft.title),
        ("T2", draft.original_title),
        ("LA", draft.language),
        *(("KW", word) for word in sorted({*draft.keywords, "adult", "article", "human"})),
        ("N2", abstract(report)),
    ]


def place(report: Report) -> Fields:
    """Where and when the report was printed."""
    return [
        ("Y1", str(report.draft.year)),
        ("VL", report.volume),
        ("IS", report.issue),
        ("SP", report.first_page),
        ("EP", report.last_page),
        ("SN", report.journal.issn),
        ("JF", report.journal.name),
        ("JO", report.journal.short.replace(" ", ". ") + "."),
    ]


def link(report: Report) -> str:
    """The library's link, with half the record in it."""
    return (
        f"https://resolver.example.org/link?sid=EMBASE&issn={report.journal.issn.replace('-', '')}"
        f"&id=doi:{quote_plus(report.doi)}&atitle={quote_plus(report.draft.title)}"
        f"&volume={report.volume}"
    )


def early_accession(report: Report) -> str:
    """The number that Embase gave an article in press."""
    return f"L8{report.accessions['embase'][2:]}"


def preliminary(report: Report) -> Fields:
    """The same report as an article in press: another Embase number, no volume and pages yet."""
    early = record(report, early_accession(report))
    left_out = {"VL", "IS", "SP", "EP", "C5", "KW"}
    return [
        (tag, "Article in Press" if tag == "M3" else value)
        for tag, value in early
        if tag not in left_out
    ]


def affiliation(report: Report) -> str:
    """All authors with the first one's address, in Embase's brackets."""
    names = "; ".join(f"{author.family} {dotted(author.given)}" for author in report.authors)
    return f"({names}) Department of Psychology, {report.address}"


def abstract(report: Report) -> str:
    """The abstract with the publisher's notice run on, as it often is."""
    text = plain_abstract(report)
    notice = f" Copyright © {report.draft.year} {report.journal.publisher}. All rights reserved."
    return text + notice if text and report.month % 3 == 0 else text
