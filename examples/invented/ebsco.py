"""EBSCOhost's RIS in two dresses: APA PsycInfo (ID, AN, DO) and the older one of CINAHL (L3)."""

from __future__ import annotations

from invented.spelling import MONTHS, title_case, with_stop
from invented.values import Report

TYPES = {
    "editorial": "Editorial",
    "comment": "Comment/Reply",
    "erratum": "Erratum/Correction",
    "dissertation": "Dissertation",
    "review of interventions": "Systematic Review",
    "literature review": "Literature Review",
}
Fields = list[tuple[str, str]]
THESES = "Dissertation Abstracts Invented: Section B"


def psycinfo(reports: list[Report]) -> bytes:
    """The reports as APA PsycInfo records, newer EBSCOhost interface, CRLF."""
    return render([psycinfo_record(report) for report in reports])


def render(records: list[Fields]) -> bytes:
    """The records as RIS, a blank line between them, `ER  - ` with its blank."""
    blocks = (
        "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"
        for fields in records
    )
    return "\r\n".join(blocks).encode()


def plain_abstract(report: Report) -> str:
    """The abstract in one line, labels as words."""
    return " ".join(f"{label}: {text}" if label else text for label, text in report.draft.abstract)


def names(report: Report) -> list[str]:
    """The authors as EBSCOhost writes them."""
    return [f"{author.family}, {with_stop(author.given)}" for author in report.authors]


def page_fields(report: Report) -> Fields:
    """First and last page; an article number has neither."""
    return [("SP", report.first_page), ("EP", report.last_page)]


def address(db: str, accession: str) -> str:
    """Where EBSCOhost shows the record."""
    query = f"direct=true&db={db}&AN={accession}&site=ehost-live&scope=site"
    return f"https://search.ebscohost.com/login.aspx?{query}"


# ── PsycInfo ─────────────────────────────────────────────────────────────────────────────────


def psycinfo_title(report: Report) -> str:
    """The title; for another language the original, an equals sign, and the translation."""
    if report.draft.original_title:
        return f"{report.draft.original_title}. = {report.draft.title}"
    return report.draft.title


def psycinfo_record(report: Report) -> Fields:
    """One report as APA PsycInfo has it."""
    draft, accession = report.draft, report.accessions["psycinfo"]
    thesis = draft.design == "dissertation"
    headings = [word.title() for word in draft.keywords]
    return [
        ("TY", "THES" if thesis else "JOUR"),
        ("ID", accession),
        ("AN", accession),
        *(("AU", name) for name in names(report)),
        ("T1", psycinfo_title(report)),
        *psycinfo_place(report, thesis=thesis),
        ("AD", f"{names(report)[0]}, {report.address}"),
        ("N1", psycinfo_note(report)),
        *psycinfo_abstract(report),
        *(("KW", word) for word in (*draft.keywords, *headings)),
        ("DO", report.doi),
        ("UR", address("psyh", accession)),
        ("DP", "EBSCOhost"),
        ("DB", "psyh"),
    ]


def psycinfo_place(report: Report, *, thesis: bool) -> Fields:
    """Where and when it was printed; a dissertation has neither issue nor pages."""
    journal = THESES if thesis else report.journal.name
    printed = [] if thesis else [("IS", report.issue), *page_fields(report)]
    return [
        ("JF", journal),
        ("JO", journal),
        ("JA", "" if thesis else report.journal.short),
        ("Y1", f"{report.draft.year}/{report.month:02}//"),
        ("VL", report.volume),
        *printed,
        ("PB", report.journal.publisher),
        ("SN", report.journal.issn),
    ]


def psycinfo_abstract(report: Report) -> Fields:
    """The abstract with APA's tail; in some years a second AB holds the copyright line alone."""
    text = plain_abstract(report)
    if not text:
        return []
    if report.draft.year % 4 == 1:
        journal = report.journal
        return [
            ("AB", text),
            ("AB", f"Copyright of {journal.name} is the property of {journal.publisher}."),
        ]
    year = min(report.draft.year + 1, 2022)
    return [("AB", f"{text} (PsycInfo Database Record (c) {year} APA, all rights reserved)")]


def psycinfo_note(report: Report) -> str:
    """The accession string: everything else PsycInfo knows, in one line."""
    draft = report.draft
    known = report.accessions.get("pubmed", "") if draft.year > 1985 and report.month % 2 else ""
    headings = "; ".join(word.title() for word in draft.keywords[:2])
    return (
        f"Accession Number: {report.accessions['psycinfo']}. {f'PMID: {known} ' if known else ''}"
        f"Partial author list: First Author & Affiliation: {names(report)[0]}; {report.address}. "
        f"Publication Type: Journal (0100), Peer Reviewed Journal (0110). "
        f"Document Type: {TYPES.get(draft.design, 'Journal Article')}. "
        f"Language: {draft.language}Major Descriptor: {headings}. "
        f"Population: Human (10). References Available: Y. Issue Publication Date: "
        f"{MONTHS[report.month - 1]}, {draft.year}. "
    )


# ── CINAHL ───────────────────────────────────────────────────────────────────────────────────


def cinahl_record(report: Report) -> Fields:
    """One report as CINAHL has it: a headline title with full stop, the DOI in L3."""
    draft, accession = report.draft, report.accessions["cinahl"]
    title = title_case(draft.title)
    return [
        ("TY", "JOUR"),
        *(("AU", name) for name in names(report)),
        ("T1", title if title.endswith("?") else f"{title}."),
        ("JO", report.journal.name),
        ("JF", report.journal.name),
        ("Y1", f"{draft.year}/{report.month:02}//"),
        ("VL", report.volume),
        ("IS", report.issue),
        ("M3", cinahl_type(report)),
        *([("SP", "N.PAG"), ("EP", "N.PAG")] if report.article_number else page_fields(report)),
        ("PB", report.journal.publisher),
        ("SN", report.journal.issn.replace("-", "")),
        *cinahl_abstract(report),
        *(("KW", word.capitalize()) for word in draft.keywords),
        ("N1", cinahl_note(report)),
        ("L3", report.doi),
        ("UR", address("ccm", accession)),
        ("DP", "EBSCOhost"),
        ("DB", "ccm"),
    ]


def second_accession(report: Report) -> str:
    """The other number under which CINAHL holds a report twice."""
    return f"8{report.accessions['cinahl'][1:]}"


def second_entry(report: Report) -> Fields:
    """The report once more, entered by hand: no keywords, no DOI, no pages, the volume misread."""
    number, other = report.accessions["cinahl"], second_accession(report)
    left_out = {"KW", "L3", "SP", "EP"}
    fields = [(tag, value.replace(number, other)) for tag, value in cinahl_record(report)]
    fields = [(tag, f"{value}1" if tag == "VL" else value) for tag, value in fields]
    return [(tag, value) for tag, value in fields if tag not in left_out]


def cinahl_type(report: Report) -> str:
    """The document type in CINAHL's words."""
    return TYPES.get(report.draft.design, "journal article" if report.month % 2 else "Article")


def cinahl_abstract(report: Report) -> Fields:
    """The abstract, and a second AB with the publisher's notice on most records."""
    text = plain_abstract(report)
    if not text:
        return []
    notice = (
        f"Copyright of {report.journal.name} is the property of {report.journal.publisher} and its "
        "content may not be copied without permission. (Copyright applies to all Abstracts.)"
    )
    return [("AB", text), ("AB", notice if report.month % 4 else "")]


def cinahl_note(report: Report) -> str:
    """The accession string of the classic interface."""
    authors = "; ".join(f"{name} 1" for name in names(report))
    date = f"{MONTHS[report.month - 1]}{report.draft.year}"
    pages = f", p{report.first_page}" if report.first_page else ""
    subjects = "; ".join(f"Subject Term: {word.capitalize()}" for word in report.draft.keywords)
    return (
        f"Accession Number: {report.accessions['cinahl']}; {authors}; "
        f"Affiliations: 1 : {report.address};  "
        f"Source Info: {date}, Vol. {report.volume} Issue {report.issue}{pages}; "
        f"{subjects}; Document Type: {cinahl_type(report)}"
    )
