"""The prior: what is known of each number before anything of the community was observed.

An assumed number is even between the bounds of its range. Those that were calibrated lie about the values found, as
far off as their standard errors say, and together: where one is larger and another makes up for it, both may be far
off. Each is a smooth function of standard normal numbers, as many as there are parameters, so that whatever turns these
among each other has the same prior, and no bound is ever left.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from commonweal.configuration.assumptions import LEFT_OUT
from commonweal.configuration.parameters import Parameter, parameters
from commonweal.files import shipped

TIED: Final = "meet.by_reputation"
"""what is left of shares that must sum to one, and are calibrated"""
FOLLOWS: Final = {"learn.seen": ("learn.own", 0.9837)}
"""what is the rest of a sum that another was calibrated with: fischbacher_gaechter_2010"""
GROUPS_LEFT_OUT: Final = ("", "strategy", "experiment", "scenario", "community")
"""groups of conf that say what is done, or to whom, and not how the world is"""
FAR: Final = 4.0
"""standard errors from what was calibrated to the bounds, where its class has none nearer"""
ENDS: Final = 0.001
"""how near to a bound a calibrated value may lie, as a share of the way to the other, and still have two sides"""


class Unknown(NamedTuple):
    """A number that is not known."""

    name: str
    """as the command line sets it"""
    low: float
    high: float
    middle: float
    """the median, in standard normal numbers between the bounds: 0 is halfway"""
    width: float
    """the spread there; 1 with a middle of 0 is even between the bounds"""
    value: float
    """what conf has"""
    meaning: str
    """the sentence of its class"""
    contested: bool
    """whether its channel may not be there at all"""


class Prior(NamedTuple):
    """p numbers that are not known, in the order of conf."""

    unknown: tuple[Unknown, ...]
    turn: np.ndarray
    """(p, p) how their places between the bounds go together, times independent numbers: a root of the correlations"""
    follows: tuple[str, ...]
    """numbers that are the rest of a sum with one of these"""

    @property
    def names(self) -> list[str]:
        return [each.name for each in self.unknown]

    def values(self, normal: np.ndarray) -> np.ndarray:
        """(worlds, parameters) values, from as many standard normal numbers."""
        low, high, middle, width = (
            np.array([getattr(each, name) for each in self.unknown]) for name in ("low", "high", "middle", "width")
        )
        return low + (high - low) * ndtr(middle + width * (normal @ self.turn.T))

    def normal(self, values: np.ndarray) -> np.ndarray:
        """The standard normal numbers that have these values."""
        low, high, middle, width = (
            np.array([getattr(each, name) for each in self.unknown]) for name in ("low", "high", "middle", "width")
        )
        return np.linalg.solve(self.turn, ((ndtri((values - low) / (high - low)) - middle) / width).T).T

    def places(self, normal: np.ndarray) -> np.ndarray:
        """Where each value lies between its bounds, as standard normal numbers, one by one."""
        return normal @ self.turn.T

    def at_places(self, number: int, places: np.ndarray) -> np.ndarray:
        """Values of one parameter that lie at these places between its bounds."""
        each = self.unknown[number]
        return each.low + (each.high - each.low) * ndtr(each.middle + each.width * places)

    def sample(self, count: int, seed: int) -> np.ndarray:
        """(count, parameters) standard normal numbers, spread evenly: a Latin hypercube (McKay et al. 1979)."""
        from scipy.stats import qmc

        return ndtri(qmc.LatinHypercube(len(self.unknown), rng=np.random.default_rng(seed)).random(count))

    def frame(self, normal: np.ndarray) -> pd.DataFrame:
        """A column of values per parameter, by its name, and one for each number that follows from another."""
        found = pd.DataFrame(self.values(normal), columns=self.names)
        for name in self.follows:
            of, total = FOLLOWS[name]
            found[name] = total - found[of]
        return found


def prior_of(names: Mapping[str, str], values: Mapping[str, Any]) -> Prior:
    """What is not known of a world.

    names: per group of conf the file chosen. values: per group its values, nested. A number that was set to another
    value than its file has is known: whoever set it knows it.
    """
    there = [each for each in parameters() if _acts(each, names) and _at(values, each.path) == each.value]
    there, follows = _without_tied(there)
    joint = [each.path for each in there if each.path in precision().index and each.variant == "field"]
    covariance = np.linalg.inv(precision().loc[joint, joint].to_numpy())
    spread = dict(zip(joint, np.sqrt(np.diag(covariance)), strict=True))
    found = [unknown for each in there if (unknown := unknown_of(each, spread.get(each.path))) is not None]
    turn, places = np.eye(len(found)), [at for at, each in enumerate(found) if each.name in spread]
    if places:
        errors = np.array([*spread.values()])
        turn[np.ix_(places, places)] = np.linalg.cholesky(covariance / np.outer(errors, errors))
    return Prior(tuple(found), turn, follows)


def _acts(each: Parameter, names: Mapping[str, str]) -> bool:
    """Whether a value of conf is of a file that is chosen, and says how the world is."""
    said = each.group in GROUPS_LEFT_OUT or each.path in (*LEFT_OUT, TIED)
    return names.get(each.group) == each.variant and not said


def _without_tied(there: list[Parameter]) -> tuple[list[Parameter], tuple[str, ...]]:
    """The same without numbers that follow from others, and these; of two that are tied neither, where one was set."""
    paths = {each.path for each in there}
    pairs = [(name, of) for name, (of, _) in FOLLOWS.items()]
    known = {path for pair in pairs for path in pair if not {*pair} <= paths}
    follows = tuple(name for name, _ in pairs if name in paths - known)
    return [each for each in there if each.path not in (*known, *follows)], follows


def unknown_of(each: Parameter, error: float | None = None) -> Unknown | None:
    """What is not known of a value of conf; None where evidence gives it, or where it is no single number.

    error: its standard error where it was calibrated together with others; else the one that stands beside it is taken.
    """
    if isinstance(each.value, list) or not each.number:
        return None
    about = float(each.value), each.meaning
    if each.range is not None:
        return Unknown(each.path, *each.range, 0.0, 1.0, *about, each.contested)
    error = error or errors().get((each.path, f"{each.group}/{each.variant}.yaml"))
    if each.source_kind != "calibrated" or error is None:
        return None
    low, high = each.value - FAR * error, each.value + FAR * error
    low, high = (low if each.low is None else max(low, each.low)), (high if each.high is None else min(high, each.high))
    high = min([high, *(total for of, total in FOLLOWS.values() if of == each.path)])
    middle = float(ndtri(np.clip((each.value - low) / (high - low), ENDS, 1 - ENDS)))
    slope = (high - low) * float(np.exp(-(middle**2) / 2) / np.sqrt(2 * np.pi))
    return Unknown(each.path, low, high, middle, float(error / slope), *about, False)


@cache
def errors() -> dict[tuple[str, str], float]:
    """The standard error of each calibrated parameter, by its name and its file.

    It is that with the other values as they are, since what is said of one alone must be such as the data allow.
    """
    found = {}
    for which in ("lab", "field"):
        table = pd.read_csv(shipped("experiments") / "validation" / f"calibrated_{which}.csv")
        for name, file, alone in table[["parameter", "file", "alone"]].itertuples(index=False):
            found[str(name), str(file)] = float(alone)
    return found


@cache
def precision() -> pd.DataFrame:
    """What the data say of the field's calibrated values together: the inverse of their covariance."""
    return pd.read_csv(shipped("experiments") / "validation" / "joint_field.csv", index_col="parameter")


def _at(values: Mapping[str, Any], path: str) -> Any:
    node: Any = values
    for step in path.split("."):
        node = node.get(step) if isinstance(node, Mapping) else None
    return node
