"""A town: a community as its users bring it, what was done in it while it was observed, and what may be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from commonweal.configuration.options import Options
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.fitting.prior import Prior, prior_of
from commonweal.model.strategies import ALL, STRATEGIES
from commonweal.model.world import World
from commonweal.roster import Roster
from commonweal.study.conditions import BASELINE, ENSEMBLE
from commonweal.study.variation import Variation
from commonweal.units import Units

FUTURE: Final = ("strategy", "strategies", "experiment")
"""what is said of the months that were observed and not of those to come"""


@dataclass(frozen=True)
class Town:
    """A community and its configuration."""

    past: Variation
    """with the strategy of the months that were observed"""
    future: Variation
    """with every strategy to choose from"""
    strategies: tuple[str, ...]
    """those that the future is played under, doing nothing first"""
    prior: Prior
    seed: int
    rounds: int
    """months to come over which strategies are weighed"""
    options: Options
    """how the work is carried out"""
    units: Units
    """what the report tells amounts in"""
    notes: tuple[str, ...] = ()
    """what the amounts that were asked for come to"""

    def world(self) -> World:
        """As it was, with conf's own numbers."""
        return self.past.world({})

    def roster(self) -> Roster:
        """Its leaders in the model's order. Raises InputError where the community is not one of its user's."""
        roster = self.world().community.roster()
        if roster is None:
            raise InputError(
                "a fit needs leaders who can be observed; give their folder, such as my_town/, or their file"
            )
        return roster


def town_of(overrides: Sequence[str]) -> Town:
    """The town of a community's overrides and others of `commonweal run`; within a session. Raises InputError."""
    past = read(overrides)
    if past.study.baseline is None:
        raise InputError(f"a fit is to one past, and design={past.study.design} is of many; leave out design=")
    if ENSEMBLE in past.study.beside:
        raise InputError("a fit makes an ensemble; leave ensemble= out, and give the fit's folder to the run after it")
    if len(past.study.strategies) > 2 or len(past.study.scenarios) > 1:
        raise InputError(
            "a fit is to one past; name one strategy= and one scenario=, those of the months that were observed"
        )
    done = next((name for name in past.study.strategies if name != BASELINE), BASELINE)
    chosen = {"strategy": done, "scenario": past.study.scenarios[0]}
    before = past.study.variation
    past_variation = _fixed(before, chosen)
    kept = [each for each in overrides if each.partition("=")[0].partition(".")[0].lstrip("+~") not in FUTURE]
    future = read([*kept, f"experiment.strategies=[{','.join((*STRATEGIES, ALL))}]"])
    return Town(
        past_variation, future.study.variation, tuple(future.study.strategies),
        prior_of(before.names | chosen, before.values), past.study.size.seed, past.study.size.rounds,
        past.options, past.study.units, past.notes,
    )  # fmt: skip


def _fixed(variation: Variation, chosen: dict[str, str]) -> Variation:
    """The same with some files chosen for good."""
    values = variation.values | {group: dict(variation.variants[group][name]) for group, name in chosen.items()}
    return Variation(values, variation.names | chosen, variation.variants, variation.kinds, variation.allow)
