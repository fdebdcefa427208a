"""Ablation: the full model, then the model without one mechanism at a time."""

from collections.abc import Mapping
from typing import Any

from pydantic import field_validator

from commonweal.study.designs.design import NAME, Columns, Design, flat


class Ablation(Design):
    """The first condition is the full model."""

    without: dict[str, dict[str, Any]]
    """per mechanism, by any name, the values at which it does nothing"""

    @field_validator("without")
    @classmethod
    def _some(cls, without: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        if not without:
            raise ValueError("no mechanism is left out; name at least one")
        found = {name: flat(values) for name, values in without.items()}
        for name, values in found.items():
            if not values:
                raise ValueError(f"{name} has no values at which it does nothing; give at least one")
        return found

    def points(self) -> Columns:
        paths = dict.fromkeys(path for values in self.without.values() for path in values)
        found: Columns = {NAME: ["full model", *(f"without {name}" for name in self.without)]}
        for path in paths:
            found[path] = [None, *(values.get(path) for values in self.without.values())]
        return found
