"""Where the charting of every included study stands, worked out afresh from what is on file.

One value for whoever charts, settles, tables or looks: `screening.review_state` for the cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from scopingreview.charting.completeness import Values, missing_slots
from scopingreview.charting.consensus import CellConflict, cell_conflicts, standing_values
from scopingreview.fingerprint import fingerprint
from scopingreview.model import Cell, ChartingRules, Form, Person, Slot, Study

Cells = Mapping[Slot, Cell]
"""The cells of one person and study that stand, by slot; blanks are left out."""


class ChartingStanding(StrEnum):
    """How far the charting of one study is."""

    AWAITING = "awaiting"
    IN_CONFLICT = "in conflict"
    CHARTED = "charted"


@dataclass(frozen=True)
class ChartingState:
    """The charting at one moment. The fields are what is on file; what they add up to follows.

    `studies` are the included ones by id, in the order of import; `names` has the study of every
    word that may name one. `cells` (the charters') and `settlements` (the adjudicators') are every
    one ever written, in order of time. A cell of a study that is not included counts nowhere
    (`check` names it).
    """

    rules: ChartingRules
    charters: tuple[Person, ...]
    studies: Mapping[str, Study]
    names: Mapping[str, str]
    cells: tuple[Cell, ...] = ()
    settlements: tuple[Cell, ...] = ()
    seed: str = ""

    @property
    def form(self) -> Form:
        """The form as it stands now."""
        return self.rules.form

    @cached_property
    def charted(self) -> Mapping[str, Mapping[str, Cells]]:
        """The charters' cells that stand: by study, then by person; only who has any."""
        return self._standing(self.cells)

    @cached_property
    def opened(self) -> Mapping[str, datetime]:
        """When the values of a study were first shown to somebody who settled one of them."""
        since: dict[str, datetime] = {}
        for cell in self.settlements:
            if cell.study_id in self.names:
                since.setdefault(self.names[cell.study_id], cell.charted_at)
        return since

    @cached_property
    def charted_blind(self) -> Mapping[str, Mapping[str, Cells]]:
        """The charters' cells as they stood before anyone settled anything of their study."""
        return self._standing(
            cell
            for cell in self.cells
            if (moment := self.opened.get(self.names.get(cell.study_id, ""))) is None
            or cell.charted_at <= moment
        )

    def _standing(self, cells: Iterable[Cell]) -> dict[str, dict[str, dict[Slot, Cell]]]:
        known = dict(self.form.every_field())
        standing: dict[str, dict[str, dict[Slot, Cell]]] = {}
        for cell in cells:
            study_id = self.names.get(cell.study_id)
            if study_id is None or cell.slot.field not in known:
                continue
            of_person = standing.setdefault(study_id, {}).setdefault(cell.charted_by, {})
            of_person.pop(cell.slot, None)
            if cell.value:
                of_person[cell.slot] = cell
        return {
            study_id: {name: slots for name, slots in by_person.items() if slots}
            for study_id, by_person in standing.items()
        }

    def values(self, study_id: str, person: str) -> Values:
        """What the person has charted of the study, without blanks."""
        cells = self.charted.get(study_id, {}).get(person, {})
        return {slot: cell.value for slot, cell in cells.items()}

    def missing(self, study_id: str, person: str) -> list[Slot]:
        """The required slots of the study that the person has left blank."""
        return missing_slots(self.form, self.values(study_id, person))

    @cached_property
    def complete(self) -> Mapping[str, tuple[str, ...]]:
        """Who has charted all that is required, in order of name, by study."""
        return {
            study_id: tuple(
                sorted(
                    name
                    for name in self.charted.get(study_id, {})
                    if not self.missing(study_id, name)
                )
            )
            for study_id in self.studies
        }

    # ── who is to chart what ─────────────────────────────────────────────────────────────────

    @cached_property
    def active(self) -> list[str]:
        """The charters who have not left."""
        return [person.name for person in self.charters if person.active]

    @cached_property
    def pilot(self) -> list[str]:
        """The studies that everyone charts before the others are opened.

        Those that were begun first; as long as none was, the seed draws them.
        """
        begun = dict.fromkeys(
            self.names[cell.study_id] for cell in self.cells if cell.study_id in self.names
        )
        drawn = sorted(self.studies, key=lambda key: fingerprint([self.seed, "pilot", key]))
        return list(dict.fromkeys((*begun, *drawn)))[: self.rules.pilot]

    @cached_property
    def pilot_runs(self) -> bool:
        """Whether only the pilot's studies are open: until everyone has charted them.

        Once another study was begun, the pilot is over for good.
        """
        others_begun = any(self.charted[key] for key in self.charted if key not in self.pilot)
        done = all(set(self.active) <= set(self.complete[key]) for key in self.pilot)
        return bool(self.pilot) and not others_begun and not done

    def needed(self, study_id: str) -> int:
        """How many are to chart the study by themselves: all, where it is one of the pilot's."""
        usual = self.rules.charters_needed
        if study_id in self.pilot and self.pilot_runs:
            return max(usual, len(self.active))
        return usual

    def open_studies(self) -> list[str]:
        """The studies that can be charted now: only the pilot's while it runs."""
        return [key for key in self.studies if not self.pilot_runs or key in self.pilot]

    def takers(self, study_id: str) -> set[str]:
        """Who has the study in hand or has charted it; whoever left in the middle has not."""
        begun = self.charted.get(study_id, {})
        return {n for n in begun if n in self.active or n in self.complete[study_id]}

    def owed(self, person: str) -> list[str]:
        """The studies that wait for this person: those they have begun, and those nobody else will.

        A study that enough people have in hand waits for no one else.
        """
        if person not in self.active:
            return []
        return [
            key
            for key in self.open_studies()
            if person not in self.complete[key]
            and len(self.complete[key]) < self.needed(key)
            and (person in self.takers(key) or len(self.takers(key)) < self.needed(key))
        ]

    # ── what stands ──────────────────────────────────────────────────────────────────────────

    def is_ready(self, study_id: str) -> bool:
        """Whether enough have charted all of the study, so that their values may be compared."""
        return len(self.complete[study_id]) >= self.needed(study_id)

    @cached_property
    def settlements_standing(self) -> Mapping[str, Cells]:
        """The adjudicators' last word on each slot, by study; one that was taken back is none."""
        standing: dict[str, dict[Slot, Cell]] = {}
        for cell in self.settlements:
            study_id = self.names.get(cell.study_id)
            if study_id is not None:
                of_study = standing.setdefault(study_id, {})
                of_study.pop(cell.slot, None)
                if cell.value:
                    of_study[cell.slot] = cell
        return standing

    @cached_property
    def conflicts(self) -> Mapping[str, Sequence[CellConflict]]:
        """What the charters of each study that is ready differ in, settled or not."""
        return {
            key: cell_conflicts(self.form, self._of_the_complete(key)) if self.is_ready(key) else ()
            for key in self.studies
        }

    def unsettled(self, study_id: str) -> list[CellConflict]:
        """The conflicts of the study that nobody has settled."""
        settled = self.settlements_standing.get(study_id, {})
        return [each for each in self.conflicts[study_id] if each.slot not in settled]

    def standing(self, study_id: str) -> ChartingStanding:
        """How far the charting of the study is."""
        if not self.is_ready(study_id):
            return ChartingStanding.AWAITING
        if self.unsettled(study_id):
            return ChartingStanding.IN_CONFLICT
        return ChartingStanding.CHARTED

    @cached_property
    def settled(self) -> Mapping[str, Values]:
        """The values that stand of every study, by study in the order of import, then by slot.

        What the charters agree on and what was settled. A study that is not ready has none; of one
        in conflict, what its charters differ in is left out.
        """
        return {
            key: standing_values(
                self.form,
                self._of_the_complete(key),
                self.conflicts[key],
                self.settlements_standing.get(key, {}),
            )
            if self.is_ready(key)
            else {}
            for key in self.studies
        }

    def _of_the_complete(self, study_id: str) -> dict[str, Values]:
        return {name: self.values(study_id, name) for name in self.complete[study_id]}
