"""What a convener may set, and what a convener may see. Nothing else passes between strategies and mechanisms.

A lever is neutral at 0. *Doses* say how much of something is done and scale with a strategy's intensity; each
has a price (conf/convener). *Settings* say how it is done, scale with nothing, and do nothing without their dose.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any, Final, NamedTuple, get_type_hints

import numpy as np


def at_hand(make: Callable[..., Any], *of: Any) -> Any:
    """make(*of), levers made of levers; those met before are at hand, since most strategies say the same each round.

    Those with an array among them, a row for each community, are made anew. What is at hand is not to be written to.
    """
    try:
        return _made(make, *of)
    except TypeError:  # arrays have no hash
        of = tuple([each.narrowed() if isinstance(each, Levers) else each for each in of])
    try:
        return _made(make, *of)
    except TypeError:
        return make(*of)


@lru_cache(maxsize=16)
def _made(make: Callable[..., Any], *of: Any) -> Any:
    return make(*of)


class Lever(NamedTuple):
    """What the value of a lever means."""

    meaning: str
    unit: str = "share"
    high: float = 1.0
    """the largest value that can be set; the least is 0"""
    dose: bool = True


class Levers(NamedTuple):
    """One value per lever: a number, or an array with one row per community, shape (B,)."""

    meetings: Annotated[
        Any, Lever("convened encounters each leader is brought to", "encounters per leader and round", 6.0)
    ] = 0.0
    bridging: Annotated[Any, Lever("share of convened encounters that are across sectors", dose=False)] = 0.0
    common_ground: Annotated[
        Any, Lever("weight in the agenda of what nobody opposes, against what the voices want")
    ] = 0.0
    specificity: Annotated[
        Any, Lever("how specific the common goal is: 0 none stated, 1 a target share stated and followed up")
    ] = 0.0
    goal: Annotated[Any, Lever("the target share of the endowment that the common goal states", dose=False)] = 0.0
    recognition: Annotated[Any, Lever("public credit for giving, in MU of esteem per MU given", "MU per MU", 2.0)] = 0.0
    match: Annotated[Any, Lever("convener's money added to the pool for each MU given", "MU per MU", 2.0)] = 0.0
    grant: Annotated[
        Any, Lever("grant to each leader who gives at least the standard, as a share of their endowment")
    ] = 0.0
    fine: Annotated[
        Any, Lever("fine for each MU that a leader's giving falls short of the standard", "MU per MU", 3.0)
    ] = 0.0
    standard: Annotated[
        Any, Lever("share of the endowment below which no grant is paid and a fine is due", dose=False)
    ] = 0.0
    peers: Annotated[
        Any, Lever("weight in that standard of what the others of the team give, against the fixed share", dose=False)
    ] = 0.0
    clarity: Annotated[Any, Lever("share of the channel's noise that is taken away")] = 0.0
    reach: Annotated[Any, Lever("leaders beyond one's own ties heard in open forum", "speakers per talk", 6.0)] = 0.0
    talks: Annotated[Any, Lever("talks beyond the usual one", "talks per round", 4.0)] = 0.0
    mediation: Annotated[Any, Lever("how far a mediator widens the bound for pairs that are stuck")] = 0.0
    pledges: Annotated[Any, Lever("share of leaders asked for a public pledge")] = 0.0
    plan: Annotated[Any, Lever("weight in the agenda of the plan drafted together, against this round's voices")] = 0.0
    participation: Annotated[Any, Lever("share of leaders who draft the plan")] = 0.0
    revision: Annotated[Any, Lever("rounds after which the plan is drafted anew", "rounds", 1000.0, dose=False)] = 0.0
    seats: Annotated[Any, Lever("share of the leaders without a seat who are given one")] = 0.0
    equality: Annotated[Any, Lever("equality of voice at the table: 0 by standing, 1 equal")] = 0.0
    exemplars: Annotated[Any, Lever("share of leaders asked to give first, in public")] = 0.0
    example: Annotated[Any, Lever("share of the endowment that exemplars are asked to give", dose=False)] = 0.0
    visibility: Annotated[Any, Lever("how visible the exemplars' giving is to the others before they choose")] = 0.0
    prominence: Annotated[Any, Lever("whether exemplars are asked by standing (1) or by lot (0)", dose=False)] = 0.0

    def rows(self, communities: int) -> "Levers":
        """The same levers as arrays of shape (communities,), checked against their bounds."""
        by_community = [at for at, value in enumerate(self) if hasattr(value, "__len__")]
        rows = np.empty((len(self), communities))
        rows.T[:] = [0.0 if at in by_community else value for at, value in enumerate(self)] if by_community else self
        for at in by_community:
            rows[at] = self[at]
        within = (rows >= 0) & (rows <= HIGHEST)
        if np.count_nonzero(within) < within.size:
            name = self._fields[int(within.all(axis=1).argmin())]
            value, high = getattr(self, name), LEVERS[name].high
            raise ValueError(f"lever {name} was set to {value}: it must lie from 0 to {high:g}")
        return Levers(*rows)

    def narrowed(self) -> "Levers":
        """The same levers, those of a single community as numbers."""
        if set(map(type, self)) == {float}:
            return self
        return Levers(*[float(each[0]) if hasattr(each, "__len__") and len(each) == 1 else each for each in self])

    def scaled(self, intensity: Any) -> "Levers":
        """Doses times `intensity` (a number or (B,) array), settings as they are."""
        if intensity.__class__ is float and intensity == 1.0:
            return self
        return Levers(*[value * intensity if dose else value for value, dose in zip(self, IS_DOSE, strict=True)])

    def merged(self, other: "Levers") -> "Levers":
        """Two strategies at once: of each lever the larger value. This is the only rule of merging there is."""
        return Levers(*[a if a is b else _larger(a, b) for a, b in zip(self, other, strict=True)])


def _larger(a: Any, b: Any) -> Any:
    """The larger of two numbers that are not one object, as most are which nobody sets; nan where one of them is.

    np.maximum alone would take most of a portfolio's round in a small community.
    """
    if a.__class__ is b.__class__ is float and (a >= b or b > a):
        return a if a >= b else b
    return np.maximum(a, b)


LEVERS: Final[dict[str, Lever]] = {
    name: hint.__metadata__[0] for name, hint in get_type_hints(Levers, include_extras=True).items()
}
HIGHEST: Final = np.array([[lever.high] for lever in LEVERS.values()])
IS_DOSE: Final = tuple(lever.dose for lever in LEVERS.values())
DOSES: Final = tuple(name for name, lever in LEVERS.items() if lever.dose)


class PublicRecord(NamedTuple):
    """The public record a strategy may look at. Arrays have one row per community, shape (B,)."""

    round: int
    """the round about to be played, from 1"""
    rounds: int
    """rounds the run will last"""
    leaders: np.ndarray
    """leaders present"""
    seated: np.ndarray
    """share of the present leaders who have a seat"""
    cooperation: np.ndarray
    """mean share of the endowment given last round (0 before the first)"""
    agreed: np.ndarray
    """1 where there was a joint agenda last round, else 0 (1 before the first)"""
    spent: np.ndarray
    """money spent so far, MU per leader"""
