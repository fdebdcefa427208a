"""Results and outcomes in the money of those who read: amounts of MU as a study was asked to tell them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from html import escape
from math import isnan
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from commonweal.amounts import Terms
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.results import Results, load
from commonweal.errors import InputError
from commonweal.model.run import RUN_MEASURES
from commonweal.study.blocks import Block
from commonweal.study.parts import Part
from commonweal.study.schema import ROUNDS
from commonweal.units import Units, tell_in, units_of

APART: Final = ("kept", "changed", "difference", "low", "high", "carries")
"""columns of what two branches differ by in the measure's unit"""
LEVELS: Final = ("effect", "low", "high", "mean", "baseline", "carries")
"""columns in the unit of the row's measure"""
SPREAD: Final = tuple(name for name, each in ROUNDS.items() if each.unit == "the measure's")
"""columns of rounds in the measure's unit"""
SPENDS: Final = {"spend": "MU per leader and round", "sum": "MU per leader and round"} | dict.fromkeys(
    ("gains", "gains_low", "gains_high"), "MU per person and round"
)
"""columns of amounts, whatever the measure"""


class ResultsInUnits(Results):
    """Results whose amounts are in their study's units; the same where it has none."""

    @property
    def units(self) -> Units:
        """What amounts are told in."""
        return units_of(self.manifest)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """As of Results."""
        table = super().runs.copy()
        for name, each in RUN_MEASURES.items():
            if name in table and (times := self.units.times(each.unit)) != 1.0:
                table[name] *= times
        return table

    @cached_property
    def rounds(self) -> pd.DataFrame:
        """As of Results."""
        return amounts(super().rounds, self.units, SPREAD)

    @cached_property
    def effects(self) -> pd.DataFrame:
        """As of Results."""
        return amounts(super().effects, self.units)

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """As of Results."""
        return amounts(super().worlds, self.units)

    @cached_property
    def curves(self) -> pd.DataFrame:
        """As of Results."""
        return amounts(super().curves, self.units)


class OutcomesInUnits(Outcomes):
    """Outcomes whose amounts are in their study's units; the same where it has none."""

    @property
    def units(self) -> Units:
        """What amounts are told in."""
        return units_of(self.manifest)

    def _each(self, measure: str, blocks: Iterable[tuple[Block, Part]]) -> Iterator[tuple[Block, np.ndarray]]:
        """As of Outcomes."""
        times = self.units.times(RUN_MEASURES[measure].unit)
        return ((block, values * times) for block, values in super()._each(measure, blocks))

    def costs(self) -> tuple[np.ndarray, np.ndarray]:
        """As of Outcomes; hours are hours."""
        money, hours = super().costs()
        return money, hours / self.units.times(RUN_MEASURES["money"].unit)


def budget_mu(budget: float | str, manifest: Mapping[str, Any]) -> float:
    """What a budget per leader and month comes to in MU. Raises InputError.

    budget: an amount with its unit, or a number of the study's own money, which is of MU where it was given no units.
    """
    units = units_of(manifest)
    if not isinstance(budget, str):
        if isnan(budget):
            raise InputError("budget is nan, which is no amount; give a number, or an amount such as '500 EUR'")
        return float(budget) / units.mu
    leaders, convener = int(manifest.get("leaders") or 0), manifest.get("config", {}).get("convener") or {}
    return Terms(
        units, float(convener.get("hour") or 0.0), leaders or None, int(manifest.get("rounds") or 0), "leader", "month"
    ).mu(budget, "budget")  # fmt: skip


def in_units(results: Results) -> Results:
    """The same results in their study's units."""
    return ResultsInUnits(results.folder, results.manifest) if units_of(results.manifest).money else results


def outcomes_in_units(folder: Path | str, whole: bool = False) -> Outcomes:
    """The outcomes in a folder, in their study's units. Raises InputError as Outcomes does."""
    return OutcomesInUnits(folder, whole)


def results_told(folder: Path | str) -> tuple[Results, Units]:
    """The results in a folder in their study's units, in which a notebook tells all that follows. Raises InputError.

    The currency is written as HTML has it, since a notebook becomes a page.
    """
    found = in_units(load(folder))
    return found, _tell(found.manifest)


def outcomes_told(folder: Path | str) -> tuple[Outcomes, Units]:
    """The same of the outcomes in a folder."""
    found = outcomes_in_units(folder)
    return found, _tell(found.manifest)


def _tell(manifest: Mapping[str, Any]) -> Units:
    units = units_of(manifest)
    units = units._replace(money=escape(units.money))
    tell_in(units)
    return units


def amounts(table: pd.DataFrame, units: Units, levels: Sequence[str] = LEVELS, measure: str = "") -> pd.DataFrame:
    """A table in these units. levels: its columns in the unit of each row's measure, or of `measure` where it has none.

    Columns of SPENDS are amounts whatever the measure.
    """
    if not units.money:
        return table
    table = table.copy()
    known = {name: units.times(each.unit) for name, each in RUN_MEASURES.items()}
    named = table["measure"] if "measure" in table else [measure] * len(table)
    factor = np.array([known.get(str(name), 1.0) for name in named])
    for name in levels:
        if name in table:
            table[name] *= factor
    for name, unit in SPENDS.items():
        if name in table:
            table[name] *= units.times(unit)
    return table
