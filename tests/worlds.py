"""Worlds for tests: composed from conf as the command line does, small by default, and played step by step."""

from functools import cache
from pathlib import Path

import numpy as np
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from sim import luck
from sim.community.populate import populate
from sim.measures import MEASURES
from sim.round import begin, play
from sim.state import State
from sim.world import World, build_world

CONF = Path(__file__).resolve().parents[1] / "conf"


def names(group: str) -> list[str]:
    """The files of a group of conf: tests find new ones by themselves."""
    return sorted(path.stem for path in (CONF / group).glob("*.yaml"))


STRATEGIES = names("strategy")
SCENARIOS = names("scenario")


@cache
def world(*overrides: str) -> World:
    """The world that `commonweal run OVERRIDES` would play."""
    with initialize_config_dir(str(CONF), version_base="1.3"):
        config = compose("config", overrides=list(overrides), return_hydra_config=True)
    chosen = dict(config.hydra.runtime.choices)
    plain = OmegaConf.masked_copy(config, [key for key in config if key != "hydra"])
    values = OmegaConf.to_container(plain, resolve=True, throw_on_missing=True)
    return build_world(values, chosen)  # pyright: ignore[reportArgumentType]


def start(of: World, keys: np.ndarray) -> State:
    """The state of a batch before the first round."""
    state = populate(of.community, of.people, of.scenario.conditions, keys, of.game.team)
    begin(of, state)
    return state


def played(of: World, keys: np.ndarray, rounds: int) -> tuple[np.ndarray, State]:
    """(rounds, len(keys), len(MEASURES)) and the state after the last round."""
    state = start(of, keys)
    out = np.full((rounds, len(keys), len(MEASURES)), np.nan)
    for round_ in range(1, rounds + 1):
        play(of, state, round_, rounds, out[round_ - 1])
    return out, state


def keys(replicates: int, seed: int = 1) -> np.ndarray:
    """Run keys of the first replicates of a seed."""
    return luck.run_keys(seed, range(replicates))


def arrays(state: State) -> dict[str, np.ndarray]:
    """Every array of a state, by name."""
    return {
        f"{part}.{name}": array
        for part, table in zip(State._fields, state, strict=True)
        for name, array in zip(table._fields, table, strict=True)
    }
