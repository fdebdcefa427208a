"""Portfolio: any subset of strategies at once, each with an intensity, a start, an end and a ramp.

Where two set the same lever the larger value holds (Levers.merged): doing a thing twice is not doing it double.
"""

from functools import reduce

from pydantic import model_validator

from commonweal.model.levers import Levers, PublicRecord, at_hand
from commonweal.model.params import Params, Rounds, Share
from commonweal.model.strategies.strategy import Strategy, percent


class Part(Params):
    """How much of a strategy is in the portfolio, and when."""

    intensity: Share
    """factor on its doses"""
    start: Rounds
    """first round in which it acts, from 1"""
    end: Rounds
    """last round in which it acts; 0 to the end"""
    ramp: Rounds
    """rounds over which it grows to its intensity; 0 at once"""

    @model_validator(mode="after")
    def _begins_first(self) -> "Part":
        if 0 < self.end < self.start:
            raise ValueError(f"end is {self.end}, before it starts in round {self.start}; write 0 to go on to the end")
        return self

    def level(self, round_: int) -> float:
        """Intensity in this round."""
        if round_ < self.start or (self.end and round_ > self.end):
            return 0.0
        return self.intensity * min(1.0, (round_ - self.start + 1) / (self.ramp + 1))


class Portfolio(Strategy):
    """Members act as they would alone, scaled; a member without a part, or with intensity 0, is not in it."""

    members: dict[str, Strategy]
    """the strategies to choose from, by name"""
    parts: dict[str, Part]
    """how much of each, and when, by name"""

    @model_validator(mode="after")
    def _consistent(self) -> "Portfolio":
        if stray := sorted(set(self.parts) - set(self.members)):
            raise ValueError(
                f"parts names {stray[0]}, which is no member; members are {', '.join(sorted(self.members))}"
            )
        return self

    def act(self, seen: PublicRecord) -> Levers:
        levels = {name: level for name, part in self.parts.items() if (level := part.level(seen.round)) > 0.0}
        return at_hand(together, tuple(levels.values()), *[self.members[name].act(seen) for name in levels])

    def in_practice(self, leaders: int) -> str:
        held = [
            name.replace("_", " ")
            + (f" at {percent(part.intensity)} of its strength" if part.intensity < 1.0 else "")
            + (f" from month {part.start}" if part.start > 1 else "")
            for name, part in self.parts.items() if part.intensity > 0.0
        ]  # fmt: skip
        return f"You do all of these at once: {', '.join(held)}." if held else "You do nothing."


def together(levels: tuple[float, ...], *acting: Levers) -> Levers:
    """All of these levers at once, each at its level."""
    scaled = (levers.scaled(level) for levers, level in zip(acting, levels, strict=True))
    return reduce(Levers.merged, scaled, Levers())


def at_intensity(name: str, strategy: Strategy, intensity: float) -> Portfolio:
    """One strategy alone, throughout, with its doses scaled."""
    return Portfolio(members={name: strategy}, parts={name: Part(intensity=intensity, start=0, end=0, ramp=0)})
