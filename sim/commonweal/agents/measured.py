"""The measures as attributes of a model, named here one by one so that editors complete them."""

from typing import Any, Final

import numpy as np

from commonweal.model.measures import MEASURES

PLACES: Final = {name: at for at, name in enumerate(MEASURES)}


class Last:
    """A measure of the last round: read from the model's own row of measures, never set."""

    def __set_name__(self, _: type, name: str) -> None:
        self.name, self.place = name, PLACES[name]
        self.__doc__ = f"{MEASURES[name].meaning} ({MEASURES[name].unit})"

    def __get__(self, model: Any, _: type | None = None) -> float:
        if model is None:
            return self  # pyright: ignore[reportReturnType]
        return float(model._measured[0, self.place])

    def __set__(self, model: Any, value: float) -> None:
        raise AttributeError(f"{self.name} is measured by the round; it cannot be set to {value}")


class Measured:
    """Every measure of commonweal.model.measures; nan before the first round, and where it is not defined."""

    _measured: np.ndarray
    """(1, len(MEASURES)) of the last round"""

    cooperation = Last()
    welfare = Last()
    welfare_net = Last()
    worst_off = Last()
    gini = Last()
    marginalised_welfare = Last()
    trust = Last()
    trust_across = Last()
    belief_error = Last()
    polarisation = Last()
    alignment = Last()
    representation = Last()
    marginalised_representation = Last()
    voice_gini = Last()
    acceptability = Last()
    acceptability_sd = Last()
    agreement = Last()
    cross_sector_ties = Last()
    payoff = Last()
    leaders_curse = Last()
    spend = Last()
    money = Last()
