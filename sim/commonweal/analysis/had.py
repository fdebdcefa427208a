"""Had: what can be had for the sum at which strategies are compared; less than its fixed part buys none of one."""

from typing import Final

import numpy as np
import pandas as pd

from commonweal.study.conditions import EQUAL, FULL, INTENSITY

UNHAD: Final = "cannot be had for so little"
WORLD_OF: Final = ["scenario", "strategy", "measure", "world"]
"""columns of a table of worlds that say of what a row is"""


def had(table: pd.DataFrame) -> np.ndarray:
    """Whether the strategy of each row was done at all, (n,): where its fixed part costs more than equal spend, not.

    table: of effects, or runs with a strategy. One without a column `intensity` compares nothing at equal spend.
    """
    return table[INTENSITY].ne(0.0).to_numpy() if INTENSITY in table else np.ones(len(table), bool)


def unhad(table: pd.DataFrame) -> dict[str, list[str]]:
    """Each strategy that cannot be had, and in which scenarios; none where it can be had in no scenario of the table.

    table: of effects, or runs with a strategy, at equal spend or at several bases, of which those without it count not.
    """
    gone = table.loc[~had(table), :]
    there = table.loc[table["basis"].isin(gone["basis"].unique()), :]
    found = {}
    for name, some in gone.groupby("strategy", sort=False):
        everywhere = set(there.loc[there["strategy"] == name, "scenario"])
        scenarios = list(dict.fromkeys(some["scenario"]))
        found[str(name)] = [] if everywhere == set(scenarios) else scenarios
    return found


def had_in_worlds(worlds: pd.DataFrame) -> np.ndarray:
    """The same of rows of worlds, (n,): what costs something in full and spends nothing at equal spend is not had.

    worlds: columns as in commonweal.analysis.worlds.COLUMNS.
    """
    full = worlds.loc[worlds["basis"] == FULL, :].set_index(WORLD_OF)["spend"]
    costs = full.reindex(pd.MultiIndex.from_frame(worlds[WORLD_OF])).to_numpy() > 0
    return ~((worlds["basis"] == EQUAL).to_numpy() & (worlds["spend"] == 0).to_numpy() & costs)
