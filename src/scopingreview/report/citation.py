"""A record as people cite it: the Vancouver way, in one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from string import ascii_lowercase

from scopingreview.model import Record

MOST_AUTHORS = 6  # more than these are "et al."
INITIALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{1,3}")
ENDS = (".", "?", "!")


def cite(record: Record) -> str:
    """The citation, without what the record lacks.

    >>> cite(Record("pubmed:1", authors=("Bell, Ada Mary", "WHO"), title="On rest", year=2019,
    ...             journal="Sleep", volume="12", issue="3", pages="45-52", doi="10.1000/1"))
    'Bell AM, WHO. On rest. Sleep. 2019;12(3):45-52. doi:10.1000/1'
    """
    parts = [
        _authors(record),
        record.title or "[no title]",
        record.journal,
        _when_and_where(record),
        f"doi:{record.doi}" if record.doi else record.url,
    ]
    *sentences, address = (" ".join(part.split()) for part in parts)
    ended = [part if part.endswith(ENDS) else f"{part}." for part in sentences if part]
    return " ".join([*ended, address]).rstrip()


def _authors(record: Record) -> str:
    names = [_name(author) for author in record.authors[:MOST_AUTHORS]]
    if len(record.authors) > MOST_AUTHORS:
        names.append("et al")
    return ", ".join(names)


def _name(author: str) -> str:
    """`Bell, Ada Mary` is Bell AM; a name whose order nobody knows, or of a body, stays whole."""
    family, comma, given = author.partition(",")
    words = re.split(r"[\s.-]+", given.strip())
    initials = "".join(
        word if INITIALS.fullmatch(word) else word[:1].upper() for word in words if word
    )
    return f"{family.strip()} {initials}".strip() if comma else author


def _when_and_where(record: Record) -> str:
    place = record.volume + (f"({record.issue})" if record.issue else "")
    place += f":{record.pages}" if record.pages else ""
    year = str(record.year or "")
    return f"{year};{place}" if year and place else year or place


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
