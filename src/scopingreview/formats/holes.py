"""Whether an entry is two: a hole took the end of one and the beginning of the next.

The line that begins the second is gone then, and with it what beginnings are counted by. What is
left of both shows it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

WORD = 3  # letters; tags of two are glued of two others by accident too often


def are_two(
    fields: Mapping[str, Sequence[str]], once: Sequence[str], known: Collection[str]
) -> bool:
    """Whether the entry has two values of a field that each gives `once`, or a glued name.

    `fields` stand in the order of the entry; `known` are the names that the format has. A name is
    glued when the first entry is cut off in the name of a field and the second begins within one:
    `yetle = {…}, year = …` of `year` and `title`. It begins as the one behind it does, which the
    first entry lacks, and ends as one that the first entry has.
    """
    there = [name for name in once if name in fields]
    if any(len(set(fields[name])) > 1 for name in there):
        return True
    words = all(len(name) >= WORD for name in there)
    return any(
        after in there
        and name not in known
        and name not in once
        and (words or len(name) >= WORD)
        and _is_glued(name, after, there)
        for name, after in pairwise(fields)
    )


def _is_glued(name: str, after: str, there: Sequence[str]) -> bool:
    bare = name.replace(" ", "")
    return any(
        after.startswith(bare[:cut]) and any(each.endswith(bare[cut:]) for each in there)
        for cut in range(len(bare) + 1)
    )
