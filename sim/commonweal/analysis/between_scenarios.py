"""Worlds: what a strategy does in one scenario less what it does in another, under the same luck."""

import pandas as pd

from commonweal.analysis.effects import holm, interval
from commonweal.analysis.smallest_effect import matters, threshold
from commonweal.study.conditions import BASELINE


def between(
    runs: pd.DataFrame, measure: str, here: str, there: str, basis: str = "full strength", smallest: float = 0.0
) -> pd.DataFrame:
    """A row per strategy: its effect on a measure in the scenario `here` less that in `there`, paired by replicate.

    runs: rows of runs as commonweal.study.tables writes them, the baseline among them, the same replicates in both
    scenarios. `of` is the effect there, of which `effect` is the change. p_holm is p after Holm's correction over
    the strategies. smallest: the smallest effect of interest, as a share of what doing nothing has there; `matters` is
    held against it.
    """
    columns = ["scenario", "strategy", "basis", "replicate", measure]
    some = runs.loc[runs["basis"].isin(["baseline", basis]), columns]
    table = some.pivot(index="replicate", columns=["scenario", "strategy"], values=measure)
    rows = []
    for strategy in dict.fromkeys(some["strategy"]):
        if strategy == BASELINE:
            continue
        effect = {name: table[name, strategy] - table[name, BASELINE] for name in (here, there)}
        change = (effect[here] - effect[there]).dropna()
        if change.empty:
            continue
        low, high, p = interval(change.to_numpy())
        rows.append((strategy, change.mean(), low, high, p, effect[there].mean(), len(change)))
    frame = pd.DataFrame(rows, columns=["strategy", "effect", "low", "high", "p", "of", "n"])
    least = threshold(smallest, table[there, BASELINE].mean()) if rows else 0.0
    frame["matters"] = matters(frame["low"], frame["high"], least)
    frame.insert(5, "p_holm", holm(frame["p"].tolist()))
    return frame
