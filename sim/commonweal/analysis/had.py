"""Had: what can be had for the sum at which strategies are compared; less than its fixed part buys none of one."""

from typing import Final

import numpy as np
import pandas as pd

from commonweal.study.conditions import EQUAL, INTENSITY

UNHAD: Final = "cannot be had for so little"


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
    """The same of rows of worlds, (n,): what spends nothing at equal spend, and changes nothing, is not had.

    worlds: columns as in commonweal.analysis.worlds.COLUMNS.
    """
    gone = (worlds["basis"] == EQUAL) & (worlds["spend"] == 0) & (worlds["effect"] == 0)
    return ~gone.to_numpy()
