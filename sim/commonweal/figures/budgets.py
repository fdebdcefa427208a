"""The figure of budgets: what more money buys, and the mix of strategies that buys it."""

import math

import pandas as pd
from matplotlib.figure import Figure

from commonweal.figures.labels import effect_label, words
from commonweal.figures.marks import CAP
from commonweal.figures.panels import panels, room_for
from commonweal.figures.style import COLOURS, FAINT, ink, styled
from commonweal.model.strategies import STRATEGIES
from commonweal.units import told


@styled()
def budgets(table: pd.DataFrame, scenario: str) -> Figure:
    """The best mix for each budget: above, what it does for welfare; below, which strategies are in it.

    table: a row per budget in rising order: `budget_money` (MU per leader and round), `best` (a mix called 'one +
    other'), `effect`, `low`, `high` (on welfare per person before spend, against doing nothing) and `prob_best`.
    """
    figure, (above, below) = panels(
        2, 1, 5.4, 1.9, f"What a budget buys, and which mix buys it: {words(scenario)}",
        "Above: gain from the best mix that costs no more money than the budget, against doing nothing, with its "
        "95 % interval; under the mark the share of resamples in which no affordable mix does better. Below: what is "
        "in the mix.",
        below=told().said("budget (MU of money per leader and month)"),
        left=0.35 + room_for(map(words, STRATEGIES), 7.5), right=0.3, down=0.3,
    )  # fmt: skip
    places = range(len(table))
    for at, each in zip(places, table.to_dict("records"), strict=True):
        if math.isfinite(each["low"]):
            above.plot(
                (at, at), (each["low"], each["high"]), color="#000000", linewidth=1.1, marker="_", markersize=1.4 * CAP,
                markeredgewidth=0.9, label="interval",
            )  # fmt: skip
        above.annotate(
            f"{100 * each['prob_best']:.0f} %", (at, each["effect"]), (0, -9), textcoords="offset points", ha="center",
            va="top", size=6.5, color=FAINT,
        )  # fmt: skip
        members = str(each["best"]).split(" + ")
        for row, name in enumerate(STRATEGIES):
            inside = name in members
            below.plot(
                [at], [row], "o", markersize=9 if inside else 3, color=COLOURS[name] if inside else "#D8D8D8",
                label=f"{name}, {'in' if inside else 'out'}",
            )  # fmt: skip
    above.plot(
        list(places),
        table["effect"].to_list(),
        marker="o",
        markersize=3.4,
        color="#000000",
        linewidth=0.8,
        label="gain",
    )
    above.axhline(0, color="#404040", linewidth=0.7, zorder=1)
    above.margins(y=0.2)
    above.set_ylabel(effect_label("welfare").replace(" (", "\n("))
    above.set_xticks(list(places), [])
    for panel in (above, below):
        panel.set_xlim(-0.5, len(table) - 0.5)
    below.set_xticks(list(places), [_written(each) for each in table["budget_money"]])
    below.set_yticks(range(len(STRATEGIES)), [words(name) for name in STRATEGIES])
    below.set_ylim(len(STRATEGIES) - 0.4, -0.6)
    below.tick_params(left=False)
    for text, name in zip(below.get_yticklabels(), STRATEGIES, strict=True):
        text.set_color(ink(COLOURS[name]))
    return figure


def _written(budget: float) -> str:
    return told().short(budget) if math.isfinite(budget) else "no limit"
