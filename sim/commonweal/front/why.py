"""Which mechanisms carry what a comparison found, and through whom."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from commonweal.analysis.in_units import amounts
from commonweal.analysis.results import load
from commonweal.commands import why as verb
from commonweal.front.progress import progress
from commonweal.front.results import Results, folder_of
from commonweal.units import told_in, units_of


class Why(NamedTuple):
    """Why strategies do what they do in one scenario."""

    mechanisms: pd.DataFrame
    """a row per strategy and mechanism, and what it carries of the effect: commonweal.analysis.shapley.COLUMNS"""
    when: pd.DataFrame | None
    """a row per strategy, and its effect's share in each third of a run; None where the results keep no rounds"""
    through: pd.DataFrame | None
    """a row per strategy and set of leaders, and what comes by their giving: commonweal.analysis.through.COLUMNS; None
    where leaders are of a class of one's own"""
    told: dict[str, str]
    """per strategy all of it in sentences, in the units of the results"""


def why(
    results: str | Path | Results, *, scenario: str | None = None, measure: str = "welfare_net",
    orders: int = verb.PAIRS, replicates: int = verb.REPLICATES, workers: int = 0,
) -> Why:  # fmt: skip
    """Which mechanisms carry each strategy's effect, when in a run it comes, and through whom, with 95 % intervals.

    cw.why("results/two", scenario="polarised").through

    results: of a comparison, from a folder that `commonweal run` wrote. scenario: the first where it is None. orders:
    pairs of an order in which mechanisms are switched on and its reverse. What is missing is played and kept in the
    results' folder. Raises InputError.
    """
    from commonweal.report.why import tell

    found = load(folder_of(results), whole=False)
    verb.refuse(found, measure, orders, replicates)
    with progress() as notify:
        tables = verb.explain(found, scenario, measure, orders, replicates, [f"workers={workers}"], notify)
    with told_in(units_of(found.manifest)) as units:
        shown = {name: amounts(each, units) for name, each in tables.items()}
        told = dict(tell(shown["shapley"], shown.get("when"), shown.get("through"), measure))
    return Why(tables["shapley"], tables.get("when"), tables.get("through"), told)
