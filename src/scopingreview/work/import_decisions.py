"""Records out for people who screen elsewhere, and their decisions back in: all or none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from scopingreview import exchange, formats, normalise
from scopingreview.errors import ReviewError, nearest
from scopingreview.exchange import Finder, OutFormat, Row, Said, TellCut
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Decision, Phase, PhaseRules, Record, Standing, Verdict
from scopingreview.review.settled import settled_on
from scopingreview.screening.check import check_reason
from scopingreview.screening.review_state import ReviewState
from scopingreview.screening.title_round import by_title
from scopingreview.store.archives import refuse_archive
from scopingreview.work.best_copy_words import taken_in_words

WRITERS: Mapping[OutFormat, Callable[..., Iterator[bytes]]] = {
    OutFormat.CSV: exchange.as_csv,
    OutFormat.RIS: exchange.as_ris,
    OutFormat.BIBTEX: exchange.as_bibtex,
    OutFormat.CSL_JSON: exchange.as_csl_json,
}
OPEN = (Standing.AWAITING, Standing.IN_CONFLICT)
# What a Covidence file is called says where its records stand there.
COVIDENCE_STATUS = re.compile(r"_(irrelevant|select|included|excluded|screen)_")
COVIDENCE_VERDICTS = {
    Phase.TITLE_ABSTRACT: {
        "irrelevant": Verdict.EXCLUDE,
        "select": Verdict.INCLUDE,
        "included": Verdict.INCLUDE,
        "excluded": Verdict.INCLUDE,  # by its full text: it had been included before
    },
    Phase.FULL_TEXT: {"included": Verdict.INCLUDE, "excluded": Verdict.EXCLUDE},
}


def export_for_screening(
    state: ReviewState,
    ids: Iterable[str],
    format_: OutFormat,
    tell_cut: TellCut,
    *,
    phase: Phase,
    reviewer: str,
) -> Iterator[bytes]:
    """The records to be screened elsewhere, with the reviewer's own decisions so far, in pieces.

    Nobody else's decisions are in it, nor the authors where the phase is blind to them, nor
    abstracts in a round by titles alone. `tell_cut` is told, as the pieces are made, of each cell
    that a workbook cannot hold whole.
    """
    rules = state.protocol.phases[phase]
    by_titles_alone = state.by_titles_alone(phase)
    rows = (
        Row(
            by_title(state.as_read(key)) if by_titles_alone else state.as_read(key),
            _own_cells(state.votes[phase].get(key, {}).get(reviewer)),
            taken_from=_taken_from(state, key),
        )
        for key in ids
    )
    authors = not rules.blind_to_authors
    if format_ is OutFormat.XLSX:
        reasons = rules.exclusion_reasons
        return exchange.as_xlsx(
            rows, tell_cut, reasons=reasons, criteria=rules.criteria, authors=authors
        )
    return WRITERS[format_](rows, authors=authors)


def export_settled(
    data: ReviewData, ids: Iterable[str], format_: OutFormat, tell_cut: TellCut
) -> Iterator[bytes]:
    """The records with what was settled on them, in pieces: verdict, reason, box, who found them.

    Of those that are still to be decided on without what their reviewers do not see: the authors
    where they are blind to them, the abstracts in a round by titles alone.
    """
    state = data.state
    rows = (
        Row(_shown(state, state.as_read(key)), settled=settled, taken_from=_taken_from(state, key))
        for key, settled in settled_on(data, ids)
    )
    if format_ is OutFormat.XLSX:
        return exchange.as_xlsx(rows, tell_cut, settled=True)
    if format_ is OutFormat.CSV:
        return exchange.as_csv(rows, settled=True)
    return WRITERS[format_](rows)


def _shown(state: ReviewState, record: Record) -> Record:
    unique_id = state.canonical[record.record_id]
    for phase, rules in state.protocol.phases.items():
        outcome = state.outcomes[phase].get(unique_id)
        if outcome is None or outcome.standing not in OPEN:
            continue
        if rules.blind_to_authors:
            record = replace(record, authors=())
        if state.by_titles_alone(phase):
            record = by_title(record)
    return record


def _taken_from(state: ReviewState, record_id: str) -> str:
    if record_id not in state.best_copies:
        return ""
    labels = {source.id_prefix: source.label for source in state.protocol.sources}
    return taken_in_words(state.best_copies[record_id], labels)


def _own_cells(decision: Decision | None) -> tuple[str, ...]:
    if decision is None:
        return ("", "", "", "")
    return (decision.verdict, decision.reason, ";".join(decision.labels), decision.note)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose decisions to take from a file, and how to read it.

    `named` is what the file calls the reviewer, needed when it holds several people's verdicts.
    `verdict` is the verdict of every row of a file that holds none itself. `reasons` maps the
    file's wording of reasons to keys of the protocol, "" for rows that give none. `log` is
    Rayyan's, which says whose reasons and labels they are.
    """

    phase: Phase
    reviewer: str
    now: datetime
    named: str = ""
    verdict: Verdict | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    log: Path | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a file held: decisions to take, and everything that did not become one.

    `undecided` rows have no verdict of this reviewer. `unmatched` names every row that is no
    record of the review, `problems` every other row that cannot be taken. `unknown_reasons`
    counts wordings that are no reason of the protocol; they are kept in the notes.
    """

    decisions: tuple[Decision, ...] = ()
    undecided: int = 0
    unmatched: tuple[ReviewError, ...] = ()
    problems: tuple[ReviewError, ...] = ()
    unknown_reasons: Mapping[str, int] = field(default_factory=dict)


def decisions_from(path: Path, state: ReviewState, wanted: Wanted) -> Found:
    """The reviewer's decisions in a sheet of ours or an export of another screening tool.

    Rows are matched by id, DOI, PMID, then title. Nothing is written. Raises ReviewError for a
    file that holds no verdicts, or several people's when `named` picks none of them.
    """
    told = _read(path)
    name, pick = _picker(path, told, wanted)
    if wanted.log:
        told = _in_own_words(wanted.log, told, name)
    finder = Finder(state.records, state.canonical, told)
    rules = state.protocol.phases[wanted.phase]
    reasons = _Reasons(rules, wanted.reasons)
    taken: dict[str, tuple[Said, Decision]] = {}
    unmatched, problems = [], []
    undecided = 0
    for said in told:
        verdict = pick(said)
        if said.unclear:
            problems.append(_at(path, said, f'"{said.unclear}" is no verdict'))
        if verdict is None:
            undecided += not said.unclear
            continue
        try:
            unique_id = finder.find(said)
        except ReviewError as error:
            unmatched.append(_at(path, said, error.message, error.hint))
            continue
        decision = _decision(unique_id, verdict, _noted(said, name), wanted, reasons)
        problems += [_at(path, said, e.message, e.hint) for e in check_reason(decision, rules)]
        before = taken.setdefault(unique_id, (said, decision))
        if (before[1].verdict, before[1].reason) != (decision.verdict, decision.reason):
            problems.append(
                _at(path, said, f"{unique_id} has another verdict in line {before[0].line}")
            )
    return Found(
        decisions=tuple(decision for _, decision in taken.values()),
        undecided=undecided,
        unmatched=tuple(unmatched),
        problems=tuple(problems),
        unknown_reasons=dict(reasons.unknown),
    )


def _read(path: Path) -> list[Said]:
    refuse_archive(path)
    content = path.read_bytes()
    if exchange.is_sheet(content):
        return exchange.read_sheet(content, str(path))
    format_ = formats.recognise(path).format
    return [
        exchange.said_of(entry.line, entry.fields, record)
        for span in formats.spans_of(path, format_)
        for entry, record in formats.read_entries(path, span, format_)
    ]


def _in_own_words(log: Path, told: Iterable[Said], name: str) -> list[Said]:
    """The rows with the reasons and labels of this person alone, as Rayyan's log tells them."""
    refuse_archive(log)
    found = exchange.read_rayyan_log(log.read_bytes(), str(log))
    address = exchange.address_of(name, told, found, str(log))
    return [exchange.in_own_words(said, found[address]) for said in told]


def _noted(said: Said, name: str) -> Said:
    """The row with the notes of the person whose decision is taken, and nobody else's."""
    notes = [*filter(None, (said.note, said.notes.get(name, "")))]
    return replace(said, note="; ".join(notes))


Pick = Callable[[Said], Verdict | None]


def _picker(path: Path, told: Iterable[Said], wanted: Wanted) -> tuple[str, Pick]:
    """What the file calls the reviewer, "" when it names nobody, and how to tell their verdict."""
    names = {name for said in told for name in said.verdicts}
    if not names and any(said.by_phase for said in told):
        return "", lambda said: said.by_phase.get(wanted.phase)
    if not names:
        verdict = _verdict_of_file(path, told, wanted)
        return "", lambda said: None if said.unclear else verdict
    if wanted.verdict:
        raise ReviewError("this file holds verdicts of its own", where=str(path))
    name = _name_in_file(path, names, wanted)
    return name, lambda said: said.verdicts.get(name)


def _verdict_of_file(path: Path, told: Iterable[Said], wanted: Wanted) -> Verdict | None:
    """The one verdict of all rows of a file that holds none itself; None when all are unclear.

    Raises ReviewError when neither the reviewer nor the name of the file says it.
    """
    verdict = wanted.verdict or _verdict_of_name(path, wanted.phase)
    if verdict is None and not any(said.unclear for said in told):
        raise ReviewError(
            "no row of this file holds a verdict",
            where=str(path),
            hint="If all its records have one verdict, say which: --verdict exclude.",
        )
    return verdict


def _name_in_file(path: Path, names: Collection[str], wanted: Wanted) -> str:
    """What the file calls the reviewer. Raises ReviewError when that is none of its names."""
    name = wanted.named or (next(iter(names)) if len(names) == 1 else "")
    if name not in names:
        known = sorted(filter(None, names))
        raise ReviewError(
            f'nobody is called "{name}" in this file' if name else "several people decided here",
            where=str(path),
            hint=f"Say who {wanted.reviewer} is: --named NAME. {nearest(name, known)}",
        )
    return name


def _verdict_of_name(path: Path, phase: Phase) -> Verdict | None:
    status = COVIDENCE_STATUS.search(path.name.casefold())
    return COVIDENCE_VERDICTS[phase].get(status[1]) if status else None


class _Reasons:
    """The protocol's reasons by every wording they are known by; by "" where none is given."""

    def __init__(self, rules: PhaseRules, named: Mapping[str, str]) -> None:
        self.order = list(rules.exclusion_reasons)
        self.keys = {normalise.words(text): key for key, text in rules.exclusion_reasons.items()}
        self.keys |= {normalise.words(key): key for key in self.order}
        self.keys |= {normalise.words(wording): key for wording, key in named.items()}
        self.unknown: Counter[str] = Counter()

    def first(self, wordings: Sequence[str]) -> tuple[str, list[str]]:
        """The first of the protocol's reasons among them, and the wordings that are none."""
        known, unknown = [], []
        for wording in wordings or ("",):
            key = self.keys.get(normalise.words(wording))
            if key is not None:
                known.append(key)
            elif wording:
                unknown.append(wording)
        self.unknown.update(unknown)
        return min(known, key=self.order.index, default=""), unknown


def _decision(
    unique_id: str, verdict: Verdict, said: Said, wanted: Wanted, reasons: _Reasons
) -> Decision:
    excluded = verdict is Verdict.EXCLUDE
    reason, unknown = reasons.first(said.reasons) if excluded else ("", [])
    note = "; ".join(filter(None, [said.note, ", ".join(unknown)]))
    return Decision(
        decided_at=wanted.now,
        record_id=unique_id,
        phase=wanted.phase,
        verdict=verdict,
        decided_by=wanted.reviewer,
        reason=reason,
        labels=said.labels,
        note=note,
    )


def _at(path: Path, said: Said, message: str, hint: str = "") -> ReviewError:
    return ReviewError(message, where=str(path), line=said.line, hint=hint)
