"""The figure of contrasts: any named differences with their intervals, a row each, a panel per circumstance."""

import math

import pandas as pd
from matplotlib.figure import Figure

from sim.figures.panels import panels, room_for
from sim.figures.style import colour, ink, styled
from sim.figures.words import in_order, words

PLAIN = "#333333"
"""of rows that belong to no one strategy"""


@styled()
def forest(table: pd.DataFrame, title: str, note: str, below: str) -> Figure:
    """Contrasts with their 95 % intervals in rows, by panels; filled where p after Holm's correction is below .05.

    table: columns `panel` and `row` (names, drawn in order of appearance), `effect`, `low`, `high`, `p_holm`, and
    optionally `strategy`, whose colour the row has (empty: none). below: what the axis shows, with its unit.
    All panels have the same limits. Filled and hollow are explained after `note`.
    """
    rows, circumstances = in_order(table["row"]), in_order(table["panel"])
    columns = 2 if len(circumstances) == 4 else min(len(circumstances), 3)
    width = {1: 4.6, 2: 2.7}.get(columns, 2.0)
    figure, axes = panels(
        len(circumstances), columns, width, 0.2 * len(rows) + 0.1, title,
        f"{note} Lines are 95 % intervals, not seen where they are narrower than the mark.\n"
        "●  sure after Holm's correction for their number      ○  may be chance",
        below=below, left=0.42 + room_for([words(each, 44) for each in rows], 7.5), right=0.2, shared=True,
    )  # fmt: skip
    hues = {}
    for at, (name, panel) in enumerate(zip(circumstances, axes, strict=True)):
        panel.axvline(0, color="#404040", linewidth=0.7, zorder=1, label="no difference")
        for stripe in range(0, len(rows), 2):
            panel.axhspan(stripe - 0.5, stripe + 0.5, color="#F3F3F3", linewidth=0, zorder=0)
        for each in table.loc[table["panel"] == name, :].to_dict("records"):
            strategy = each.get("strategy") or ""
            hue = hues[each["row"]] = colour(strategy) if strategy else PLAIN
            height = rows.index(each["row"])
            if all(map(math.isfinite, (each["low"], each["high"]))):
                panel.plot(
                    (each["low"], each["high"]), (height, height), color=hue, linewidth=1.1, zorder=3,
                    label=f"{each['row']}, interval", snap=False,
                )  # fmt: skip
            panel.plot(
                [each["effect"]], [height], marker="o", markersize=3.8, markeredgecolor=hue, markeredgewidth=1.0,
                markerfacecolor=hue if each["p_holm"] < 0.05 else "white", linestyle="none", zorder=4, snap=False,
                label=str(each["row"]),
            )  # fmt: skip
        panel.set_title(words(name))
        panel.tick_params(left=False, labelleft=at % columns == 0, labelbottom=at + columns >= len(circumstances))
    axes[0].set_yticks(range(len(rows)), [words(each, 44) for each in rows])
    axes[0].set_ylim(len(rows) - 0.5, -0.5)
    axes[0].locator_params(axis="x", nbins=8 if columns == 1 else 4)
    for panel in axes[::columns]:
        for text, row in zip(panel.get_yticklabels(), rows, strict=True):
            text.set(color=ink(hues[row]), parse_math=False)
    return figure
