"""The figure of effects: what each strategy changes of one measure, in every scenario."""

import math
from collections.abc import Mapping, Sequence
from statistics import fmean

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.analysis.had import had, unhad
from commonweal.analysis.worlds import spread
from commonweal.figures.label_places import Row, in_row
from commonweal.figures.labels import effect_label, in_order, of_no_matter_note, title, unhad_note, words
from commonweal.figures.marks import ASSUMED, Effect, assumed, known, of_measure, row_mark, say_unhad
from commonweal.figures.panels import is_for_phone, panels, room_for
from commonweal.figures.style import FAINT, colour, ink, styled
from commonweal.model.run import better_of
from commonweal.study.conditions import EQUAL, FULL

SMALL = 6.5
"""size of numbers"""
APART = 0.17
"""of a row's height, how far a basis lies from its middle"""
UNHAD_APART = 0.25
"""the same of words in place of a mark, which are higher than marks"""


@styled()
def strategy_effects(
    effects: pd.DataFrame, measure: str = "welfare_net", ax: Axes | None = None, worlds: pd.DataFrame | None = None
) -> Figure:
    """Effects on one measure with their 95 % intervals: a panel per scenario, a row per strategy, best on top.

    effects: a table with the columns of commonweal.analysis.effects.COLUMNS. Marks are filled at full strength and
    hollow at equal spend, which is written beside one of each where there are both; rows are in the order of the
    mean effect over scenarios at full strength, in every panel. In place of a mark it is said where a strategy cannot
    be had for so little.
    ax: a panel of one's own to draw in, where the figure has one panel.
    worlds: of an ensemble, commonweal.analysis.worlds.COLUMNS: where 95 % of them lie is a pale bar behind.
    Raises InputError where the table holds no effects on the measure.
    """
    rows, of = of_measure(effects, measure), known(effects, measure)
    better, strategies = better_of(measure), by_effect(rows, better_of(measure), nowhere_had(of))
    scenarios, bases = in_order(row.scenario for row in rows), in_order(of["basis"])
    alone = len(scenarios) == 1
    numbers = _numbers(rows) if alone and not is_for_phone() else []
    wide = spread(worlds, measure, ("scenario", "strategy", "basis"))
    figure, axes = panels(
        len(scenarios), 4, {1: 5.0, 2: 2.6, 3: 2.0}.get(len(scenarios), 1.75),
        (0.3 if alone else 0.24) * len(strategies) + 0.1,
        f"Effect of each strategy on {title(measure, small=True)}",
        _note(bases, better, wide) + of_no_matter_note(of, "strategy") + unhad_note(of),
        below=effect_label(measure), left=0.3 + room_for(map(words, strategies), 7.5),
        right=0.15 + 0.1 * bool(numbers) + room_for(numbers, SMALL), shared=True, ax=ax,
    )  # fmt: skip
    shift, gone = APART * (len(bases) > 1), of.loc[~had(of), :]
    heights = _heights(rows, strategies, shift)
    for at, (scenario, panel) in enumerate(zip(scenarios, axes, strict=True)):
        here = [each for each in zip(rows, heights, strict=True) if each[0].scenario == scenario]
        _panel(panel, here, len(strategies), wide)
        panel.set_title(words(scenario))
        panel.tick_params(left=False, labelleft=at % 4 == 0, labelbottom=at + 4 >= len(scenarios))
    _write(axes[0], numbers, heights)
    axes[0].locator_params(axis="x", nbins=8 if numbers else 4)
    for scenario, panel in zip(scenarios, axes, strict=True):
        there = gone.loc[gone["scenario"] == scenario, "strategy"]
        say_unhad(panel, [strategies.index(name) + UNHAD_APART * (len(bases) > 1) for name in there])
    name_rows(axes, strategies)
    if len(bases) > 1:
        _name_bases(axes[0], [each for each in zip(rows, heights, strict=True) if each[0].scenario == scenarios[0]])
        if ax is None:
            figure.set_label(f"{figure.get_label()} Filled: full strength. Hollow: equal spend.")
    return figure


def nowhere_had(of: pd.DataFrame) -> list[str]:
    """The strategies that at a basis cannot be had in any scenario."""
    return [name for name, some in unhad(of).items() if not some]


def _write(axes: Axes, numbers: Sequence[str], heights: Sequence[float]) -> None:
    """Numbers to the right of their rows, where there are any."""
    for text, height in zip(numbers, heights, strict=False):
        axes.annotate(
            text, (1.02, height), xycoords=("axes fraction", "data"), size=SMALL, va="center", color=FAINT,
            annotation_clip=False,
        )  # fmt: skip


def _note(bases: Sequence[str], better: int, wide: Mapping) -> str:
    """What is drawn, at which basis if there is one only, and which side is better."""
    at = f", at {bases[0]}" if len(bases) == 1 else ""
    toward = {1: " Right is better.", -1: " Left is better.", 0: ""}[better]
    drawn = f"Mean difference from doing nothing under the same luck{at}; the line is its 95 % interval.{toward}"
    return drawn + (ASSUMED if wide else "")


def by_effect(rows: Sequence[Effect], better: int, nowhere: Sequence[str]) -> list[str]:
    """Strategies, best first, by mean effect over scenarios at full strength (at what there is, without).

    nowhere: those that cannot be had at a basis in any scenario; they come last where they have no other.
    """
    found: dict[str, tuple[list[float], list[float]]] = {}
    for row in rows:
        found.setdefault(row.strategy, ([], []))[row.basis == FULL].append(row.effect)
    mean = {name: fmean(full or other) for name, (other, full) in found.items()}
    order = sorted(mean, key=lambda name: (-(better or 1) * mean[name], name))
    return order + [name for name in nowhere if name not in mean]


def _heights(rows: Sequence[Effect], strategies: list[str], shift: float) -> list[float]:
    """Where each effect is drawn: in its strategy's row, the bases `shift` above and below its middle."""
    return [strategies.index(row.strategy) + (shift if row.basis == EQUAL else -shift) for row in rows]


def _panel(axes: Axes, rows: Sequence[tuple[Effect, float]], count: int, wide: Mapping) -> None:
    """One scenario: its effects at their heights, over `count` striped rows and the line of no effect.

    wide: as commonweal.analysis.worlds.spread gives it, by scenario, strategy and basis.
    """
    assumed(axes, {(row.strategy, row.basis): (height, wide.get(row[:3])) for row, height in rows})
    axes.axvline(0, color="#404040", linewidth=0.7, zorder=1, label="no effect")
    for stripe in range(0, count, 2):
        axes.axhspan(stripe - 0.5, stripe + 0.5, color="#F3F3F3", linewidth=0, zorder=0)
    for row, height in rows:
        row_mark(
            axes, f"{row.strategy}, {row.basis}", row.effect, height, row.ends, colour(row.strategy),
            filled=row.basis != EQUAL,
        )  # fmt: skip


def name_rows(axes: Sequence[Axes], strategies: Sequence[str]) -> None:
    """Write the strategies left of the first panel of each line of them, from the top, in their colours."""
    axes[0].set_yticks(range(len(strategies)), [words(name) for name in strategies])
    axes[0].set_ylim(len(strategies) - 0.5, -0.5)
    for panel in axes[::4]:
        for text, strategy in zip(panel.get_yticklabels(), strategies, strict=True):
            text.set(color=ink(colour(strategy)), parse_math=False)


def _name_bases(axes: Axes, rows: Sequence[tuple[Effect, float]]) -> None:
    """Write each basis beside a mark of it, no two in one strategy's rows if there are several."""
    taken: set[str] = set()
    for basis in in_order(row.basis for row, _ in rows):
        downward = sorted(rows, key=lambda each: each[1])
        mine = {row.strategy: (row, height) for row, height in downward if row.basis == basis}
        free = {name: each for name, each in mine.items() if name not in taken} or mine
        places = {
            Row(*_ends(row), height, (0.0, *(end for other, _ in rows if other.strategy == name and other != row
                                             for end in _ends(other)))): name
            for name, (row, height) in free.items()
        }  # fmt: skip
        taken.add(places[in_row(axes, basis, list(places), FAINT, SMALL)])


def _ends(row: Effect) -> tuple[float, float]:
    """The ends of an interval, or the mark twice where it has none."""
    return row.ends if all(map(math.isfinite, row.ends)) else (row.effect, row.effect)


def _numbers(rows: Sequence[Effect]) -> list[str]:
    """Effects and intervals in writing, all with as many decimals."""
    largest = max(abs(value) for row in rows for value in (row.effect, *row.ends) if math.isfinite(value))
    decimals = max(0, 2 - math.floor(math.log10(largest))) if largest > 1e-12 else 0
    texts = []
    for row in rows:
        text = f"{row.effect:+.{decimals}f}"
        if all(map(math.isfinite, row.ends)):
            text += f"  [{row.low:+.{decimals}f}, {row.high:+.{decimals}f}]"
        texts.append(text.replace("-", "−"))
    return texts
