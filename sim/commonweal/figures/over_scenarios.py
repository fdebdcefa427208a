"""Over scenarios: what each strategy changes of one measure, in one panel: a row per strategy, a dot per scenario."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.analysis.worlds import spread
from commonweal.figures.labels import effect_label, in_order, of_no_matter_note, title, unhad_note, words
from commonweal.figures.marks import ASSUMED, assumed, known, of_measure, say_unhad
from commonweal.figures.panels import panels, room_for
from commonweal.figures.strategy_effects import APART, UNHAD_APART, by_effect, name_rows, nowhere_had
from commonweal.figures.style import colour, styled
from commonweal.model.run import better_of
from commonweal.study.conditions import EQUAL


@styled()
def over_scenarios(
    effects: pd.DataFrame, measure: str = "welfare_net", ax: Axes | None = None, worlds: pd.DataFrame | None = None
) -> Figure:
    """A row per strategy, best first; in it a dot per scenario, filled at full strength and hollow at equal spend.

    effects: commonweal.analysis.effects.COLUMNS. A line joins the scenarios with the least and the largest effect.
    A row in which there can be no dot says that the strategy cannot be had for so little.
    worlds: of an ensemble, commonweal.analysis.worlds.COLUMNS: where 95 % of them lie in all scenarios is a pale bar.
    Raises InputError where the table holds no effects on the measure.
    """
    rows, of = of_measure(effects, measure), known(effects, measure)
    nowhere, better = nowhere_had(of), better_of(measure)
    strategies, bases = by_effect(rows, better, nowhere), in_order(of["basis"])
    scenarios = len({row.scenario for row in rows})
    wide = spread(worlds, measure, ("strategy", "basis"))
    kinds = " Filled: full strength. Hollow: equal spend." if len(bases) > 1 else f" At {bases[0]}."
    toward = {1: " Right is better.", -1: " Left is better.", 0: ""}[better]
    figure, (axes,) = panels(
        1, 1, 4.2, 0.28 * len(strategies) + 0.1,
        f"Effect of each strategy on {title(measure, small=True)}, in {scenarios} scenarios",
        f"A dot is the mean difference from doing nothing in one scenario, under the same luck.{kinds}{toward}"
        + (ASSUMED if wide else "") + of_no_matter_note(of, "strategy") + unhad_note(of),
        below=effect_label(measure), left=0.3 + room_for(map(words, strategies), 7.5), ax=ax,
    )  # fmt: skip
    axes.axvline(0, color="#404040", linewidth=0.7, zorder=1, label="no effect")
    for stripe in range(0, len(strategies), 2):
        axes.axhspan(stripe - 0.5, stripe + 0.5, color="#F3F3F3", linewidth=0, zorder=0)
    for at, strategy in enumerate(strategies):
        for basis in bases:
            there = [row.effect for row in rows if (row.strategy, row.basis) == (strategy, basis)]
            height = at + (0.0 if len(bases) == 1 else APART if basis == EQUAL else -APART)
            if there:
                assumed(axes, {(strategy, basis): (height, wide.get((strategy, basis)))})
                _dots(axes, f"{strategy}, {basis}", there, height, colour(strategy), filled=basis != EQUAL)
    say_unhad(axes, [strategies.index(name) + UNHAD_APART * (len(bases) > 1) for name in nowhere])
    name_rows([axes], strategies)
    axes.tick_params(left=False)
    return figure


def _dots(axes: Axes, name: str, values: list[float], height: float, hue: str, *, filled: bool) -> None:
    """A dot per scenario on a thin line. Labelled `name` and `name, range`."""
    heights = [height] * len(values)
    axes.plot(values, heights, color=hue, linewidth=0.7, zorder=2, label=f"{name}, range")
    axes.plot(
        values, heights, marker="o", markersize=3.4, markerfacecolor=hue if filled else "white", markeredgecolor=hue,
        markeredgewidth=0.9, linestyle="none", snap=False, zorder=3, label=name,
    )  # fmt: skip
