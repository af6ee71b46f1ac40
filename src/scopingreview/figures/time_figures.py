"""Figures over time: publications per year, decisions per week."""

from __future__ import annotations

from datetime import date, timedelta

from scopingreview.figures.bars import Bar, standing_bars
from scopingreview.figures.figure import WIDTH_MM, Figure
from scopingreview.figures.shapes import POINTS_PER_MM
from scopingreview.model import Phase
from scopingreview.tables.over_time import DecisionWeeks, PublicationYears
from scopingreview.tables.paper_table import Column, ColumnKind, PaperTable, rows_of_cells

# In English whatever the machine speaks: the same data give the same bytes.
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
PHASE_NAMES = {Phase.TITLE_ABSTRACT: "by title and abstract", Phase.FULL_TEXT: "by full text"}
ROUND_YEARS = (1, 2, 5, 10, 20, 50)
MOST_YEAR_TICKS = 14


def years_figure(years: PublicationYears, *, width_mm: float = WIDTH_MM) -> Figure:
    """The included reports by the year of their publication, a place for every year."""
    step = next(step for step in ROUND_YEARS if len(years.counts) / step <= MOST_YEAR_TICKS)
    bars = [
        Bar((n,), str(year) if year % step == 0 else "", unfinished=years.is_unfinished(year))
        for year, n in years.counts
    ]
    told = _searched_until(years)
    first, last = (years.counts[0][0], years.counts[-1][0]) if years.counts else (0, 0)
    unknown = f" {years.unknown:,} without a year are not shown." if years.unknown else ""
    caption = (
        f"Included reports by year of publication, {first}–{last} (n = {years.total:,}). "
        f"A year without a bar has no report.{told and f' {told}'}{unknown}"
    )
    numbers = "; ".join(f"{year}: {n:,}" for year, n in years.counts if n)
    return Figure(
        drawing=standing_bars(
            bars,
            width=width_mm * POINTS_PER_MM,
            axis="Included reports",
            unfinished="Not searched to the end of the year in every source" if told else "",
        ),
        data=PaperTable(
            name="years",
            title="Included reports by year of publication",
            columns=(
                Column("year", "Year", ColumnKind.TEXT),
                Column("reports", "Included reports"),
                Column("whole_year_searched", "Whole year searched", ColumnKind.TEXT),
            ),
            rows=rows_of_cells(
                [
                    [str(year), n, "no" if years.is_unfinished(year) else "yes"]
                    for year, n in years.counts
                ]
            ),
        ),
        caption=caption,
        alternative=f"Bar chart, a bar for each year from {first} to {last}. "
        f"Reports per year: {numbers or 'none'}; no report in any other year.",
    )


def _searched_until(years: PublicationYears) -> str:
    """Why some years are hatched; "" when none is."""
    unfinished = [year for year, _ in years.counts if years.is_unfinished(year)]
    if not unfinished or years.searched_until is None:
        return ""
    since = f"{unfinished[0]} and later are" if len(unfinished) > 1 else f"{unfinished[0]} is"
    return f"{since} hatched: not every source was searched beyond {_day(years.searched_until)}."


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weeks_figure(found: DecisionWeeks, *, width_mm: float = WIDTH_MM) -> Figure:
    """The decisions of both phases by the week in which they were made."""
    bars = [
        Bar(tuple(by_phase[phase] for phase in Phase), _month_begun(monday, place))
        for place, (monday, by_phase) in enumerate(found.weeks)
    ]
    totals = {phase: sum(by_phase[phase] for _, by_phase in found.weeks) for phase in Phase}
    said = " and ".join(f"{n:,} {PHASE_NAMES[phase]}" for phase, n in totals.items())
    span = (
        f"{_day(found.weeks[0][0])} to {_day(found.weeks[-1][0] + timedelta(days=6))}"
        if found.weeks
        else "none yet"
    )
    busiest = max(found.weeks, key=lambda each: sum(each[1].values()), default=None)
    return Figure(
        drawing=standing_bars(
            bars,
            width=width_mm * POINTS_PER_MM,
            axis="Decisions",
            legend=[PHASE_NAMES[phase].capitalize() for phase in Phase],
        ),
        data=PaperTable(
            name="decisions_per_week",
            title="Decisions per week",
            columns=(
                Column("week_from", "Week from", ColumnKind.TEXT),
                Column("title_abstract", "By title and abstract"),
                Column("full_text", "By full text"),
            ),
            rows=rows_of_cells(
                [
                    [monday.isoformat(), *(by_phase[phase] for phase in Phase)]
                    for monday, by_phase in found.weeks
                ]
            ),
        ),
        caption=f"Decisions per week ({span}): {said}, by all reviewers and adjudicators together. "
        "Weeks begin on Monday (UTC).",
        alternative=f"Stacked bar chart, a bar for each week. {said[:1].upper()}{said[1:]}. "
        + (
            f"Most in the week from {_day(busiest[0])}: {sum(busiest[1].values()):,}."
            if busiest
            else "No decision was made."
        ),
    )


def _month_begun(monday: date, place: int) -> str:
    """The month where it begins on the axis; its year with the first and with January."""
    if place and monday.day > 7:
        return ""
    shown = place == 0 or monday.month == 1
    return MONTHS[monday.month - 1][:3] + (f" {monday.year}" if shown else "")
