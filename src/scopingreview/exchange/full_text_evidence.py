"""Which report a PDF is the full text of: by its name, its properties and its first pages.

What is unclear is left to a person and never guessed: a file that speaks for two reports, two
files that are one report's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from scopingreview import normalise
from scopingreview.model import Record
from scopingreview.model.full_texts import FullText, TextMatch, UnclearText

SHORTEST_TITLE = 25  # letters and digits: "Editorial" is a title of many
SHORTEST_DOI_ENDING = 8  # of a DOI's part behind the slash that names a file by itself
NOTHING = r"(?!)"  # matches nowhere
PMID = re.compile(r"(?:pmid)?[ _-]*(\d{5,9})", re.IGNORECASE)
PARTS_OF_NAME = re.compile(r"\s+[-–—]\s+|_-_")  # Author - Year - Title


class Evidence(Enum):
    """What speaks for a match, and whether it leaves no doubt when nothing speaks for another."""

    ID_IN_NAME = ("its name is the record's id", True)
    DOI_IN_NAME = ("the DOI is in its name", True)
    PMID_IN_NAME = ("its name is the PMID", True)
    DOI_IN_TEXT = ("the DOI is on its first pages", True)
    TITLE_IN_TEXT = ("the title is on its first pages", True)
    TITLE_IN_NAME = ("the title is in its name", False)
    BEGINNING_IN_NAME = ("the beginning of the title is in its name", False)
    TITLE_IN_PROPERTIES = ("the title is in its properties", False)

    def __init__(self, says: str, sure: bool) -> None:
        self.says = says
        self.sure = sure


OF_TITLE = {Evidence.TITLE_IN_TEXT, Evidence.TITLE_IN_NAME, Evidence.TITLE_IN_PROPERTIES}


@dataclass(frozen=True, slots=True)
class _Report:
    """What a report can be known by, of all its copies."""

    record_id: str
    ids: frozenset[str]
    dois: frozenset[str]
    doi_in_name: re.Pattern[str]
    pmids: frozenset[str]
    titles: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file in the spelling of comparison."""

    stem: str
    name: str
    name_parts: tuple[str, ...]
    title: str
    text: str
    dois: frozenset[str]


def match_full_texts(
    texts: Iterable[FullText], reports: Mapping[str, Sequence[Record]]
) -> tuple[list[TextMatch], list[UnclearText]]:
    """The files that are one report's full text beyond doubt or likely, and those left to a person.

    `reports` are the copies of each report by its unique record.
    """
    known = [_report(record_id, copies) for record_id, copies in reports.items()]
    matches: list[tuple[FullText, TextMatch]] = []
    unclear: list[UnclearText] = []
    for text in texts:
        seen = _seen(text)
        found = {each.record_id: why for each in known if (why := list(_evidence(seen, each)))}
        found = _without_borrowed_titles(found, {each.record_id: each for each in known})
        if len(found) == 1:
            (record_id, why), *_ = found.items()
            sure = any(each.sure for each in why)
            match = TextMatch(text.file, record_id, tuple(each.says for each in why), sure)
            matches.append((text, match))
        else:
            unclear.append(_unclear(text, found))
    single, several = _one_file_each(matches)
    return single, [*several, *unclear]


def _report(record_id: str, copies: Sequence[Record]) -> _Report:
    titles = (_squashed(normalise.title(each.title)) for each in copies)
    dois = frozenset(filter(None, (normalise.doi(each.doi) for each in copies)))
    return _Report(
        record_id,
        ids=frozenset(_squashed(each.record_id.casefold()) for each in copies),
        dois=dois,
        doi_in_name=_in_a_name(dois),
        pmids=frozenset(each.pmid for each in copies if each.pmid),
        titles=frozenset(title for title in titles if len(title) >= SHORTEST_TITLE),
    )


def _seen(text: FullText) -> _Seen:
    stem = text.file.stem
    return _Seen(
        stem=stem,
        name=_squashed(normalise.words(stem)),
        name_parts=tuple(_squashed(normalise.words(part)) for part in PARTS_OF_NAME.split(stem)),
        title=_squashed(normalise.title(text.title)),
        text=_squashed(normalise.words(text.text)),
        dois=frozenset(_dois(text.text)),
    )


def _dois(text: str) -> Iterator[str]:
    """The DOIs of a text, also one that is broken at the end of a line."""
    whole = re.sub(r"(?<=[/._-])\n\s*", "", text)
    for place in re.finditer(r"10\.\d{4,9}/", whole):
        yield normalise.doi(whole[place.start() : place.start() + 200].split()[0])


def _squashed(text: str) -> str:
    """The letters and digits alone: PDFs lose blanks, and gain them at the ends of lines."""
    return re.sub(r"[\W_]+", "", text)


def _evidence(seen: _Seen, report: _Report) -> Iterator[Evidence]:
    if _squashed(seen.stem.casefold()) in report.ids:
        yield Evidence.ID_IN_NAME
    if report.doi_in_name.search(seen.stem.casefold()):
        yield Evidence.DOI_IN_NAME
    if (number := PMID.fullmatch(seen.stem)) and number[1] in report.pmids:
        yield Evidence.PMID_IN_NAME
    if report.dois & seen.dois:
        yield Evidence.DOI_IN_TEXT
    if any(title in seen.text for title in report.titles):
        yield Evidence.TITLE_IN_TEXT
    if any(title in seen.name for title in report.titles):
        yield Evidence.TITLE_IN_NAME
    elif any(_begins_as_named(seen, title) for title in report.titles):
        yield Evidence.BEGINNING_IN_NAME
    if seen.title and seen.title in report.titles:
        yield Evidence.TITLE_IN_PROPERTIES


def _in_a_name(dois: Iterable[str]) -> re.Pattern[str]:
    """One of the DOIs, or its long ending, with any signs in place of those no file name takes."""
    wanted = [
        r"[^a-z0-9]*".join(map(re.escape, re.findall(r"[a-z0-9]+", each)))
        for doi in sorted(dois)
        for each in (doi, doi.partition("/")[2])
        if each == doi or len(each) >= SHORTEST_DOI_ENDING
    ]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(wanted) or NOTHING})(?![a-z0-9])")


def _begins_as_named(seen: _Seen, title: str) -> bool:
    """Whether a part of the name that is long enough begins the title: names are cut off."""
    return any(title.startswith(p) for p in seen.name_parts if len(p) >= SHORTEST_TITLE)


def _without_borrowed_titles(
    found: Mapping[str, list[Evidence]], reports: Mapping[str, _Report]
) -> dict[str, list[Evidence]]:
    """Without reports that nothing but a title speaks for which is another's as well.

    Another's when it is a part of a longer title that is there whole, when the other has the same
    title and more speaks for it, or when it only begins as the name does that holds the other's.
    """
    if any(Evidence.TITLE_IN_NAME in why for why in found.values()):
        found = {key: why for key, why in found.items() if why != [Evidence.BEGINNING_IN_NAME]}

    def is_anothers(title: str, other: str) -> bool:
        of_title, only = OF_TITLE.intersection(found[other]), OF_TITLE.issuperset(found[other])
        return bool(of_title) and any(
            title in longer and (title != longer or not only) for longer in reports[other].titles
        )

    def is_borrowed(record_id: str) -> bool:
        others = [other for other in found if other != record_id]
        return OF_TITLE.issuperset(found[record_id]) and all(
            any(is_anothers(title, other) for other in others)
            for title in reports[record_id].titles
        )

    return {record_id: why for record_id, why in found.items() if not is_borrowed(record_id)}


def _unclear(text: FullText, found: Mapping[str, Sequence[Evidence]]) -> UnclearText:
    if found:
        told = "; ".join(
            f"{record_id}: {', '.join(each.says for each in why)}"
            for record_id, why in found.items()
        )
        return UnclearText(text.file, f"it speaks for {len(found)} reports ({told})", tuple(found))
    if text.problem:
        return UnclearText(text.file, text.problem)
    no_text = "it has no text, a scan perhaps, and " if not text.text.strip() else ""
    return UnclearText(text.file, f"{no_text}nothing in it names a report that is sought")


def _one_file_each(
    matches: Iterable[tuple[FullText, TextMatch]],
) -> tuple[list[TextMatch], list[UnclearText]]:
    """A match for each report. Several files for one are unclear, unless they are the same."""
    by_report: dict[str, list[tuple[FullText, TextMatch]]] = defaultdict(list)
    for text, match in matches:
        by_report[match.record_id].append((text, match))
    single: list[TextMatch] = []
    unclear: list[UnclearText] = []
    for record_id, found in by_report.items():
        if len({text.digest for text, _ in found}) == 1 and (len(found) == 1 or found[0][0].digest):
            single.append(found[0][1])
            same = f"it is the same file as {found[0][0].file.name}"
            unclear += [UnclearText(text.file, same, (record_id,)) for text, _ in found[1:]]
        else:
            names = ", ".join(text.file.name for text, _ in found)
            unclear += [
                UnclearText(text.file, f"several files are {record_id}'s: {names}", (record_id,))
                for text, _ in found
            ]
    return single, unclear
