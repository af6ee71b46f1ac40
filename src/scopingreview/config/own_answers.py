"""config/checklists.toml: what people say of the items of checklists, every key checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scopingreview.errors import nearest, raise_problems
from scopingreview.model.own_answers import OwnAnswer
from scopingreview.paths import OWN_ANSWERS, Review
from scopingreview.store.files import read_text
from scopingreview.toml_table import Table


def load_own_answers(
    review: Review, items: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, OwnAnswer]]:
    """What people say, by checklist and the number of the item; nothing where there is no file.

    `items` are the numbers that each checklist has. Raises ReviewError with everything that is
    wrong in the file, an item that no checklist has among it.
    """
    path = review.path(OWN_ANSWERS)
    if not path.is_file():
        return {}
    top = Table.parse(read_text(path, where=OWN_ANSWERS), OWN_ANSWERS)
    answers = {name: _answers(top.table(name), items[name]) for name in items if name in top.values}
    for name in top.values:
        if name not in items:
            top.problem(f'there is no checklist "{name}"', nearest(name, items))
    raise_problems(top.problems)
    return answers


def _answers(table: Table, numbers: Sequence[str]) -> dict[str, OwnAnswer]:
    found: dict[str, OwnAnswer] = {}
    for number in table.values:
        if number not in numbers:
            table.problem(f'there is no item "{number}"', f"Its items are {', '.join(numbers)}.")
            continue
        item = table.table(number)
        found[number] = OwnAnswer(
            where=item.text("where"),
            words=item.text("words"),
            not_applicable=item.text("not_applicable"),
        )
        item.finish()
    return found
