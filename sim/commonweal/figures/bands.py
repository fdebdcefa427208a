"""The figure of bands: one measure under each strategy against doing nothing, with its spread over communities."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.figures.labels import label, title, words
from commonweal.figures.panels import panels
from commonweal.figures.paths import draw_bands, draw_mean, paths, tick_rounds
from commonweal.figures.style import colour, ink, styled
from commonweal.study.conditions import BASELINE, FULL


@styled()
def bands(
    rounds: pd.DataFrame, scenario: str, measure: str = "welfare_net", basis: str = FULL, ax: Axes | None = None
) -> Figure:
    """One measure round by round: a panel per strategy, with laissez-faire in grey behind it.

    rounds: a table of rounds as commonweal.study.tables writes it. Lines are means, with their 95 % intervals;
    bands hold half of the communities (q25 to q75) and nine tenths (q05 to q95).
    ax: a panel of one's own to draw in, where the figure has one panel.
    Raises InputError where the table lacks the scenario or the measure.
    """
    found = paths(rounds, scenario, measure, basis)
    nothing = [path for path in found if path.strategy == BASELINE]
    strategies = [path for path in found if path.strategy != BASELINE]
    figure, axes = panels(
        len(strategies) or 1, 4, 1.8, 1.35, f"{title(measure)}: {words(scenario)}, at {basis}",
        "Line: mean, with its 95 % interval. Dark band: half of the communities. Pale band: nine tenths. Grey, dashed: "
        "doing nothing.",
        below="month", aside=label(measure), left=0.5, across=0.15, down=0.42, shared=True, ax=ax,
    )  # fmt: skip
    for at, (path, panel) in enumerate(zip(strategies or nothing, axes, strict=True)):
        some = [*nothing, path] if strategies else nothing
        for each in some:
            draw_bands(panel, each)
            draw_mean(panel, each)
        panel.set_title(words(path.strategy), color=ink(colour(path.strategy)), size=8.5)
        panel.tick_params(labelleft=at % 4 == 0, labelbottom=at + 4 >= len(axes))
        tick_rounds(panel, found)
    return figure
