"""Figures of the report: published points over simulated bands."""

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from sim.figures.save import save
from sim.figures.style import COLOURS, styled
from sim.validation.experiments import FIELD, SEED
from sim.validation.laboratory import TOKENS, experiment, played
from sim.validation.published import COOPERATOR, SEQUENTIAL_SUBJECTS, SUBJECTS, binomial_error
from sim.validation.reference import ANDREOZZI, FISCHBACHER_GAECHTER, table
from sim.validation.rows import Row

BAND = COLOURS["build_relationships"]
FIELDS = COLOURS["communication"]


def draw(rows: list[Row], folder: Path, sessions: int) -> list[tuple[str, str]]:
    """Draw every figure into `folder`; returns the name of each PNG and what it shows. Raises OSError."""
    made = []
    for name, figure, alt in (
        (
            "ten_periods",
            ten_periods(sessions),
            "Gifts, beliefs and share giving nothing over ten periods, published and simulated",
        ),
        ("erosion", erosion(sessions), "Share of conditional cooperators over ten periods, published and simulated"),
        ("effects", effects(rows), "Published effect sizes with their intervals, and those of the model"),
    ):
        save(figure, folder / name)
        made.append((f"{name}.png", alt))
    return made


def _band(axes, series: np.ndarray, colour: str, label: str) -> None:
    """Mean over sessions, and the band that 95 % of sessions lie in. series: (periods, sessions)."""
    periods = np.arange(1, len(series) + 1)
    low, high = np.quantile(series, [0.025, 0.975], axis=1)
    axes.fill_between(periods, low, high, color=colour, alpha=0.18, linewidth=0)
    axes.plot(periods, series.mean(axis=1), color=colour, linewidth=1.4, label=label)


def _points(axes, values: np.ndarray, errors: np.ndarray) -> None:
    axes.errorbar(
        np.arange(1, len(values) + 1), values, yerr=1.96 * errors, fmt="o", color="black", markersize=3, linewidth=0.8,
        label="published, 95 %", zorder=3,
    )  # fmt: skip


def ten_periods(sessions: int) -> Figure:
    """Fischbacher & Gaechter (2010): three panels, the laboratory's and the field's parameters."""
    told = table(FISCHBACHER_GAECHTER)
    with styled():
        figure = Figure(figsize=(7.2, 2.6), layout="constrained")
        panels = figure.subplots(1, 3)
        for people, colour, label in (((), BAND, "laboratory set"), (FIELD, FIELDS, "field set")):
            play = played(experiment("experiment=lab_strangers", *people), sessions, SEED)

            def by_session(values: np.ndarray) -> np.ndarray:
                return values.reshape(len(values), sessions, -1).mean(axis=2)

            _band(panels[0], TOKENS * by_session(play.gift), colour, label)
            _band(panels[1], TOKENS * by_session(play.belief), colour, label)
            _band(panels[2], by_session((play.gift * TOKENS < 0.5).astype(float)), colour, label)
        error = told["sd_contribution"].to_numpy() / SUBJECTS**0.5
        zero = told["share_zero"].to_numpy()
        _points(panels[0], told["mean_contribution"].to_numpy(), error)
        _points(panels[1], told["mean_belief"].to_numpy(), error)
        _points(panels[2], zero, binomial_error(zero, SUBJECTS))
        for panel, title, unit in zip(
            panels,
            ("Gifts", "Beliefs", "Giving nothing"),
            ("tokens of 20", "tokens of 20", "share of subjects"),
            strict=True,
        ):
            panel.set(title=title, ylabel=unit, xlabel="period", xticks=range(1, 11))
            panel.set_ylim(bottom=0)
        panels[0].legend(frameon=False, fontsize=7)
        figure.set_label("Ten periods of Fischbacher and Gaechter (2010)")
    return figure


def erosion(sessions: int) -> Figure:
    """Andreozzi, Ploner & Saral (2020)."""
    share = table(ANDREOZZI)["cond-coop"].to_numpy()
    play = played(experiment("experiment=lab_sequential"), sessions, SEED)
    cooperates = (play.willing & (play.kind == COOPERATOR)).astype(float)
    with styled():
        figure = Figure(figsize=(3.6, 2.6), layout="constrained")
        axes = figure.subplots()
        _band(axes, cooperates.reshape(len(cooperates), sessions, -1).mean(axis=2), BAND, "laboratory set")
        _points(axes, share, binomial_error(share, SEQUENTIAL_SUBJECTS))
        axes.set(title="Conditional cooperators", xlabel="period", ylabel="share of subjects", xticks=range(1, 11))
        axes.set_ylim(0, 1)
        axes.legend(frameon=False, fontsize=7)
        figure.set_label("Erosion of conditional cooperation")
    return figure


def effects(rows: list[Row]) -> Figure:
    """Every published effect size: the interval where one is known, and the model's."""
    mine = [each for each in rows if each.kind in ("calibrated", "predicted") and each.unit in ("d", "ratio")]
    with styled():
        figure = Figure(figsize=(6.4, 0.6 + 0.24 * len(mine)), layout="constrained")
        axes = figure.subplots()
        for place, each in enumerate(reversed(mine)):
            known = each.low == each.low
            width = each.high - each.published if known else 0.0
            axes.errorbar(each.published, place, xerr=width, fmt="o", color="black", markersize=3.5, linewidth=0.8)
            colour = FIELDS if "field" in each.note else BAND
            axes.plot(each.simulated, place, marker="D", color=colour, markersize=4.5, linestyle="none", alpha=0.9)
        names = [each.target + (" (field)" if "field" in each.note else "") for each in reversed(mine)]
        axes.set_yticks(range(len(mine)), names)
        axes.axvline(0, color="#b0b0b0", linewidth=0.6)
        axes.set(xlabel="d or ratio. Black: published, 95 % where known. Diamonds: model")
        figure.set_label("Effect sizes")
    return figure
