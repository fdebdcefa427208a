"""What every design has in common: from its parameters, and nothing else, to a table of conditions."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from pydantic import field_validator

from commonweal.model.params import Params

Columns = dict[str, list[Any]]
"""per parameter one value for each condition; None where the condition leaves the parameter as it is"""
NAME = "name"
"""the column, where there is one, of what conditions are called"""


class Design(Params):
    """A pure function from its parameters to conditions: the path of a parameter, or of a group, and its value."""

    across: dict[str, Any]
    """crosses the design with every value of these too, such as {scenario: [calm, crisis]}"""

    @field_validator("across")
    @classmethod
    def _lists(cls, across: Mapping[str, Any]) -> dict[str, list[Any]]:
        return levels(across)

    @abstractmethod
    def points(self) -> Columns:
        """The conditions, without those that `across` adds."""

    def conditions(self) -> Columns:
        """Every condition. What `across` gives varies slowest. Raises ValueError where it clashes with the design."""
        points = self.points()
        length = len(next(iter(points.values())))
        if both := sorted(set(points) & set(self.across)):
            raise ValueError(f"across.{both[0]} is varied by the design already")
        outer = list(product(*self.across.values()))
        columns = {name: [row[at] for row in outer for _ in range(length)] for at, name in enumerate(self.across)}
        return columns | {name: values * len(outer) for name, values in points.items()}


class DesignOfLevels(Design):
    """A design over listed values."""

    over: dict[str, Any] | None
    """per parameter or group its values"""

    @field_validator("over")
    @classmethod
    def _levels(cls, over: dict[str, Any] | None) -> dict[str, list[Any]]:
        return levels(some(over))


class DesignOfTwoLevels(Design):
    """A design over two values of each parameter."""

    over: dict[str, Any] | None
    """per parameter its two values, first the one that counts as low or off"""

    @field_validator("over")
    @classmethod
    def _two_levels(cls, over: dict[str, Any] | None) -> dict[str, list[Any]]:
        return levels(some(over), exactly=2)


class DesignOfRanges(Design):
    """A design over ranges of numbers."""

    over: dict[str, Any] | None
    """per parameter its lower and upper end"""

    @field_validator("over")
    @classmethod
    def _ranges(cls, over: dict[str, Any] | None) -> dict[str, tuple[float, float]]:
        return ranges(some(over))

    def problem(self) -> dict[str, Any]:
        """The parameters as SALib takes them."""
        assert self.over is not None
        return {"num_vars": len(self.over), "names": list(self.over), "bounds": [list(b) for b in self.over.values()]}


def flat(nested: Mapping[str, Any], start: str = "") -> dict[str, Any]:
    """Nested parameters by their path: {learn: {public: x}} becomes {learn.public: x}."""
    found: dict[str, Any] = {}
    for key, value in nested.items():
        found |= flat(value, f"{start}{key}.") if isinstance(value, Mapping) else {f"{start}{key}": value}
    return found


def levels(nested: Mapping[str, Any], exactly: int | None = None) -> dict[str, list[Any]]:
    """The list of values of each parameter. Raises ValueError where it is none, empty, too long or has repetitions."""
    found = flat(nested)
    for name, values in found.items():
        if not isinstance(values, list) or not values:
            raise ValueError(f"{name} is {values!r}; give a list of its values, such as [0.2, 0.8]")
        if len({repr(float(each) if type(each) is int else each) for each in values}) < len(values):
            raise ValueError(f"{name} is {values}, which names a value twice; name each once")
        if exactly is not None and len(values) != exactly:
            raise ValueError(f"{name} has {len(values)} values; this design takes {exactly} of each parameter")
    return found


def ranges(nested: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """The lower and upper end of each parameter. Raises ValueError where they are none, empty or reversed."""
    found: dict[str, tuple[float, float]] = {}
    for name, values in flat(nested).items():
        numbers = isinstance(values, list) and all(
            isinstance(each, int | float) and not isinstance(each, bool) for each in values
        )
        if not numbers or len(values) != 2:
            raise ValueError(f"{name} is {values!r}; give its lower and upper end as numbers, such as [0.2, 0.8]")
        low, high = values
        if not low < high:
            kind = "is empty" if low == high else "is reversed"
            raise ValueError(f"{name} is {values}, a range that {kind}; the lower end must come first and be lower")
        found[name] = float(low), float(high)
    return found


def some(over: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What is varied. Raises ValueError where that is nothing."""
    if not over:
        raise ValueError("nothing is varied; say what, such as design.over.learn.public=[0.2,0.8]")
    return over


def columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Columns:
    """A table by columns from its rows."""
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}
