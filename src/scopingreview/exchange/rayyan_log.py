"""Rayyan's log of who did what (`customizations_log.csv`), which comes with every export.

An export's notes hold everybody's verdicts, but the reasons and labels of all in one list. The log
tells whose they are: a line an event, with the person's address, the key of the record and what was
set, `included` (1, 0 for maybe, -1), `"label"` or `"__EXR__reason"` (1, or deleted). Looked up in
the logs of two public reviews.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from scopingreview.csv_text import rows_of
from scopingreview.errors import ReviewError
from scopingreview.exchange.foreign_decision import Said
from scopingreview.model import Verdict

NEEDED = ("user_email", "article_id", "key", "value")
INCLUDED = "included"
REASON = "__EXR__"
SET = "1"
VERDICTS = {"1": Verdict.INCLUDE, "0": Verdict.MAYBE, "-1": Verdict.EXCLUDE}

Settings = Mapping[str, str]
RayyanLog = Mapping[str, Mapping[str, Settings]]
"""What stands at the end: by person and record, each key and its value."""


def read_rayyan_log(content: bytes, where: str = "") -> RayyanLog:
    """The log, the last word on everything. Raises ReviewError for a file that is none."""
    from scopingreview.formats.decoding import decode, encoding_of  # as in `sheet`
    from scopingreview.formats.oddities import Oddities

    lines = rows_of(decode(content, encoding_of(content), Oddities()).removeprefix("\ufeff"), where)
    _, header = next(lines, (1, []))
    if not set(NEEDED) <= set(header):
        raise ReviewError(
            "this is no log of Rayyan's",
            where=where,
            line=1,
            hint="It is called customizations_log.csv and lies beside the articles of an export.",
        )
    places = [header.index(name) for name in NEEDED]
    log: defaultdict[str, defaultdict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for _, row in lines:
        if len(row) >= len(header):
            person, record, key, value = (row[place] for place in places)
            log[person][record][key.strip('"')] = value
    return log


def address_of(name: str, told: Iterable[Said], log: RayyanLog, where: str = "") -> str:
    """The address in the log of the person whom the export calls `name`: who decided as they did.

    Raises ReviewError when nobody did, or several.
    """
    decided = [(said.key, said.verdicts[name]) for said in told if name in said.verdicts]
    found = [
        person
        for person, records in log.items()
        if all(_verdict(records.get(key, {})) is verdict for key, verdict in decided)
    ]
    if len(found) == 1:
        return found[0]
    raise ReviewError(
        f"{len(found)} people of this log decided as {name} did"
        if found
        else f"nobody in this log decided as {name} did",
        where=where,
        hint="Take the log of the same export, or leave --log out: reasons and labels are then "
        "those of all.",
    )


def in_own_words(said: Said, records: Mapping[str, Settings]) -> Said:
    """What the row says, with the reasons and labels that are this person's in their log."""
    keys = [key for key, value in records.get(said.key, {}).items() if value == SET]
    return replace(
        said,
        reasons=tuple(key.removeprefix(REASON) for key in keys if key.startswith(REASON)),
        labels=tuple(key for key in keys if key != INCLUDED and not key.startswith(REASON)),
    )


def _verdict(settings: Settings) -> Verdict | None:
    return VERDICTS.get(settings.get(INCLUDED, ""))
