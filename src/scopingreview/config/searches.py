"""config/searches.toml to `Search` values, and a search back into it, comments kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePosixPath
from types import MappingProxyType

from scopingreview.config.source_names import renamed_by_hand
from scopingreview.errors import nearest, raise_problems
from scopingreview.model import AcceptedLoss, Direction, Export, Protocol, Search
from scopingreview.paths import RAW, SEARCHES, Review
from scopingreview.store.files import read_text, write_text
from scopingreview.store.lock import hold_file
from scopingreview.toml_table import Table


def load_searches(review: Review, protocol: Protocol) -> list[Search]:
    """The searches that make up the review, in the order of config/searches.toml.

    None when it is empty. Raises what `load_all_searches` raises.
    """
    return [each for each in load_all_searches(review, protocol) if not each.withdrawn]


def load_all_searches(review: Review, protocol: Protocol) -> list[Search]:
    """The searches of config/searches.toml in the order of the file, those withdrawn among them.

    Raises ReviewError with everything that is wrong in the file, a source that the protocol
    does not name included.
    """
    if not review.path(SEARCHES).is_file():
        return []
    top = Table.parse(read_text(review.path(SEARCHES), where=SEARCHES), SEARCHES)
    searches = [_search(top.table(name), name, protocol) for name in top.values]
    files = Counter(export.file for search in searches for export in search.exports)
    for file, times in files.items():
        if times > 1:
            top.problem(f'"{file}" is registered {times} times')
    for search in searches:
        for export in search.exports:
            _check_place(top, review, export.file, RAW)
        if search.strategy:
            _check_place(top, review, search.strategy)
    raise_problems(top.problems)
    return searches


@contextmanager
def searches_held(review: Review) -> Iterator[None]:
    """Nobody else changes config/searches.toml between what is read here and what is saved."""
    with hold_file(review, SEARCHES):
        yield


def _check_place(top: Table, review: Review, file: str, folder: str = "") -> None:
    """A problem, when the path leads out of that folder of the review, by its words or a link."""
    within = review.path(folder).resolve()
    try:
        place = review.path(file).resolve()
        inside = ".." not in PurePosixPath(file).parts and place.is_relative_to(within)
        place.exists()  # refuses a name that is too long
    except (OSError, RuntimeError, ValueError):  # no disk takes such a name; a link to itself
        inside = False
    if not inside or place == within:
        of_what = folder or "the review"
        top.problem(f'"{file}" leads out of {of_what}', f"Put the file into {of_what}.")


def _search(table: Table, name: str, protocol: Protocol) -> Search:
    source = table.text("source", required=True)
    today = {old: each.name for each in protocol.sources for old in (each.name, *each.formerly)}
    if source and source not in today:
        hint = nearest(source, [each.name for each in protocol.sources])
        table.problem(f'unknown source "{source}"', f"{hint} {renamed_by_hand(source)}".strip())
    search = Search(
        name=name,
        source=today.get(source, source),
        platform=table.text("platform"),
        run_on=table.day("run_on"),
        hits=table.number("hits"),
        strategy=table.text("strategy"),
        strategy_sha256=table.text("strategy_sha256"),
        coverage=table.text("coverage"),
        limits=table.text("limits"),
        accepted_loss=_accepted_loss(table),
        chased_from=table.texts("chased_from"),
        direction=_direction(table),
        withdrawn=_withdrawn(table),
        exports=tuple(_export(export) for export in table.tables("exports")),
    )
    table.finish()
    return search


def _withdrawn(table: Table) -> str:
    reason = table.text("withdrawn")
    if "withdrawn" in table.values and not reason:
        table.problem("withdrawn says why the search was withdrawn")
    return reason


def _direction(table: Table) -> Direction | None:
    if not table.text("direction"):
        return None
    return table.choice("direction", Direction, Direction.BACKWARD)


def _accepted_loss(table: Table) -> AcceptedLoss | None:
    if "accepted_loss" not in table.values:
        return None
    loss = table.table("accepted_loss")
    accepted = AcceptedLoss(
        records=loss.number("records", 0, least=-(10**9)) or 0,
        note=loss.text("note", required=True),
    )
    loss.finish()
    return accepted


def _export(table: Table) -> Export:
    export = Export(
        file=table.text("file", required=True),
        sha256=table.text("sha256", required=True),
        columns=MappingProxyType(table.wordings("columns")),
    )
    table.finish()
    return export


def save_search(review: Review, search: Search) -> None:
    """The search stands in config/searches.toml: added, or put in place of its namesake.

    Comments and the other searches stay as they are.
    """
    import tomlkit

    path = review.path(SEARCHES)
    document = tomlkit.parse(read_text(path, where=SEARCHES) if path.is_file() else "")
    if search.name not in document:
        if document.as_string().strip():
            document.add(tomlkit.nl())
        document.add(search.name, tomlkit.table())
    table = document[search.name]
    assert isinstance(table, tomlkit.items.Table)
    for key, value in _toml_values(search).items():
        table[key] = value
    exports = tomlkit.array()
    for export in search.exports:
        inline = tomlkit.inline_table()
        inline.update({"file": export.file, "sha256": export.sha256})
        if export.columns:
            columns = tomlkit.inline_table()
            columns.update(dict(export.columns))
            inline["columns"] = columns
        exports.append(inline)
    table["exports"] = exports.multiline(True)
    if search.accepted_loss is not None:
        loss = tomlkit.inline_table()
        loss.update({"records": search.accepted_loss.records, "note": search.accepted_loss.note})
        table["accepted_loss"] = loss
    write_text(path, tomlkit.dumps(document))


def _toml_values(search: Search) -> Mapping[str, object]:
    values = {
        "source": search.source,
        "platform": search.platform,
        "run_on": search.run_on,
        "hits": search.hits,
        "strategy": search.strategy,
        "strategy_sha256": search.strategy_sha256,
        "coverage": search.coverage,
        "limits": search.limits,
        "chased_from": list(search.chased_from),
        "direction": search.direction and str(search.direction),
        "withdrawn": search.withdrawn,
    }
    return {key: value for key, value in values.items() if value not in ("", None, [])}
