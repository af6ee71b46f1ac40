"""What results say they were made from: results/provenance.json."""

from __future__ import annotations

import json

from scopingreview.model import Phase, Provenance
from scopingreview.paths import PROVENANCE, Review


def provenance_text(provenance: Provenance) -> str:
    """The provenance as results/provenance.json has it."""
    document = {
        "schema": 1,
        "program": provenance.program,
        "protocol": provenance.protocol,
        "criteria": {str(phase): version for phase, version in provenance.criteria.items()},
        "seed": provenance.seed,
        "data": provenance.data,
    }
    if provenance.copy_of:
        document["copy_of"] = provenance.copy_of
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def read_provenance(review: Review) -> Provenance:
    """What results/provenance.json says; nothing where there is none or it is spoiled.

    Spoiled it is where two branches that both wrote results were merged: the next `count` writes
    it anew.
    """
    try:
        document = json.loads(review.path(PROVENANCE).read_text(encoding="utf-8"))
        return Provenance(
            program=str(document["program"]),
            protocol=str(document["protocol"]),
            criteria={Phase(phase): str(it) for phase, it in document["criteria"].items()},
            seed=str(document["seed"]),
            data=str(document["data"]),
            copy_of=str(document.get("copy_of", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Provenance()
