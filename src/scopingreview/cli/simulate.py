"""`simulate`: a labelled review screened over again in the order of a model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from scopingreview.cli.console import AsJson, Console, Quiet
from scopingreview.cli.options import word_named
from scopingreview.errors import UsageError
from scopingreview.model import RankingModelName

if TYPE_CHECKING:
    from scopingreview.ranking.replay import Replay
    from scopingreview.store.labelled_review import LabelledReview

KINDS = ("svg", "png", "pdf")
SHARES = (0.05, 0.1, 0.2, 0.3, 0.5)


@dataclass(frozen=True, slots=True)
class Simulated:
    """One model on the file: what it reads at which recall, run by run.

    `loss` is the area above the recall curve, `wss95` the work saved at 95 % recall, `recall` that
    after 5, 10, 20, 30 and 50 % of the records, and `curve` the records screened when each
    relevant one was found. `seconds` is one run's, all retraining included.
    """

    model: str
    seed: int
    loss: float
    wss95: float
    recall: tuple[float, ...]
    curve: tuple[int, ...]
    seconds: float


def simulate(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV of title, abstract and label_included.")
    ],
    models: Annotated[
        list[str] | None,
        typer.Option("--model", metavar="NAME", help="One of the models; may be repeated."),
    ] = None,
    seeds: Annotated[
        int, typer.Option("--seeds", min=1, help="So many runs, each with another known record.")
    ] = 1,
    known: Annotated[
        int, typer.Option("--known", min=0, help="So many relevant records are known before.")
    ] = 1,
    label: Annotated[str, typer.Option("--label", help="The column of labels.")] = "",
    plot: Annotated[
        Path | None,
        typer.Option("--out", metavar="PICTURE", help="Draw the recall curves (.svg, .png, .pdf)."),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Replay a labelled review in the order of a model.

    Each record is "screened" with the label that the file has for it, the model learns, and the
    next one is chosen: so a team can test on a review it knows before it trusts. Prints recall,
    WSS@95, the loss (the area above the recall curve) and the time. Reads the file, and writes
    nothing but the picture.

    Example: scopingreview simulate labelled.csv --model two-views-1 --model elas-u4 --seeds 5
    """
    from scopingreview.store.labelled_review import read_labelled_review

    console = Console(quiet=quiet, as_json=as_json)
    review = read_labelled_review(file, label=label)
    names = [word_named(RankingModelName, "model", name) for name in models or ["two-views-1"]]
    if review.unlabelled:
        console.note(f"{review.unlabelled:,} records without a label are left out")
    console.say(
        f"{len(review.records):,} records, {sum(review.is_relevant):,} relevant, "
        f"{min(known, sum(review.is_relevant))} known before"
    )
    runs = []
    for name in dict.fromkeys(names):
        runs += _run(review, name, range(1, seeds + 1), known, console)
    console.document({"records": len(review.records), "runs": runs})
    _show(runs, console)
    if plot is not None:
        _draw(runs, len(review.records) - known, plot)
        console.note(f"Drawn: {plot}")


def _run(
    review: LabelledReview, name: RankingModelName, seeds: range, known: int, console: Console
) -> list[Simulated]:
    from scopingreview.ranking.models import MODELS
    from scopingreview.ranking.ranker import build_ranker
    from scopingreview.ranking.replay import drawn_relevant, replay
    from scopingreview.ranking.texts import text_of

    model = MODELS[name]
    ranker = build_ranker(model, (text_of(record, model) for record in review.records))
    runs = []
    with console.working() as tell:
        for seed in seeds:
            tell(f"{name}, run {seed} of {len(seeds)}")
            begun = perf_counter()
            places = drawn_relevant(review.is_relevant, known, seed=seed)
            found = replay(ranker, review.is_relevant, known=places)
            runs.append(_simulated(found, name, seed, perf_counter() - begun))
    return runs


def _simulated(found: Replay, name: str, seed: int, seconds: float) -> Simulated:
    return Simulated(
        name,
        seed,
        round(found.loss, 4),
        round(found.work_saved(), 4),
        tuple(round(found.recall_after(share), 4) for share in SHARES),
        tuple(place for place, each in enumerate(found.found, 1) if each),
        round(seconds, 2),
    )


def _show(runs: list[Simulated], console: Console) -> None:
    rows = []
    for name in dict.fromkeys(run.model for run in runs):
        mine = [run for run in runs if run.model == name]
        rows.append(
            (
                name,
                len(mine),
                *(f"{median(run.recall[i] for run in mine):.0%}" for i in range(len(SHARES))),
                f"{median(run.wss95 for run in mine):.3f}",
                f"{median(run.loss for run in mine):.4f}",
                f"{median(run.seconds for run in mine):.1f} s",
            )
        )
    after = [f"after {share:.0%}" for share in SHARES]
    console.table(("model", "runs", *after, "WSS@95", "loss", "time"), rows)
    if len(runs) > len(rows):
        console.say("Medians of the runs. After x %: the recall then.")
    else:
        console.say("After x %: the recall then.")


def _draw(runs: list[Simulated], records: int, plot: Path) -> None:
    """The curve of the first run of each model."""
    from scopingreview.figures.painted_print import paint_print
    from scopingreview.figures.painted_svg import paint_svg
    from scopingreview.figures.recall_curve import RecallCurve, replays_figure
    from scopingreview.store import write_bytes

    kind = plot.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise UsageError(
            f'unknown kind of picture "{plot.suffix}"', hint=f"One of .{', .'.join(KINDS)}."
        )
    models = dict.fromkeys(run.model for run in runs)
    first = [next(run for run in runs if run.model == model) for model in models]
    curves = [RecallCurve(run.model, run.curve, run.curve[-1]) for run in first]
    figure = replays_figure(curves, records=records)
    content = paint_svg(figure) if kind == "svg" else paint_print(figure.drawing, kind)
    write_bytes(plot, content)
