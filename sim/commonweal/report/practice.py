"""Practice: what each strategy of a comparison means on Monday, in this community: who does what, and what it takes."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.analysis.outcomes import endowment
from commonweal.errors import InputError
from commonweal.model.params import parse
from commonweal.model.strategies import STRATEGIES
from commonweal.model.strategies.portfolio import Portfolio
from commonweal.model.strategies.strategy import Strategy
from commonweal.model.world import class_of_file
from commonweal.study.conditions import BASELINE, FULL
from commonweal.units import WORKING_MONTH, told

PACKAGE: Final = "commonweal.model.strategies"


class Practice(NamedTuple):
    """What a strategy means at full strength, in one community and month."""

    strategy: str
    done: str
    """who does what, in sentences; empty where a strategy of one's own does not say"""
    money: float
    """MU a month for the whole community, what matches and grants cost included; nan where it is not known"""
    hours: float
    """hours a month of each leader's time; nan where that is not known"""

    @property
    def takes(self) -> str:
        """What it takes in a sentence, or '' where that is not known."""
        if self.money != self.money or self.hours != self.hours:
            return ""
        hours = "no time of the leaders" if self.hours < 0.05 else f"{self.hours:.1f} hours of each leader"
        return f"It takes {told().sum(self.money)} and {hours} a month."


def practices(manifest: Mapping[str, Any], effects: pd.DataFrame, strategies: Iterable[str]) -> list[Practice]:
    """A row per strategy, in the order given; costs are means over the study's scenarios at full strength.

    effects: in what amounts are told in here.
    """
    leaders, month = int(manifest["leaders"]), endowment(manifest)
    full = effects.loc[effects["basis"] == FULL, :]
    found = []
    for name in strategies:
        money, spend = (_mean(full, name, measure) for measure in ("money", "spend"))
        hours = (spend - money) / month * WORKING_MONTH
        found.append(Practice(name, said(name, manifest, leaders), money * leaders / told().mu, hours / told().mu))
    return found


def said(name: str, manifest: Mapping[str, Any], leaders: int) -> str:
    """What a strategy of a study says of itself; '' where it says nothing, or is none that travels with the package."""
    held = _values(manifest, "strategies").get(name) or _values(manifest, "strategy")
    try:
        return _strategy(name, held).in_practice(leaders)
    except InputError:  # of one's own, or of before
        return ""


def _strategy(name: str, values: Mapping[str, Any]) -> Strategy:
    """A shipped strategy with a study's values; nothing of the user's own is imported."""
    if "parts" not in values:
        if name not in (*STRATEGIES, BASELINE):
            raise InputError(f"{name} is no strategy of the package")
        return parse(class_of_file("strategy", name, PACKAGE, Strategy), values, name)
    parts = {each: part for each, part in values["parts"].items() if part["intensity"] > 0}
    members = {each: _strategy(each, values["members"][each]) for each in parts}
    return parse(Portfolio, {"members": members, "parts": parts}, name)


def _mean(effects: pd.DataFrame, strategy: str, measure: str) -> float:
    rows = effects[(effects["strategy"] == strategy) & (effects["measure"] == measure)]
    return float(np.mean(rows["mean"])) if len(rows) else float("nan")


def _values(manifest: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return manifest.get("config", {}).get(name) or {}
