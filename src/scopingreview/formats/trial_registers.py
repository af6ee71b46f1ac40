"""Downloads of trial registers that write one format only: WHO ICTRP (XML), EU register (text).

The registers behind ICTRP write its XML too, in small letters and with a level more. The fields
are those that `column_names` reads where ICTRP gave a table.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from scopingreview.formats.fragments import Fields, Fragments
from scopingreview.formats.layout import Layout
from scopingreview.formats.tagged import Grammar, Open

REGISTRATION = "trial registration"

ICTRP = Layout(
    name="WHO ICTRP XML",
    title=("Public_title", "Scientific_title"),
    year=("Date_registration3", "Date_registration"),
    accession=("TrialID",),
    keywords=("Condition", "hc_freetext"),
    url=("web_address", "url"),
    type=("register",),
)
ICTRP_SHOWS = r".*<Trials_downloaded_from_ICTRP\b|(?s:.{0,400}?<trials>\s*<trial>\s*<main>)"
EU = Layout(
    name="EU Clinical Trials Register text",
    title=("Full Title",),
    year=("Start Date",),
    accession=("EudraCT Number",),
    keywords=("Medical condition",),
    url=("Link",),
    type=("register",),
)
EU_SHOWS = r"EudraCT Number: .*\nSponsor Protocol Number:"
EU_ENDS = re.compile(rb"[\r\n](?=EudraCT Number:)")
EU_LABELS = (
    "EudraCT Number|Sponsor Protocol Number|Sponsor Name|Full Title|Start Date|Medical condition|"
    "Disease|Population Age|Gender|Trial protocol|Trial results|Link"
)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.rpartition("}")[2].casefold()))


SPELT = {
    _letters(tag): tag
    for tags in (ICTRP.title, ICTRP.year, ICTRP.accession, ICTRP.keywords, ICTRP.url)
    for tag in tags
}


def _fields(trial: Element) -> Fields:
    fields: Fields = {"register": [REGISTRATION]}
    for element in trial.iter():
        tag = SPELT.get(_letters(element.tag))
        text = (element.text or "").strip()
        if tag and text:
            fields.setdefault(tag, []).append(text)
    return fields


def _registered(fields: Open) -> Open:
    return {**fields, "register": [REGISTRATION]}


FRAGMENTS = Fragments("Trial|trial", ICTRP, _fields)
EU_GRAMMAR = Grammar(
    layout=EU,
    tag=re.compile(rf"({EU_LABELS}):[ \t]*(.*)$"),
    first=re.compile("EudraCT Number "),
    begins=lambda tag, _value, _fields, _after_blank: tag == "EudraCT Number",
    once=("Full Title", "Start Date", "Link"),
    finish=_registered,
)
