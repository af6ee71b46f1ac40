"""`source`: what is searched, and another name for one of the sources."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from scopingreview import config, store
from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting
from scopingreview.errors import UsageError
from scopingreview.paths import RECORDS, Review

RENAME = "rename"


def source(
    does: Annotated[
        str, typer.Argument(metavar="[rename]", help="Else the sources are shown.")
    ] = "",
    old: Annotated[str, typer.Argument(metavar="OLD", help="The name it has now.")] = "",
    new: Annotated[str, typer.Argument(metavar="NEW", help="The name it gets.")] = "",
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Show the sources, or give one another name.

    Record ids begin with the name of their source, and every decision hangs on them. So a source
    that is renamed keeps its first name in config/review.toml (formerly), and its ids go on
    beginning with it: no decision file changes, and no export moves. config/searches.toml says the
    new name, the results do after scopingreview run.

    Example: scopingreview source rename pubmed medline
    """
    console, review = setting.console(), setting.review()
    if not does:
        _show_sources(review, console)
    elif does != RENAME or not (old and new):
        raise UsageError(
            "a source can be renamed and nothing else" if does != RENAME else "which name?",
            hint="Write: scopingreview source rename OLD NEW",
        )
    else:
        _rename(review, old, new, console)


def _rename(review: Review, old: str, new: str, console: Console) -> None:
    from scopingreview.stages.renaming import rename_source

    done = rename_source(review, old, new)
    console.document(done)
    searches = f"; searches: {', '.join(done.searches)}" if done.searches else ""
    console.say(f"{old} is {new} from now on, in config/{searches}")
    console.say(
        f"{done.records:,} record ids go on beginning with {done.source.id_prefix}: and every "
        "decision stays where it is"
    )
    for name in done.texts:
        console.note(f"{name} has a marker for {old}: change it to {new} there.")
    console.next_step("scopingreview run")


def _show_sources(review: Review, console: Console) -> None:
    protocol = config.load_protocol(review)
    searches = Counter(each.source for each in config.load_searches(review, protocol))
    ids = store.RecordFile(review) if review.path(RECORDS).is_file() else ()
    records = Counter(record_id.partition(":")[0] for record_id in ids)
    rows = [
        (each.name, each.label, each.kind, f"{each.id_prefix}:", searches[each.name],
         records[each.id_prefix])
        for each in protocol.sources
    ]  # fmt: skip
    header = ("name", "label", "kind", "ids begin with", "searches", "records")
    keys = [name.replace(" ", "_") for name in header]
    console.document({"sources": [dict(zip(keys, row, strict=True)) for row in rows]})
    console.table(header, rows)
    console.next_step("scopingreview status")
