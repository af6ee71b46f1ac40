"""A public copy of a review: made in a place apart, held to the review, then put where it goes.

Everything in it is written from values that `public_copy` let through: no file of the review is
copied as it is but the strategies, and those as texts in which nobody is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from scopingreview import config, store, templates
from scopingreview.charting import ChartingState
from scopingreview.config.known_items import COLUMNS as KNOWN_ITEM_COLUMNS
from scopingreview.errors import ReviewError
from scopingreview.flow.members import box_members, count_members
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Cell, FieldType, Phase, Search
from scopingreview.model.public_copy import PublicCopy
from scopingreview.model.result_rules import ReportFormat
from scopingreview.paths import (
    DERIVED,
    KNOWN_ITEMS,
    PROTOCOL,
    PUBLIC_COPY,
    REPORT,
    SEARCHES,
    Review,
)
from scopingreview.progress_note import Tell, to_nobody
from scopingreview.public_copy import public_values
from scopingreview.public_copy.redaction import Redaction, redaction_of
from scopingreview.review.charting import load_charting
from scopingreview.review.counted_flow import load_data
from scopingreview.review.report_files import report_files
from scopingreview.review.reporting import load_report_data
from scopingreview.review.results import made_by_now
from scopingreview.review.tabulating import load_rules
from scopingreview.stages.placing import Placed, copy_in, place_files
from scopingreview.stages.running import run_chain
from scopingreview.store.table import write_table
from scopingreview.store.unpacking import place_apart
from scopingreview.tables.usual_fields import usual_characteristics

Value = TypeVar("Value")

README, IGNORED, ATTRIBUTES = "README.md", ".gitignore", ".gitattributes"
# What a chain leaves in data/derived for itself; records and duplicates stay.
KEPT_DERIVED = ("records.csv", "duplicates.csv", "possible_duplicates.csv")


@dataclass(frozen=True)
class _Publishing:
    """A review, the copy that is being made of it, and who is called what there."""

    review: Review
    copy: Review
    data: ReviewData
    charting: ChartingState | None
    searches: Sequence[Search]
    redaction: Redaction


def publish_review(review: Review, folder: Path, tell: Tell = to_nobody) -> Placed:
    """The folder is a public copy of the review, from which anyone can count and draw it again.

    Raises ReviewError, and changes nothing in the folder, when something there is not ours, when
    the review cannot be counted, and when the copy would count anything else.
    """
    copy_in(review, folder)  # before the work
    with place_apart() as place:
        files = _made_apart(review, place, tell)
        return place_files(review, files, folder, _marked(place))


def publish_report(review: Review, folder: Path, tell: Tell = to_nobody) -> Placed:
    """The folder has the page of the report as the public copy of the review has it.

    Raises what `publish_review` raises.
    """
    copy_in(review, folder)  # before the work
    with place_apart() as place:
        copy = _begun_apart(review, place, tell)
        tell("writing the report")
        with store.no_rehearsal():
            told = load_report_data(copy, load_data(copy))
        page = report_files(told, [ReportFormat.HTML])[REPORT]
        return place_files(review, {REPORT.rpartition("/")[2]: page}, folder, _marked(place))


def _marked(place: Path) -> PublicCopy:
    copy = store.read_public_copy(place)
    assert copy is not None, "it was marked when it was begun"
    return copy


def _made_apart(review: Review, place: Path, tell: Tell) -> dict[str, bytes]:
    """The files of a public copy, by name, made in a place that is gone afterwards."""
    copy = _begun_apart(review, place, tell)
    with store.no_rehearsal():
        for ran in run_chain(copy, tell=tell):
            tell(f"made in the copy: {ran.stage}")
    return {name: content for name, content in _contents(place) if _stays(name)}


def _begun_apart(review: Review, place: Path, tell: Tell) -> Review:
    """A public copy in the place, before anything is counted in it."""
    if store.read_public_copy(review.root) is not None:
        raise ReviewError(
            "this is a public copy already",
            where=str(review.root),
            hint="Copy the folder, or take a copy of the review itself.",
        )
    with store.no_rehearsal():
        tell("leaving out what is not to be published")
        making = _begun(review, Review(place))
        _write_config(making)
        _write_derived(making)
        _write_decisions(making)
        _write_steps(making)
        _write_charted(making)
        _write_surroundings(making)
        _refuse_another_count(making)
    return making.copy


def _begun(review: Review, copy: Review) -> _Publishing:
    """The copy is marked as one, before anything in it says what it was made from."""
    data = load_data(review)
    made_by = made_by_now(review, data.state)
    marker = PublicCopy(made_by.program, made_by.protocol, made_by.data)
    store.write_public_copy(copy.root, marker)
    charting = load_charting(review, data.state)
    searches = config.load_searches(review, data.state.protocol)
    redaction = redaction_of(data.state.protocol, _everybody(review, data, charting))
    return _Publishing(review, copy, data, charting, searches, redaction)


def _everybody(review: Review, data: ReviewData, charting: ChartingState | None) -> Iterator[str]:
    """Everyone whom a file names as having done something."""
    state = data.state
    for phase in Phase:
        yield from {each.decided_by for each in (*state.decisions[phase], *state.consensus[phase])}
    yield from (link.decided_by for link in state.duplicates)
    yield from (each.reviewer for each in store.read_judgements(review))
    yield from (each.by for each in state.corrections)
    yield from (each.by for each in state.looks)
    yield from (each.by for each in store.read_study_links(review))
    yield from (each.by for each in state.discussion)
    yield from (rank.reviewer for rank in store.read_ranks(review))
    for event in state.events:
        yield from (event.by, *event.people)
    if charting:
        yield from (cell.charted_by for cell in (*charting.cells, *charting.settlements))


# ── what people laid down ────────────────────────────────────────────────────────────────────


def _write_config(making: _Publishing) -> None:
    review, copy, redaction = making.review, making.copy, making.redaction
    protocol = config.public_protocol_text(review, person=redaction.person, text=redaction.text)
    store.write_text(copy.path(PROTOCOL), protocol)
    digests: dict[str, str] = {}
    for name in sorted({each.strategy for each in making.searches if each.strategy}):
        if review.path(name).is_file():
            digests[name] = _write_strategy(making, name)
    searches = config.public_searches_text(review, digests, text=redaction.text)
    store.write_text(copy.path(SEARCHES), searches)
    for name, words in config.public_words_texts(review, text=redaction.text).items():
        store.write_text(copy.path(name), words)
    if items := config.load_known_items(review):
        public = map(public_values.public_known_item, items)
        rows = ([item.doi, item.pmid, item.title, item.note] for item in public)
        write_table(copy, KNOWN_ITEMS, KNOWN_ITEM_COLUMNS, rows)


def _write_strategy(making: _Publishing, name: str) -> str:
    """The strategy, to the byte where it names nobody; its sha256."""
    before = store.read_text_as_it_is(making.review.path(name), where=name)
    path = making.copy.path(name)
    store.write_text(path, making.redaction.text(before))
    return store.sha256(path)


# ── what the chain made ──────────────────────────────────────────────────────────────────────


def _write_derived(making: _Publishing) -> None:
    review, copy = making.review, making.copy
    records = map(public_values.public_record, store.read_records(review))
    store.write_records(copy, records)
    links = [
        public_values.public_duplicate(each, making.redaction)
        for each in making.data.state.duplicates
    ]
    store.write_duplicates(copy, links, store.read_possible_duplicates(review))


# ── what people decided ──────────────────────────────────────────────────────────────────────


def _write_decisions(making: _Publishing) -> None:
    state, redaction, copy = making.data.state, making.redaction, making.copy
    known = state.canonical.keys()
    for phase in Phase:
        votes = [
            public_values.public_decision(each, redaction, known) for each in state.decisions[phase]
        ]
        _by_person(votes, lambda each: each.decided_by, copy, store.append_decisions)
        settled = [
            public_values.public_decision(each, redaction, known) for each in state.consensus[phase]
        ]
        if settled:
            store.append_consensus(copy, settled)


def _by_person(
    values: Iterable[Value],
    who: Callable[[Value], str],
    copy: Review,
    append: Callable[[Review, Sequence[Value]], None],
) -> None:
    """Each person's values end that person's file, in the order in which they come."""
    for _, of_person in groupby(sorted(values, key=who), key=who):
        append(copy, list(of_person))


def _write_steps(making: _Publishing) -> None:
    """What people did beside deciding."""
    review, copy, redaction, state = (
        *(making.review, making.copy, making.redaction),
        making.data.state,
    )
    judgements = (
        public_values.public_judgement(each, redaction) for each in store.read_judgements(review)
    )
    _by_person(judgements, lambda each: each.reviewer, copy, store.append_judgements)
    corrections = public_values.public_corrections(state.corrections, redaction)
    _by_person(corrections, lambda each: each.by, copy, store.append_corrections)
    ranks = (public_values.public_rank(each, redaction) for each in store.read_ranks(review))
    _by_person(ranks, lambda each: each.reviewer, copy, store.append_ranks)
    if state.retrieval_steps:
        steps = [public_values.public_retrieval(each) for each in state.retrieval_steps]
        store.append_retrievals(copy, steps)
    if links := store.read_study_links(review):
        public = [public_values.public_study_link(each, redaction) for each in links]
        store.append_study_links(copy, public)
    if state.events:
        store.append_events(
            copy, [public_values.public_event(each, redaction) for each in state.events]
        )
    for look in state.looks:
        store.append_look(copy, public_values.public_look(look, redaction))
    for note in state.discussion:
        store.append_discussion_note(copy, public_values.public_discussion(note, redaction))
    if adjustments := making.data.adjustments:
        store.write_adjustments(
            copy, [public_values.public_adjustment(each, redaction) for each in adjustments]
        )


def _write_charted(making: _Publishing) -> None:
    charting = making.charting
    if charting is None:
        return
    rules, fields = load_rules(making.review, charting).tables, charting.form.every_field()
    named = rules.characteristics
    shown = usual_characteristics(charting.form) if named is None else named
    everything = (*charting.cells, *charting.settlements)
    chosen = {name for name, field in fields if field.type is not FieldType.TEXT}
    texts = {cell.slot.field for cell in everything} - chosen

    def public(cells: Sequence[Cell]) -> list[Cell]:
        return public_values.public_cells(cells, making.redaction, texts=texts, shown=shown)

    cells = public(charting.cells)
    _by_person(cells, lambda each: each.charted_by, making.copy, store.append_cells)
    if settled := public(charting.settlements):
        store.append_settled_cells(making.copy, settled)


def _write_surroundings(making: _Publishing) -> None:
    """What explains the copy, and keeps git from touching its line ends."""
    title = " ".join(making.redaction.text(making.data.state.protocol.title).split())
    values = {"plain_title": title}
    for name, template in (
        (README, "public_readme.md"),
        (IGNORED, "public_gitignore"),
        (ATTRIBUTES, "gitattributes"),
    ):
        store.write_text(making.copy.path(name), templates.render(template, values))


# ── whether it is one ────────────────────────────────────────────────────────────────────────


def _refuse_another_count(making: _Publishing) -> None:
    """Raises ReviewError when a box of the copy holds other records than that of the review."""
    copied = load_data(making.copy)
    before, after = box_members(making.data), box_members(copied)
    numbers = count_members(before, making.data).totals, count_members(after, copied).totals
    if before.of_box != after.of_box or numbers[0] != numbers[1]:
        boxes = [str(box) for box, held in before.of_box.items() if held != after.of_box.get(box)]
        raise ReviewError(
            "the public copy would not count what the review counts",
            hint=f"It differs in: {', '.join(boxes) or 'its totals'}. Nothing was written; this is "
            "a fault of the program, and worth a report.",
        )


def _contents(place: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(store.files_below(place)):
        yield path.relative_to(place).as_posix(), path.read_bytes()


def _stays(name: str) -> bool:
    """Whether the file goes along: what commands keep for themselves does not; the mark is last."""
    folder, _, file = name.rpartition("/")
    if name == PUBLIC_COPY:
        return False
    return not name.startswith(f"{DERIVED}/") or (folder == DERIVED and file in KEPT_DERIVED)
