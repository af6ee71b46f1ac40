"""One person at work on the form: which study is on the table, charting a slot, taking it back.

The session knows no terminal: the prompt, the workbench, scripts and sheets all drive it. What it
writes is on disk before it moves on; when that fails, it has not moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from scopingreview import store
from scopingreview.charting import (
    CellConflict,
    ChartingState,
    form_version,
    on_one_line,
    rows_of_group,
    slots_of_form,
)
from scopingreview.charting.cell_check import settling_value, study_named, value_for
from scopingreview.charting.charting_state import Cells
from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Cell, Field, Record, Slot, Study
from scopingreview.paths import Review
from scopingreview.screening.review_state import ReviewState
from scopingreview.work.charting_entry import Entry, check_charter, moment_for

__all__ = ["ChartingSession", "Entry"]

PILOT_RUNS = "The pilot runs: until everyone has charted its studies, only those are open."


class ChartingSession:
    """One person's cells, the studies they go through, and the way back.

    `settles` is whether they settle what charters differ in; otherwise they chart. `charting` is
    the state with what was written since. `written` counts the cells of this sitting.
    """

    def __init__(
        self,
        review: Review,
        state: ReviewState,
        charting: ChartingState,
        *,
        person: str,
        settles: bool = False,
    ) -> None:
        """Sit down at the first study that waits.

        Raises ReviewError when the protocol does not know the person.
        """
        self.review = review
        self.state = state
        self.charting = charting
        self.person = person
        self.settles = settles
        self.written = 0
        raise_problems(check_charter(state.protocol, person, settles=settles))
        self.version = form_version(charting.form)
        self.studies = self._studies()
        waiting = self.waiting()
        first = waiting[0] if waiting else ""
        self.place = self.studies.index(first) if first else 0
        self._undo: list[Sequence[Cell]] = []
        # Rows of groups that the person has begun and not yet filled, by study.
        self._opened: dict[str, list[Slot]] = {}

    def _studies(self) -> list[str]:
        """Those to go through: what waits for the person and what they have done, in order."""
        charting = self.charting
        if self.settles:
            return [key for key in charting.studies if charting.conflicts[key]]
        owed = set(charting.owed(self.person))
        begun = {key for key in charting.studies if charting.values(key, self.person)}
        return [key for key in charting.studies if key in owed | begun]

    # ── where the person is ──────────────────────────────────────────────────────────────────

    @property
    def study(self) -> Study | None:
        """The study on the table; None when there is none to go through."""
        return self.charting.studies[self.studies[self.place]] if self.studies else None

    def on_the_table(self) -> str:
        """The id of the study on the table. Raises ReviewError when none is."""
        if self.study is None:
            raise ReviewError("no study is on the table")
        return self.study.study_id

    def records(self) -> list[Record]:
        """The reports of the study on the table, as people read them."""
        study = self.study
        return [self.state.as_read(key) for key in study.reports] if study else []

    def step(self, steps: int) -> bool:
        """Whether the study so many further on (or back) is on the table now."""
        place = self.place + steps
        if not 0 <= place < len(self.studies):
            return False
        self.place = place
        return True

    def step_to_waiting(self) -> bool:
        """Whether the next study that waits for the person is on the table now."""
        order = [*self.studies[self.place + 1 :], *self.studies[: self.place + 1]]
        waiting = set(self.waiting())
        found = next((key for key in order if key in waiting), None)
        if found is not None:
            self.place = self.studies.index(found)
        return found is not None

    def go_to(self, text: str) -> None:
        """The study that the text names is on the table. Raises ReviewError when it cannot be."""
        study_id = self.open_study(text)
        if study_id not in self.studies:
            self.studies.append(study_id)
        self.place = self.studies.index(study_id)

    def open_study(self, text: str) -> str:
        """The id of the study that the text names. Raises ReviewError when it is not open."""
        study_id = study_named(self.state, self.charting.names, text)
        charting = self.charting
        if self.settles and not charting.is_ready(study_id):
            done, needed = len(charting.complete[study_id]), charting.needed(study_id)
            raise ReviewError(
                f"{study_id} is not open to settle: {done} of {needed} have charted all of it",
                hint="Consensus opens for a study when enough have; scopingreview status tells.",
            )
        if not self.settles and study_id not in charting.open_studies():
            raise ReviewError(
                f"{study_id} is not open to chart",
                hint=f"{PILOT_RUNS} They are: {', '.join(charting.pilot)}.",
            )
        return study_id

    # ── what stands ──────────────────────────────────────────────────────────────────────────

    def cells(self, study_id: str) -> Cells:
        """The person's cells of the study that stand, by slot."""
        if self.settles:
            return self.charting.settlements_standing.get(study_id, {})
        return self.charting.charted.get(study_id, {}).get(self.person, {})

    def values(self, study_id: str) -> Mapping[Slot, str]:
        """Their values."""
        return {slot: cell.value for slot, cell in self.cells(study_id).items()}

    def slots(self) -> list[Slot]:
        """The slots of the study on the table to go through, in the order of the form."""
        if self.study is None:
            return []
        if self.settles:
            return [each.slot for each in self.charting.conflicts[self.study.study_id]]
        study_id = self.study.study_id
        begun = [*self.values(study_id), *self._opened.get(study_id, [])]
        return slots_of_form(self.charting.form, begun)

    def conflict(self, slot: Slot) -> CellConflict | None:
        """What the charters of the study on the table differ in there; for whoever settles."""
        if not self.settles or self.study is None:
            return None
        found = self.charting.conflicts[self.study.study_id]
        return next((each for each in found if each.slot == slot), None)

    def field(self, slot: Slot) -> Field:
        """The field of the slot."""
        return self.charting.form.field(slot.field)

    def missing(self, study_id: str) -> list[Slot]:
        """The slots of the study that still wait for the person."""
        if self.settles:
            return [each.slot for each in self.charting.unsettled(study_id)]
        return self.charting.missing(study_id, self.person)

    def waiting(self) -> list[str]:
        """The studies that wait for the person, in order."""
        if self.settles:
            return [key for key in self.studies if self.missing(key)]
        owed = set(self.charting.owed(self.person))
        return [key for key in self.studies if key in owed]

    def open_row(self, group: str) -> Slot:
        """The first slot of a new row of the group, which the study on the table has from now on.

        It is kept when something is charted in it.
        """
        rows = rows_of_group(group, self.slots())
        row = str(max(map(int, rows), default=0) + 1)
        first = self.charting.form.field(group).fields[0]
        slot = Slot(f"{group}.{first.key}", row)
        self._opened.setdefault(self.on_the_table(), []).append(slot)
        return slot

    # ── writing ──────────────────────────────────────────────────────────────────────────────

    def chart(self, entry: Entry, *, now: datetime) -> bool:
        """Whether a line was written: the entry stands now, on disk; it may have stood already.

        Raises ReviewError when it may not be charted; then nothing is written.
        """
        return bool(self.chart_all([replace(entry, anew=True)], now=now))

    def chart_all(self, entries: Iterable[Entry], *, now: datetime) -> list[Cell]:
        """The entries are on disk, all of them or none; those that stand already are left out.

        Raises CombinedError naming everything that may not be charted.
        """
        problems: list[ReviewError] = []
        wanted: dict[tuple[str, Slot], Cell] = {}
        anew: set[tuple[str, Slot]] = set()
        for entry in entries:
            try:
                cell = self.cell_of(entry, wanted, now=now)
            except ReviewError as error:
                problems.append(error)
                continue
            wanted[cell.study_id, cell.slot] = cell
            if entry.anew:
                anew.add((cell.study_id, cell.slot))
        raise_problems(problems)
        new = [cell for key, cell in wanted.items() if not self._stands(cell, key in anew)]
        if new:
            before = [self._before(cell) for cell in new]
            self._append(new)
            self._undo.append(before)
        return new

    def cell_of(
        self,
        entry: Entry,
        wanted: Mapping[tuple[str, Slot], Cell] | None = None,
        *,
        now: datetime,
    ) -> Cell:
        """The cell that the entry asks for; `wanted` are those to be written before it.

        Raises ReviewError when it may not be charted.
        """
        study_id = self.open_study(entry.study_id)
        earlier = {slot: cell for (key, slot), cell in (wanted or {}).items() if key == study_id}
        stands = (dict(self.cells(study_id)) | earlier).get(entry.slot)
        page, quote = (stands.page, stands.quote) if stands else ("", "")
        value = self._value(study_id, entry, earlier, stands)
        return Cell(
            charted_at=self._moment(now, study_id, entry.slot),
            study_id=study_id,
            slot=entry.slot,
            value=value,
            charted_by=self.person,
            quote=on_one_line(quote if entry.quote is None else entry.quote) if value else "",
            page=on_one_line(page if entry.page is None else entry.page) if value else "",
            form=self.version,
        )

    def _value(
        self, study_id: str, entry: Entry, earlier: Mapping[Slot, Cell], stands: Cell | None
    ) -> str:
        form = self.charting.form
        if entry.text is None:
            if stands is None or not stands.value:
                label = form.field(entry.slot.field).label
                raise ReviewError(f"{label}: a page or a quote belongs to a value, and none stands")
            return stands.value
        if not self.settles:
            standing = dict(self.values(study_id))
            standing |= {slot: cell.value for slot, cell in earlier.items()}
            beside = {slot: value for slot, value in standing.items() if value}
            return value_for(form, entry.slot, entry.text, beside)
        found = self.charting.conflicts[study_id]
        conflict = next((each for each in found if each.slot == entry.slot), None)
        if conflict is None:
            raise ReviewError(
                f"{study_id}: the charters do not differ in {entry.slot.field}",
                hint="Consensus settles what they differ in, and nothing else.",
            )
        return settling_value(form, conflict, entry.text)

    def remove_row(self, group: str, row: str, *, now: datetime) -> None:
        """Everything in the row of the group is taken back."""
        study_id = self.on_the_table()
        opened = self._opened.get(study_id, [])
        self._opened[study_id] = [
            s for s in opened if (s.field.partition(".")[0], s.row) != (group, row)
        ]
        inside = (slot for slot in self.cells(study_id) if slot.row == row)
        entries = [Entry(study_id, s, "") for s in inside if s.field.startswith(f"{group}.")]
        self.chart_all(entries, now=now)

    @property
    def can_undo(self) -> bool:
        """Whether there is anything of this sitting to take back."""
        return bool(self._undo)

    def undo(self, *, now: datetime) -> Cell | None:
        """What was written last stands as before, and its study is on the table.

        None when nothing of this sitting is left to take back.
        """
        if not self._undo:
            return None
        cells = [
            replace(
                cell,
                charted_at=self._moment(now, cell.study_id, cell.slot),
                form=cell.form or self.version,
            )
            for cell in self._undo[-1]
        ]
        self._append(cells)
        self._undo.pop()
        self.written -= 2 * len(cells)
        if cells[0].study_id in self.studies:
            self.place = self.studies.index(cells[0].study_id)
        return cells[0]

    def _before(self, cell: Cell) -> Cell:
        """What stood in the slot, to be written again: a blank where nothing did."""
        stands = self.cells(cell.study_id).get(cell.slot)
        if stands is None:
            return replace(cell, value="", page="", quote="")
        return replace(stands, charted_by=self.person)

    def _stands(self, cell: Cell, anew: bool) -> bool:
        stands = self.cells(cell.study_id).get(cell.slot)
        if stands is None:
            return not cell.value
        if anew and stands.form != cell.form:
            return False
        return (stands.value, stands.page, stands.quote) == (cell.value, cell.page, cell.quote)

    def _append(self, cells: Sequence[Cell]) -> None:
        if self.settles:
            store.append_settled_cells(self.review, cells)
            settlements = (*self.charting.settlements, *cells)
            self.charting = replace(self.charting, settlements=settlements)
        else:
            store.append_cells(self.review, cells)
            self.charting = replace(self.charting, cells=(*self.charting.cells, *cells))
        self.written += len(cells)

    def _moment(self, now: datetime, study_id: str, slot: Slot) -> datetime:
        own = self.charting.settlements if self.settles else self.charting.cells
        mine = [cell for cell in own if cell.charted_by == self.person]
        return moment_for(mine, study_id, slot, now)
