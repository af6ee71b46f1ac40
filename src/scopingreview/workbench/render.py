"""A record and what stands around it as styled text; what can be clicked is `footer`'s.

Nothing rests on colour: include terms are underlined, exclude terms reversed, those of a group
have its sign behind them, headings are bold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from textual.content import Content

from scopingreview.model import Decision, HighlightGroup, PhaseRules, Record, Verdict
from scopingreview.screening.labels import own_labels
from scopingreview.visible import visible
from scopingreview.work.abstract_headings import paragraphs
from scopingreview.work.acts import BY_NAME
from scopingreview.work.decision_words import decision_in_words
from scopingreview.work.highlights import Leaning, Terms
from scopingreview.work.keymap import Keymap
from scopingreview.work.pace import Pace, hours_left
from scopingreview.work.session import Session
from scopingreview.workbench.footer import draw_reasons

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
    record: Record,
    terms: Terms,
    *,
    shows_authors: bool,
    beside: Sequence[str],
    compact: bool,
    without_abstract: str = "[no abstract]",
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
        lines.append(Content.styled(without_abstract, "italic"))
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
    parts: list[str | tuple[str, str]] = []
    end = 0
    for mark in terms.marks(text):
        style = STYLES[mark.leaning] if mark.group is None else _style_of(mark.group)
        sign = "" if mark.group is None else mark.group.mark
        parts += [text[end : mark.begin], (text[mark.begin : mark.end] + sign, style)]
        end = mark.end
    return Content.assemble(*parts, text[end:])


def _style_of(group: HighlightGroup) -> str:
    return f"bold ansi_{group.colour}"


def draw_head(session: Session, pace: Pace, width: int) -> Content:
    """One line: who is at work on what, how much is left and at which pace.

    On a narrow screen the pace gives way first, and how much is left last.
    """
    who = " · ".join(filter(None, [f" {session.person}", session.desk.phase, session.desk.says]))
    if session.list.is_filtered:
        who += f" · {session.list.place + 1:,} of {len(session.list):,} listed"
    done = session.history.count
    parts = [f"{session.left:,} left", f"{session.decided:,} this sitting"]
    if done + session.left:
        parts.insert(1, f"{100 * done // (done + session.left)} %")
    if per_hour := pace.per_hour():
        parts += [f"{per_hour:,}/h", hours_left(session.left, per_hour)]
    parts = list(filter(None, parts))
    while len(parts) > 1 and len(who) + 2 + len(" · ".join(parts)) > width:
        parts.pop()
    right = " · ".join(parts) + " "
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


def draw_aside(session: Session, pace: Pace) -> Content:
    """What stands beside the record on a wide screen: progress, reasons, criteria."""
    done = session.history.count
    whole = done + session.left
    filled = round(BAR_WIDTH * done / whole) if whole else 0
    per_hour = pace.per_hour()
    speed = f", {per_hour:,} an hour" if per_hour else ""
    lines = [
        *_of_the_pilot(session),
        Content.assemble(("Progress", "bold ansi_cyan")),
        Content("█" * filled + "░" * (BAR_WIDTH - filled)),
        Content(f"{done:,} of {whole:,}, {session.left:,} left"),
        Content(f"{session.decided:,} in this sitting{speed}"),
        Content(),
    ]
    if session.rules.exclusion_reasons:
        lines += [
            Content.styled("Exclude because", "bold ansi_cyan"),
            draw_reasons(session.rules, 1, session.history.reasons),
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


def _of_the_pilot(session: Session) -> list[Content]:
    """What the pilot is, while it runs."""
    running = session.state.pilots[session.desk.phase].running
    rules = session.rules.pilot
    if not session.desk.says.startswith("PILOT") or running is None or rules is None:
        return []
    what = (
        f"Everybody decides on the same {len(running.records):,} records. The phase opens when "
        f"{rules.agreement:.0%} of you agree."
    )
    return [Content.styled(session.desk.says, "bold reverse"), Content(what), Content()]


def draw_criteria(rules: PhaseRules) -> Content:
    """The criteria of the phase."""
    none = "None stand in config/review.toml for this phase."
    lines = [Content.styled("Criteria", "bold ansi_cyan")]
    lines += [seen(f"• {criterion}") for criterion in rules.criteria or (none,)]
    return Content("\n").join(lines)


def draw_page(session: Session, groups: Sequence[HighlightGroup]) -> Content:
    """What to look up while reading: keywords of the record, criteria, reasons, marks."""
    lines = []
    record = session.current
    if record is not None and record.keywords:
        heading = ("Keywords of this record  ", "bold ansi_cyan")
        lines += [Content.assemble(heading, seen("; ".join(record.keywords))), Content()]
    lines.append(draw_criteria(session.rules))
    times = session.history.reasons
    reasons = session.rules.exclusion_reasons
    if reasons:
        lines += [Content(), Content.styled("Exclude because (yours so far)", "bold ansi_cyan")]
    for number, (key, wording) in enumerate(reasons.items(), start=1):
        digit = f"{number}"[-1] if number <= 10 else " "
        lines.append(seen(f"{digit} {wording} ({times[key]:,})"))
    if times[""]:
        lines.append(Content(f"  no reason given ({times['']:,})"))
    return Content("\n").join([*lines, Content(), draw_marks(groups)])


def draw_marks(groups: Sequence[HighlightGroup]) -> Content:
    """What the marks in a record mean."""
    marks: list[str | tuple[str, str]] = [
        ("underlined", STYLES[Leaning.INCLUDE]),
        " speaks for including, ",
        ("reversed", STYLES[Leaning.EXCLUDE]),
        " for excluding",
    ]
    for group in groups:
        if group.terms:
            marks += [", ", (f"word{group.mark}", _style_of(group))]
            marks.append(f" is {visible(group.name) or 'a word of your own'}")
    return Content.assemble(*marks, ".")


def draw_help(keys: Keymap, rules: PhaseRules, groups: Sequence[HighlightGroup]) -> Content:
    """Every key and what it does."""
    rows = [("1-9 0", "Exclude for that reason.")] if rules.exclusion_reasons else []
    rows += [(" ".join(keys.keys[name]), action.says) for name, action in BY_NAME.items()]
    width = max(len(key) for key, _ in rows) + 2
    lines = [Content.assemble((key.ljust(width), "bold"), says) for key, says in rows]
    return Content("\n").join([*lines, Content(), draw_marks(groups)])
