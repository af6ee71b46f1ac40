"""A record as people cite it: the Vancouver way, in one line.

As the ICMJE and the National Library of Medicine want it (Citing Medicine, 2nd edition, chapters 1,
2, 5 and 6), as far as records go: they have neither editors nor publishers, and the names of
journals as their database wrote them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from string import ascii_lowercase

from scopingreview.model import Record
from scopingreview.report.web_address import web_address

MOST_AUTHORS = 6  # more than these are "et al."
MOST_INITIALS = 2
INITIALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{1,3}")
GENERATION = re.compile(r"[\s,]+(Jr|Sr|II|III|IV)\.?$", re.IGNORECASE)
ENDS = (".", "?", "!")
# What a record is, behind its title, where that is not an article in a journal.
MARKS = {
    "thesis": "[dissertation]",
    "preprint": "[preprint]",
    "conference abstract": "[abstract]",
    "dataset": "[dataset]",
    "web page": "[Internet]",
}
PARTS_OF_A_BOOK = ("book chapter", "conference paper")


def cite(record: Record) -> str:
    """The citation, without what the record lacks.

    >>> cite(Record("pubmed:1", authors=("Bell, Ada Mary", "WHO"), title="On rest", year=2019,
    ...             journal="Sleep", volume="12", issue="3", pages="45-52", doi="10.1000/1"))
    'Bell AM, WHO. On rest. Sleep. 2019;12(3):45-52. doi:10.1000/1'
    """
    where = _in_a_book(record) if _is_part_of_a_book(record) else _in_a_journal(record)
    parts = [
        _authors(record),
        _title(record),
        *where,
        f"doi:{record.doi}" if record.doi else _available_from(record.url),
    ]
    *sentences, address = (" ".join(part.split()) for part in parts)
    ended = [part if part.endswith(ENDS) else f"{part}." for part in sentences if part]
    return " ".join([*ended, address]).rstrip()


def _available_from(url: str) -> str:
    """Where the web has what has no DOI; nothing for what is no address of the web."""
    return f"Available from: {url}" if web_address(url) else ""


def _authors(record: Record) -> str:
    names = [_name(author) for author in record.authors[:MOST_AUTHORS]]
    if len(record.authors) > MOST_AUTHORS:
        names.append("et al")
    return ", ".join(names)


def _name(author: str) -> str:
    """`Bell, Ada Mary, Jr.` is Bell AM Jr; a name whose order nobody knows, or a body's, is whole.

    No more than two initials, as in PubMed.
    """
    family, comma, given = author.partition(",")
    if not comma:
        return author
    generation = GENERATION.search(f" {given.strip()}")
    if generation:
        given = given.strip()[: -len(generation[0].lstrip())] if generation.start() else ""
    words = re.split(r"[\s.,-]+", given.strip())
    initials = "".join(
        word if INITIALS.fullmatch(word) else word[:1].upper() for word in words if word
    )
    parts = (family.strip(), initials[:MOST_INITIALS], generation[1] if generation else "")
    return " ".join(filter(None, parts))


def _title(record: Record) -> str:
    title, mark = record.title.strip() or "[no title]", MARKS.get(record.type, "")
    return f"{title.removesuffix('.')} {mark}" if mark else title


def _is_part_of_a_book(record: Record) -> bool:
    """A paper of a conference that stands in a volume is cited as one in a journal."""
    in_a_volume = record.type == "conference paper" and record.volume
    return record.type in PARTS_OF_A_BOOK and bool(record.journal) and not in_a_volume


def _in_a_book(record: Record) -> tuple[str, ...]:
    """`In: Handbook of rest`, `Vol. 2`, `2019`, `p. 45-52`: a sentence each."""
    return (
        f"In: {record.journal}",
        f"Vol. {record.volume}" if record.volume else "",
        str(record.year or ""),
        f"p. {record.pages}" if record.pages else "",
    )


def _in_a_journal(record: Record) -> tuple[str, str]:
    """`Sleep`, `2019;12(3):45-52`; `2019:e7` for an article that has a number and no volume."""
    volume = record.volume + (f"({record.issue})" if record.issue else "")
    pages = f":{record.pages}" if record.pages else ""
    year = str(record.year or "")
    when = f"{year};{volume}" if year and volume else year or volume
    return record.journal, f"{when}{pages}" if when else record.pages


def short_labels(records: Mapping[str, Record]) -> dict[str, str]:
    """What each is called in a table, `Bell et al. 2019`, in order of these names.

    Those that would be called the same get a letter, in the order in which they come.
    """
    names = {key: _short(record) for key, record in records.items()}
    times = Counter(names.values())
    given: Counter[str] = Counter()
    labels = {}
    for key, name in names.items():
        letter = _letter(given[name]) if times[name] > 1 else ""
        given[name] += 1
        labels[key] = name + letter
    return dict(sorted(labels.items(), key=lambda each: (each[1].casefold(), each[0])))


def _short(record: Record) -> str:
    families = [author.partition(",")[0].strip() for author in record.authors]
    if not families:
        families = [" ".join((record.title or record.record_id).split()[:3])]
    who = families[0] if len(families) == 1 else f"{families[0]} et al."
    if len(families) == 2:
        who = " & ".join(families)
    return f"{who} {record.year or 'n.d.'}"


def _letter(place: int) -> str:
    """a to z, then aa, ab …"""
    before, place = divmod(place, len(ascii_lowercase))
    return (_letter(before - 1) if before else "") + ascii_lowercase[place]
