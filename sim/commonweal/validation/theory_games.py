"""Theory of games: payoffs, dominance, efficiency and equilibria, through the engine's own accounting."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

import numpy as np

from commonweal.model.mechanisms.game.game import Game
from commonweal.model.mechanisms.game.linear import Linear
from commonweal.model.mechanisms.game.threshold import Threshold
from commonweal.model.mechanisms.settle import Incentives
from commonweal.model.state import State
from commonweal.validation.gathering import gathering, neutral
from commonweal.validation.rows import MACHINE, Row, exact


def games() -> Iterator[Row]:
    """Every row."""
    yield from linear_game()
    yield from threshold_game()


SETTLE: Final = Incentives(
    recognition_cost=0.0, fine_cost=0.0, fines_returned=0.0, success=0.0, aspiration=0.0, crowding_out=0.0,
    crowding_in=0.0, adaptation=0.0, familiarity=0.0,
)  # fmt: skip


def settled_game(game: Game, shares: np.ndarray, endowment: np.ndarray | float = 1.0) -> State:
    """The state after (B, n) shares were given, each row in a community of its own, pooled and paid out."""
    state = gathering(np.ones((*shares.shape, 1)))
    state.leaders.endowment[:] = np.broadcast_to(endowment, shares.shape).ravel()
    state.leaders.contribution[:] = shares.ravel()
    game.form(state, 1)
    game.produce(state, neutral(state))
    SETTLE.settle(state, neutral(state), 1.0)
    return state


def payoffs(game: Game, shares: np.ndarray, endowment: np.ndarray | float = 1.0) -> np.ndarray:
    """(B, n) what everyone has in the end, MU."""
    return settled_game(game, shares, endowment).leaders.payoff.reshape(shares.shape)


def everyone(levels: Sequence[float] | np.ndarray, n: int) -> np.ndarray:
    """Every profile of n leaders who each choose one of the levels."""
    return np.array(list(product(levels, repeat=n)))


def equilibria(payoff: np.ndarray, profiles: np.ndarray, strict: bool = False) -> set[tuple[float, ...]]:
    """Profiles from which nobody gains by going to another level alone (`strict`: everybody loses)."""
    place = {tuple(profile): row for row, profile in enumerate(profiles)}
    levels = np.unique(profiles)
    found = set()
    for profile, row in place.items():
        stays = True
        for i, level in product(range(len(profile)), levels):
            if level != profile[i]:
                other = payoff[place[(*profile[:i], level, *profile[i + 1 :])], i]
                stays &= other < payoff[row, i] - MACHINE if strict else other <= payoff[row, i] + MACHINE
        if stays:
            found.add(profile)
    return found


def efficient(total: np.ndarray, profiles: np.ndarray) -> set[tuple[float, ...]]:
    """Profiles in which all together earn most."""
    return {tuple(profile) for profile in profiles[total >= total.max() - MACHINE]}


def linear(mpcr: float, n: int) -> Linear:
    """The linear game in which each of n gets `mpcr` of each unit pooled."""
    return Linear(multiplier=mpcr * n, team=0, strangers=False)


LEVELS: Final = np.linspace(0, 1, 5)
"""what each of four can give, for equilibria: all profiles are played"""


def linear_game() -> Iterator[Row]:
    """payoff = e - c + MPCR * sum(c). MPCR between 1/n and 1: to give nothing is dominant, all giving all is efficient.

    Below 1/n keeping all is efficient too; above 1 giving all is dominant too.
    """
    off = 0.0
    for n, mpcr in product((2, 4, 10), (0.05, 0.4, 0.75, 1.0, 1.3)):
        rng = np.random.default_rng(n)
        shares, endowment = rng.random((50, n)), rng.uniform(1, 40, (50, n))
        given = shares * endowment
        expected = endowment - given + mpcr * given.sum(axis=1, keepdims=True)
        off = max(off, float(abs(payoffs(linear(mpcr, n), shares, endowment) / expected - 1).max()))
    what = "linear game, groups of 2 to 10, MPCR .05 to 1.3: payoff, largest relative distance"
    yield exact(what, "isaac_walker_1988", 0.0, off, "share", MACHINE)
    n, profiles = 4, everyone(LEVELS, 4)
    kept, stable, best, most = 0.0, 0, 0, 0.0
    for mpcr in (0.2, 0.3, 0.4, 0.75, 0.99, 1.2):
        payoff = payoffs(linear(mpcr, n), profiles)
        alone = 1 + mpcr * (profiles.sum(axis=1, keepdims=True) - profiles)
        kept = max(kept, float(abs(alone - payoff - (1 - mpcr) * profiles).max()))
        chosen = {(float(mpcr > 1),) * n}
        stable += sum(len(equilibria(payoff, profiles, strict) ^ chosen) for strict in (False, True))
        total = payoff.sum(axis=1)
        best += len(efficient(total, profiles) ^ {(float(mpcr > 1 / n),) * n})
        most = max(
            most, abs(float(total.max()) - n * max(1.0, mpcr * n)), abs(float(total.min()) - n * min(1, mpcr * n))
        )
    game = "linear game of four, MPCR .2 to 1.2"
    yield exact(f"{game}: gain from keeping all, distance from 1 - MPCR", "ledyard_1995", 0.0, kept, "MU", MACHINE)
    yield exact(f"{game}: profiles wrongly (strict) equilibria or not", "ledyard_1995", 0.0, float(stable), "profiles")
    yield exact(f"{game}: profiles wrongly efficient or not", "ledyard_1995", 0.0, float(best), "profiles")
    yield exact(f"{game}: most and least a group earns, distance", "ledyard_1995", 0.0, most, "MU", MACHINE)


def threshold_game() -> Iterator[Row]:
    """Nobody gives; or all together give just the provision point P, and nobody more than MPCR * P.

    Any more would be kept, any less is lost; who gives more than MPCR * P would rather let the project fail. No
    equilibrium is more efficient than giving everything, and all that provide are better than none.
    """
    n, source = 4, "isaac_schmidtz_walker_1989"
    profiles = everyone(LEVELS, n)
    pool = profiles.sum(axis=1)
    off, stable, best, worse = 0.0, 0, 0, 0
    for mpcr, provision in ((0.4, 0.25), (0.4, 0.5), (0.75, 0.5), (0.5, 1.0), (0.4, 0.75)):
        payoff = payoffs(Threshold(multiplier=mpcr * n, team=0, strangers=False, provision=provision), profiles)
        point = provision * n
        expected = 1 - profiles + mpcr * (pool * (pool >= point))[:, None]
        off = max(off, float(abs(payoff - expected).max()))
        just = (pool == point) & (profiles <= mpcr * point).all(axis=1)
        told = {tuple(profile) for profile in profiles[just | (pool == 0)]}
        stable += len(equilibria(payoff, profiles) ^ told)
        total = payoff.sum(axis=1)
        best += len(efficient(total, profiles) ^ {(1.0,) * n})
        worse += int((total[just] <= total[pool == 0]).sum()) if just.any() else 1
    game = "threshold game of four, five games"
    yield exact(f"{game}: payoff, largest distance", source, 0.0, off, "MU", MACHINE)
    yield exact(f"{game}: profiles wrongly equilibria or not", source, 0.0, float(stable), "profiles")
    yield exact(f"{game}: profiles wrongly efficient or not", source, 0.0, float(best), "profiles")
    yield exact(f"{game}: equilibria that provide and earn no more than none", source, 0.0, float(worse), "profiles")
