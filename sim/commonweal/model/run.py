"""Run: replicates of one world, in batches. A run's row sums up its rounds."""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, Protocol

import numpy as np

from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.measures import MEASURES, Measure
from commonweal.model.round import begin, play
from commonweal.model.state import State
from commonweal.model.world import World

BATCH: Final = 8192
"""leaders in a batch: enough to hide Python's cost per round, few enough to stay in the cache"""

YEAR: Final = 12
"""rounds in a year"""


def _run_measures() -> dict[str, Measure]:
    columns = {name: each._replace(meaning=f"{each.meaning}; mean over the run") for name, each in MEASURES.items()}
    for name, each in MEASURES.items():
        columns[f"{name}_last_year"] = each._replace(meaning=f"{each.meaning}; mean over the last {YEAR} rounds")
    columns["time_to_agreement"] = Measure(
        "round of the first joint agenda", "rounds", -1, words="time to the first joint agenda"
    )
    columns["loss"] = Measure(
        "largest fall of welfare after a shock, as a share of the year before", "share", -1,
        words="loss of welfare after a shock", scale="share of the year before",
    )  # fmt: skip
    columns["recovery"] = Measure(
        "rounds until welfare is back at 95 % of the year before the shock, 0 if never below", "rounds", -1,
        words="time to recover from a shock",
    )  # fmt: skip
    return columns


RUN_MEASURES: Final = _run_measures()
"""columns of a run's row; nan where not defined, such as recovery without a shock or without recovery"""


def better_of(measure: str) -> int:
    """1 where more of a measure is better, -1 where less is, 0 where nothing is said of it."""
    return RUN_MEASURES[measure].better if measure in RUN_MEASURES else 0


class Outcome(NamedTuple):
    """What some replicates of a world came to."""

    runs: np.ndarray
    """(replicates, len(RUN_MEASURES))"""
    rounds: np.ndarray
    """(rounds, replicates, len(MEASURES))"""


class Own(Protocol):
    """Leaders of a class of the user's own, as commonweal.agents.batch_agents.OwnLeaders has them."""

    def choosing(self, world: World, state: State) -> Callable[[int], Sequence[Any]]:
        """What gives in each round the choices that these leaders make themselves."""
        ...


def simulate(world: World, seed: int, replicates: range, rounds: int, own: Own | None = None) -> Outcome:
    """Play `rounds` rounds of each replicate. The same replicate comes out the same in whatever company it is run."""
    trajectories = np.empty((rounds, len(replicates), len(MEASURES)))
    pieces = max(1, -(-len(replicates) * world.community.size // BATCH))
    batch = -(-len(replicates) // pieces)
    for first in range(0, len(replicates), batch):
        some = replicates[first : first + batch]
        state = populate(
            world.community, world.people, world.scenario.conditions, luck.run_keys(seed, some), world.game.team
        )
        begin(world, state)
        choosing = (lambda _: ()) if own is None else own.choosing(world, state)
        out = np.empty((len(some), len(MEASURES)))
        for round_ in range(1, rounds + 1):
            play(world, state, round_, rounds, out, choosing(round_))
            trajectories[round_ - 1, first : first + len(some)] = out
    return Outcome(sum_up(trajectories, world.scenario.events.shock), trajectories)


def sum_up(rounds: np.ndarray, shock: int) -> np.ndarray:
    """The rows of runs, (replicates, len(RUN_MEASURES)), from their rounds, (rounds, replicates, len(MEASURES))."""
    names = list(MEASURES)
    runs = np.full((rounds.shape[1], len(RUN_MEASURES)), np.nan)
    runs[:, : len(names)] = _mean(rounds)
    runs[:, len(names) : 2 * len(names)] = _mean(rounds[-YEAR:])
    agreed = rounds[:, :, names.index("agreement")] > 0
    runs[:, -3] = np.where(agreed.any(axis=0), agreed.argmax(axis=0) + 1.0, np.nan)
    if 0 < shock < len(rounds):
        welfare = rounds[:, :, names.index("welfare")]
        before = welfare[max(0, shock - YEAR) : shock].mean(axis=0)
        after = welfare[shock:]
        runs[:, -2] = np.maximum(1.0 - after.min(axis=0) / before, 0.0)
        fallen = after < 0.95 * before
        back = ~fallen & (np.arange(len(after))[:, None] >= after.argmin(axis=0))
        rounds_to = np.where(back.any(axis=0), back.argmax(axis=0) + 1.0, np.nan)
        runs[:, -1] = np.where(fallen.any(axis=0), rounds_to, 0.0)
    return runs


def _mean(rounds: np.ndarray) -> np.ndarray:
    """Mean over rounds of what is defined; nan where nothing is. Summed round by round: no batch changes a bit."""
    total, count = np.zeros(rounds.shape[1:]), np.zeros(rounds.shape[1:])
    for each in rounds:
        defined = ~np.isnan(each)
        total += np.where(defined, each, 0.0)
        count += defined
    return np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)
