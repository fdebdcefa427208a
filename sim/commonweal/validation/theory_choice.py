"""Theory of choice: beliefs and gifts that keep each other up, or down, at the fixed points of a logit choice.

All are alike, and give g(b) = logistic(a + s b) where they believe in b; beliefs follow b' = c + seen g(b) + own b.
They rest where b = c / (1 - own) + w g(b) with w = seen / (1 - own). In terms of the gift that is
a = logit(g) - s (c / (1 - own) + w g), which rises but between g = (1 -+ (1 - 4 / (s w))^(1/2)) / 2, where s w > 4:
there are three such points where a lies between the values at these two, and one else.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import root_scalar

from commonweal.model.mechanisms.choose import Choose
from commonweal.model.mechanisms.game.linear import Linear
from commonweal.model.mechanisms.learn import Learn
from commonweal.validation.gathering import gathering, neutral
from commonweal.validation.rows import Row, exact


class Alike(NamedTuple):
    """Leaders who are all alike."""

    disposition: float
    """a, log-odds"""
    slope: float
    """s, log-odds per share"""
    constant: float
    seen: float
    own: float

    @property
    def weight(self) -> float:
        """w, of gifts in the belief that they leave in the end."""
        return self.seen / (1 - self.own)

    def odds(self, gift: float) -> float:
        """The disposition with which that gift would be a resting point."""
        belief = self.constant / (1 - self.own) + self.weight * gift
        return float(np.log(gift / (1 - gift)) - self.slope * belief)


CASES: Final = (
    Alike(-1.5, 3.0, 0.0, 0.4, 0.6),
    Alike(-3.7, 8.0, 0.0, 0.4, 0.6),
    Alike(-2.6, 8.0, 0.0, 0.4, 0.6),
    Alike(-3.2, 8.0, 0.02, 0.28, 0.6),
    Alike(-3.0, 5.0, 0.02, 0.28, 0.6),
)
"""a small slope, a large one, one at which only the good end is left, and two weights of gifts below 1"""


def choice() -> Iterator[Row]:
    """Every row."""
    for case in CASES:
        yield from resting(case)


def resting_gifts(case: Alike) -> list[float]:
    """Gifts that reproduce themselves, in order: the turning points of `odds`, and roots between these."""
    room = 1 - 4 / (case.slope * case.weight)
    turns = [(1 - room**0.5) / 2, (1 + room**0.5) / 2] if room > 0 else []
    edges = [1e-15, *turns, 1 - 1e-15]
    found = []
    for low, high in pairwise(edges):
        ends = [case.odds(edge) - case.disposition for edge in (low, high)]
        if ends[0] * ends[1] < 0:
            root = root_scalar(lambda gift: case.odds(gift) - case.disposition, bracket=(low, high), xtol=1e-15)
            found.append(float(root.root))
    return found


def resting(case: Alike) -> Iterator[Row]:
    """Where simulated communities end, from beliefs all over, against the resting points; the middle one parts them."""
    gifts = resting_gifts(case)
    beliefs = [case.constant / (1 - case.own) + case.weight * gift for gift in gifts]
    parted = beliefs[1] if len(beliefs) == 3 else -1.0
    starts = np.linspace(0, 1, 40)
    if len(beliefs) == 3:
        starts = np.append(starts, [parted - 1e-6, parted + 1e-6])
    ends = simulated(case, starts)
    expected = np.where(starts > parted, gifts[-1], gifts[0])
    what = f"logit choice and learning, a {case.disposition:g}, s {case.slope:g}, w {case.weight:g}"
    stable = float(len(gifts) + 1) / 2
    ended = float(len(np.unique(ends.round(6))))
    yield exact(f"{what}: ends that beliefs lead to", "by definition", stable, ended, "number", 0.0)
    off = float(abs(ends - expected).max())
    yield exact(f"{what}: distance of gifts from the resting point of their side", "by definition", 0.0, off, "share")


def simulated(case: Alike, starts: np.ndarray, rounds: int = 600) -> np.ndarray:
    """Gifts in the end of communities of three, from these beliefs; half of the slope is a stated schedule."""
    state, game = gathering(np.ones((len(starts), 3, 1))), Linear(multiplier=1.6, team=0, strangers=False)
    state.leaders.belief[:], state.leaders.slope[:] = np.repeat(starts, 3), 1.0
    half = case.slope / 2
    choose = Choose(
        disposition=case.disposition, temper_spread=0.0, stated_gain=half, matching=half, misalignment=0.0,
        trust_slope=0.0, responsiveness=0.0, group_weight=0.0, deterrence=0.0, provision_weight=0.0,
        commitment_pull=0.0, ownership=0.0, inspiration=0.0, noise=0.0, focus=0.0, follow=0.0,
    )  # fmt: skip
    learn = Learn(
        constant=case.constant, seen=case.seen, own=case.own, public=1.0, quits=0.0, reassured=0.0, returns=0.0
    )
    levers = neutral(state)
    for round_ in range(1, rounds + 1):
        game.form(state, round_)
        choose.choose(state, levers, round_, 1.6, game.hurdle)
        game.produce(state, levers)
        learn.learn(state, round_)
    return state.leaders.contribution.reshape(-1, 3).mean(axis=1)
