"""Forecasts of experiments from the frozen field set: the efficiency with punishment, given that without it.

What a condition has besides its parameters is one number, added to the disposition of all its players: normal, with a
spread under which the learning wave's pairs of conditions are likeliest. Where the control's efficiency is known, that
number is known the better (Bayes on a grid), and the forecast is the mean over what is left.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.model.world import World
from commonweal.validation.laboratory import changed, experiment
from commonweal.validation.online import play_games
from commonweal.validation.reference import ONLINE_CELLS, table

REPLICATES: Final = 40
"""games played of each experiment, at each place of the grid"""
SPREAD: Final = 0.5
"""sd, in log-odds, of what conditions have besides their parameters (see `evidence`)"""
GRID: Final = np.linspace(-3.0, 3.0, 13) * SPREAD
SEED: Final = 20_251_128
COLUMNS: Final = ("config", "forecast", "low", "high")
Notify = Callable[[int, int], None]


class Efficiencies(NamedTuple):
    """Of each experiment at each place of the grid, (grid, experiments)."""

    mean: np.ndarray
    sd: np.ndarray
    """between games"""


def forecast(task: Any, notify: Notify = lambda *_: None) -> pd.DataFrame:
    """A row per experiment of the task: config, forecast, low, high. Bounds a session of commonweal.configuration.

    task: as `read_task` gives it. The forecast is of the mean efficiency, coins made over the most possible, of so many
    games as `treatment_games` says; low and high bound its 95 % interval, over luck and over what is not known of the
    condition; what is not known of the model is not in it.
    """
    of = experiment("experiment=online_game")
    treated = _over_the_grid(of, task, notify, 0, None)
    known = task["control_efficiency"].notna().to_numpy()
    weights = np.repeat(np.exp(-0.5 * (GRID / SPREAD) ** 2)[:, None], len(task), axis=1)
    if known.any():
        control = _over_the_grid(of, task[known], notify, len(GRID), False)
        weights[:, known] *= np.exp(likelihood(control, task[known]))
    weights /= weights.sum(axis=0)
    games = task["treatment_games"].to_numpy()
    mean = (weights * treated.mean).sum(axis=0)
    variance = (weights * (treated.sd**2 / games + (treated.mean - mean) ** 2)).sum(axis=0)
    half = 1.96 * np.sqrt(variance)
    low, high = np.clip(mean - half, 0, 1), np.clip(mean + half, 0, 1)
    return pd.DataFrame(dict(zip(COLUMNS, (task["config"], mean, low, high), strict=True))).round(4)


def likelihood(control: Efficiencies, task: Any) -> np.ndarray:
    """(grid, experiments) log likelihood of the control's mean efficiency, normal with the games' own spread."""
    variance = control.sd**2 / task["control_games"].to_numpy() + 1e-4
    off = task["control_efficiency"].to_numpy() - control.mean
    return -0.5 * (off**2 / variance + np.log(variance))


def _over_the_grid(of: World, task: Any, notify: Notify, done: int, punishment: bool | None) -> Efficiencies:
    means, sds, total = [], [], (1 + task["control_efficiency"].notna().any()) * len(GRID)
    for place, more in enumerate(GRID, 1):
        shifted = changed(of, {"choose.disposition": of.choose.disposition + float(more)})
        games = play_games(shifted, task, REPLICATES, SEED, punishment=punishment).efficiency
        means.append(games.mean(axis=1))
        sds.append(games.std(axis=1, ddof=1))
        notify(done + place, int(total))
    return Efficiencies(np.array(means), np.array(sds))


def baselines(task: Any, games: Path | None = None) -> pd.DataFrame:
    """What simple forecasters say, a column each: the control repeated, the learning wave's means, and, where its games
    are at hand, least squares and gradient boosting fitted to them.

    games: the folder with learning_games.csv. Raises InputError where it is not that.
    """
    cells: Any = table(ONLINE_CELLS).set_index(["chat", "punishment", "reward"])["efficiency_mean"]
    said = {"config": task["config"], "control_repeated": task["control_efficiency"]}
    said["learning_wave_mean"] = [
        float(cells[row.chat, row.punishment, row.reward]) for row in task.itertuples(index=False)
    ]
    if games is not None:
        from commonweal.validation.learners import fitted_to_games

        said |= fitted_to_games(task, games)
    return pd.DataFrame(said).round(4)
