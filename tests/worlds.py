"""Worlds for tests: composed from conf as the command line does, small by default, and played step by step."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from commonweal.configuration.comparison import compared
from commonweal.configuration.compose import compose as composed
from commonweal.configuration.conf import VERSION_BASE, session
from commonweal.configuration.overrides import loaded
from commonweal.model import luck
from commonweal.model.community.populate import populate
from commonweal.model.convener import Convener
from commonweal.model.levers import LEVERS, Levers, PublicRecord
from commonweal.model.measures import MEASURES
from commonweal.model.params import Count
from commonweal.model.round import begin, play
from commonweal.model.state import State
from commonweal.model.strategies.strategy import Strategy
from commonweal.model.world import World, build_world
from commonweal.study.variation import Variation

CONF = Path(__file__).resolve().parents[1] / "conf"
COSTS = {"spend", "money", "welfare_net", "worst_off", "marginalised_welfare"}
"""measures that hold what the convener spent"""


def names(group: str) -> list[str]:
    """The files of a group of conf: tests find new ones by themselves."""
    return sorted(path.stem for path in (CONF / group).glob("*.yaml"))


STRATEGIES = names("strategy")
SCENARIOS = names("scenario")
EVERY = [(strategy, scenario) for strategy in STRATEGIES for scenario in SCENARIOS]


@cache
def world(*overrides: str) -> World:
    """The world that `commonweal run OVERRIDES` would play."""
    with initialize_config_dir(str(CONF), **VERSION_BASE):
        config = compose("config", overrides=list(overrides), return_hydra_config=True)
    chosen = dict(config.hydra.runtime.choices)
    plain = OmegaConf.masked_copy(config, [key for key in config if key != "hydra"])
    values: Any = OmegaConf.to_container(plain, resolve=True, throw_on_missing=True)
    return build_world(values, chosen)


@cache
def comparison(*overrides: str) -> Variation:
    """Every strategy in every scenario, composed at once, as a study does."""
    lists = {"strategy": STRATEGIES, "scenario": SCENARIOS}
    loads = [loaded(group, name) for group, files in lists.items() for name in files]
    with session():
        return compared(composed([*overrides, *loads]), lists, ()).variation


def condition(strategy: str, scenario: str, *overrides: str, leaders: int = 12) -> World:
    """A strategy in a scenario among few leaders, its events soon enough for a short test."""
    of = comparison(f"community.leaders={leaders}", *overrides).world({"strategy": strategy, "scenario": scenario})
    events = of.scenario.events
    soon = {name: min(getattr(events, name), 4) for name in ("scandal", "cut", "crisis", "crisis_rounds", "arrival")}
    scenario_soon = of.scenario.model_copy(update={"events": events.model_copy(update=soon)})
    return of.model_copy(update={"scenario": scenario_soon})


def small(community: str) -> list[str]:
    """Overrides for few leaders in a community, unless they are given."""
    return [] if community in ("florentine_families", "davis_clubs") else ["community.leaders=11"]


class Set(Strategy):
    """The same levers in every round."""

    levers: dict[str, float]
    """their values; the others stay neutral"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(**self.levers)


class Whatever(Strategy):
    """Levers by lot, anew each round, each of them neutral half of the time."""

    lot: Count
    """seed of the lot"""

    def act(self, seen: PublicRecord) -> Levers:
        lot = np.random.default_rng((self.lot, seen.round))
        on, share = lot.random(len(LEVERS)) < 0.5, lot.random(len(LEVERS)) ** 2
        return Levers(*(lever.high * yes * part for lever, yes, part in zip(LEVERS.values(), on, share, strict=True)))


def with_strategy(of: World, strategy: Strategy) -> World:
    """The same world under another strategy."""
    return of.model_copy(update={"strategy": strategy})


def thrown_together(lot: int) -> World:
    """A world of parts drawn by lot from every group of conf, with levers, events, teams and a budget by lot too."""
    rng = np.random.default_rng(lot)
    community, *parts = (
        rng.choice([name for name in names(group) if name != "roster"])
        for group in ("community", "talk", "decision_rule", "game", "trust", "scenario")
    )
    chosen = zip(("talk", "decision_rule", "game", "trust", "scenario"), parts, strict=True)
    events = {name: rng.integers(0, 9) for name in ("scandal", "cut", "crisis", "arrival")}
    of = world(
        f"community={community}", *small(community), *(f"{group}={name}" for group, name in chosen),
        f"game.team={rng.choice([0, 0, 3, 5])}", f"game.strangers={rng.choice(['true', 'false'])}",
        f"scenario.events.turnover={rng.choice([0, 0.1])}",
        *(f"scenario.events.{name}={round_}" for name, round_ in events.items()),
    )  # fmt: skip
    budget = rng.choice([100.0, 900.0]) if rng.random() < 0.5 else None
    convener = Convener(budget=budget and float(budget), hour=of.convener.hour, prices=of.convener.prices)
    return with_strategy(of.model_copy(update={"convener": convener}), Whatever(lot=lot))


def keys(replicates: int, seed: int = 1) -> np.ndarray:
    """Run keys of the first replicates of a seed."""
    return luck.run_keys(seed, range(replicates))


def start(of: World, run: np.ndarray) -> State:
    """The state of a batch before the first round."""
    state = populate(of.community, of.people, of.scenario.conditions, run, of.game.team)
    begin(of, state)
    return state


def played(of: World, run: np.ndarray, rounds: int) -> tuple[np.ndarray, State]:
    """Measures, (rounds, len(run), len(MEASURES)), and the state after the last round."""
    state = start(of, run)
    out = np.full((rounds, len(run), len(MEASURES)), np.nan)
    for round_ in range(1, rounds + 1):
        play(of, state, round_, rounds, out[round_ - 1])
    return out, state


def arrays(state: State) -> dict[str, np.ndarray]:
    """Every array of a state, by name."""
    return {
        f"{part}.{name}": array
        for part, table in zip(State._fields, state, strict=True)
        for name, array in zip(table._fields, table, strict=True)
    }


def same_bits(one: np.ndarray, other: np.ndarray) -> bool:
    """Equal to the last bit, nan to nan and -0.0 to -0.0."""
    return one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()
