"""What the answer rests on: what the numbers in conf/ rest on, and the model against published results.

python -m commonweal.report.evidence DIR    renew the table that is shipped from the validation.parquet in DIR
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

import pandas as pd

from commonweal.configuration.parameters import parameters
from commonweal.files import shipped
from commonweal.model.numbers import NUMBERS
from commonweal.model.strategies import ALL, STRATEGIES
from commonweal.study.conditions import BASELINE
from commonweal.units import Units

COLUMNS: Final = ["kind", "target", "source", "simulated", "verdict"]
"""what is read of a table of validation"""
VALIDATION: Final = "validation.parquet"
SHIPPED: Final = "verdicts.csv"
"""in experiments/validation"""
EVERYBODY: Final = "how leaders give, learn and turn selfish, whatever the strategy"
THEORY: Final = "each mechanism alone, against exact results"
TOUCHES: Final = {
    "communication": ("communication", "talk "),
    "incentives": ("reward", "punishment"),
    "common_goals": ("goal",),
    "lead_by_example": ("leader",),
    "inclusion": ("a table that grows",),
}
"""per strategy what the published results are called that its mechanisms were held against; any other has none"""
MIXES: Final = (ALL, "portfolio")
"""strategies that are made of the others"""


class Evidence(NamedTuple):
    """How the mechanisms behind one thing compare with published results."""

    what: str
    """a strategy, or EVERYBODY, or THEORY"""
    results: int
    """published results it was held against; 0 where there is none"""
    met: int
    """of these reproduced or within tolerance"""
    missed: list[str]
    """those it missed"""


class Influence(NamedTuple):
    """An assumed number, and how far the answer moves with it."""

    name: str
    meaning: str
    moved: float
    """MU per person by which the effects of strategies move, on the mean, from the least to the largest it may be"""


def moved(effect: float, units: Units) -> str:
    """How far effects move by a number, in writing."""
    unit = "MU per person and round"
    text = units.said(unit) if units.money else "MU per person"
    return f"{units.written(effect * units.times(unit))} {text}"


def counts() -> dict[str, int]:
    """How many numbers of the model's configuration are published, calibrated, assumed, or assumed in size only."""
    numbers = [each for each in parameters() if each.number]
    kinds = ("published", "calibrated", "direction only", "assumed")
    return {kind: sum(each.source_kind == kind for each in numbers) for kind in kinds}


def validation(folder: Path) -> pd.DataFrame:
    """What `commonweal validate` found (the columns COLUMNS): beside the results, here, or as shipped.

    That is validation.parquet in the folder, in validation/ here, or the newest among the results it lies with.
    Without rows where no table can be read.
    """
    for path in [
        folder / "validation.parquet",
        Path("validation") / "validation.parquet",
        *_newest(folder),
        _shipped(),
    ]:
        try:
            table = pd.read_csv(path) if path.suffix == ".csv" else pd.read_parquet(path)
        except (OSError, ValueError):
            continue
        if set(COLUMNS) <= set(table.columns):
            return table
    return pd.DataFrame(columns=COLUMNS)


def evidence_for(table: pd.DataFrame, strategies: Iterable[str]) -> list[Evidence]:
    """A line for theory, for all leaders, and for each strategy that a study used; none where the table is empty."""
    if table.empty:
        return []
    judged = pd.DataFrame(table[table["kind"].isin(["calibrated", "predicted", "sign"])])
    own = {name: judged[[any(word in str(each) for word in called) for each in judged["target"]]]
           for name, called in TOUCHES.items()}  # fmt: skip
    common = judged.drop(index=pd.concat(list(own.values())).index)
    used = [name for name in strategies if name != BASELINE]
    if any(name in MIXES for name in used):
        used = [*STRATEGIES, *(name for name in used if name not in STRATEGIES and name not in MIXES)]
    found = [_counted(THEORY, table[table["kind"] == "verification"]), _counted(EVERYBODY, common)]
    return found + [_counted(name, own.get(name, judged.head(0))) for name in used]


def _counted(what: str, rows: Any) -> Evidence:
    lost = rows[rows["verdict"] == "missed"]
    missed = [f"{target} ({source})" for target, source in zip(lost["target"], lost["source"], strict=True)]
    return Evidence(what, len(rows), len(rows) - len(missed), missed)


def most_moving(table: pd.DataFrame, most: int = 4) -> list[Influence]:
    """The assumed numbers by which the answer moves most, as far as that was screened."""
    rows = pd.DataFrame(table[(table["kind"] == "assumed") & table["simulated"].notna()])
    about = {f"conf/{each.group}/{each.variant}: {each.path}": each for each in parameters()}
    found = []
    for target, moved in rows.nlargest(most, "simulated")[["target", "simulated"]].itertuples(index=False):
        known = about.get(str(target))
        found.append(Influence(known.path if known else str(target), known.meaning if known else "", float(moved)))
    return found


def _newest(folder: Path) -> list[Path]:
    parent = folder.resolve().parent.parent
    found = [*parent.glob(f"*/{VALIDATION}"), *parent.glob(f"*/*/{VALIDATION}")]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _shipped() -> Path:
    """The table that travels with the package."""
    return shipped("experiments/validation") / SHIPPED


if __name__ == "__main__":
    made = pd.read_parquet(Path(sys.argv[1]) / VALIDATION).drop(columns=["note", "error"])
    made.assign(numbers=NUMBERS).to_csv(_shipped(), index=False, float_format="%.4g")
