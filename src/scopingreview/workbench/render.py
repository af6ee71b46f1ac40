"""A record, its surroundings and the footer as styled text.

Nothing rests on colour: include terms are underlined, exclude terms reversed, headings bold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from textual.content import Content

from scopingreview.model import Decision, PhaseRules, Record, Verdict
from scopingreview.screening.labels import own_labels
from scopingreview.visible import visible
from scopingreview.work.abstract_headings import paragraphs
from scopingreview.work.acts import BY_NAME
from scopingreview.work.decision_words import decision_in_words
from scopingreview.work.highlights import Leaning, Terms
from scopingreview.work.keymap import Keymap
from scopingreview.work.pace import Pace, hours_left
from scopingreview.work.session import Session

STYLES = {
    Leaning.INCLUDE: "bold underline ansi_green",
    Leaning.EXCLUDE: "reverse ansi_red",
    Leaning.SEARCHED: "bold reverse",
}
VERDICT_STYLES = {
    Verdict.INCLUDE: "bold ansi_green",
    Verdict.EXCLUDE: "bold ansi_red",
    Verdict.MAYBE: "bold ansi_yellow",
}
BAR_WIDTH = 24
ASIDE_WIDTH = 34
LATEST = 6


def seen(text: str, style: str = "") -> Content:
    """Text from outside, as a terminal takes it: whatever others wrote comes in here."""
    return Content.styled(visible(text), style)


def _as_seen(record: Record) -> Record:
    """The record with every text of it as a terminal takes it, so that its terms can be marked."""
    return replace(
        record,
        title=visible(record.title),
        abstract=visible(record.abstract),
        authors=tuple(map(visible, record.authors)),
        keywords=tuple(map(visible, record.keywords)),
    )


def draw_record(
    record: Record, terms: Terms, *, shows_authors: bool, beside: Sequence[str], compact: bool
) -> Content:
    """The record to read: title, where it was published, abstract by its headings, keywords.

    `compact` puts a heading on the line of its text, for a screen with few lines.
    """
    record = _as_seen(record)
    lines: list[Content] = [
        _marked(record.title or "[no title]", terms).stylize("bold"),
        seen(_place(record), "dim"),
    ]
    if shows_authors:
        lines.append(Content.styled("; ".join(record.authors) or "[no authors]", "dim"))
    lines += map(seen, beside)
    lines.append(Content())
    for paragraph in paragraphs(record.abstract):
        text = _marked(paragraph.text, terms)
        if paragraph.heading:
            heading = Content.styled(paragraph.heading.upper(), "bold ansi_cyan")
            text = Content("  " if compact else "\n").join([heading, text])
        lines.append(text)
    if not record.abstract:
        lines.append(Content.styled("[no abstract]", "italic"))
    if record.keywords:
        words = _marked("; ".join(record.keywords), terms)
        lines += [Content(), Content.assemble(("Keywords  ", "bold ansi_cyan"), words)]
    if record.doi:
        lines.append(seen(f"https://doi.org/{record.doi}", "dim"))
    return Content("\n").join(lines)


def _place(record: Record) -> str:
    volume = f"{record.volume}({record.issue})" if record.issue else record.volume
    year = str(record.year or "no year")
    where = ", ".join(filter(None, [volume, record.pages]))
    parts = [record.journal, year, where, record.type, record.language]
    return " · ".join(part for part in parts if part)


def _marked(text: str, terms: Terms) -> Content:
    content = Content(text)
    for mark in terms.marks(text):
        content = content.stylize(STYLES[mark.leaning], mark.begin, mark.end)
    return content


def draw_head(session: Session, pace: Pace, width: int) -> Content:
    """One line: who is at work on what, how much is left and at which pace."""
    who = f" {session.person} · {session.desk.phase}"
    if session.desk.role != "reviewer":
        who += " · conflicts"
    if session.list.is_filtered:
        who += f" · {session.list.place + 1:,} of {len(session.list):,} listed"
    done = session.history.count
    parts = [f"{session.left:,} left", f"{session.decided:,} this sitting"]
    if done + session.left:
        parts.insert(0, f"{100 * done // (done + session.left)} %")
    if per_hour := pace.per_hour():
        parts += [f"{per_hour:,}/h", hours_left(session.left, per_hour)]
    right = " · ".join(filter(None, parts)) + " "
    room = max(1, width - len(right))
    return seen(f"{who[: room - 1].ljust(room)}{right}")


def draw_standing(session: Session, record: Record) -> Content:
    """One line: the record's id, and what the person has said of it so far."""
    line: list[str | Content | tuple[str, str]] = [seen(f"{record.record_id}  ", "dim")]
    if decision := session.standing(record.record_id):
        line += ["you said ", draw_decision(decision, session.rules), "  "]
    if labels := own_labels(session.history.labels(record.record_id)):
        line += [("labels ", "dim"), seen(", ".join(labels) + "  ")]
    if note := session.history.note(record.record_id):
        line += [("comment ", "dim"), seen(note)]
    return Content.assemble(*line)


def draw_decision(decision: Decision, rules: PhaseRules) -> Content:
    """The verdict, and after an exclusion why, and what else the report fails."""
    words = seen(decision_in_words(decision, rules))
    return words.stylize(VERDICT_STYLES[decision.verdict], 0, len(decision.verdict))


def draw_reasons(rules: PhaseRules, width: int) -> Content:
    """The exclusion reasons with the digit that excludes for each, as many a line as fit."""
    reasons = [
        Content.assemble((f" {digit} ", "reverse"), seen(f" {wording}"))
        for digit, wording in zip("1234567890", rules.exclusion_reasons.values(), strict=False)
    ]
    return in_rows(reasons, width)


def draw_keys(names: Iterable[str], keys: Keymap, width: int, *, lines: int) -> Content:
    """What can be done now and with which key, as much as there is room for.

    `help` and `quit` always have room; the help lists what does not.
    """
    last = [_key_of(name, keys) for name in ("help", "quit")]
    first = [_key_of(name, keys) for name in names if name not in ("help", "quit")]
    while first and len(_rows([*first, *last], width)) > lines:
        first.pop()
    return in_rows([*first, *last], width)


def _key_of(name: str, keys: Keymap) -> Content:
    return Content.assemble((keys.key(name), "bold underline"), f" {BY_NAME[name].word}")


def rows_needed(cells: Sequence[Content], width: int) -> int:
    """How many lines the cells take."""
    return len(_rows(cells, width))


def in_rows(cells: Sequence[Content], width: int) -> Content:
    """The cells, as many a line as fit."""
    return Content("\n").join(Content("  ").join(row) for row in _rows(cells, width))


def _rows(cells: Iterable[Content], width: int) -> list[list[Content]]:
    """The cells in lines of at most that width, none of them broken."""
    rows: list[list[Content]] = [[]]
    used = 0
    for cell in cells:
        if rows[-1] and used + 2 + cell.cell_length > width:
            rows.append([])
            used = 0
        used += cell.cell_length + (2 if rows[-1] else 0)
        rows[-1].append(cell)
    return rows


def draw_aside(session: Session, pace: Pace) -> Content:
    """What stands beside the record on a wide screen: progress, reasons, criteria."""
    done = session.history.count
    whole = done + session.left
    filled = round(BAR_WIDTH * done / whole) if whole else 0
    per_hour = pace.per_hour()
    speed = f", {per_hour:,} an hour" if per_hour else ""
    lines = [
        Content.assemble(("Progress", "bold ansi_cyan")),
        Content("█" * filled + "░" * (BAR_WIDTH - filled)),
        Content(f"{done:,} of {whole:,}, {session.left:,} left"),
        Content(f"{session.decided:,} in this sitting{speed}"),
        Content(),
    ]
    if session.rules.exclusion_reasons:
        lines += [
            Content.styled("Exclude because", "bold ansi_cyan"),
            draw_reasons(session.rules, 1),
            Content(),
        ]
    lines += [draw_criteria(session.rules), *_latest(session)]
    return Content("\n").join(lines)


def _latest(session: Session) -> list[Content]:
    """The person's latest decisions, a line each."""
    rows = list(islice(session.history.decisions(), LATEST))
    if not rows:
        return []
    lines = [Content(), Content.styled("Your latest", "bold ansi_cyan")]
    for row in rows:
        state = session.state
        title = state.as_read(state.canonical[row.record_id]).title
        verdict = Content.styled(f"{row.verdict[0].upper()} ", VERDICT_STYLES[row.verdict])
        lines.append((verdict + seen(title)).truncate(ASIDE_WIDTH, ellipsis=True))
    return lines


def draw_criteria(rules: PhaseRules) -> Content:
    """The criteria of the phase."""
    none = "None stand in config/review.toml for this phase."
    lines = [Content.styled("Criteria", "bold ansi_cyan")]
    lines += [seen(f"• {criterion}") for criterion in rules.criteria or (none,)]
    return Content("\n").join(lines)


def draw_help(keys: Keymap, rules: PhaseRules) -> Content:
    """Every key and what it does."""
    rows = [("1-9 0", "Exclude for that reason.")] if rules.exclusion_reasons else []
    rows += [(" ".join(keys.keys[name]), action.says) for name, action in BY_NAME.items()]
    width = max(len(key) for key, _ in rows) + 2
    lines = [Content.assemble((key.ljust(width), "bold"), says) for key, says in rows]
    marks = Content.assemble(
        ("underlined", STYLES[Leaning.INCLUDE]),
        " speaks for including, ",
        ("reversed", STYLES[Leaning.EXCLUDE]),
        " for excluding.",
    )
    return Content("\n").join([*lines, Content(), marks])
