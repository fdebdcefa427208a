"""The figure of mechanisms: what each carries of each strategy's effect, a panel per strategy."""

from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from commonweal.analysis.shapley import ALL, MEANINGS, NONE
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, title, words

MOST: Final = 12
"""mechanisms that are drawn"""
ENDS: Final = {ALL: "the whole effect", NONE: "left without any mechanism"}
NOTE: Final = (
    "What each mechanism adds to the effect, on the mean of the orders in which they may be switched on, with the same "
    "luck (Shapley values); with what is left without any they sum to the whole. Drawn are those that surely carry "
    "something of any effect."
)


def mechanisms(table: pd.DataFrame) -> Figure:
    """A panel per strategy, the one of the largest effect first; rows are the whole, mechanisms, and what is left.

    table: columns as of commonweal.analysis.shapley.COLUMNS, of one scenario and measure.
    """
    rows = table.assign(size=table["carries"].abs())
    sure = rows.loc[((rows["low"] > 0) | (rows["high"] < 0)) & ~rows["mechanism"].isin(ENDS), :]
    most = sure.groupby("mechanism")["size"].sum().sort_values(ascending=False, kind="stable").index[:MOST]
    order = [ALL, *most, NONE]
    panels = rows.loc[rows["mechanism"] == ALL, :].sort_values("size", ascending=False, kind="stable")["strategy"]
    drawn = pd.DataFrame({"panel": name, "mechanism": each} for name in panels for each in order)
    drawn = drawn.merge(rows, left_on=["panel", "mechanism"], right_on=["strategy", "mechanism"])
    names = ENDS | MEANINGS
    drawn["row"] = [names.get(str(each), words(str(each))) for each in drawn["mechanism"]]
    measure = str(table["measure"].iloc[0])
    return forest(
        drawn.rename(columns={"carries": "effect"}).loc[:, ["panel", "row", "effect", "low", "high"]],
        f"What carries the effects on {title(measure, small=True)}", NOTE, effect_label(measure),
    )  # fmt: skip
