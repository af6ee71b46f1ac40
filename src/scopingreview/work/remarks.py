"""What a person says of a record besides a verdict: a comment, labels, a duplicate, a study."""

from __future__ import annotations

from scopingreview import store
from scopingreview.errors import ReviewError, UsageError
from scopingreview.model import Record
from scopingreview.review.text_places import lost_file
from scopingreview.screening import current_studies
from scopingreview.screening.labels import own_labels, parse_labels
from scopingreview.work.finding import MOST, choice_of, records_with
from scopingreview.work.front_end import Choice, ChoiceQuestion, FrontEnd, LineQuestion
from scopingreview.work.full_text import addresses, open_address
from scopingreview.work.task import Task


def comment(task: Task, front: FrontEnd) -> None:
    """A comment on the record is kept with whatever is decided."""

    def keep(note: str) -> None:
        task.session.annotate(note=note, now=task.now())
        front.say("Comment kept.")

    before = task.session.history.note(task.record().record_id)
    front.ask_line(LineQuestion("Comment", before), keep)


def label(task: Task, front: FrontEnd) -> None:
    """The record has the labels that the person types, in place of those it had of theirs."""

    def keep(text: str) -> None:
        task.session.annotate(labels=parse_labels(text), now=task.now())
        front.say("Labels kept.")

    history = task.session.history
    before = own_labels(history.labels(task.record().record_id))
    used = history.own_labels
    hint = f"Used so far: {', '.join(used)}" if used else "Several with commas between them."
    front.ask_line(LineQuestion("Labels", ", ".join(before), hint), keep)


def relabel(task: Task, front: FrontEnd) -> None:
    """One of the person's labels has another name on every record that bears it, or is dropped."""
    used = task.session.history.own_labels

    def named(typed: str) -> list[Choice]:
        return [
            Choice(label, f"{label} ({times:,})")
            for label, times in used.items()
            if typed.casefold() in label.casefold()
        ]

    question = ChoiceQuestion(
        "Which of your labels?", named, hint="Enter chooses it, Esc leaves it."
    )
    front.ask_choice(question, lambda label: _ask_new_name(task, front, label))


def _ask_new_name(task: Task, front: FrontEnd, label: str) -> None:
    def rename(text: str) -> None:
        names = parse_labels(text)
        if len(names) > 1 or (names and not own_labels(names)):
            raise UsageError("one label becomes one label", hint="Leave it empty to drop it.")
        becomes = names[0] if names else ""
        if becomes != label:
            task.session.relabel(label, becomes, now=task.now())
            front.say(f"“{label}” is “{becomes}” now." if becomes else f"“{label}” is dropped.")

    hint = "The new name, for every record that bears it. Empty drops the label."
    front.ask_line(LineQuestion(f"“{label}” becomes", label, hint), rename)


def say_duplicate(task: Task, front: FrontEnd) -> None:
    """The record is the same report as another; the likely ones are offered first."""
    record = task.record()

    def judge(other_id: str) -> None:
        judged = task.session.judge_same(other_id, now=task.now())
        task.pace.moved(task.now())
        front.say(f"{judged.record_id} is {other_id}. It leaves the queue.")
        front.turn()

    front.ask_choice(
        ChoiceQuestion(
            f"{record.record_id} is the same report as …",
            lambda typed: _likely_duplicates(task, record, typed),
            hint="Type words of its title or its id. Enter says they are one, Esc leaves it.",
        ),
        judge,
    )


def _likely_duplicates(task: Task, record: Record, typed: str) -> list[Choice]:
    state = task.session.state
    if typed:
        return [each for each in records_with(task, typed) if each.key != record.record_id]
    pairs = store.read_possible_duplicates(task.session.review)
    near = [
        pair.other_id if pair.record_id == record.record_id else pair.record_id
        for pair in sorted(pairs, key=lambda pair: -pair.score)
        if record.record_id in (pair.record_id, pair.other_id)
    ]
    return [choice_of(state.as_read(key)) for key in near if key in state.records]


def link_study(task: Task, front: FrontEnd) -> None:
    """The report belongs to a study; those that have reports already are offered."""
    state = task.session.state
    links = store.read_study_links(task.session.review)
    studies = current_studies(links, state.canonical)
    now = studies.get(task.record().record_id, "")

    def named(typed: str) -> list[Choice]:
        names = dict.fromkeys(studies.values())
        found = (name for name in names if typed.casefold() in name.casefold())
        return [Choice(name, name) for name in found][:MOST]

    def link(study: str) -> None:
        task.session.link_study(study, now=task.now())
        front.say(f"A report of {study}." if study else "A study of its own.")

    front.ask_choice(
        ChoiceQuestion(
            f"The study this report belongs to ({f'now: {now}' if now else 'none yet'})",
            named,
            hint="Type a name (smith-2019), or choose one. Enter on nothing takes the link back.",
            free=True,
        ),
        link,
    )


def open_full_text(task: Task, front: FrontEnd) -> None:
    """The full text or the page of the record is open in a window; where none can, its address
    is told. Raises ReviewError when no address is known."""
    session, record = task.session, task.record()
    found = addresses(session.review, record, session.state.retrievals.get(record.record_id))
    if not found:
        raise ReviewError("no file, DOI or address is known of this record")
    lost = lost_file(session.review, session.state.retrievals.get(record.record_id))
    instead = f"{lost} is not in the review. Instead: " if lost else ""
    if open_address(session.review, found[0]):
        front.say(f"{instead}Opened {found[0]}")
    else:
        front.copy(found[0])
        front.say(f"{instead}No window can open here: {found[0]}")
