"""The written schema of results: every column of every table, with its type, unit and meaning."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa

from commonweal.errors import InputError
from commonweal.model.measures import MEASURES
from commonweal.model.run import RUN_MEASURES
from commonweal.study.blocks import QUANTILES

SCHEMA_VERSION: Final = "1"


class Column(NamedTuple):
    """One column of a table."""

    kind: pa.DataType
    unit: str
    meaning: str


CONDITION: Final = {
    "scenario": Column(pa.string(), "", "name of the scenario"),
    "strategy": Column(pa.string(), "", "name of the strategy; laissez_faire is the baseline"),
    "basis": Column(pa.string(), "", "baseline, full strength, or equal spend"),
    "intensity": Column(pa.float64(), "factor", "factor on the strategy's doses"),
}
RUNS: Final = {
    **CONDITION,
    "replicate": Column(pa.int64(), "", "number of the replicate; the same number is the same luck everywhere"),
    "status": Column(pa.string(), "", "succeeded or failed"),
    "error": Column(pa.string(), "", "what went wrong; empty where nothing did"),
    **{name: Column(pa.float64(), each.unit, each.meaning) for name, each in RUN_MEASURES.items()},
}
ROUNDS: Final = {
    **CONDITION,
    "round": Column(pa.int64(), "rounds", "number of the round, from 1"),
    "measure": Column(pa.string(), "", "name of the measure"),
    "n": Column(pa.int64(), "replicates", "replicates in which the measure is defined"),
    "mean": Column(pa.float64(), "the measure's", "mean over replicates"),
    "sd": Column(pa.float64(), "the measure's", "standard deviation over replicates, of two or more"),
    **{
        f"q{round(100 * q):02d}": Column(pa.float64(), "the measure's", f"quantile {q:g} over replicates")
        for q in QUANTILES
    },
}
TRAJECTORIES: Final = {
    **CONDITION,
    "replicate": RUNS["replicate"],
    "round": ROUNDS["round"],
    **{name: Column(pa.float64(), each.unit, each.meaning) for name, each in MEASURES.items()},
}
KEPT: Final = {
    name: {
        "condition": Column(pa.int64(), "", "number of the condition in conditions.parquet"),
        **{column: each for column, each in columns.items() if column not in CONDITION},
    }
    for name, columns in (("runs", RUNS), ("rounds", ROUNDS), ("trajectories", TRAJECTORIES))
}
"""the columns of parts, by folder: those of the tables, with a number for what the condition is"""


def arrow(columns: dict[str, Column]) -> pa.Schema:
    """The pyarrow schema of a table, with units and meanings in the fields' metadata."""
    return pa.schema(
        [
            pa.field(name, each.kind, metadata={"unit": each.unit, "meaning": each.meaning})
            for name, each in columns.items()
        ],
        metadata={"schema_version": SCHEMA_VERSION},
    )


def require_schema(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Raise InputError where results were written by another schema."""
    found = manifest.get("schema_version")
    if found != SCHEMA_VERSION:
        raise InputError(f"{folder} has results of schema {found}; this version of commonweal reads {SCHEMA_VERSION}")
