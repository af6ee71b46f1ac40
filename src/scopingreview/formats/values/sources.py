"""One line that cites a source → journal, year, volume, issue, pages, DOI.

Some exports keep these only in a sentence: `Endoscopic Ultrasound (2014) 3:3 (152-160).`,
`Neurospine. 2018 Sep;15(3):194-205. doi: …`, `BMC Proceedings. 12 (Supplement 3), 2018.`
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scopingreview.formats.values.identifiers import doi_in

LONGEST = 1_000  # characters: who cites a source in more has not cited it
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)"
PUBMED = (
    re.compile(
        rf"(?P<journal>.+?)\.\s+{YEAR}\b[^;:.]*"
        r"(?:;(?P<volume>[^(:;.]*)(?:\((?P<issue>[^)]*)\))?)?(?::(?P<pages>[^.;]*))?"
    ),
)
EMBASE = (
    re.compile(
        rf"(?P<journal>.+?)\s+\({YEAR}\)\s*"
        r"(?:(?P<volume>[^:(]*?)(?::(?P<issue>[^(]*?))?\s*)?(?:\((?P<pages>[^)]*)\))?(?:[.,].*)?$"
    ),
)
BVS = (
    # Rev. bras. geriatr. gerontol;20(3): 100-110, 2017.
    re.compile(
        r"(?P<journal>.+?)\s*;\s*(?P<volume>[^(:;,]*)(?:\((?P<issue>[^)]*)\))?\s*:"
        rf"\s*(?P<pages>[^,]+),.*?{YEAR}"
    ),
)
OVID = (
    # Ecohydrology.   8(6):1048-1064, September 2015.
    re.compile(
        r"(?P<journal>[^.]+(?:\.[^.\d]+)*?)\.\s+(?P<volume>[A-Z]?\d\w*)\s?(?:\((?P<issue>[^)]*)\))?"
        rf":\s?(?P<pages>[^,]+),.*?{YEAR}"
    ),
    # Behavioural and Cognitive Psychotherapy. Vol.43(5), Sep 2015, pp. 623-634.
    re.compile(
        r"(?P<journal>.+?)\.\s+Vol\.\s?(?P<volume>[^(,]+)(?:\((?P<issue>.*?)\))?,"
        rf".*?{YEAR}(?:,\s*(?:pp\.\s*(?P<pages>[\w-]+))?)?"
    ),
    # Acta Biochimica et Biophysica Sinica August 2011;43(8):647-653
    re.compile(
        rf"(?P<journal>.+?)[.,]?\s+(?:\d+ )?(?:{MONTH}[\w/ -]*?)?\s*{YEAR};"
        r"(?P<volume>[^(:]*)(?:\((?P<issue>[^)]*)\))?(?::(?P<pages>\S+))?"
    ),
    # BMC Proceedings. Conference: … 12 (Supplement 3) (no pagination), 2018. Date of …
    # Neuroscience Letters. 702 (pp 3-10), 2019.
    re.compile(
        r"(?P<journal>[^.]+(?:\.[^.\d]+)*?)\.\s+(?:.*?\s)?(?P<volume>\d+)\s*"
        r"(?:\((?P<issue>(?!pp|no pag)[^)]*)\)\s*)?(?:\((?:pp )?(?P<pages>[^)]*)\))?,"
        rf"\s.*?{YEAR}"
    ),
    re.compile(rf"(?P<journal>[^.]+)\..*?{YEAR}"),
    re.compile(r"(?P<journal>[^.]+)\.?"),
)


def source_fields(
    fields: dict[str, list[str]], tags: Sequence[str], patterns: Sequence[re.Pattern[str]]
) -> dict[str, list[str]]:
    """The fields with `journal`, `year` … from the sentence that stands in one of the tags.

    What the export says apart stays first.
    """
    sentence = " ".join(" ".join(value for tag in tags for value in fields.get(tag, ())).split())
    match = next(
        (found for pattern in patterns if (found := pattern.match(sentence[:LONGEST]))), None
    )
    for part, value in (match.groupdict() if match else {}).items():
        if value and value.strip():
            fields.setdefault(part, []).append(value.strip())
    if doi := doi_in(sentence):
        fields.setdefault("doi", []).append(doi)
    return fields
