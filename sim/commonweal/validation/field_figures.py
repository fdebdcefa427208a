"""Figures of the field's people: the online games they were fitted to, and twenty years of communities."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.configuration.conf import options
from commonweal.figures.label_places import Label, at_ends
from commonweal.figures.panels import label_above, panels, room_for
from commonweal.figures.style import COLOURS, styled
from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.measures import MEASURES
from commonweal.model.strategies.strategy import Strategy
from commonweal.validation.experiments import SEED
from commonweal.validation.laboratory import behaviour, changed, experiment
from commonweal.validation.online import CURVE, LONG, conditions, play_games, published_curve

MODEL: Final = COLOURS["communication"]
INSTITUTIONS: Final = {
    "nothing": (False, False), "punishment": (False, True), "talk": (True, False), "talk and punishment": (True, True),
}  # fmt: skip
"""what players of online games could do to each other: talk, punish"""
YEARS: Final = 20
DRAWN: Final = ("agreement", "coalition", "trust", "cooperation")
SINGLE: Final[dict[str, dict[str, float]]] = {
    "nothing": {},
    "meetings": {"meetings": 2.0, "bridging": 0.8},
    "pledges": {"pledges": 0.8},
    "recognition": {"recognition": 0.2},
    "match": {"match": 0.25},
    "goal": {"specificity": 1.0, "goal": 0.6},
    "examples": {"exemplars": 0.2, "example": 0.8, "visibility": 1.0, "prominence": 1.0},
    "common ground": {"common_ground": 0.8},
}
"""levers, one at a time, at the doses that strategies have in conf; no strategy is among them"""
HUES: Final = dict(zip(SINGLE, ("#404040", *(COLOURS[name] for name in (
    "build_relationships", "communication", "incentives", "shared_vision", "common_goals", "lead_by_example",
    "inclusion"))), strict=True))  # fmt: skip


class SingleLever(Strategy):
    """A lever and what belongs to it, all the time."""

    levers: dict[str, float]
    """by the names of the levers"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(**self.levers)


@styled()
def online_games(waves: int) -> Figure:
    """Alsobay et al. (2025): share given by round, with and without talk and punishment."""
    rows = conditions()
    share = play_games(experiment("experiment=online_game"), rows, waves, SEED).share
    figure, axes = panels(
        4, 4, 1.5, 1.9, "Share given in online games, published and simulated",
        "Alsobay et al. (2025), games of ten rounds and more. Points: published means, 95 % intervals. Lines: means "
        f"of the field's people, {waves} times the same games; bands: where half of the games lie.",
        below="round", left=0.45, right=0.2, across=0.3, bottom=0.22,
    )  # fmt: skip
    for panel, (name, (chat, punishment)) in zip(axes, INSTITUTIONS.items(), strict=True):
        label_above(panel, name, 1.6)
        these = (rows["rounds"] >= LONG) & (rows["chat"] == chat) & (rows["punishment"] == punishment)
        _curve(panel, share[these.to_numpy()][:, :, :CURVE].reshape(-1, CURVE), published_curve(chat, punishment))
    return figure


def _curve(axes: Axes, share: np.ndarray, told: dict[str, np.ndarray]) -> None:
    rounds = np.arange(1, CURVE + 1)
    low, high = np.quantile(share, [0.25, 0.75], axis=0)
    axes.fill_between(rounds, low, high, color=MODEL, alpha=0.18, linewidth=0, label="model, half of the games")
    axes.plot(rounds, share.mean(axis=0), color=MODEL, linewidth=1.4, label="model")
    error = 1.96 * told["share_sd"] / np.sqrt(told["games"])
    axes.errorbar(
        rounds, told["share_mean"], yerr=error, fmt="o", color="#000000", markersize=3, linewidth=0.8, zorder=3,
        label="published",
    )  # fmt: skip
    axes.set_xticks(rounds[::3])
    axes.set_ylim(0.4, 1)


@styled()
def twenty_years(communities: int) -> Figure:
    """Agreement, who accepts the agenda, trust and giving in every scenario, with one lever at a time or none."""
    scenarios = sorted(options("scenario"), key=lambda name: name != "calm")
    figure, axes = panels(
        len(scenarios) * len(DRAWN), len(DRAWN), 1.6, 0.9, "Twenty years, one lever at a time",
        f"Means over {communities} communities of the field's people, a year's mean each. Levers, not strategies, at "
        "the doses of conf. Agreement: the share of months with an agenda. Coalition: the share of leaders who accept "
        "it. Cooperation: the share given of what leaders have.",
        below="year", left=0.5, right=0.35 + room_for(HUES, 7.5), across=0.35, bottom=0.22,
    )  # fmt: skip
    for row, scenario in enumerate(scenarios):
        of = experiment(f"scenario={scenario}")
        worlds = {name: changed(of, {"strategy": SingleLever(levers=levers)}) for name, levers in SINGLE.items()}
        series = {name: yearly(behaviour(each, communities, SEED, 12 * YEARS)) for name, each in worlds.items()}
        for column, measure in enumerate(DRAWN):
            panel = axes[row * len(DRAWN) + column]
            label_above(panel, f"{scenario.replace('_', ' ')}: {measure}", 2.2)
            for name, each in series.items():
                panel.plot(range(1, YEARS + 1), each[:, column], color=HUES[name], linewidth=1.1, label=name)
            panel.set_ylim(0, 1.02)
        last = axes[row * len(DRAWN) + len(DRAWN) - 1]
        at_ends(last, [Label(YEARS, float(each[-1, -1]), name, HUES[name]) for name, each in series.items()])
    return figure


def yearly(play) -> np.ndarray:
    """(years, measures drawn) the mean over communities and the months of each year."""
    which = [list(MEASURES).index(name) for name in DRAWN]
    return np.nanmean(play.measures[:, :, which].reshape(YEARS, 12, -1, len(which)), axis=(1, 2))
