"""One line that cites a source → journal, year, volume, issue, pages, DOI.

Some exports keep these only in a sentence: `Endoscopic Ultrasound (2014) 3:3 (152-160).`,
`Neurospine. 2018 Sep;15(3):194-205. doi: …`, `BMC Proceedings. 12 (Supplement 3), 2018.`
"""

from __future__ import annotations

import re

from scopingreview.formats.entry import Fields
from scopingreview.formats.identifiers import doi_in
from scopingreview.formats.layout import Layout

PUBMED = re.compile(
    r"(?P<journal>.+?)\.\s+(?P<year>(?:1[5-9]|20)\d\d)\b[^;:.]*"
    r"(?:;(?P<volume>[^(:;.]*)(?:\((?P<issue>[^)]*)\))?)?(?::(?P<pages>[^.;]*))?"
)
EMBASE = re.compile(
    r"(?P<journal>.+?)\s+\((?P<year>(?:1[5-9]|20)\d\d)\)\s*"
    r"(?:(?P<volume>[^:(]*?)(?::(?P<issue>[^(]*?))?\s*)?(?:\((?P<pages>[^)]*)\))?(?:[.,].*)?$"
)
# Where each dialect keeps the sentence.
SENTENCES = {
    "PubMed CSV": ("citation", PUBMED),
    "PubMed CSV (before 2020)": ("details", PUBMED),
    "Embase.com CSV": ("source", EMBASE),
}
PARTS = ("journal", "year", "volume", "issue", "pages")


def derived_fields(fields: dict[str, list[str]], layout: Layout) -> Fields:
    """The fields with what a citing sentence adds; what the export says apart stays first."""
    if layout.name not in SENTENCES:
        return fields
    column, pattern = SENTENCES[layout.name]
    sentence = " ".join(fields.get(column, ()))
    match = pattern.match(sentence)
    if match:
        for part in PARTS:
            if value := (match[part] or "").strip():
                key = "source: journal" if part == "journal" else part
                fields.setdefault(key, []).append(value)
    if doi := doi_in(sentence):
        fields.setdefault("doi", []).append(doi)
    return fields
