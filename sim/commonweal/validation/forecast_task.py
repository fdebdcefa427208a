"""Experiments to be forecast, a row each: which columns there are, and what can be wrong with them."""

from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.advice import why
from commonweal.errors import InputError
from commonweal.model.params import nearest

MOST: Final = 2000
"""rows that a task can have"""


class Column(NamedTuple):
    """What a column of a task can hold."""

    meaning: str
    low: float = 0.0
    high: float = 1.0
    whole: bool = False
    default: float | None = None
    """where the column is left out; None: it must be there, or another that says the same"""


COLUMNS: Final[dict[str, Column]] = {
    "players": Column("players in a game", 2, 1000, whole=True),
    "rounds": Column("rounds of a game", 1, 1000, whole=True),
    "multiplier": Column("coins made per coin given, over all players", 0, 1000, default=np.nan),
    "mpcr": Column("coins made per coin given, for each player", 0, 1, default=np.nan),
    "chat": Column("whether the players can talk"),
    "punishment": Column("whether they can punish: the treatment that is forecast", default=1.0),
    "punishment_cost": Column("coins that punishing once costs", 0.01, 1000, default=1.0),
    "punishment_magnitude": Column("coins that it takes from the punished", 0.01, 1000, default=3.0),
    "reward": Column("whether they can reward", default=0.0),
    "all_or_nothing": Column("whether a player gives everything or nothing", default=0.0),
    "control_efficiency": Column(
        "mean efficiency of the games without punishment, where known", 0, 1.5, default=np.nan
    ),
    "control_games": Column("how many such games there were", 1, 100_000, whole=True, default=10.0),
    "treatment_games": Column("how many games the forecast mean is of", 1, 100_000, whole=True, default=10.0),
}
"""what is read; `config` names a row"""
DESCRIBED: Final = (
    "rounds_known", "endowment", "default_gives", "reward_cost", "reward_magnitude", "others_outcome_shown",
    "punisher_shown", "rewarder_shown",
)  # fmt: skip
"""columns that a task may have and the model makes nothing of"""
FLAGS: Final = ("chat", "punishment", "reward", "all_or_nothing")


def read_task(file: Path) -> pd.DataFrame:
    """The experiments of a CSV file, with every column of COLUMNS and `config`.

    Raises InputError, one sentence: the file, line, column, value and what would be right.
    """
    try:
        frame = pd.read_csv(file, encoding="utf-8-sig", dtype={"config": str})
    except (OSError, ValueError) as error:
        said = why(error) if isinstance(error, OSError) else error
        raise InputError(
            f"{file} cannot be read as a table: {said}; give a CSV file with a row per experiment"
        ) from None
    return checked_task(frame, file)


def checked_task(frame: Any, file: Path | str) -> pd.DataFrame:
    """The same from a table; file: what it is called where something is wrong."""
    frame = frame.reset_index(drop=True)
    _check_columns(file, frame)
    if not 1 <= len(frame) <= MOST:
        raise InputError(f"{file} has {len(frame)} rows; a task has one experiment a row, 1 to {MOST:,} of them")
    names = frame["config"] if "config" in frame else np.arange(1, len(frame) + 1)
    task = pd.DataFrame({"config": [str(name) for name in names]})
    for name, column in COLUMNS.items():
        task[name] = _numbers(file, frame, name, column)
    _complete(file, task)
    for name in FLAGS:
        task[name] = task[name] > 0
    for name in ("players", "rounds", "control_games", "treatment_games"):
        task[name] = task[name].astype(int)
    return task


def _check_columns(file: Path | str, frame: pd.DataFrame) -> None:
    known = ["config", *COLUMNS, *DESCRIBED]
    for name in frame.columns:
        if name not in known:
            raise InputError(f"{file} has a column {name!r}, which is not known; {nearest(str(name), known)}")
    needed = [name for name, column in COLUMNS.items() if column.default is None]
    missing = [name for name in needed if name not in frame]
    if not {"multiplier", "mpcr"} & set(frame.columns):
        missing.append("multiplier")
    if missing:
        raise InputError(f"{file} has no column {missing[0]}; a task needs {', '.join(needed)}, and multiplier or mpcr")


def _numbers(file: Path | str, frame: pd.DataFrame, name: str, column: Column) -> pd.Series:
    """A column as numbers, each within its bounds."""
    if name not in frame:
        return pd.Series(np.full(len(frame), column.default), dtype=float)
    values: Any = frame[name]
    words = values.astype(str).str.strip().str.lower()
    numbers: Any = pd.to_numeric(words.replace({"true": "1", "yes": "1", "false": "0", "no": "0"}), errors="coerce")
    empty = values.isna() if column.default is not None else np.zeros(len(frame), bool)
    wrong = ~empty & ~numbers.between(column.low, column.high)
    if column.whole:
        wrong |= ~empty & (numbers % 1 != 0)
    if name in FLAGS:
        wrong |= ~empty & ~numbers.isin([0, 1])
    if wrong.any():
        line = int(np.flatnonzero(wrong)[0])
        right = (
            "True or False"
            if name in FLAGS
            else f"{'a whole number ' if column.whole else ''}from {column.low:g} to {column.high:g}"
        )
        raise InputError(f"{file}, line {line + 2}: {name} ({column.meaning}) is {values[line]}; it must be {right}")
    return numbers.where(~empty, column.default)


def _complete(file: Path | str, task: pd.DataFrame) -> None:
    """The multiplier from the MPCR where it is not given; what is no dilemma is refused."""
    task["multiplier"] = task["multiplier"].fillna(task["mpcr"] * task["players"])
    task["mpcr"] = task["multiplier"] / task["players"]
    for row, (multiplier, mpcr) in enumerate(zip(task["multiplier"], task["mpcr"], strict=True)):
        if not (multiplier > 1 and mpcr < 1):
            raise InputError(
                f"{file}, line {row + 2}: a multiplier of {multiplier:g} for {task['players'][row]:g} players, an MPCR "
                f"of {mpcr:g}, makes no dilemma; the multiplier must lie between 1 and the number of players"
            )
