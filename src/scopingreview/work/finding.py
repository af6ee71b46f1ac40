"""Moving through the list, searching it, listing a part of it, and going to one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from scopingreview import normalise
from scopingreview.errors import ReviewError
from scopingreview.model import Record
from scopingreview.work.decision_words import decision_in_words
from scopingreview.work.filters import Filter, among, candidates, parse_filter
from scopingreview.work.front_end import Choice, ChoiceQuestion, FrontEnd, LineQuestion
from scopingreview.work.task import Task

MOST = 50  # choices in a list: who types a letter more finds the rest


def move(task: Task, front: FrontEnd, steps: int) -> None:
    """The record that many steps on is shown."""
    task.session.list.move(steps)
    _turn(task, front)


def skip(task: Task, front: FrontEnd) -> None:
    """The record goes to the end of the list, and the next one is shown."""
    task.session.list.skip()
    _turn(task, front)


def _turn(task: Task, front: FrontEnd) -> None:
    task.pace.moved(task.now())
    front.turn()


def search(task: Task, front: FrontEnd) -> None:
    """The next record that holds the words asked for is shown."""
    fields = "title" if task.session.by_titles_alone else "title, abstract and keywords"
    question = LineQuestion(
        f"Search {fields} for",
        " ".join(task.searched),
        "Nothing ends the search.",
    )
    front.ask_line(question, lambda text: _search_for(task, front, text.split()))


def search_again(task: Task, front: FrontEnd) -> None:
    """The next record that holds the words looked for last is shown."""
    _search_for(task, front, task.searched)


def _search_for(task: Task, front: FrontEnd, words: Sequence[str]) -> None:
    """Look from the next record on, then from the top."""
    task.searched = tuple(words)
    if not words:
        return
    listed = task.session.list
    ids = [*listed.ids[listed.place + 1 :], *listed.ids[: listed.place + 1]]

    def show(unique_id: str | None) -> None:
        if unique_id is None:
            raise ReviewError(f"No record of the list holds “{' '.join(words)}”.")
        listed.put_on_table(unique_id)
        _turn(task, front)

    wanted = Filter(words=task.searched)
    front.find(lambda: next(among(task.session, wanted, ids), None), show)


def list_only(task: Task, front: FrontEnd) -> None:
    """The list holds the records that the filter asked for finds."""
    question = LineQuestion(
        "List only",
        hint="undecided, maybe, include, exclude, mine, conflict, label:…, reason:…, "
        "year:2015-2020, source:…, or words of the text. Nothing brings the queue back.",
    )
    front.ask_line(question, lambda text: _lay_out(task, front, text))


def _lay_out(task: Task, front: FrontEnd, text: str) -> None:
    wanted = parse_filter(text)
    if not wanted:
        put_away_list(task, front)
        return
    ids = candidates(task.session, wanted)

    def show(found: list[str]) -> None:
        if not found:
            raise ReviewError(f"No record for “{text}”.")
        task.session.list.lay_out(found)
        back = f"{task.keys.key('filter')} and Enter brings your queue back."
        front.say(f"{len(found):,} for “{text}”. {back}")
        _turn(task, front)

    front.find(lambda: list(among(task.session, wanted, ids)), show)


def put_away_list(task: Task, front: FrontEnd) -> None:
    """The queue is the list again, where it was left."""
    if task.session.list.is_filtered:
        task.session.list.put_away()
        _turn(task, front)


ORDERS = {
    "own": "your own order, as you sat down to it",
    "title": "by title",
    "source": "by source, in the protocol's order",
    "newest": "the newest first",
    "oldest": "the oldest first",
}
NO_YEAR = 9999


def sort(task: Task, front: FrontEnd) -> None:
    """The list is in the order that the person chooses, until they leave."""
    question = ChoiceQuestion(
        "In which order?",
        lambda typed: [
            Choice(key, says) for key, says in ORDERS.items() if typed.casefold() in says
        ],
        hint="For this sitting; what you have decided on keeps its place. Esc leaves it.",
    )
    front.ask_choice(question, lambda order: _sort_by(task, front, order))


def _sort_by(task: Task, front: FrontEnd, order: str) -> None:
    listed = task.session.list

    def arrange(rank: Mapping[str, object] | None) -> None:
        listed.arrange(rank)
        front.say(f"Sorted: {ORDERS[order]}.")
        _turn(task, front)

    if order == "own":
        arrange(None)
    else:
        state = task.session.state
        trust = {source.name: place for place, source in enumerate(state.protocol.sources)}

        def rank_of(unique_id: str) -> object:
            if order == "source":
                return trust[unique_id.partition(":")[0]]
            record = state.records[unique_id]
            if order == "title":
                return normalise.title(record.title)
            return -(record.year or 0) if order == "newest" else record.year or NO_YEAR

        front.find(lambda: {unique_id: rank_of(unique_id) for unique_id in listed.ids}, arrange)


def go_to(task: Task, front: FrontEnd) -> None:
    """The record of the id asked for is shown; the end of the id will do."""
    question = LineQuestion("Go to the record", hint="Its id, or the end of it.")
    front.ask_line(question, lambda text: _go_to(task, front, text))


def _go_to(task: Task, front: FrontEnd, text: str) -> None:
    if not text:
        return
    canonical = task.session.state.canonical
    found = [text] if text in canonical else [key for key in canonical if key.endswith(text)]
    if not found:
        raise ReviewError(f'no record has the id "{text}"')
    if len(found) > 1:
        raise ReviewError(f'{len(found):,} ids end in "{text}": {", ".join(found[:3])} …')
    _show(task, front, canonical[found[0]])


def _show(task: Task, front: FrontEnd, unique_id: str) -> None:
    desk = task.session.desk
    if unique_id not in desk.open_ids:
        raise ReviewError(f"{unique_id} is not open here", hint=desk.closed)
    task.session.list.put_on_table(unique_id)
    _turn(task, front)


def go_to_decision(task: Task, front: FrontEnd) -> None:
    """The record of the decision that the person chooses among their own is shown."""
    question = ChoiceQuestion(
        "Your decisions, the latest first",
        lambda typed: _decisions_with(task, typed),
        hint="Type to find one. Enter goes to it, Esc goes back.",
    )
    front.ask_choice(question, lambda unique_id: _show(task, front, unique_id))


def _decisions_with(task: Task, typed: str) -> list[Choice]:
    session = task.session
    choices: list[Choice] = []
    for row in list(session.history.decisions()):
        unique_id = session.state.canonical[row.record_id]
        words = decision_in_words(row, session.rules)
        text = f"{words} · {session.state.as_read(unique_id).title}"
        if typed.casefold() in f"{unique_id} {text} {' '.join(row.labels)}".casefold():
            choices.append(Choice(unique_id, text))
        if len(choices) == MOST:
            break
    return choices


def records_with(task: Task, typed: str) -> list[Choice]:
    """The records that hold the words, whether they are in the queue or not; MOST at most."""
    state = task.session.state
    if typed in state.canonical:
        return [choice_of(state.as_read(typed))]
    wanted = Filter(words=tuple(typed.split()))
    found = among(task.session, wanted, list(state.unique_ids))
    return [choice_of(state.as_read(key)) for key in islice(found, MOST)]


def choice_of(record: Record) -> Choice:
    """The record as one of a list."""
    text = f"{record.title} ({record.year or 'no year'}) {record.record_id}"
    return Choice(record.record_id, text)
