"""The records that pairs tie together, by joins on the engine: the smallest id names them all.

Each round every record takes the smallest name among its neighbours', then the name that this
one has by now, so that a chain of n records takes about log2(n) rounds. Groups of copies are
settled after two or three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scopingreview.progress_note import Tell, to_nobody

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def components(pairs: DataFrame, tell: Tell = to_nobody) -> DataFrame:
    """The columns `record_id` and `component` of every record that is `one` or `other` in a pair.

    Needs a folder for checkpoints that all workers see (SparkContext.setCheckpointDir): what a
    round has found outlives a worker.
    """
    from pyspark.sql import functions as on

    there = pairs.select("one", "other").where("one != other")
    both = there.union(there.select("other", "one")).distinct().checkpoint()
    names = both.groupBy(on.col("one").alias("record_id")).agg(
        on.least(on.first("one"), on.min("other")).alias("component")
    )
    names = names.checkpoint()
    rounds = 0
    while True:
        rounds += 1
        tell(f"tying together the records of pairs, round {rounds}")
        later = _next_round(both, names).checkpoint()
        was = names.withColumnRenamed("component", "was")
        if later.join(was, "record_id").where("component != was").isEmpty():
            return later
        names = later


def _next_round(both: DataFrame, names: DataFrame) -> DataFrame:
    from pyspark.sql import functions as on

    of_other = names.toDF("other", "name")
    smallest = both.join(of_other, "other").groupBy("one").agg(on.min("name").alias("name"))
    taken = names.join(smallest.withColumnRenamed("one", "record_id"), "record_id").select(
        "record_id", on.least("component", "name").alias("component")
    )
    by_now = taken.toDF("component", "named")
    return taken.join(by_now, "component").select("record_id", on.col("named").alias("component"))
