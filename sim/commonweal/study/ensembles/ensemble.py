"""What every ensemble has in common: worlds that are drawn from what conf may be mistaken in."""

from abc import abstractmethod
from collections.abc import Sequence

from pydantic import Field, field_validator

from commonweal.model.params import Params, Share
from commonweal.study.draw import Assumption, Draw


class Ensemble(Params):
    """Worlds beside conf's own, in each of which every strategy is compared with doing nothing."""

    @abstractmethod
    def draws(self, assumptions: Sequence[Assumption]) -> list[Draw]:
        """The worlds; none where there is to be no ensemble. Raises InputError."""


class EnsembleOfDoses(Ensemble):
    """One whose strategies are played at several intensities, between which equal spend is read."""

    replicates: int = Field(ge=1, le=1_000_000)
    """replicates of each strategy in each world, of the same luck in all"""
    doses: list[Share] = Field(min_length=1, max_length=20)
    """intensities, rising, up to 1, which is full strength"""

    @field_validator("doses")
    @classmethod
    def _rising(cls, doses: list[float]) -> list[float]:
        if doses != sorted(set(doses)) or doses[0] <= 0.0 or doses[-1] != 1.0:
            raise ValueError(f"{doses} must rise from more than 0 to 1, such as [0.1,0.3,1.0]")
        return doses
