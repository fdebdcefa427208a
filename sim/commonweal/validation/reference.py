"""The published tables (experiments/reference), checked as they are read: what is missing or impossible is named."""

from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from commonweal.advice import why
from commonweal.errors import InputError
from commonweal.files import shipped

FISCHBACHER_GAECHTER: Final = "fischbacher_gaechter_2010_periods"
SCHEDULES: Final = "fischbacher_gaechter_2010_schedules"
ANDREOZZI: Final = "andreozzi_2020_periods"
EFFECTS: Final = "effects"
CONDITIONS: Final = "alsobay_2025_conditions"
ONLINE_CELLS: Final = "alsobay_2025_cells"
ONLINE_ROUNDS: Final = "alsobay_2025_rounds"
ONLINE_SLOPES: Final = "alsobay_2025_slopes"
ESTUARIES: Final = "berardo_scholz_2010_moments"


class Bounds(NamedTuple):
    """What a column can hold."""

    low: float
    high: float
    unit: str


TOKENS: Final = Bounds(0, 20, "tokens of 20")
SHARE: Final = Bounds(0, 1, "a share from 0 to 1")
POINTS: Final = Bounds(0, 100, "points of 100")
COUNT: Final = Bounds(1, 100_000, "a count from 1")
COLUMNS: Final[dict[str, dict[str, Bounds]]] = {
    FISCHBACHER_GAECHTER: {
        "period": Bounds(1, 10, "periods from 1"), "mean_contribution": TOKENS, "mean_belief": TOKENS,
        "sd_contribution": TOKENS, "share_zero": SHARE, "share_full": SHARE,
    },
    SCHEDULES: {name: TOKENS for name in ("others_avg", "all", "cc", "fr", "tri", "other")},
    ANDREOZZI: {
        "period": Bounds(1, 10, "periods from 1"), "cond-coop": SHARE, "humped": SHARE, "other": SHARE,
        "selfish": SHARE, "uc": POINTS, "ccL": POINTS, "ccM": POINTS, "ccH": POINTS,
    },
    CONDITIONS: {
        "players": COUNT, "rounds": COUNT, "mpcr": SHARE, "multiplier": Bounds(1, 100, "coins per coin"),
        "punishment_cost": COUNT, "punishment_magnitude": COUNT, "players_began": COUNT,
    },
    ONLINE_CELLS: {"games": COUNT, "share_mean_mean": SHARE, "share_mean_std": SHARE,
                   "relative_efficiency_mean": SHARE, "relative_efficiency_std": SHARE},
    ONLINE_ROUNDS: {"round": COUNT, "share_mean": SHARE, "share_sd": SHARE, "games": COUNT},
    ESTUARIES: {"value": Bounds(-1, 1, "a chance, a change or an r"), "n": COUNT, "error": SHARE},
    ONLINE_SLOPES: {"coefficient": Bounds(-2, 2, "a slope"), "se": SHARE},
}  # fmt: skip
"""the columns that are read, and what they can hold"""
UNITS: Final = {"d": (-5.0, 5.0), "share": (0.0, 1.0), "ratio": (0.0, 5.0), "r": (-1.0, 1.0), "tokens": (-20.0, 20.0),
                "tokens per token": (-5.0, 5.0), "chance per period": (0.0, 1.0)}  # fmt: skip
"""units of effects.csv, and the values each can take"""


def folder() -> Path:
    """The shipped tables."""
    return shipped("experiments/reference")


@cache
def table(name: str, where: Path | None = None) -> pd.DataFrame:
    """A table by the name of its file. Raises InputError: the file, the column, the value and what would be right."""
    file = (where or folder()) / f"{name}.csv"
    try:
        frame = pd.read_csv(file)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{file} cannot be read as a table: {why(error) if isinstance(error, OSError) else error}"
        ) from None
    columns = COLUMNS.get(name, {})
    missing = [column for column in columns if column not in frame]
    if missing:
        raise InputError(f"{file} has no column {missing[0]}; it must have {', '.join(columns)}")
    for column, within in columns.items():
        _refuse_impossible(file, frame, column, within)
    return _effects(file, frame) if name == EFFECTS else frame


def _refuse_impossible(file: Path, frame: pd.DataFrame, column: str, within: Bounds) -> None:
    for row, value in enumerate(frame[column], 2):
        if not within.low <= _number(value) <= within.high:
            raise InputError(
                f"{file}, line {row}: {column} is {value}; it must be {within.unit} "
                f"({within.low:g} to {within.high:g}): is it in another unit?"
            )


def _number(value: object) -> float:
    """A number, or nan for what is none."""
    try:
        return float(str(value))
    except ValueError:
        return float("nan")


def _effects(file: Path, frame: pd.DataFrame) -> pd.DataFrame:
    needed = ("name", "value", "half_width", "unit", "n", "key")
    missing = [column for column in needed if column not in frame]
    if missing:
        raise InputError(f"{file} has no column {missing[0]}; it must have {', '.join(needed)}")
    for row, (name, value, width, unit) in enumerate(frame[list(needed[:4])].itertuples(index=False), 2):
        if unit not in UNITS:
            raise InputError(f"{file}, line {row}: the unit of {name} is {unit}; it must be one of {', '.join(UNITS)}")
        low, high = UNITS[unit]
        if not low <= _number(value) <= high:
            raise InputError(f"{file}, line {row}: {name} is {value}; in {unit} it must be {low:g} to {high:g}")
        if _number(width) <= 0:
            raise InputError(f"{file}, line {row}: half_width of {name} is {width}; it must be above 0, or empty")
    return frame.set_index("name")


class Effect(NamedTuple):
    """A published number."""

    value: float
    half_width: float
    """of its 95 % interval; nan where none is known"""
    unit: str
    key: str


def effect(name: str, where: Path | None = None) -> Effect:
    """A published number by its name in effects.csv."""
    row = table(EFFECTS, where).loc[name]
    return Effect(float(row["value"]), float(row["half_width"]), str(row["unit"]), str(row["key"]))
