"""What the shell offers when Tab is pressed: phases, people, reasons, sources, boxes, record ids.

A word that several commands take is offered by all of them: which words there are stands in one
table, by option. Nothing is offered where the review cannot be read, and nothing is ever said: the
shell would print it into the line that somebody types.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from inspect import Parameter
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import typer

if TYPE_CHECKING:
    from scopingreview.paths import Review

MOST = 60  # words offered at once; of more their beginnings are
ASKED_BY = "_SCOPINGREVIEW_COMPLETE"  # the variable by which a shell asks
BASH = "complete_bash"
BEFORE_COLON = "_SCOPINGREVIEW_BEFORE_COLON"  # what bash has of the word that is typed

Offered = tuple[str, str]
"""A word and what it stands for; "" where it says so itself."""


def _phases(_review: Review) -> Iterator[Offered]:
    from scopingreview.model import Phase

    yield from ((phase, "") for phase in Phase)


def _people(review: Review) -> Iterator[Offered]:
    from scopingreview import config

    protocol = config.load_protocol(review)
    for person in (*protocol.reviewers, *protocol.adjudicators):
        yield person.name, person.full_name


def _sources(review: Review) -> Iterator[Offered]:
    from scopingreview import config

    for source in config.load_protocol(review).sources:
        yield source.name, source.label


def _reasons(review: Review) -> Iterator[Offered]:
    """Those of the phase that stands on the line, else of both."""
    from scopingreview import config
    from scopingreview.cli.options import SHORT
    from scopingreview.model import Phase

    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")
    named = {SHORT.get(word, word) for word in line.split()}
    protocol = config.load_protocol(review)
    for phase in [phase for phase in Phase if phase in named] or Phase:
        yield from protocol.phases[phase].exclusion_reasons.items()


def _boxes(_review: Review) -> Iterator[Offered]:
    from scopingreview.model import Box

    yield from ((box, "") for box in Box)


def _record_ids(review: Review) -> Iterator[Offered]:
    """As the last import left them: to offer 100,000 nobody waits for a file to be read."""
    from scopingreview.store.record_index import ids_as_written

    yield from ((record_id, "") for record_id in ids_as_written(review))


Offers = Callable[["Review"], Iterable[Offered]]

# What stands behind an option or in the place of an argument, by its name or its metavar.
OFFERS: dict[str, Offers] = {
    "--as": _people,
    "--box": _boxes,
    "--chased-from": _record_ids,
    "--other": _record_ids,
    "--phase": _phases,
    "--reason": _reasons,
    "--record": _record_ids,
    "--source": _sources,
    "--to": _phases,
    "ID": _record_ids,
    "PHASE": _phases,
    "RECORD": _record_ids,
}


def offered(parameters: Iterable[Parameter]) -> list[Parameter]:
    """The parameters of a command, each of which offers its words; they are changed in place."""
    parameters = list(parameters)
    if ASKED_BY in os.environ:
        for parameter in parameters:
            for info in get_args(parameter.annotation)[1:]:
                offers = offers_of(parameter.name, info)
                if offers is not None and not is_flag(parameter):
                    info.autocompletion = _completing(offers)
    return parameters


def offers_of(name: str, info: Any) -> Offers | None:
    """What is offered for an option or an argument; None when nothing is."""
    # The first name of an annotated option stands where its default would.
    named = [
        info.default,
        *(info.param_decls or ()),
        f"--{name.replace('_', '-')}",
        info.metavar or "",
    ]
    return next((OFFERS[word] for word in named if isinstance(word, str) and word in OFFERS), None)


def is_flag(parameter: Parameter) -> bool:
    """Whether the option is a word by itself: `add --record`."""
    return get_args(parameter.annotation)[0] is bool


def _completing(offers: Offers) -> Callable[..., list[Offered]]:
    """The function as typer asks it: the words that go on as the typed one begins."""

    def complete(ctx: typer.Context, incomplete: str) -> list[Offered]:
        from scopingreview.paths import find_review

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                told = dict(offers(find_review(_folder(ctx))))
                begun = os.environ.get(BEFORE_COLON, "") + incomplete
        except Exception:  # whatever is wrong with the review: it is said by the command itself
            return []
        before = len(begun) - len(incomplete)
        return [(word[before:], told.get(word, "")) for word in narrowed(told, begun)]

    return complete


def _folder(context: Any) -> Path:
    """The folder that was named behind the command, or before it."""
    given = [each.params.get("folder") for each in (context, context.parent) if each]
    named = [Path(folder) for folder in given if folder]
    return next((folder for folder in named if folder != Path()), Path())


def narrowed(words: Iterable[str], begun: str) -> Sequence[str]:
    """The words that begin so; of very many the beginnings that tell them apart."""
    found = sorted(word for word in words if word.startswith(begun))
    if len(found) <= MOST:
        return found
    beginnings, length = {begun}, len(begun)
    while len(longer := {word[: length + 1] for word in found}) <= MOST or len(beginnings) == 1:
        beginnings, length = longer, length + 1
    return sorted(beginnings)


def join_at_colons() -> None:
    """The words of a line as bash hands them on are those that were typed: `pubmed:123` is one.

    Bash ends a word at a colon. Of the one at the cursor it has what stands before the last colon,
    and wants the rest.
    """
    if os.environ.get(ASKED_BY) != BASH or not os.environ.get("COMP_CWORD", "").isdecimal():
        return
    typed, place = os.environ.get("COMP_WORDS", "").split("\n"), int(os.environ["COMP_CWORD"])
    typed += [""] * (place + 1 - len(typed))
    joined: list[str] = []
    goes_on = False
    for word in typed[: place + 1]:
        if joined and (word == ":" or goes_on):
            joined[-1] += word
        else:
            joined.append(word)
        goes_on = word == ":"
    before, colon, rest = joined[-1].rpartition(":")
    os.environ[BEFORE_COLON] = before + colon
    os.environ["COMP_WORDS"] = "\n".join([*joined[:-1], rest])
    os.environ["COMP_CWORD"] = str(len(joined) - 1)
