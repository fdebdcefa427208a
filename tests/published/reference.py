"""The published tables in experiments/reference."""

from functools import cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).resolve().parents[2] / "experiments" / "reference"


@cache
def table(name: str, index: str) -> pd.DataFrame:
    """A table by one of its columns."""
    return pd.read_csv(FOLDER / f"{name}.csv").set_index(index)


def periods() -> pd.DataFrame:
    """Fischbacher & Gaechter (2010), a row per period, tokens of 20."""
    return table("fischbacher_gaechter_2010_periods", "period")


def schedules() -> pd.DataFrame:
    """Their schedules: a row per average gift of the others, tokens of 20."""
    return table("fischbacher_gaechter_2010_schedules", "others_avg")


def effect(name: str) -> float:
    """A published number by its name."""
    return float(table("effects", "name").loc[name, "value"])
