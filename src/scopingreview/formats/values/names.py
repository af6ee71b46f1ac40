"""Authors: one name per author, "Family, Given" where the export shows which is which.

A corporate author stays whole, and so does a name whose order nobody can know ("Han Shanshan").
Marks that a database hangs on a name (affiliation numbers, degrees, addresses, ids) come off.
Names are read here to be kept and shown; `normalise.surname` reads them again to compare by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scopingreview.formats.values.markup import tidy

# "Family, Given" and nothing else; most values are, and need no more looking.
MARKS = r"][(){}*+†‡§;,|@<&$\\"


def _plain_name(digit: str) -> str:
    none = MARKS + digit
    return rf"(?! |\w[.])[^{none}]+[^{none} .A-Z], [^{none}]+(?<! )"


# By whether the text is ASCII: to ask for ten digits alone takes two thirds of the time.
NAMES = {True: _plain_name("0-9"), False: _plain_name(r"\d")}
PLAIN = {is_ascii: re.compile(name) for is_ascii, name in NAMES.items()}
ALL_PLAIN = {is_ascii: re.compile(rf"{name}(?:\|{name})*+") for is_ascii, name in NAMES.items()}
TITLES = re.compile(r"^(?:(?:Prof|Dr|Mr|Mrs|Ms|Univ)\b\.?(?:[ -]Ing\.|-Doz\.)?\s*)+(?=[^\s,])")
# Where a name ends and the next begins without a separator: `AlievNigar`, but not `McDonald`.
JOINT = re.compile(
    r"(?<=[a-zà-öø-ÿ])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bLa)(?<!\bLe)(?<!\bDu)(?<!\bVan)"
    r"(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]*[ .])"
)
BRACKETS = re.compile(r"\s*(?:\[[^\]]*\]?|\((?:\d+|[^()]*@[^()]*|ORCID[^()]*)\)?)")
AFFILIATION = re.compile(
    r"(?:[\s,]+[\da-z]{0,2}\d+)+[\s,]*[*+†‡§]*$|\s*[*+†‡§]+$|(?<=[a-z.])\d+(?:,\d+)*$"
)
DEGREES = re.compile(
    r"(?:,?\s+(?:MD|M\.D\.|PhD|Ph\.D\.?|MPH|MSc|MS|MA|BSc|BS|RN|DrPH|DPhil|FRCP|DO|MBBS|PharmD|PsyD|EdD))+\.?$"
)
# After a second comma stands a degree, or `Jr`, or `III`: `Higa, Ann, MLS, FAAN`.
LATER_DEGREES = re.compile(r"(?:,\s*(?!I+V?\b)[A-Z][A-Za-z.()/-]*[A-Z][A-Za-z.)]*)+$")
DEGREES_ALONE = frozenset(
    """MD|PhD|RN|MPH|MSc|BSc|MSN|BSN|MBA|MLS|DrPH|DPhil|PharmD|PsyD|EdD|DNP|CNM|MBBS|FAAN|FRCP|FACP
    |FACS""".replace("\n    ", "").split("|")
)
INITIALS_FIRST = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ]\.[ -]?)+(?:[a-z']+ ){0,3}[A-ZÀ-ÖØ-Þ][\w'’-]+(?: [\w'’-]+)?"
)
NOBODY = frozenset(
    """|…|...|na|n/a|nan|null|none|et al|et al.|others|anonymous|anon|[anonymous]|no authors listed
    |[no authors listed]""".replace("\n    ", "").split("|")
)
CORPORATE = re.compile(
    r"\b(?:of|for|the|and|on|in|group|organi[sz]ation|committee|university|ministry|consortium"
    r"|association|society|collaborat\w+|network|team|department|institut\w*|cent(?:er|re)|agency"
    r"|council|commission|foundation|inc|ltd|gmbh|project|investigators|office|bureau|union"
    r"|college|academy|services?|international|national|federation|press|publishers?)\b",
    re.IGNORECASE,
)
CHINESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
PARTICLES = frozenset(
    "da das de del della den der di dos du el la le ten ter van von zu zur".split()  # noqa: SIM905
)


def authors_in(
    values: Sequence[str], *, given_first: bool = False, run_together: bool = False
) -> tuple[str, ...]:
    """The authors in the order of the export, each once.

    One value may hold one author or all of them. `given_first` says that this export writes
    "Given Family", `run_together` that it puts no separator between names.
    """
    joined = "|".join(values)
    if not given_first and _is_plain_name(joined, ALL_PLAIN):
        return tuple(dict.fromkeys(values))
    names: dict[str, None] = {}
    for value in values:
        text = tidy(value)
        if not given_first and _is_plain_name(text, PLAIN):
            names[text] = None
            continue
        parts = JOINT.split(text) if run_together else _parted(text, given_first=given_first)
        for part in parts:
            names[_ordered(_unmarked(part), given_first=given_first)] = None
    return tuple(
        name for name in names if name.casefold() not in NOBODY and name not in DEGREES_ALONE
    )


def family_first(name: str) -> str:
    """The one name as "Family, Given", of an export that writes "Given Family" too."""
    return _ordered(name.strip(), given_first=True)


def _is_plain_name(text: str, plain: Mapping[bool, re.Pattern[str]]) -> bool:
    if " and " in text or "  " in text or not text.isprintable():
        return False
    return plain[text.isascii()].fullmatch(text) is not None


def _parted(text: str, *, given_first: bool) -> Iterator[str]:
    """The names of a value that may hold several."""
    text = BRACKETS.sub("", text) if "[" in text or "(" in text else text
    for part in re.split(r"[;|,]" if given_first else r"[;|]", text):
        yield from _parted_by_words(part.strip().strip(","))


def _parted_by_words(text: str) -> list[str]:
    if " and " in text or " & " in text:
        parts = re.split(r",? and |,? & ", text)
        if all("," in part or _has_initials(part) for part in parts):
            return [name for part in parts for name in _parted_by_commas(part)]
    return _parted_by_commas(text)


def _parted_by_commas(text: str) -> list[str]:
    """`Liu R., Adler D.G.`, `R. Liu, D. Adler` and `Liu, R., Adler, D.G.` parted; `Liu, R.` not."""
    parts = [part for part in re.split(r",\s*", text) if part]
    if len(parts) < 2:
        return parts or [text]
    if all(map(_is_family_first, parts)):
        if not parts[0].endswith("."):  # `Griffin DK, Larkin DM.`: the point ends the list
            parts[-1] = parts[-1].rstrip(".")
        return parts
    if all(map(INITIALS_FIRST.fullmatch, parts)):
        return parts
    return _by_twos(parts) or [text]


def _by_twos(parts: list[str]) -> list[str]:
    """The names of `Liu`, `R.`, `Adler`, `D.G.`; none when the parts are not two names or more."""
    families, given = parts[::2], parts[1::2]
    if len(families) != len(given) or len(given) < 2 or not all(map(_are_initials, given)):
        return []
    return [f"{family}, {initials}" for family, initials in zip(families, given, strict=True)]


def _unmarked(name: str) -> str:
    name = TITLES.sub("", BRACKETS.sub("", name)).removesuffix(",null").strip()
    name = AFFILIATION.sub("", name).rstrip(" ,;*")
    family, comma, given = name.partition(",")
    if comma and " " in given.strip():
        given = LATER_DEGREES.sub("", DEGREES.sub("", given))
    return f"{family.strip()}, {given.strip()}".rstrip(", ") if comma else name


def _ordered(name: str, *, given_first: bool) -> str:
    if "," in name:
        return name
    words = name.split()
    if len(words) < 2 or words[0].startswith("["):
        return name
    if _is_family_first(name):
        initials = _trailing_initials(words)
        return f"{' '.join(words[:-initials])}, {' '.join(words[-initials:])}"
    if (_are_initials(words[0]) and "." in words[0]) or given_first:
        return _family_last(words, name)
    return name


def _family_last(words: list[str], name: str) -> str:
    """`R. F. da Silva` → `da Silva, R. F.`; a corporate name stays, and one in Chinese script."""
    if CORPORATE.search(name) or CHINESE.search(name):
        return name
    family = len(words) - 1
    while family > 1 and words[family - 1].casefold() in PARTICLES:
        family -= 1
    return f"{' '.join(words[family:])}, {' '.join(words[:family])}"


def _has_initials(name: str) -> bool:
    """Whether initials stand on either side of it, so that it is one person's name."""
    return _is_family_first(name) or INITIALS_FIRST.fullmatch(name) is not None


def _is_family_first(name: str) -> bool:
    """Whether it is `Liu R.`, `van der Berg AB`: initials after one family name."""
    words = name.split()
    initials = _trailing_initials(words)
    families = [word for word in words[: len(words) - initials] if word not in PARTICLES]
    return 0 < initials < len(words) and len(families) <= 2 and not _are_initials(words[0])


def _trailing_initials(words: list[str]) -> int:
    count = 0
    while count < len(words) and _are_initials(words[-1 - count]):
        count += 1
    return count


def _are_initials(word: str) -> bool:
    """Whether it is `R.`, `D.G.`, `AB`, `J.-P.`, or several of them."""
    letters = re.sub(r"[.\-‐ ]", "", word)
    return (
        0 < len(letters) <= 4
        and letters.isalpha()
        and letters.isupper()
        and (len(letters) <= 3 or "." in word)
    )
