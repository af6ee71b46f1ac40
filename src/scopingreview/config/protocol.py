"""config/review.toml to a `Protocol`: every key checked, all problems at once."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import cycle
from types import MappingProxyType

from scopingreview.config.form import CHARTING
from scopingreview.config.own_words import load_own_words
from scopingreview.config.phase_rules import phase_rules
from scopingreview.errors import nearest, raise_problems
from scopingreview.model import (
    DedupePolicy,
    FlowRules,
    HighlightGroup,
    LateDuplicates,
    LimitLine,
    Limits,
    LinkUnit,
    OtherMethods,
    Person,
    Phase,
    PreviousVersion,
    Protocol,
    ReviewVersion,
    Source,
    SourceKind,
    StoppingBasis,
    StoppingRule,
    UnitWord,
    Unscreened,
    Versions,
)
from scopingreview.model.protocol import QUESTION_PARTS
from scopingreview.paths import CONSENSUS, PROTOCOL, Review, names_a_device
from scopingreview.store.files import read_text
from scopingreview.toml_table import Table

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
USUAL_CONFIDENCE = 0.95
TABLES_KEY, FIGURES_KEY, REPORT_KEY = "tables", "figures", "report"
# Footnote signs, in the order in which print takes them; colours that every terminal has.
MARKS = "†‡§¶"
COLOURS = ("cyan", "yellow", "magenta", "blue", "green", "red")


def load_protocol(review: Review) -> Protocol:
    """The team's protocol from config/review.toml, its words from config/wording.toml.

    Raises ReviewError with everything that is wrong in the file.
    """
    top = Table.parse(read_text(review.path(PROTOCOL), where=PROTOCOL), PROTOCOL)
    highlight = top.table("highlight")
    question, parts = _question(top)
    title, reviewers = top.text("title", required=True), _people(top, "reviewers")
    protocol = Protocol(
        title=title,
        question=question,
        question_parts=MappingProxyType(parts),
        sources=_sources(top),
        reviewers=reviewers,
        adjudicators=_people(top, "adjudicators"),
        phases=MappingProxyType({phase: phase_rules(top, phase, reviewers) for phase in Phase}),
        dedupe=_dedupe_policy(top),
        seed=top.text("seed", title),
        include_terms=highlight.texts("include"),
        exclude_terms=highlight.texts("exclude"),
        highlight_groups=_highlight_groups(highlight),
        flow=_flow_rules(top),
        limits=_limits(top),
        stopping=_stopping(top),
        previous=_previous(top),
        versions=_versions(top),
    )
    _refuse_exclusion_by_target(top, protocol)
    highlight.finish()
    for key in (CHARTING, TABLES_KEY, FIGURES_KEY, REPORT_KEY):
        top.table(key)  # read, and complained about, by the module of `config` that knows it
    top.finish()
    raise_problems(top.problems)
    words, thousands = load_own_words(review)
    return replace(protocol, flow=replace(protocol.flow, own_words=words, thousands=thousands))


def load_tables(review: Review) -> Mapping[str, object]:
    """What stands under each key of config/review.toml, as it stands there.

    Raises ReviewError when the file is not TOML.
    """
    return Table.parse(read_text(review.path(PROTOCOL), where=PROTOCOL), PROTOCOL).values


def _question(top: Table) -> tuple[str, dict[str, str]]:
    """The question as free text, as parts (PCC, PICO), or both: a text or a table."""
    if not isinstance(top.values.get("question"), dict):
        return top.text("question"), {}
    table = top.table("question")
    text = table.text("text")
    parts = {part: said for part in QUESTION_PARTS if (said := table.text(part))}
    table.finish()
    return text, parts


def _sources(top: Table) -> tuple[Source, ...]:
    sources = []
    for table in top.tables("sources"):
        name = _name(table)
        sources.append(
            Source(
                name=name,
                label=table.text("label") or name,
                kind=table.choice("kind", SourceKind, SourceKind.DATABASE),
                platform=table.text("platform"),
                formerly=table.texts("formerly"),
            )
        )
        table.finish()
    _refuse_repeats(
        top, "sources", (name for each in sources for name in {each.name, *each.formerly})
    )
    return tuple(sources)


def _people(top: Table, key: str) -> tuple[Person, ...]:
    people = []
    for table in top.tables(key):
        people.append(
            Person(
                name=_name(table),
                full_name=table.text("full_name"),
                active=table.flag("active", default=True),
            )
        )
        table.finish()
        if people[-1].name == CONSENSUS:
            table.problem(f'"{CONSENSUS}" is the name of the adjudicators\' file, not of a person')
    _refuse_repeats(top, key, (person.name for person in people))
    return tuple(people)


def _name(table: Table) -> str:
    """A name that is also a folder or a file: the same on every machine."""
    name = table.text("name", required=True)
    if names_a_device(name):
        table.problem(
            f'no file can be called "{name}" on Windows',
            f'Write "{suggested_name(name)}" here, and rename what is called "{name}" in data/.',
        )
    elif name and not NAME.fullmatch(name):
        table.problem(
            f'the name "{name}" must be lower-case letters, digits, "-" and "_"',
            f'It is the name of a file: write "{suggested_name(name) or "ab"}" here, and the full '
            "name under label or full_name.",
        )
    return name


def suggested_name(text: str) -> str:
    """A name made of what a person typed: `anna-muller` of "Anna Müller"; "" when none can be.

    What Windows keeps for a device gets a sign behind it: `con_` of "CON".
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    name = re.sub(r"[^a-z0-9_]+", "-", re.sub(r"[\u0300-\u036f]", "", plain)).strip("-_")
    return f"{name}_" if names_a_device(name) else name


def can_name_a_file(name: str) -> bool:
    """Whether the name can stand for a person or a source: it is that of a file or a folder."""
    return bool(NAME.fullmatch(name)) and not names_a_device(name)


def _refuse_repeats(top: Table, key: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            top.problem(f'"{name}" stands {times} times among the {key}')


def _dedupe_policy(top: Table) -> DedupePolicy:
    table = top.table("dedupe")
    policy = DedupePolicy(
        unit=table.choice("policy", LinkUnit, LinkUnit.PUBLICATION),
        cochrane_versions=table.choice("cochrane_versions", Versions, Versions.APART),
        preprints=table.choice("preprints", Versions, Versions.APART),
    )
    table.finish()
    return policy


def _highlight_groups(highlight: Table) -> tuple[HighlightGroup, ...]:
    groups = []
    usual = zip(cycle(COLOURS), cycle(MARKS), strict=False)
    for table, (colour, mark) in zip(highlight.tables("groups"), usual, strict=False):
        group = HighlightGroup(
            name=table.text("name", required=True),
            terms=table.texts("terms"),
            colour=table.text("colour", colour),
            mark=table.text("mark", mark),
        )
        if group.colour not in COLOURS:
            table.problem(f'unknown colour "{group.colour}"', nearest(group.colour, COLOURS))
        if len(group.mark) != 1:
            table.problem(f'"mark" must be one sign, such as {MARKS[0]}, not "{group.mark}"')
        table.finish()
        groups.append(group)
    _refuse_repeats(highlight, "groups", (group.name for group in groups))
    if taken := {"include", "exclude"} & {group.name for group in groups}:
        highlight.problem(f'"{taken.pop()}" is a list of its own, and no name of a group')
    return tuple(groups)


def _flow_rules(top: Table) -> FlowRules:
    table = top.table("flow")
    usual = FlowRules()
    rules = FlowRules(
        unit=table.choice("unit", UnitWord, usual.unit),
        other_methods=table.choice("other_methods", OtherMethods, usual.other_methods),
        late_duplicates=table.choice("late_duplicates", LateDuplicates, usual.late_duplicates),
        unscreened=table.choice(
            "unscreened",
            Unscreened,
            Unscreened.NOT_SCREENED if "stopping" in top.values else usual.unscreened,
        ),
        title_abstract_reasons=table.flag("title_abstract_reasons"),
        language=table.text("language", usual.language),
        font=table.text("font"),
        heading_colour=table.text("heading_colour"),
        side_colour=table.text("side_colour"),
        other_colour=table.text("other_colour"),
        monochrome=table.flag("monochrome"),
    )
    table.finish()
    return rules


def _limits(top: Table) -> Limits:
    table = top.table("limits")
    limits = Limits(
        first_year=table.number("first_year"),
        last_year=table.number("last_year"),
        languages=table.texts("languages"),
        excluded_types=table.texts("excluded_types"),
        excluded_title_words=table.texts("excluded_title_words"),
        retracted=table.flag("retracted"),
        empty=table.flag("empty"),
        count_as=table.choice("count_as", LimitLine, LimitLine.OTHER),
    )
    if not all(word.strip("* ") for word in limits.excluded_title_words):
        table.problem('a word under "excluded_title_words" is empty: it would remove everything')
    for language in limits.languages:
        if len(language) < 4:
            table.problem(
                f'"{language}" under "languages" is no name of a language',
                'Write "English", not "en": records.csv holds the names.',
            )
    table.finish()
    return limits


def _stopping(top: Table) -> StoppingRule | None:
    """The rule or the tool by which screening ended early; None when there is no [stopping]."""
    if "stopping" not in top.values:
        return None
    table = top.table("stopping")
    decided_on = table.day("decided_on")
    rule, tool, version, look = map(table.text, ("rule", "tool", "version", "look"))
    recall = table.share("recall", 0.0) or None
    confidence = table.share("confidence", USUAL_CONFIDENCE)
    basis = table.choice("basis", StoppingBasis, StoppingBasis.SCREENING)
    table.finish()
    if decided_on is None:
        table.problem('"decided_on" must say when it was decided to stop')
    if not rule and not tool and recall is None:
        table.problem(
            'the "recall" to reach, the "rule", or the "tool" and its "version", must stand here'
        )
    if not 0 < confidence < 1:
        table.problem(f'"confidence" must be between 0 and 1, not {confidence}')
    if tool and not version:
        table.problem(f'which "version" of {tool}?')
    return StoppingRule(
        decided_on or date.min, rule, tool, version, recall, confidence, basis, look
    )


def _refuse_exclusion_by_target(top: Table, protocol: Protocol) -> None:
    """A target for recall says how much is found, never that the rest is irrelevant."""
    told = (Unscreened.AWAIT, Unscreened.NOT_SCREENED)
    stopping, unscreened = protocol.stopping, protocol.flow.unscreened
    if stopping is not None and stopping.recall is not None and unscreened not in told:
        top.problem(
            f'unscreened = "{unscreened}" would exclude what a target for recall leaves unread',
            'It is "not_screened", or it awaits.',
        )


def _previous(top: Table) -> PreviousVersion | None:
    """The earlier version that this review updates; None when there is no [previous]."""
    table = top.table("previous")
    studies, reports = table.number("studies"), table.number("reports")
    table.finish()
    if "previous" not in top.values:
        return None
    if studies is None or reports is None:
        table.problem('both "studies" and "reports" must stand here')
    return PreviousVersion(studies or 0, reports or 0)


def _versions(top: Table) -> tuple[ReviewVersion, ...]:
    """The versions of a living review, the earliest first."""
    versions: list[ReviewVersion] = []
    for table in top.tables("versions"):
        name, until = _name(table), table.day("searched_until")
        closed_on = table.day("closed_on")
        table.finish()
        if until is None:
            table.problem(f'"searched_until" of version "{name}" must say a day')
        elif versions and until <= versions[-1].searched_until:
            table.problem(f'version "{name}" must have searched longer than the one before it')
        if until and closed_on and closed_on < until:
            table.problem(f'version "{name}" was closed before it had searched')
        versions.append(ReviewVersion(name, until or date.max, closed_on))
    _refuse_repeats(top, "versions", (version.name for version in versions))
    return tuple(versions)
