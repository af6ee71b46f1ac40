"""`export` and `import-decisions`: for people who screen in another tool."""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from scopingreview import config, store
from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting, now
from scopingreview.cli.cut_cells import CutCells
from scopingreview.cli.options import As, PhaseWord, phase_named, word_named
from scopingreview.cli.publishing import PublicReview, publish
from scopingreview.config.phase_rules import TABLE_OF_PHASE
from scopingreview.errors import ReviewError, UsageError, raise_problems
from scopingreview.exchange import LAST_ROW, OutFormat, TellCut
from scopingreview.flow.review_data import ReviewData
from scopingreview.model import Phase, Standing, Verdict
from scopingreview.paths import PROTOCOL, Review
from scopingreview.report.markdown import things
from scopingreview.review.counted_flow import load_data
from scopingreview.review.progress import work_out_progress
from scopingreview.review.state import load_state
from scopingreview.review.trace import records_in_box
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState
from scopingreview.work.import_decisions import (
    Found,
    Wanted,
    decisions_from,
    export_for_screening,
    export_settled,
)
from scopingreview.work.retrieval import record_read_elsewhere
from scopingreview.work.session import Session, screening_desk

STDOUT = Path("-")
SUFFIXES = {"bib": OutFormat.BIBTEX, "json": OutFormat.CSL_JSON}


@dataclass(frozen=True, slots=True)
class ChosenRecords:
    """Which records are written; all unique ones when nothing is said."""

    for_screening: Annotated[
        str, typer.Option(metavar="PHASE", help="The records that wait for --as NAME in the phase.")
    ] = ""
    standing: Annotated[
        str,
        typer.Option(help="Those that stand so: included, excluded, awaiting or in-conflict."),
    ] = ""
    phase: Annotated[
        str, typer.Option(metavar="PHASE", help="The phase that --standing is about.")
    ] = Phase.TITLE_ABSTRACT
    box: Annotated[
        str, typer.Option(metavar="NAME", help="Those in a box of results/counts.csv.")
    ] = ""
    item: Annotated[str, typer.Option(metavar="NAME", help="The source or reason of --box.")] = ""
    person: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="NAME",
            envvar="SCOPINGREVIEW_REVIEWER",
            help="Whose records --for-screening takes.",
        ),
    ] = ""


@dataclass(frozen=True, slots=True)
class OutFile:
    """As what they are written, and over what."""

    format_: Annotated[
        str,
        typer.Option("--format", help="csv, xlsx, ris, bibtex or csl-json, if the name is silent."),
    ] = ""
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write over a file that is there.")
    ] = False


def export(
    chosen: ChosenRecords,
    out_file: OutFile,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="A .csv, .xlsx, .ris, .bib or .json (CSL); - is stdout."
        ),
    ] = None,
    public: PublicReview = None,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Write records as a sheet or for a reference manager.

    A .csv or .xlsx sheet, .ris, .bib (BibTeX) or .json (CSL-JSON).

    All unique records when nothing is chosen; --box takes those that a box of the flow diagram
    counts. They carry what was settled: verdict, reason and its wording, further reasons, the box,
    the sources that found them. With --for-screening they carry your own decisions and nobody
    else's, and a sheet has columns for verdict and reason: fill it in and take it back with
    import-decisions. RIS goes to Rayyan, Covidence, ASReview and every reference manager.

    With --public DIR no FILE is written, but a copy of the whole review that may be public:
    protocol, searches, records as facts of publication, decisions under pseudonyms, results. From
    it anyone can run count --check and draw --check.

    Example: scopingreview export ab.xlsx --for-screening title-abstract --as ab

    Example: scopingreview export excluded.xlsx --box reports_excluded

    Example: scopingreview export --public ../stress-public
    """
    console = setting.console()
    review = setting.review()
    if public:
        from scopingreview.stages.publishing import publish_review

        _refuse_besides(file, chosen, out_file)
        publish(review, public, console, publish_review)
        return
    if file is None:
        raise UsageError("export needs a FILE, or --public DIR")
    state = load_state(review)
    phase = phase_named(chosen.for_screening or chosen.phase)
    kind = format_of(file, out_file.format_)
    cut = CutCells()
    ids, pieces = _written(review, state, chosen, kind, cut.append)
    if file == STDOUT:
        # The mark is for spreadsheets that open a file: to a program it is a part of the header.
        sys.stdout.buffer.write(next(pieces, b"").removeprefix(codecs.BOM_UTF8))
        sys.stdout.buffer.writelines(pieces)
        cut.show(console)
        return
    write_out(file, pieces, overwrite=out_file.overwrite)
    console.document({"file": str(file), "format": kind, "records": len(ids)})
    console.say(f"{file}: {things(len(ids), 'record')}")
    cut.show(console)
    if chosen.for_screening:
        console.next_step(f"scopingreview import-decisions {phase} {file} --as {chosen.person}")


def _refuse_besides(file: Path | None, chosen: ChosenRecords, out_file: OutFile) -> None:
    """Raises UsageError when records were chosen, too: a copy is of the whole review."""
    if file or chosen.for_screening or chosen.standing or chosen.box or out_file.format_:
        raise UsageError("--public copies the whole review: it takes no FILE and no choice")


def _written(
    review: Review, state: ReviewState, chosen: ChosenRecords, kind: OutFormat, tell_cut: TellCut
) -> tuple[list[str], Iterator[bytes]]:
    """The records that were chosen, by id, and the bytes of their file, in pieces."""
    if sum(map(bool, (chosen.for_screening, chosen.standing, chosen.box))) > 1:
        raise UsageError("--for-screening, --standing and --box exclude each other")
    phase = phase_named(chosen.for_screening or chosen.phase)
    if chosen.for_screening:
        ids = _owed(state, phase, chosen.person)
        _refuse_more_than_a_sheet(ids, kind)
        person = chosen.person
        return ids, export_for_screening(state, ids, kind, tell_cut, phase=phase, reviewer=person)
    data = load_data(review, state)
    ids = _chosen(data, chosen.box, chosen.item, standing=chosen.standing, phase=phase)
    _refuse_more_than_a_sheet(ids, kind)
    return ids, export_settled(data, ids, kind, tell_cut)


def _refuse_more_than_a_sheet(ids: Sequence[str], kind: OutFormat) -> None:
    """Raises ReviewError for a workbook whose last records nobody would see."""
    if kind is OutFormat.XLSX and len(ids) >= LAST_ROW:
        raise ReviewError(
            f"{len(ids):,} records, and a sheet of Excel holds {LAST_ROW - 1:,}",
            hint="Write them as .csv, or fewer of them: --standing, --box.",
        )


def write_out(file: Path, pieces: Iterable[bytes], *, overwrite: bool) -> None:
    """The file holds the pieces. Raises ReviewError for one that is there, unless told to."""
    if file.is_file() and not overwrite:
        raise ReviewError(
            "this file is there already",
            where=str(file),
            hint="Decisions may stand in it: take them with import-decisions, then --overwrite.",
        )
    store.write_pieces(file, pieces)


def format_of(file: Path, named: str = "") -> OutFormat:
    """The format that is named, or that of the file's name; UsageError for another."""
    suffix = file.suffix.removeprefix(".").casefold() or OutFormat.CSV
    return word_named(OutFormat, "format", named or SUFFIXES.get(suffix, suffix))


def _owed(state: ReviewState, phase: Phase, reviewer: str) -> list[str]:
    if not reviewer:
        raise UsageError("--for-screening needs --as NAME")
    raise_problems(check_person(reviewer, state.protocol.reviewers, "reviewer"))
    return state.owed(phase, reviewer)


def _chosen(data: ReviewData, box: str, item: str, *, standing: str, phase: Phase) -> list[str]:
    if box:
        return records_in_box(data, box, item=item)
    if standing:
        wanted = word_named(Standing, "standing", standing.replace("-", " "))
        return data.state.standing_at(phase, wanted)
    return data.state.unique_ids


@dataclass(frozen=True, slots=True)
class FileWords:
    """What the words of somebody's file mean here."""

    named: Annotated[
        str, typer.Option(metavar="NAME", help="Who you are in the file, if it names several.")
    ] = ""
    verdict: Annotated[
        str, typer.Option(help="The verdict of every row, if the file holds none (Covidence).")
    ] = ""
    reason: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORDING=KEY",
            help="Which reason a wording of the file is; =KEY for rows that give none.",
        ),
    ] = None
    retrieved: Annotated[
        bool,
        typer.Option(
            "--retrieved",
            help="Write down, too, that the reports were got hold of; full text only.",
        ),
    ] = False
    log: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Rayyan's customizations_log.csv: whose reasons and labels they are.",
        ),
    ] = None

    def wanted(self, phase: Phase, reviewer: str) -> Wanted:
        """Whose decisions to take from the file, and how to read it."""
        return Wanted(
            phase=phase,
            reviewer=reviewer,
            now=now(),
            named=self.named,
            verdict=word_named(Verdict, "verdict", self.verdict) if self.verdict else None,
            reasons=dict(map(_wording_and_key, self.reason or ())),
            log=self.log,
        )


def import_decisions(
    phase: PhaseWord,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The sheet, or the tool's export.")],
    reviewer: As,
    words: FileWords,
    leave_unmatched: Annotated[
        bool, typer.Option("--leave-unmatched", help="Take the rest when rows match no record.")
    ] = False,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Take decisions from a sheet or another screening program.

    Reads our sheet and exports of Rayyan, Covidence, ASReview and CoLRev; of EndNote and others, a
    group a file, with --verdict. Rows are matched by record id, DOI, PMID, then title, and every
    row that matches nothing is named. All decisions are appended to data/screened/PHASE/NAME.csv
    or none; those that stand already are left out.

    Example: scopingreview import-decisions title-abstract rayyan.csv --as ab --named "Anna B."
    """
    console, review, name = setting.console(), setting.review(), phase_named(phase)
    if words.retrieved and name is not Phase.FULL_TEXT:
        raise UsageError("--retrieved is for full-text decisions")
    protocol = config.load_protocol(review)
    raise_problems(check_person(reviewer, protocol.reviewers, "reviewer"))
    wanted = words.wanted(name, reviewer)
    with store.hold_lock(review, reviewer, task=name, now=now()):
        state = load_state(review, protocol)
        found = decisions_from(file, state, wanted)
        raise_problems([*found.problems, *(() if leave_unmatched else found.unmatched)])
        if words.retrieved:
            state = _retrieved_there(review, state, found, file)
        desk = screening_desk(state, name)
        session = Session(review, state, desk=desk, person=reviewer, queue=())
        written = session.decide_all(found.decisions)
    before = state.votes[name]
    changed = sum(reviewer in before.get(decision.record_id, {}) for decision in written)
    console.document({"written": written, "changed": changed, "found": found})
    _show_found(found, len(written), changed, name, console)
    console.next_step(work_out_progress(review).next_step)


def _retrieved_there(review: Review, state: ReviewState, found: Found, file: Path) -> ReviewState:
    ids = [decision.record_id for decision in found.decisions]
    note = f"decided on elsewhere: {file.name}"
    return record_read_elsewhere(review, state, ids, note=note, now=now())


def _show_found(found: Found, written: int, changed: int, phase: Phase, console: Console) -> None:
    console.say(
        f"{written:,} written ({changed:,} change an earlier decision), "
        f"{len(found.decisions) - written:,} stood already, {found.undecided:,} undecided, "
        f"{len(found.unmatched):,} no record of this review"
    )
    for error in found.unmatched:
        console.note(f"left out: {error}")
    for wording, times in sorted(found.unknown_reasons.items()):
        console.note(
            f'"{wording}" ({times:,} times) is no reason of the protocol and stands in the note; '
            f'--reason "{wording}=KEY" makes it one'
        )
    if len(found.unknown_reasons) > 1:
        _offer_reasons(found.unknown_reasons, phase, console)


def _offer_reasons(wordings: Iterable[str], phase: Phase, console: Console) -> None:
    """Lines for the protocol, so that nobody types each wording at the command."""
    console.note(
        f"All of them become reasons with these lines below [{TABLE_OF_PHASE[phase]}"
        f".exclusion_reasons] of {PROTOCOL}, in the order in which they count; then take the file "
        "once more."
    )
    taken: set[str] = set()
    for number, wording in enumerate(sorted(wordings), start=1):
        key = config.suggested_name(wording)
        if not key or key in taken:
            key = f"reason-{number}"
        taken.add(key)
        console.note(f"{key} = {json.dumps(wording, ensure_ascii=False)}")


def _wording_and_key(text: str) -> tuple[str, str]:
    wording, equals, key = text.rpartition("=")
    if not equals:
        raise UsageError(f'--reason "{text}" is not of the form WORDING=KEY')
    return wording, key.strip()
