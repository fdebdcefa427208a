"""Online public-goods games (Alsobay, Rand, Watts & Almaatouq 2025): the field's people play them, game by game.

A game is a row of experiments/reference/alsobay_2025_conditions.csv: players, rounds, multiplier, and whether they may
talk, punish and reward each other. What the games came to is known by tables of means; the same means are taken of the
model, game by game, so that both stand on the same sample of conditions.
"""

from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Factor, Share
from commonweal.model.strategies.strategy import Strategy
from commonweal.model.world import World
from commonweal.validation.fits import Fit
from commonweal.validation.laboratory import behaviour, changed
from commonweal.validation.reference import CONDITIONS, ONLINE_CELLS, ONLINE_ROUNDS, ONLINE_SLOPES, table

LONG: Final = 10
"""rounds from which on a game is in the curves"""
LEAST_ERROR: Final = np.array([0.03, 0.05])
"""of the mean share given and the mean relative efficiency of a cell: one SE where that is larger"""
CURVE: Final = 10
"""rounds of the curves that are compared"""
REGRESSORS: Final = (
    "chat", "punishment", "reward", "all_or_nothing", "default_gives", "rounds_known", "others_outcome_shown", "mpcr",
    "players", "rounds",
)  # fmt: skip
"""of the published least squares, besides chat times punishment and chat times reward"""


class Institutions(Strategy):
    """What the players of an online game may do to each other. Fines are by peers: who gives less than the others."""

    pledges: Share
    """share of the players who talk before they choose"""
    fine: Factor
    """MU taken from a player per MU given less than the others give"""
    recognition: Factor
    """MU of reward, in esteem, per MU given"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(pledges=self.pledges, fine=self.fine, peers=1.0, recognition=self.recognition)


def conditions() -> pd.DataFrame:
    """The games of the learning wave, a row each, with their players as they began; without what they came to."""
    frame = table(CONDITIONS).copy()
    frame["players_began"] = frame["players_began"].astype(int)
    return frame


def game(of: World, row: Any, *, punishment: bool | None = None) -> World:
    """The world of one game; of: that of `experiment=online_game`, whose strategy says how much is fined and rewarded.

    row: players_began (or players), multiplier, chat, punishment, punishment_cost, punishment_magnitude, reward,
    all_or_nothing. punishment: in place of the row's.
    """
    n = int(getattr(row, "players_began", row.players))
    fines, each = row.punishment if punishment is None else punishment, row.punishment_magnitude / row.punishment_cost
    dose: Any = of.strategy
    institutions = Institutions(
        pledges=1.0 if row.chat else 0.0,
        fine=min(dose.fine * each, 3.0) if fines else 0.0,
        recognition=dose.recognition if row.reward else 0.0,
    )
    noise = 1.0 if row.all_or_nothing else of.choose.noise
    values = {
        "community.leaders": n, "game.multiplier": float(row.multiplier), "choose.noise": noise,
        "incentives.fine_cost": 1.0 / each, "strategy": institutions,
    }  # fmt: skip
    return changed(of, values)


class Games(NamedTuple):
    """What came of games, (games, replicates) unless said otherwise."""

    share: np.ndarray
    """(games, replicates, rounds) mean share given in each round; nan after the last"""
    relative: np.ndarray
    """relative efficiency: the way from nobody's to everybody's giving, net of what punishing costs"""
    efficiency: np.ndarray
    """coins made, over the most possible"""


def play_games(of: World, rows: Any, replicates: int, seed: int, *, punishment: bool | None = None) -> Games:
    """Play every game of `rows` so often. Games of the same condition meet different luck."""
    longest = int(rows["rounds"].max())
    share = np.full((len(rows), replicates, longest), np.nan)
    relative, efficiency = np.empty((len(rows), replicates)), np.empty((len(rows), replicates))
    for number, row in enumerate(rows.itertuples(index=False)):
        world, rounds = game(of, row, punishment=punishment), int(row.rounds)
        play = behaviour(world, replicates, seed + number, rounds)
        share[number, :, :rounds] = play.gift.reshape(rounds, replicates, -1).mean(axis=2).T
        made = play.measure("welfare_net") / world.people.endowment
        relative[number] = (made - 1) / (row.multiplier - 1)
        efficiency[number] = made / row.multiplier
    return Games(share, relative, efficiency)


def learning_wave(of: World, replicates: int, seed: int) -> dict[str, Fit]:
    """The learning wave beside the model: four curves, eight cells, the slopes, and the spread between games."""
    rows = conditions()
    games = play_games(of, rows, replicates, seed)
    mean = np.nanmean(games.share, axis=2)
    found: dict[str, Fit] = {}
    curves, spreads = [], []
    for chat in (False, True):
        for punishment in (False, True):
            these = (rows["rounds"] >= LONG) & (rows["chat"] == chat) & (rows["punishment"] == punishment)
            each = games.share[these.to_numpy()][:, :, :CURVE]
            told = published_curve(chat, punishment)
            simulated = np.nanmean(each, axis=(0, 1))
            curves.append(Fit(told["share_mean"], simulated, told["share_sd"] / np.sqrt(told["games"])))
            sd = np.nanstd(each.reshape(-1, CURVE), axis=0)
            spreads.append(Fit(told["share_sd"], sd, told["share_sd"] / 3))
    names = [f"{a}{b}" for a in ("", "chat") for b in ("", "punishment")]
    found |= {f"curve {name or 'nothing'}": each for name, each in zip(names, curves, strict=True)}
    found["spread"] = stacked(spreads)
    found |= _cells(rows, mean, games.relative)
    for outcome, values in (("share_mean", mean.mean(axis=1)), ("relative_efficiency", games.relative.mean(axis=1))):
        slopes = least_squares(rows, values)
        told = table(ONLINE_SLOPES).query("outcome == @outcome").set_index("term")
        for term in ("mpcr", "players"):
            found[f"{outcome} on {term}"] = Fit(
                np.array([told.loc[term, "coefficient"]]), np.array([slopes[term]]), np.array([told.loc[term, "se"]])
            )
    return found


def stacked(series: list[Fit]) -> Fit:
    """Several series as one."""
    return Fit(*(np.concatenate(parts) for parts in zip(*series, strict=True)))


@cache
def published_curve(chat: bool, punishment: bool) -> dict[str, np.ndarray]:
    """Mean, sd and games of the first ten rounds."""
    rounds = table(ONLINE_ROUNDS)
    these: Any = rounds[(rounds["chat"] == chat) & (rounds["punishment"] == punishment) & (rounds["round"] <= CURVE)]
    return {name: these[name].to_numpy(float) for name in ("share_mean", "share_sd", "games")}


def _cells(rows: Any, share: np.ndarray, relative: np.ndarray) -> dict[str, Fit]:
    """Giving and relative efficiency by chat, punishment and reward."""
    found = {}
    cells: Any = table(ONLINE_CELLS)
    for cell in cells.itertuples(index=False):
        keys = [key for key in ("chat", "punishment", "reward") if getattr(cell, key)]
        these = np.logical_and.reduce([rows[key] == getattr(cell, key) for key in ("chat", "punishment", "reward")])
        told = np.array([cell.share_mean_mean, cell.relative_efficiency_mean])
        error = np.array([cell.share_mean_std, cell.relative_efficiency_std]) / cell.games**0.5
        played_ = np.array([share[these].mean(), relative[these].mean()])
        found[f"cell {' and '.join(keys) or 'nothing'}"] = Fit(told, played_, np.maximum(error, LEAST_ERROR))
    return found


def least_squares(rows: pd.DataFrame, values: np.ndarray) -> dict[str, float]:
    """The coefficients of the published regression, of one value per game."""
    columns = {"const": np.ones(len(rows))} | {name: rows[name].to_numpy(float) for name in REGRESSORS}
    columns |= {f"chat_x_{name}": columns["chat"] * columns[name] for name in ("punishment", "reward")}
    found, *_ = np.linalg.lstsq(np.column_stack(list(columns.values())), values, rcond=None)
    return dict(zip(columns, found.tolist(), strict=True))
