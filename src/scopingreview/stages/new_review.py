"""Making the folder of a new review, complete and valid from the first minute."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scopingreview import config, paths, store, templates
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Phase
from scopingreview.paths import Review, names_a_device

OF_NO_NAME = re.compile(r"[^\w .'’-]")
REGISTERS = {"clinicaltrials", "ictrp"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a review when it begins; sources in order of trust."""

    title: str
    sources: Sequence[str]
    reviewers: Sequence[str]
    adjudicators: Sequence[str]


def found_review(folder: Path, plan: Plan) -> list[str]:
    """The folder is a whole review with no records; the files that were made, in order.

    A file that is there already (a README, a .gitignore) is left as it is. Raises ReviewError
    when the folder holds a review, or a name cannot name a file.
    """
    review = Review(folder)
    if review.path(paths.PROTOCOL).exists():
        raise ReviewError(
            "this folder holds a review already",
            where=str(folder),
            hint="Add to it (scopingreview add …), or begin the new one in another folder.",
        )
    values = _values(plan)
    made = []
    for name, template in templates.FILES.items():
        if not review.path(name).exists():
            store.write_text(review.path(name), templates.render(template, values))
            made.append(name)
    for name in _folders(plan):
        keep = review.path(name) / ".gitkeep"
        if not keep.exists():
            store.write_bytes(keep, b"")
    config.load_protocol(review)
    return made


def _folders(plan: Plan) -> list[str]:
    sources = [f"{paths.RAW}/{source_name(source)}" for source in plan.sources]
    phases = [f"{paths.SCREENED}/{phase}" for phase in Phase]
    return [paths.STRATEGIES, *sources, *phases, paths.JUDGEMENTS]


def _values(plan: Plan) -> dict[str, str]:
    raise_problems([*_bad_names(plan.reviewers), *_bad_names(plan.adjudicators)])
    return {
        "title": _quoted(plan.title),
        "plain_title": " ".join(plan.title.split()),
        "sources": "".join(_source_table(source) for source in plan.sources),
        "reviewers": "".join(_person_table("reviewers", name) for name in plan.reviewers),
        "adjudicators": "".join(_person_table("adjudicators", name) for name in plan.adjudicators),
        "needed": str(min(2, max(1, len(plan.reviewers)))),
        "example": config.suggested_name(plan.reviewers[0]) if plan.reviewers else "ab",
    }


def _bad_names(people: Sequence[str]) -> Iterator[ReviewError]:
    """What is wrong with the names of people: each becomes that of a file, and no two the same."""
    known: dict[str, str] = {}
    for name in people:
        short = config.suggested_name(name)
        if OF_NO_NAME.search(name) or not config.can_name_a_file(short):
            yield ReviewError(
                f'"{name}" cannot name a file',
                hint="Use lower-case letters, digits, - and _ (initials are usual: ab).",
            )
        elif short in known:
            yield ReviewError(f'"{name}" and "{known[short]}" would have one file, {short}.csv')
        known.setdefault(short, name)


def source_name(source: str) -> str:
    """The short name of a source that a person named in full: `wos` for "Web of Science"."""
    for name, label in config.PROPER_NAMES.items():
        if source.casefold() in (name, label.casefold()):
            return name
    name = re.sub(r"[^a-z0-9]+", "-", source.casefold()).strip("-")
    return f"{name}_" if names_a_device(name) else name


def _source_table(source: str) -> str:
    name = source_name(source)
    label = config.PROPER_NAMES.get(name, source)
    kind = "register" if name in REGISTERS else "database"
    return f'[[sources]]\nname = "{name}"\nlabel = {_quoted(label)}\nkind = "{kind}"\n\n'


def _person_table(key: str, name: str) -> str:
    """A person under the name of their file; whoever was named otherwise keeps that name, too."""
    short = config.suggested_name(name)
    full_name = _quoted(name if name != short else "")
    return f'[[{key}]]\nname = "{short}"\nfull_name = {full_name}\n\n'


def _quoted(text: str) -> str:
    """The text as a TOML string; JSON's escapes are among TOML's."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
