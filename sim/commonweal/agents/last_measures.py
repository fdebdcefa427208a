"""The measures as attributes of a model, named here one by one so that editors complete them."""

from typing import Any, Final

import numpy as np

from commonweal.model.measures import MEASURES

PLACES: Final = {name: at for at, name in enumerate(MEASURES)}


class LastMeasure:
    """A measure of the last round: read from the model's own row of measures, never set."""

    def __set_name__(self, _: type, name: str) -> None:
        self.name, self.place = name, PLACES[name]
        self.__doc__ = f"{MEASURES[name].meaning} ({MEASURES[name].unit})"

    def __get__(self, model: Any, _: type | None = None) -> float:
        if model is None:
            return self  # pyright: ignore[reportReturnType]
        return float(model._measures[0, self.place])

    def __set__(self, model: Any, value: float) -> None:
        raise AttributeError(f"{self.name} is measured by the round; it cannot be set to {value}")


class LastMeasures:
    """Every measure of commonweal.model.measures; nan before the first round, and where it is not defined."""

    _measures: np.ndarray
    """(1, len(MEASURES)) of the last round"""

    cooperation = LastMeasure()
    welfare = LastMeasure()
    welfare_net = LastMeasure()
    worst_off = LastMeasure()
    gini = LastMeasure()
    marginalised_welfare = LastMeasure()
    trust = LastMeasure()
    trust_across = LastMeasure()
    belief_error = LastMeasure()
    polarisation = LastMeasure()
    alignment = LastMeasure()
    representation = LastMeasure()
    marginalised_representation = LastMeasure()
    voice_gini = LastMeasure()
    acceptability = LastMeasure()
    acceptability_sd = LastMeasure()
    agreement = LastMeasure()
    coalition = LastMeasure()
    cross_sector_ties = LastMeasure()
    payoff = LastMeasure()
    leaders_curse = LastMeasure()
    spend = LastMeasure()
    asked_gifts = LastMeasure()
    money = LastMeasure()
