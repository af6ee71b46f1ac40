"""What a review's files say beside its searches: question, criteria, people, charting, results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scopingreview.charting import ChartingStanding
from scopingreview.checklists.answered import Answer
from scopingreview.flow.open_work import find_open_work
from scopingreview.model import Box, Phase
from scopingreview.paths import (
    CHARTED,
    COUNTS,
    EVENTS,
    EXCLUDED_REPORTS,
    FIGURE,
    FIGURES,
    PROTOCOL,
    SCREENED,
    SUMMARY,
)
from scopingreview.report.markdown import things
from scopingreview.report.methods import (
    PHASES,
    agreement_sentence,
    charting_sentence,
    limits_sentence,
    screening_sentences,
)
from scopingreview.report.summary import in_parts, results_sentences
from scopingreview.review.agreement_by_round import agreement_by_round
from scopingreview.review.amended import amended
from scopingreview.review.answering import (
    AnswerGiver,
    Answering,
    from_data,
    from_protocol,
    to_write,
)
from scopingreview.review.who_screened import who_charted, who_screened

NO_FORM = "What is charted is not laid down: there is no form."


def title(told: Answering) -> Answer:
    """PRISMA-ScR 1: whether the title says what the review is."""
    text = told.protocol.title
    if "scoping review" in text.casefold():
        return from_protocol(f"“{text}”", f"{PROTOCOL} (title)")
    return to_write(f"“{text}” does not say that this is a scoping review.", f"{PROTOCOL} (title)")


def numbers_for_the_abstract(told: Answering) -> Answer:
    """PRISMA-ScR 2: the numbers that an abstract needs."""
    return to_write(f"The numbers for it: {_flow_in_words(told)}", SUMMARY)


def question(told: Answering) -> Answer:
    """PRISMA-ScR 4: the question, whole or in its parts."""
    parts = [f"{part.capitalize()}: {text}" for part, text in in_parts(told.protocol)]
    text = " ".join(filter(None, [told.protocol.question, *parts]))
    place = f"{PROTOCOL} (question)"
    return from_protocol(text, place) if text else to_write("No question is on file.", place)


def protocol(told: Answering) -> Answer:
    """PRISMA-ScR 5: what was laid down, and amended; whether it is registered, no file says."""
    changed = [each for phase in Phase for each in amended(told.state, phase)]
    laid_down = (
        f"What the program followed is {PROTOCOL} (version {told.made_by.protocol}).",
        *changed,
        "Where the protocol can be read, and its registration, people have to say.",
    )
    return to_write(" ".join(laid_down), PROTOCOL, *([EVENTS] if changed else []))


def criteria(told: Answering) -> Answer:
    """PRISMA-ScR 6: the criteria of both phases and the limits."""
    parts, places = [], []
    for phase, rules in told.protocol.phases.items():
        if rules.criteria:
            laid_down = "; ".join(each.rstrip(".") for each in rules.criteria)
            parts.append(f"By {PHASES[phase]}: {laid_down}.")
            places.append(f"{PROTOCOL} ({str(phase).replace('-', '_')})")
    if limits := " ".join(limits_sentence(told.protocol.limits)):
        parts.append(limits)
        places.append(f"{PROTOCOL} (limits)")
    if not parts:
        return to_write("No criteria are on file.", PROTOCOL)
    return from_protocol(" ".join([*parts, "Why they are so is yours to add."]), *places)


def selection(told: Answering) -> Answer:
    """PRISMA-ScR 9: how it was to be screened, who did, and how well they agreed."""
    sentences: list[str] = []
    for phase, rules in told.protocol.phases.items():
        sentences += screening_sentences(rules)
        sentences += who_screened(told.state, phase, told.people)
        sentences += _agreed(told, phase)
    text = " ".join(sentences)
    if not any(told.state.decisions[phase] for phase in Phase):
        return from_protocol(text, f"{PROTOCOL} (title_abstract, full_text)")
    return from_data(text, f"{PROTOCOL} (title_abstract, full_text)", SCREENED)


def _agreed(told: Answering, phase: Phase) -> Iterator[str]:
    for each in agreement_by_round(told.state, phase):
        if each.round == "screening" and each.agreements:
            yield from agreement_sentence(phase, each.agreements[-1])


def charting(told: Answering) -> Answer:
    """PRISMA-ScR 10: how it was charted, and by whom."""
    state = told.charting
    if state is None:
        return to_write(NO_FORM, f"{PROTOCOL} (charting)")
    text = " ".join([charting_sentence(state.rules), *who_charted(state, told.people)])
    return from_protocol(f"{text} Whether authors were asked is yours to add.", *_form_places(told))


def form(told: Answering) -> Answer:
    """PRISMA-ScR 11, JBI III: the fields of the form."""
    state = told.charting
    if state is None:
        return to_write(NO_FORM, f"{PROTOCOL} (charting)")
    labels = ", ".join(field.label for field in state.form.fields)
    number = things(len(state.form.fields), "field")
    return from_protocol(f"{number}: {labels}.", *_form_places(told))


def _form_places(told: Answering) -> list[str]:
    return [f"{PROTOCOL} (charting)", *told.tables("extraction_form")]


def _charted_studies(told: Answering) -> str:
    """How many of the included studies are charted to the end."""
    state = told.charting
    if state is None:
        return ""
    done = sum(state.standing(each) is ChartingStanding.CHARTED for each in state.studies)
    studies = "study" if len(state.studies) == 1 else "studies"
    return f"{done:,} of {len(state.studies):,} included {studies} charted"


def _of_charting(told: Answering, *names: str) -> Answer:
    """What was charted, in these tables; that nobody has where nobody has."""
    state = told.charting
    if state is None or not state.charted:
        said = NO_FORM if state is None else "Nobody has charted yet."
        return to_write(said, f"{PROTOCOL} (charting)")
    return from_data(f"{_charted_studies(told)}.", CHARTED, *told.tables(*names))


def characteristics(told: Answering) -> Answer:
    """PRISMA-ScR 15: the table of characteristics, and the citations."""
    return _of_charting(told, "characteristics", "included_studies")


def charted_results(told: Answering) -> Answer:
    """PRISMA-ScR 17: what was charted of each study."""
    return _of_charting(told, "characteristics")


def synthesis_planned(told: Answering) -> Answer:
    """PRISMA-ScR 13: which tables and figures the protocol asks for."""
    if told.charting is None:
        return to_write(NO_FORM, f"{PROTOCOL} (charting)")
    return to_write(
        "The tables and figures that are made say what was counted and crossed; how and why, "
        "people have to say.",
        f"{PROTOCOL} (tables, figures)",
    )


def synthesis_made(told: Answering) -> Answer:
    """PRISMA-ScR 18: the tables and figures to write along."""
    if told.charting is None or not told.charting.charted:
        return to_write("Nothing is charted yet.", CHARTED)
    return to_write(
        f"To write along: {_charted_studies(told)}.", *told.tables("counts"), f"{FIGURES}/"
    )


def flow(told: Answering) -> Answer:
    """PRISMA-ScR 14: the counted flow, and the reasons."""
    places = (f"{FIGURE}.svg", COUNTS, f"{EXCLUDED_REPORTS}.md")
    work = find_open_work(told.flow)
    standing = f"In progress ({work}): " if work else ""
    return from_data(f"{standing}{_flow_in_words(told)}", *places)


def _flow_in_words(told: Answering) -> str:
    return " ".join(results_sentences(told.protocol, told.flow))


def excluded_reports(told: Answering) -> Answer:
    """JBI II: the reports excluded by their full text."""
    n = told.flow.n(Box.REPORTS_EXCLUDED) + told.flow.n(Box.OTHER_REPORTS_EXCLUDED)
    return from_data(
        f"{things(n, 'report')}, each cited below the reason that counts.",
        f"{EXCLUDED_REPORTS}.md",
        *told.tables("excluded_reports"),
    )


def limitations(told: Answering) -> Answer:
    """PRISMA-ScR 20: what of the way it was done limits it, as far as files know."""
    found = [*_limiting(told)]
    text = f"Think of these: {'; '.join(found)}." if found else "The files know of none."
    return to_write(text, PROTOCOL, SCREENED)


def _limiting(told: Answering) -> Iterator[str]:
    for phase, rules in told.protocol.phases.items():
        if rules.reviewers_needed == 1:
            yield f"one person alone decided by {PHASES[phase]}"
        elif rules.allocation and rules.allocation.overlap < 1:
            yield f"one person alone decided on a part of the records by {PHASES[phase]}"
        if told.state.pilots[phase].overridden:
            yield f"the pilot of {PHASES[phase]} was overridden"
    lost = told.flow.n(Box.NOT_RETRIEVED) + told.flow.n(Box.OTHER_NOT_RETRIEVED)
    if lost:
        yield f"{things(lost, 'report')} could not be retrieved"
    if told.flow.n(Box.NOT_SCREENED):
        yield f"{things(told.flow.n(Box.NOT_SCREENED), 'record')} were not screened"
    if work := find_open_work(told.flow):
        yield f"not everything is decided ({work})"
    if languages := told.protocol.limits.languages:
        yield f"only {' and '.join(languages)} could be included"
    if told.charting and told.charting.rules.charters_needed == 1:
        yield "one person alone charted each study"


REVIEW_ANSWERS: Mapping[str, AnswerGiver] = {
    "title": title,
    "numbers_for_the_abstract": numbers_for_the_abstract,
    "question": question,
    "protocol": protocol,
    "criteria": criteria,
    "selection": selection,
    "charting": charting,
    "form": form,
    "characteristics": characteristics,
    "charted_results": charted_results,
    "synthesis_planned": synthesis_planned,
    "synthesis_made": synthesis_made,
    "flow": flow,
    "excluded_reports": excluded_reports,
    "limitations": limitations,
}
