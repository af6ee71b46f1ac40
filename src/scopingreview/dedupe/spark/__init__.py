"""Deduplication past one machine, on Spark: the same keys, evidence and rules, the same links.

Every step is a function of the room that runs on partitions; here stands only what goes where:
`features` of each record, `pairs` that share a key, `components` of records that pairs tie
together, and `found_links`, which are decided component by component. docs/deduplication.md tells
why the answer is that of one machine. Needs the extra `scopingreview[spark]` and Java.
"""

from scopingreview.dedupe.spark.found_links import SparkLinks, link_on_spark
from scopingreview.dedupe.spark.pairs import keyed_records

__all__ = ["SparkLinks", "keyed_records", "link_on_spark"]
