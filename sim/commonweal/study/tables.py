"""Tables: what is made of a study's parts when all is played, for whoever reads a folder without commonweal."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from commonweal.files import write_whole
from commonweal.model.measures import MEASURES
from commonweal.study.conditions import GONE
from commonweal.study.dataset import Dataset
from commonweal.study.progress import State
from commonweal.study.schema import CONDITION, KEPT, ROUNDS, RUNS, TRAJECTORIES, Column, arrow

SPREAD: Final = list(ROUNDS)[list(ROUNDS).index("mean") :]
"""what is kept of a measure's replicates in a round, besides their number"""
WEIGHTED: Final = [name for name in SPREAD if name != "sd"]


def write_tables(dataset: Dataset, state: State, compared: bool) -> dict[str, str]:
    """Make the tables of rounds and trajectories, as far as they are kept, and of runs where strategies are compared.

    Rows are in the order of the design. Returns a hash of each. Raises OSError.
    """
    conditions = dataset.conditions()
    made = {"runs": RUNS} if compared else {}
    made |= {name: columns for name, columns in (("rounds", ROUNDS), ("trajectories", TRAJECTORIES))
             if name in dataset.tables}  # fmt: skip
    for name, columns in made.items():
        table = _in_order(dataset.runs(state.parts[name], name).to_table(), conditions)
        if name == "rounds":
            table = merged(table)
        table = _about(table, conditions, columns, compared)
        write_whole(dataset.folder / f"{name}.parquet", lambda path, table=table: pq.write_table(table, path))
    return {f"{name}.parquet": digest for name in made if (digest := digest_of(dataset.folder / f"{name}.parquet"))}


def altered_tables(folder: Path, manifest: Mapping[str, Any], whole: bool = True) -> list[str]:
    """Tables that are not what was written. whole: whether one that is missing is among them."""
    return [
        name
        for name, digest in (manifest.get("tables") or {}).items()
        if (whole or (folder / name).exists()) and digest_of(folder / name) != digest
    ]


def digest_of(path: Path) -> str | None:
    """A hash of a file; None where there is none."""
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=12).hexdigest()
    except OSError:
        return None


def _in_order(table: pa.Table, conditions: pa.Table) -> pa.Table:
    """Rows of conditions that are part of the study, by the place of the condition, the replicate and the round."""
    place = conditions["place"].to_numpy()[table["condition"].to_numpy()]
    keys = [place]
    for name in ("replicate", "round"):
        if name in table.column_names:
            keys.append(table[name].to_numpy())
    if "measure" in table.column_names:
        import pandas as pd  # here, because those who only check tables need no more than their hashes

        number = {name: at for at, name in enumerate(MEASURES)}
        keys.append(pd.Series(table["measure"].to_pandas()).map(number).to_numpy())
    order = np.lexsort(keys[::-1])
    return table.take(pa.array(order[place[order] != GONE]))


def _about(table: pa.Table, conditions: pa.Table, columns: Mapping[str, Column], compared: bool) -> pa.Table:
    """The table with what the condition is in the place of its number: its name, or scenario, strategy and so on."""
    number = pa.array(table["condition"].to_numpy())
    name = Column(pa.string(), "", "name of the condition")
    about = CONDITION if compared else {"condition": KEPT["runs"]["condition"], "name": name}
    kinds = dict(about) | {each: kind for each, kind in columns.items() if each not in CONDITION}
    arrays = [
        conditions[each].take(number).cast(kind.kind) if each in about and each != "condition" else table[each]
        for each, kind in kinds.items()
    ]
    return pa.Table.from_arrays(arrays, schema=arrow(kinds))


def merged(table: pa.Table) -> pa.Table:
    """Rounds of the blocks of each condition as one: means and quantiles weighted by replicates.

    Exact for counts, means and standard deviations; quantiles are exact where a condition's replicates are one block.
    """
    import pandas as pd

    frame: pd.DataFrame = table.to_pandas()
    keys = ["condition", "round", "measure"]
    if not frame.duplicated(keys).any():
        return table
    defined = frame["n"] > 0
    for name in WEIGHTED:
        frame[f"{name} x n"] = (frame[name] * frame["n"]).where(defined, 0.0)
    sums = [f"{name} x n" for name in WEIGHTED]
    totals = pd.DataFrame(frame.groupby(keys, sort=False)[["mean x n", "n"]].transform("sum"))
    mean = totals["mean x n"] / totals["n"]
    frame["squares"] = (frame["n"] * (frame["mean"] - mean) ** 2).where(defined, 0.0)
    frame["squares"] += ((frame["n"] - 1) * frame["sd"] ** 2).where(frame["n"] > 1, 0.0)
    whole = pd.DataFrame(frame.groupby(keys, sort=False)[["n", *sums, "squares"]].sum()).reset_index()
    for name in WEIGHTED:
        whole[name] = whole[f"{name} x n"] / whole["n"].where(whole["n"] > 0)
    whole["sd"] = (whole["squares"] / (whole["n"] - 1).where(whole["n"] > 1)) ** 0.5
    columns = KEPT["rounds"]
    return pa.Table.from_pandas(whole.reindex(columns=list(columns)), schema=arrow(columns), preserve_index=False)
