"""A run under another strategy from some round on, with the same luck."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from commonweal.analysis.in_units import APART, amounts
from commonweal.commands import _kernels
from commonweal.commands import branch as verb
from commonweal.configuration.conf import session
from commonweal.front.keywords import overrides
from commonweal.front.progress import progress, watched
from commonweal.model.measures import MEASURES
from commonweal.units import told_in


class Branch(NamedTuple):
    """What came of the two branches of a run."""

    differences: pd.DataFrame
    """per measure and round the mean of both, the mean difference, its 95 % interval over replicates"""
    parted: pd.DataFrame
    """per measure the months in which they part: commonweal.analysis.parting.PARTED"""
    mechanisms: pd.DataFrame | None
    """per measure and mechanism what it carries of the mean difference; None where that was not asked, or takes long"""
    told: dict[str, str]
    """per measure when they part and through which mechanisms, in sentences, in the units that were given"""


def branch(
    *typed: str,
    at: int,
    to: str,
    replicates: range | int = 20,
    measures: Sequence[str] | None = None,
    orders: int | None = None,
    config_dir: str | Path | None = None,
    **settings: Any,
) -> Branch:
    """The same run under another strategy from some round on: how far, when and through which mechanisms they part.

    cw.branch(strategy="inclusion", scenario="polarised", at=25, to="communication").told["cooperation"]

    typed, settings: which run it is, as in cw.run; parameters of the second strategy begin with to:
    `to__channel="text"`. replicates: which, or how many. measures: all where it is None. orders: pairs of an order in
    which mechanisms are switched on and its reverse, 0 for none; where it is None, 4 if that does not take long. Raises
    InputError.
    """
    from commonweal.analysis.parting import parting
    from commonweal.report.parting import part

    first = {name: value for name, value in settings.items() if not name.startswith("to__")}
    second = {name: value for name, value in settings.items() if name not in first}
    chosen = list(measures or MEASURES)
    some = range(replicates) if isinstance(replicates, int) else replicates
    with session(also=None if config_dir is None else str(config_dir)):
        lines = [*typed, *overrides(first, typed), *overrides(second)]
        both = verb.read_both(lines, to)
        verb.refuse(at, chosen, both.study.size.rounds, orders)
        _kernels.compile_model([both.world], not watched())
        found = verb.played(both, at, some)
        table = verb.differences(found, chosen)
        with progress() as notify:
            carried = verb.carried_of(both, at, some, chosen, orders, notify)
    parted = parting(found, table)
    with told_in(both.study.units) as units:
        shown = None if carried is None else amounts(carried, units, APART)
        return Branch(table, parted, carried, part(parted, shown, at))
