"""`dedupe`: which records are one report, what people say of pairs, and why a link is one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from scopingreview.cli.chosen_keyboard import keyboard_at_hand
from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting, now, show
from scopingreview.cli.keyboard import END_OF_INPUT, Keyboard
from scopingreview.cli.options import Plain
from scopingreview.cli.prompt import ask_key, ask_line
from scopingreview.cli.window import has_full_screen
from scopingreview.errors import UsageError
from scopingreview.model import DuplicateJudgement, PossibleDuplicate
from scopingreview.paths import Review
from scopingreview.report.markdown import things
from scopingreview.stages.deduping import DedupeReport, explain_pair, run_dedupe
from scopingreview.work.judging import PAIR_KEYS, JudgingSession, judge_pair
from scopingreview.work.side_by_side import side_by_side

if TYPE_CHECKING:
    from scopingreview.dedupe import Explanation

MENU = "[s]ame [d]ifferent s[k]ip [u]ndo [e]xplain [c]omment [?] [q]uit: "
WIDEST = 160  # characters: two columns of a record are hard to read beyond

Judge = Annotated[bool, typer.Option("--review", help="Show the possible pairs one by one.")]
Person = Annotated[
    str,
    typer.Option(
        "--as", metavar="NAME", envvar="SCOPINGREVIEW_REVIEWER", help="Who judges the pairs."
    ),
]
RecordId = Annotated[str, typer.Option("--record", metavar="ID", help="Judge this record …")]
OtherId = Annotated[str, typer.Option("--other", metavar="ID", help="… beside this one.")]
Word = Annotated[
    bool | None, typer.Option("--same/--different", help="One report, or two.", show_default=False)
]
Withdraw = Annotated[bool, typer.Option("--withdraw", help="Take your word on the pair back.")]
NoteText = Annotated[str, typer.Option("--note", help="A comment kept with the word.")]
Explain = Annotated[
    tuple[str, str] | None,
    typer.Option("--explain", metavar="ID ID", help="Say why two records are linked, or not."),
]


@dataclass(frozen=True, slots=True)
class PairJudgement:
    """Somebody's word on one pair, given on the command line."""

    record: RecordId = ""
    other: OtherId = ""
    same: Word = None
    withdraw: Withdraw = False
    note: NoteText = ""

    def __bool__(self) -> bool:
        return bool(self.record or self.other or self.same is not None or self.withdraw)

    def judgement(self, person: str) -> DuplicateJudgement:
        """The word as a line of the person's file. Raises UsageError when a part is missing."""
        if not (self.record and self.other) or (self.same is None) is not self.withdraw:
            raise UsageError(
                "--record, --other and one of --same, --different, --withdraw go together"
            )
        return DuplicateJudgement(
            now(), self.record, self.other, self.same, _named(person), self.note
        )


NO_PAIR = PairJudgement()


def dedupe(
    judge: Judge = False,
    person: Person = "",
    word: PairJudgement = NO_PAIR,
    explain: Explain = None,
    plain: Plain = False,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Find which records are one report.

    Reads data/derived/records.csv and data/screened/duplicates/. Writes
    data/derived/duplicates.csv and possible_duplicates.csv. Changes no decision and no export.
    A person's word on a pair outranks every rule; it is a line of
    data/screened/duplicates/NAME.csv.

    Example: scopingreview dedupe

    Example: scopingreview dedupe --review --as ab

    Example: scopingreview dedupe --record pubmed:1 --other scopus:2 --different --as ab

    Example: scopingreview dedupe --explain pubmed:1 scopus:2
    """
    console = setting.console()
    review = setting.review()
    if explain:
        explanation = explain_pair(review, *explain)
        console.document(explanation)
        _show_explanation(explanation, console.say)
    elif judge:
        if setting.dry_run or setting.as_json:
            raise UsageError("--review asks a person, pair by pair: no --dry-run, no --json")
        _judge_pairs(JudgingSession(review, _named(person)), console, plain=plain)
    elif word:
        _take_word(review, word.judgement(person), console)
    else:
        with console.working() as tell:
            report = run_dedupe(review, tell)
        console.document(report)
        _show(report, console)


def _named(person: str) -> str:
    if not person:
        raise UsageError("say who judges", hint="Add --as NAME, as named in config/review.toml.")
    return person


def _show(report: DedupeReport, console: Console) -> None:
    console.say(
        f"{report.records:,} records are {things(report.unique, 'report')}: "
        f"{things(report.records - report.unique, 'duplicate')} in "
        f"{things(report.groups, 'group')}, {things(report.possible, 'possible pair')}"
    )
    if report.removed:
        console.say()
        console.table(("source", "duplicates"), report.removed.items())
        console.say()
        console.table(("rule", "links"), report.rules.items())
    for contradiction in report.contradictions:
        console.note(f"contradiction: {contradiction}")
    if report.possible:
        pairs = things(report.possible, "pair")
        console.next_step(f"scopingreview dedupe --review --as NAME ({pairs})")
    else:
        console.next_step("scopingreview status")


def _take_word(review: Review, word: DuplicateJudgement, console: Console) -> None:
    written = judge_pair(review, word)
    console.document({"written": written, "judgement": word})
    said = {True: "the same", False: "different", None: "open again"}[word.same]
    stood = "" if written else " (stood already)"
    console.say(f"{word.record_id} and {word.other_id}: {said}{stood}")
    console.next_step("scopingreview run")


def _judge_pairs(session: JudgingSession, console: Console, *, plain: bool) -> None:
    """The person judges what is left to people, at a screen or a prompt, and is told what it was.

    With nothing left no screen opens.
    """
    from scopingreview.review.progress import work_out_progress

    if session.current is None:
        console.note("Nothing to judge: no pair waits for anybody's word.")
        console.next_step(work_out_progress(session.review).next_step)
        return
    if has_full_screen() and not plain:
        _judge_full_screen(session)
    else:
        with keyboard_at_hand() as keyboard:
            _review_pairs(session, keyboard, console)
    left = things(session.left, "pair")
    console.note(f"{len(session.judged)} judged in this sitting, {left} left.")
    if session.judged:
        console.next_step("scopingreview run")
    else:
        console.next_step(f"scopingreview dedupe --review --as {session.person} ({left})")


def _review_pairs(session: JudgingSession, keyboard: Keyboard | None, console: Console) -> None:
    """The person works through the pairs until none is left or they quit."""
    note = ""
    shown = None
    while (pair := session.current) is not None:
        if pair is not shown:
            _show_pair(session)
            shown = pair
        key = ask_key(keyboard, MENU)
        if key in ("q", "", END_OF_INPUT):
            break
        if key in ("s", "d"):
            session.judge(key == "s", note=note, now=now())
            note = ""
        elif key == "k":
            session.skip()
            shown = None
        elif key == "u":
            last = session.undo(now=now())
            show(f"Taken back: {last.record_id}, {last.other_id}." if last else "Nothing to undo.")
            shown = None
        elif key == "c":
            note = ask_line("comment: ", keyboard) or note
        elif key == "e":
            _show_explanation(explain_pair(session.review, pair.record_id, pair.other_id), show)
        elif key == "?":
            for name, (_, says) in PAIR_KEYS.items():
                show(f"{name}  {says}")
        else:
            console.note(f'"{key}" does nothing here.')
            if keyboard is not None:
                keyboard.drop_waiting()


def _judge_full_screen(session: JudgingSession) -> None:
    from scopingreview.workbench.app import judge_full_screen

    def explain(pair: PossibleDuplicate) -> list[str]:
        lines: list[str] = []
        explanation = explain_pair(session.review, pair.record_id, pair.other_id)
        _show_explanation(explanation, lines.append)
        return lines

    judge_full_screen(session, now, explain)


def _show_pair(session: JudgingSession) -> None:
    pair = session.current
    if pair is None:
        return
    width = min(shutil.get_terminal_size().columns, WIDEST)
    show()
    show(f"-- {things(session.left, 'pair')} left -- {pair.evidence} ".ljust(width, "-"))
    for line in side_by_side(*session.both(pair), width=width):
        show(line)
    show()


def _show_explanation(explanation: Explanation, say: Callable[[str], None]) -> None:
    say(f"{explanation.record_id} and {explanation.other_id} are {explanation.outcome}:")
    say(f"  decided by {explanation.because}")
    for speaks in ("for", "against", "neither"):
        pieces = [piece for piece in explanation.evidence if piece.speaks == speaks]
        if pieces:
            say(f"\n{'Neither way' if speaks == 'neither' else speaks.capitalize()}")
        for piece in pieces:
            say(f"  {piece.about}: {piece.says}")
    if explanation.reasons:
        say("\nWhat holds")
    for reason in explanation.reasons:
        say(f'  {reason.kind} "{reason.name}": {reason.says}')
    met = "; ".join(explanation.met_by) or "no key: only a person can join them"
    say(f"\nCompared because of: {met}")
    say("\nWhat would change it")
    for change in explanation.would_change or ("no single field",):
        say(f"  {change}")
    say(
        f"  a person: scopingreview dedupe --record {explanation.record_id} "
        f"--other {explanation.other_id} --same|--different --as NAME"
    )
