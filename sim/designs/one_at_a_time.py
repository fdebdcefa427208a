"""One at a time: the configuration as it is, then each parameter at each of its values while the others stay."""

from typing import Any

from pydantic import field_validator

from sim.designs.design import NAME, Columns, Design, levels, some


class OneAtATime(Design):
    """The first condition is the configuration as it is."""

    over: dict[str, Any] | None
    """per parameter or group its values"""

    @field_validator("over")
    @classmethod
    def _levels(cls, over: dict[str, Any] | None) -> dict[str, list[Any]]:
        return levels(some(over))

    def points(self) -> Columns:
        assert self.over is not None
        steps = [(name, value) for name, values in self.over.items() for value in values]
        found: Columns = {NAME: ["as configured", *(f"{name}={value}" for name, value in steps)]}
        for name in self.over:
            found[name] = [None, *(value if step == name else None for step, value in steps)]
        return found
