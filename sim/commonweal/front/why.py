"""Which mechanisms carry what a comparison found."""

from pathlib import Path

import pandas as pd

from commonweal.analysis.results import load
from commonweal.commands import why as verb
from commonweal.front.progress import progress
from commonweal.front.results import Results, folder_of


def why(
    results: str | Path | Results, *, scenario: str | None = None, measure: str = "welfare_net",
    orders: int = verb.PAIRS, replicates: int = verb.REPLICATES, workers: int = 0,
) -> pd.DataFrame:  # fmt: skip
    """A row per strategy and mechanism: what it carries of the strategy's effect, with its 95 % interval.

    cw.why("results/two", scenario="polarised")

    results: of a comparison, from a folder that `commonweal run` wrote. scenario: the first where it is None. orders:
    pairs of an order in which mechanisms are switched on and its reverse. What is missing is played and kept in the
    results' folder. Raises InputError.
    """
    found = load(folder_of(results), whole=False)
    verb.refuse(found, measure, orders, replicates)
    with progress() as notify:
        tables = verb.explain(found, scenario, measure, orders, replicates, [f"workers={workers}"], notify)
    return tables["shapley"]
