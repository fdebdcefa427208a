"""Attributes that are views of a leader's row in the state: reading and writing go there."""

from numbers import Real
from typing import TYPE_CHECKING, Any, Self, overload

import numpy as np

if TYPE_CHECKING:
    from commonweal.agents.leader import Leader


class Number:
    """An attribute of a leader that is one number in their row; it can be set where it has bounds."""

    def __init__(self, meaning: str, unit: str, low: float | None = None, high: float | None = None) -> None:
        self.meaning, self.low, self.high = meaning, low, high
        bounds = "read only" if low is None or high is None else f"{low:g}..{high:g}"
        self.__doc__ = f"{meaning} ({unit}; {bounds})"

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, leader: None, owner: type) -> Self: ...
    @overload
    def __get__(self, leader: "Leader", owner: type) -> float: ...
    def __get__(self, leader: "Leader | None", owner: type) -> Self | float:
        return self if leader is None else float(getattr(leader.model.state.leaders, self.name)[leader.row])

    def __set__(self, leader: "Leader", value: float) -> None:
        if self.low is None or self.high is None:
            raise AttributeError(f"{self.name} of {leader.name} cannot be set: the round works it out")
        if not (isinstance(value, Real) and self.low <= value <= self.high):
            raise ValueError(
                f"{self.name} of {leader.name} was set to {value!r}: "
                f"it must be a number from {self.low:g} to {self.high:g} ({self.meaning})"
            )
        getattr(leader.model.state.leaders, self.name)[leader.row] = value


class Flag:
    """An attribute of a leader that is yes or no in their row; it cannot be set."""

    def __init__(self, meaning: str) -> None:
        self.__doc__ = f"whether {meaning} (read only)"

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, leader: None, owner: type) -> Self: ...
    @overload
    def __get__(self, leader: "Leader", owner: type) -> bool: ...
    def __get__(self, leader: "Leader | None", owner: type) -> Self | bool:
        return self if leader is None else bool(getattr(leader.model.state.leaders, self.name)[leader.row])

    def __set__(self, leader: "Leader", value: bool) -> None:
        raise AttributeError(f"{self.name} of {leader.name} cannot be set: the round works it out")


class Weights:
    """An attribute of a leader that is a row of weights of the issues, (K,), summing to 1.

    Reading gives a view that follows the state and is read-only; assigning copies K numbers into the row.
    """

    def __init__(self, meaning: str) -> None:
        self.__doc__ = f"{meaning} ((K,), share of each issue, sums to 1)"

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, leader: None, owner: type) -> Self: ...
    @overload
    def __get__(self, leader: "Leader", owner: type) -> np.ndarray: ...
    def __get__(self, leader: "Leader | None", owner: type) -> Self | np.ndarray:
        return self if leader is None else read_only(getattr(leader.model.state.leaders, self.name)[leader.row])

    def __set__(self, leader: "Leader", value: Any) -> None:
        row = getattr(leader.model.state.leaders, self.name)[leader.row]
        weights = np.asarray(value)
        numbers = weights.shape == row.shape and weights.dtype.kind in "fiu"
        if not (numbers and (weights >= 0).all() and abs(weights.sum() - 1.0) <= 1e-9):
            raise ValueError(
                f"{self.name} of {leader.name} was set to {value!r}: it must be {len(row)} numbers "
                f"from 0 to 1 that sum to 1, one for each of {', '.join(leader.model.labels.issues)}"
            )
        row[:] = weights


def read_only(array: np.ndarray) -> np.ndarray:
    view = array.view()
    view.flags.writeable = False
    return view
