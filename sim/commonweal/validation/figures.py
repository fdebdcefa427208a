"""Figures of the validation: published points with their intervals over what the model does."""

from pathlib import Path
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.figures.label_places import Label, at_ends
from commonweal.figures.marks import CAP
from commonweal.figures.panels import label_above, panels, room_for
from commonweal.figures.save import save
from commonweal.figures.style import COLOURS, ink, styled
from commonweal.validation.experiments import SEED
from commonweal.validation.field_figures import online_games, twenty_years
from commonweal.validation.fits import COOPERATOR, SEQUENTIAL_SUBJECTS, SUBJECTS, binomial_error
from commonweal.validation.laboratory import TOKENS, behaviour, experiment
from commonweal.validation.reference import ANDREOZZI, FISCHBACHER_GAECHTER, table
from commonweal.validation.rows import Row

PUBLISHED: Final = "published"
LABORATORY: Final = "model, laboratory set"
FIELDS: Final = "model, field set"
HUES: Final = {
    PUBLISHED: "#000000", LABORATORY: COLOURS["build_relationships"], FIELDS: COLOURS["communication"],
}  # fmt: skip
NOTE: Final = "Points: published, with 95 % intervals. Lines: means over {} sessions; bands: where 95 % of them lie."
NAMES: Final = {
    "followers share of leaders gift, ten periods": "followers' share of a leader's gift",
    "goal egocentric": "egocentric goal", "group goal specific and hard": "group goal, specific and hard",
    "communication written": "communication, written", "communication face to face": "communication, face to face",
    "communication": "communication, any",
}  # fmt: skip
"""targets as they are written in the figure, where that is not their name in the table"""
WIDTH: Final = 2.0
"""of a panel, in inches"""


def draw(rows: list[Row], folder: Path, sessions: int, waves: int, communities: int) -> list[tuple[str, str]]:
    """Draw every figure into `folder`; returns the name of each PNG and what it shows. Raises OSError."""
    made = []
    for name, figure in (
        ("ten_periods", ten_periods(sessions)), ("online_games", online_games(waves)),
        ("twenty_years", twenty_years(max(communities // 10, 2))), ("erosion", erosion(sessions)),
        ("effects", effects(rows)),
    ):  # fmt: skip
        save(figure, folder / name)
        made.append((f"{name}.png", str(figure.get_label())))
    return made


@styled()
def ten_periods(sessions: int) -> Figure:
    """Fischbacher & Gaechter (2010): three panels."""
    told = table(FISCHBACHER_GAECHTER)
    names = 0.35 + room_for(HUES, 7.5)
    figure, axes = panels(
        3, 3, WIDTH, 1.9, "Ten periods among strangers, published and simulated",
        "Fischbacher and Gächter (2010). " + NOTE.format(f"{sessions:,}"),
        below="period", left=0.45, right=names, across=0.45, bottom=0.22,
    )  # fmt: skip
    series: list[dict[str, np.ndarray]] = [{}, {}, {}]
    play = behaviour(experiment("experiment=lab_strangers"), sessions, SEED)
    for at, values in enumerate((TOKENS * play.gift, TOKENS * play.belief, play.gift * TOKENS < 0.5)):
        series[at][LABORATORY] = values.reshape(len(values), sessions, -1).mean(axis=2)
    error, zero = told["sd_contribution"].to_numpy() / SUBJECTS**0.5, told["share_zero"].to_numpy()
    points = (
        (told["mean_contribution"].to_numpy(), error), (told["mean_belief"].to_numpy(), error),
        (zero, binomial_error(zero, SUBJECTS)),
    )  # fmt: skip
    called = ("gifts (tokens of 20)", "beliefs (tokens of 20)", "giving nothing (share of subjects)")
    for at, panel in enumerate(axes):
        label_above(panel, called[at], WIDTH + 0.4)
        _panel(panel, series[at], *points[at])
    _name(axes[-1], series[-1], points[-1][0])
    return figure


@styled()
def erosion(sessions: int) -> Figure:
    """Andreozzi, Ploner & Saral (2020)."""
    share = table(ANDREOZZI)["cond-coop"].to_numpy()
    play = behaviour(experiment("experiment=lab_sequential"), sessions, SEED)
    cooperates = (play.willing & (play.kind == COOPERATOR)).astype(float)
    figure, (axes,) = panels(
        1, 1, 3.2, 2.0, "Conditional cooperators, published and simulated",
        "Andreozzi, Ploner and Saral (2020). " + NOTE.format(f"{sessions:,}"),
        below="period", left=0.45, right=0.35 + room_for(HUES, 7.5), bottom=0.22,
    )  # fmt: skip
    label_above(axes, "conditional cooperators (share of subjects)", 4.0)
    series = {LABORATORY: cooperates.reshape(len(cooperates), sessions, -1).mean(axis=2)}
    _panel(axes, series, share, binomial_error(share, SEQUENTIAL_SUBJECTS))
    axes.set_ylim(0, 1)
    _name(axes, series, share)
    return figure


def _panel(axes: Axes, series: dict[str, np.ndarray], values: np.ndarray, errors: np.ndarray) -> None:
    """Per set of parameters the mean and the band that 95 % of sessions lie in, and the published points.

    series: per name (periods, sessions). values, errors: (periods,), the latter standard errors.
    """
    periods = np.arange(1, len(values) + 1)
    for name, each in series.items():
        low, high = np.quantile(each, [0.025, 0.975], axis=1)
        axes.fill_between(periods, low, high, color=HUES[name], alpha=0.18, linewidth=0, label=f"{name}, 95 %")
        axes.plot(periods, each.mean(axis=1), color=HUES[name], linewidth=1.4, label=name)
    axes.errorbar(
        periods, values, yerr=1.96 * errors, fmt="o", color=HUES[PUBLISHED], markersize=3, linewidth=0.8, zorder=3,
        label=PUBLISHED,
    )  # fmt: skip
    axes.set_xticks(periods)
    axes.set_ylim(bottom=0)


def _name(axes: Axes, series: dict[str, np.ndarray], values: np.ndarray) -> None:
    """Names at the ends of the lines and of the points."""
    ends = {PUBLISHED: float(values[-1])} | {name: float(each[-1].mean()) for name, each in series.items()}
    axes.set_ylim(axes.get_ylim())
    at_ends(axes, [Label(len(values), end, name, HUES[name]) for name, end in ends.items()])


@styled()
def effects(rows: list[Row]) -> Figure:
    """Every published effect size and the model's, each with its interval where one is known."""
    mine = [each for each in rows if each.kind in ("calibrated", "predicted") and each.unit in ("d", "ratio")]
    names = [_called(each) for each in mine]
    figure, (axes,) = panels(
        1, 1, 4.4, 0.3 * len(mine) + 0.1, "Effect sizes, published and of the model",
        "Lines are 95 % intervals: of the published where one is known, of the model's over simulated groups.",
        below="effect size (d, in standard deviations of what individuals give; or the ratio that is named)",
        left=0.42 + room_for(names, 7.5), right=0.2,
    )  # fmt: skip
    axes.axvline(0, color="#404040", linewidth=0.7, zorder=1)
    for stripe in range(0, len(mine), 2):
        axes.axhspan(stripe - 0.5, stripe + 0.5, color="#F3F3F3", linewidth=0, zorder=0)
    first: dict[str, tuple[float, float, float]] = {}
    for place, each in enumerate(mine):
        model, half = FIELDS if "field" in each.note else LABORATORY, 1.96 * each.error
        for name, value, low, high, height in (
            (PUBLISHED, each.published, each.low, each.high, place - 0.17),
            (model, each.simulated, each.simulated - half, each.simulated + half, place + 0.17),
        ):
            _mark(axes, name, value, (low, high), height)
            first.setdefault(name, (low, high, height) if low == low else (value, value, height))
    _name_marks(axes, first)
    axes.set_yticks(range(len(mine)), names)
    axes.set_ylim(len(mine) - 0.5, -0.5)
    axes.tick_params(left=False)
    return figure


def _called(row: Row) -> str:
    """What an effect is called in the figure."""
    ratio, field = " (ratio)" if row.unit == "ratio" else "", ", field" if "field" in row.note else ""
    return NAMES.get(row.target, row.target) + ratio + field


def _mark(axes: Axes, name: str, value: float, ends: tuple[float, float], height: float) -> None:
    """One value, a disc if it is published and else a diamond, and its interval, if one is known."""
    mark, size = ("o", 3.2) if name == PUBLISHED else ("D", 2.4)
    style = {"color": HUES[name], "snap": False}
    if ends[0] == ends[0]:
        axes.plot(
            ends, (height, height), linewidth=1.1, marker="|", markersize=CAP, markeredgewidth=0.9, zorder=3,
            label=f"{name}, 95 %", **style,
        )  # fmt: skip
    axes.plot([value], [height], mark, markersize=size, zorder=4, label=name, **style)


def _name_marks(axes: Axes, first: dict[str, tuple[float, float, float]]) -> None:
    """Each name right of its first mark (ends of its interval, and height), or left of it at the edge."""
    edge = axes.get_xlim()[1]
    for name, (low, high, height) in first.items():
        side = 1 if high < 0.5 * edge else -1
        axes.annotate(
            name, (high if side > 0 else low, height), (6 * side, 0), textcoords="offset points", size=7, va="center",
            ha="left" if side > 0 else "right", color=ink(HUES[name]),
        )  # fmt: skip
