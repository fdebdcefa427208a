"""Cost curves: what more money brings, strategy by strategy."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, NullLocator

from commonweal.analysis.best_mix import BEST_MIX
from commonweal.analysis.had import had
from commonweal.figures.label_places import Label, at_ends
from commonweal.figures.labels import title, words
from commonweal.figures.panels import label_above, panels, room_for
from commonweal.figures.style import colour, styled
from commonweal.model.run import RUN_MEASURES
from commonweal.units import told

PALE = 0.12
"""opacity of an interval"""
COLUMNS = 2
MIXED = " Best mix: one strategy or two for half of the sum each, chosen in some communities and measured in others."


@styled()
def cost_curves(curves: pd.DataFrame, measure: str = "welfare_net") -> Figure:
    """A panel per scenario: the effect of each strategy over the sum spent, with 95 % intervals.

    curves: columns as in commonweal.analysis.cost_curve.COLUMNS.
    """
    rows = curves.loc[(curves["measure"] == measure) & had(curves), :]
    scenarios, strategies = (list(dict.fromkeys(rows[name])) for name in ("scenario", "strategy"))
    sums = sorted(set(rows["sum"]))
    columns = min(COLUMNS, len(scenarios))
    beside = 0.35 + room_for(map(words, strategies), 7.5)
    figure, axes = panels(
        len(scenarios), columns, 2.6, 1.5, f"What money brings: {title(measure, small=True)}",
        "Lines: mean difference from doing nothing under the same luck, each strategy's doses scaled to what the sum "
        "buys; bands: 95 % intervals. A line begins where the sum buys any of a strategy, and ends where it buys all."
        + (MIXED if BEST_MIX in strategies else ""),
        below=told().said("MU per leader and month"), left=0.5, right=beside,
        across=0.45 + beside, bottom=0.25, down=0.55,
    )  # fmt: skip
    unit = told().said(RUN_MEASURES[measure].unit)
    for panel, scenario in zip(axes, scenarios, strict=False):
        there = rows.loc[rows["scenario"] == scenario, :]
        label_above(panel, f"{words(scenario)}, {unit}", 3.4)
        panel.axhline(0, color="#404040", linewidth=0.6)
        ends = []
        for strategy in strategies:
            each = there.loc[there["strategy"] == strategy, :].drop_duplicates("spend").sort_values("spend")
            if each.empty:
                continue
            at, effect = each["spend"].to_numpy(), each["effect"].to_numpy()
            panel.fill_between(at, each["low"], each["high"], color=colour(strategy), alpha=PALE, linewidth=0)
            panel.plot(at, effect, color=colour(strategy), linewidth=1.1, marker="o", markersize=2.2)
            ends.append(Label(float(at[-1]), float(effect[-1]), words(strategy), colour(strategy)))
        panel.set_xscale("log")
        panel.set_xlim(sums[0] * 0.85, sums[-1] * 1.15)
        panel.xaxis.set_major_locator(FixedLocator(sums))
        panel.xaxis.set_minor_locator(NullLocator())
        panel.set_xticklabels([told().short(each) for each in sums])
        at_ends(panel, ends)
    for panel in axes[len(scenarios) :]:
        panel.set_visible(False)
    return figure
