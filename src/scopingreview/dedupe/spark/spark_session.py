"""Spark, begun for a person: what it lacks, and what it complains of, in words."""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scopingreview.errors import MissingPackageError, ReviewError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RAISED_ON_A_WORKER = re.compile(
    r"^scopingreview\.errors\.ReviewError: (.+)", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Complaint:
    """One of `signs` stands in what the engine says; what that means, and what to do."""

    signs: tuple[str, ...]
    says: str
    hint: str


COMPLAINTS = (
    _Complaint(
        ("No module named 'scopingreview'",),
        "the Python of the workers has no scopingreview",
        "Install scopingreview[spark] there, or send an environment that holds it: "
        "docs/how-to/dedupe-with-spark.md says how.",
    ),
    _Complaint(
        ("PYTHON_VERSION_MISMATCH",),
        "the workers run another version of Python than this one",
        "PYSPARK_PYTHON names the Python of the workers: the same version, the same packages.",
    ),
    _Complaint(
        ("OutOfMemoryError", "MemoryError", "failed to map segment", "ExecutorLostFailure",
         "Python worker exited unexpectedly"),
        "a worker ended four times at the same piece of work: most likely it ran out of memory",
        "Cut the work into more partitions, or give each worker more memory "
        "(spark.executor.memory, spark.executor.memoryOverhead) or fewer cores.",
    ),
    _Complaint(
        ("PATH_NOT_FOUND",),
        "there are no records where you say",
        "The path is read by the workers: one that all of them see.",
    ),
    _Complaint(
        ("MALFORMED_CSV_RECORD", "Malformed CSV record"),
        "the CSV has a row with more or fewer cells than its header",
        'A cell with a comma, a quote or a line break stands in quotes, a quote in it is "".',
    ),
)  # fmt: skip


def session_on(master: str, scratch: str, settings: Mapping[str, str]) -> SparkSession:
    """Spark at that address, with a folder for checkpoints that all workers see.

    "" is the address that Spark is configured with, or all cores of this machine. The workers run
    the Python that PYSPARK_PYTHON names, by default the path of this one. Raises
    MissingPackageError without pyspark, ReviewError where Spark does not start.
    """
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise MissingPackageError(
            f"{error.name} is not installed", hint="pip install 'scopingreview[spark]'"
        ) from None
    # Said of pandas 3 by Spark 4.3: the little that is used of it here is tested with that.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # What Spark complains of it raises as well; a lost worker is no error, it is replaced.
    builder = SparkSession.builder.appName("scopingreview dedupe").config("spark.log.level", "OFF")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = (builder.master(master) if master else builder).getOrCreate()
    except PySparkRuntimeError as error:
        if error.getCondition() != "JAVA_GATEWAY_EXITED":
            raise
        found = os.environ.get("JAVA_HOME") or shutil.which("java") or "none"
        raise ReviewError(
            f"Spark did not start: it needs Java 17 or newer (Java here: {found})",
            hint="`java -version` says which it is; JAVA_HOME names another one.",
        ) from None
    session.sparkContext.setCheckpointDir(scratch)
    return session


def in_words(error: Exception) -> ReviewError | None:
    """What a person can put right of what the engine complains of; None for a fault of ours."""
    text = str(error)
    if raised := RAISED_ON_A_WORKER.search(text):
        message, _, hint = raised[1].strip().partition("\n")
        return ReviewError(message, hint=hint.strip().partition("\n")[0])
    for each in COMPLAINTS:
        if any(sign in text for sign in each.signs):
            return ReviewError(each.says, hint=each.hint)
    return None
