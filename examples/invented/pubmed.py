"""PubMed's own export (.nbib): tags of four columns, lines wrapped at 88, pages cut short."""

from __future__ import annotations

import textwrap

from invented.spelling import MONTHS, initials
from invented.values import Author, Report

WIDTH = 88
SEASONS = ("Winter", "Spring", "Summer", "Fall")
TYPES = {
    "rct": ["Journal Article", "Randomized Controlled Trial"],
    "editorial": ["Editorial"],
    "comment": ["Comment", "Letter"],
    "erratum": ["Published Erratum"],
    "literature review": ["Journal Article", "Review"],
    "review of interventions": ["Journal Article", "Systematic Review"],
    "protocol": ["Journal Article", "Clinical Trial Protocol"],
}
HEADINGS = {
    "burnout": "Burnout, Professional/*prevention & control",
    "compassion fatigue": "*Compassion Fatigue",
    "vicarious trauma": "*Compassion Fatigue/psychology",
    "secondary traumatic stress": "*Stress Disorders, Post-Traumatic",
    "emotional exhaustion": "Burnout, Professional/*psychology",
    "job stress": "*Stress, Psychological",
}
LANGUAGES = {
    "English": "eng",
    "German": "ger",
    "Spanish": "spa",
    "Japanese": "jpn",
    "Korean": "kor",
    "Persian": "per",
    "Chinese": "chi",
}


def export(reports: list[Report]) -> bytes:
    """The reports as one .nbib file, in the order given."""
    return "\r\n".join(record(report) for report in reports).encode()


def line(tag: str, value: str) -> str:
    """One field, wrapped as PubMed wraps it: every line but the last ends in a blank."""
    lines = textwrap.wrap(value, WIDTH - 6, break_long_words=False, break_on_hyphens=False)
    return f"{tag:<4}- " + " \r\n      ".join(lines or [""]) + "\r\n"


def short_pages(report: Report) -> str:
    """Pages without the digits that repeat: 466-75."""
    first, last = report.first_page, report.last_page
    if report.article_number or first == last:
        return report.article_number or first
    shared = 0
    if len(first) == len(last):
        while first[shared] == last[shared]:
            shared += 1
    return f"{first}-{last[shared:]}"


def record(report: Report) -> str:
    """One report in PubMed's words and order."""
    fields = [
        ("PMID", report.accessions["pubmed"]),
        ("OWN", "NLM"),
        ("STAT", "MEDLINE" if report.draft.year < 2021 else "PubMed-not-MEDLINE"),
        ("LR", f"{min(report.draft.year + 1, 2022)}1109"),
        *issns(report),
        ("VI", report.volume),
        ("IP", report.issue),
        ("DP", published(report)),
        ("TI", title(report)),
        ("PG", short_pages(report)),
        ("LID", f"{report.doi} [doi]" if report.doi else ""),
        ("AB", abstract(report)),
        ("CI", rights(report)),
    ]
    fields += [field for author in report.authors for field in author_fields(author)]
    fields += [("LA", LANGUAGES[report.draft.language])]
    fields += [("PT", name) for name in TYPES.get(report.draft.design, ["Journal Article"])]
    fields += [
        ("TT", report.draft.original_title),
        ("PL", "England"),
        ("TA", report.journal.short),
        ("JT", report.journal.name),
        ("JID", f"99{report.journal.issn[2:4]}{report.journal.issn[5:8]}"),
    ]
    fields += [("MH", heading) for heading in headings(report)] + other_terms(report)
    fields += history(report)
    return "".join(line(tag, value) for tag, value in fields if value)


def issns(report: Report) -> list[tuple[str, str]]:
    """Print and linking ISSN; electronic journals have no print edition."""
    kind = "Electronic" if report.journal.articles else "Print"
    return [("IS", f"{report.journal.issn} ({kind})"), ("IS", f"{report.journal.issn} (Linking)")]


def published(report: Report) -> str:
    """The date of publication: with a month, or a season in some older volumes."""
    if report.draft.year < 1990 and report.month % 3 == 0:
        return f"{report.draft.year} {SEASONS[report.month // 3 - 1]}"
    return f"{report.draft.year} {MONTHS[report.month - 1]}"


def title(report: Report) -> str:
    """The title with its full stop; a translated one stands in brackets."""
    text = report.draft.title
    if report.draft.language != "English":
        return f"[{text}]."
    return text if text.endswith("?") else f"{text}."


def abstract(report: Report) -> str:
    """The abstract; labels in capitals."""
    return " ".join(
        f"{label.upper()}: {text}" if label else text for label, text in report.draft.abstract
    )


def rights(report: Report) -> str:
    """The copyright line that publishers send with newer abstracts."""
    if report.draft.year < 2009 or not report.draft.abstract or report.month % 2:
        return ""
    return f"© {report.draft.year} {report.journal.publisher}."


def author_fields(author: Author) -> list[tuple[str, str]]:
    """Full and short name, and where the author works."""
    address = f"Department of Psychology, University of {author.place}, {author.country}."
    return [
        ("FAU", f"{author.family}, {author.given}"),
        ("AU", f"{author.family} {initials(author.given)}"),
        ("AD", address),
    ]


def headings(report: Report) -> list[str]:
    """Subject headings, once a record is indexed."""
    if report.draft.year >= 2021:
        return []
    about = [HEADINGS[word] for word in report.draft.keywords if word in HEADINGS]
    return sorted(
        ["Adult", "Female", "Humans", "Male", *about, "Surveys and Questionnaires"],
        key=lambda heading: heading.strip("*"),
    )


def other_terms(report: Report) -> list[tuple[str, str]]:
    """The authors' own keywords, printed since about 2000."""
    if report.draft.year < 2000 or report.draft.design in {"erratum", "comment", "editorial"}:
        return []
    return [("OTO", "NOTNLM"), *(("OT", word) for word in report.draft.keywords)]


def history(report: Report) -> list[tuple[str, str]]:
    """Entry dates, identifiers once more, and the whole citation."""
    entered = f"{report.draft.year}/{report.month:02}/{3 + int(report.volume) % 24:02}"
    pii = report.doi.removeprefix("10.5555/").replace(".", "-").upper()
    return [
        ("EDAT", f"{entered} 00:00"),
        ("MHDA", f"{entered} 00:01"),
        ("CRDT", f"{entered} 00:00"),
        ("PHST", f"{entered} 00:00 [pubmed]"),
        ("PHST", f"{entered} 00:01 [medline]"),
        ("PHST", f"{entered} 00:00 [entrez]"),
        ("AID", f"{pii} [pii]" if pii else ""),
        ("AID", f"{report.doi} [doi]" if report.doi else ""),
        ("PST", "ppublish"),
        ("SO", citation(report)),
    ]


def citation(report: Report) -> str:
    """The whole reference in one line."""
    place = f"{report.volume}({report.issue}):{short_pages(report)}."
    doi = f" doi: {report.doi}." if report.doi else ""
    return f"{report.journal.short}. {published(report)};{place}{doi}"
