"""What every rule of replication has in common: it looks at the runs there are and says whether they are enough."""

from abc import abstractmethod
from typing import Any, NamedTuple

from pydantic import Field, field_validator

from commonweal.model.params import Params
from commonweal.model.run import RUN_MEASURES


class Verdict(NamedTuple):
    """What a rule finds."""

    enough: bool
    reached: dict[str, Any]
    """what it went by, for the manifest"""


class Rule(Params):
    """Every condition has run.replicates first; then, until the rule is content or `most` is reached, more."""

    @property
    @abstractmethod
    def limit(self) -> int | None:
        """Replicates of each condition at which it ends in any case; None where there are no looks at all."""

    @abstractmethod
    def look(self, connection: Any, across: list[str]) -> Verdict:
        """connection: DuckDB's, with the view `runs`; across: columns within whose values conditions are compared."""


class Sequential(Rule):
    """A rule that looks again and again, `step` replicates of every condition later each time.

    Looking often makes an interval a little too sure of itself; it is right in the limit (Glynn & Whitt 1992,
    Annals of Applied Probability 2:180-198).
    """

    measure: str
    """a column of runs"""
    step: int = Field(ge=1, le=1_000_000)
    """replicates of each condition from one look to the next"""
    most: int = Field(ge=2, le=10_000_000)
    """the budget: replicates of each condition at which it ends in any case"""

    @property
    def limit(self) -> int | None:
        return self.most

    @field_validator("measure")
    @classmethod
    def _known(cls, measure: str) -> str:
        if measure not in RUN_MEASURES:
            raise ValueError(f"{measure} is no measure of a run; take one such as welfare_net")
        return measure
