"""A community to step and watch: the Mesa model, with conf's parameters as keywords."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from commonweal.agents.batch_agents import Only
from commonweal.agents.cooperation import Cooperation as OfWorld
from commonweal.agents.leader import Leader
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.front import studies
from commonweal.front.inline import selection
from commonweal.front.keywords import overrides
from commonweal.model.strategies.strategy import Strategy
from commonweal.model.world import World


class Cooperation(OfWorld):
    """A community of leaders who may cooperate: a Mesa model whose step is a round, the very round of a study.

    cw.Cooperation(strategy="communication", scenario="crisis", leaders=30, learn__public=0.3, seed=1)

    Keywords are conf's own names, as in cw.compare: a group of files, a path with two underscores for its dot, or a
    bare name where it is the only one. So Mesa's batch_run and SolaraViz can vary every one of them.
    """

    def __init__(
        self,
        world: World | None = None,
        seed: int = 1,
        replicate: int = 0,
        rounds: int = 60,
        *,
        leader_class: type[Leader] = Leader,
        only: Only = None,
        collect: Iterable[str] = (),
        rng: Any = None,
        config_dir: str | None = None,
        **settings: Any,
    ) -> None:
        """The community before the first round.

        world: one that is ready; else it is made of the settings, of which `strategy` may be a class or object of
        your own. seed, replicate: its luck; replicate 7 here is replicate 7 of a study with the same seed.
        rng: Mesa's word for the seed, in its place; a generator draws one.
        rounds: how long strategies are told the run will last; `running` turns False then, further steps work.
        leader_class, only: what leaders are, or some: ids, names, or a function of the leader.
        collect: attributes of leaders for the datacollector's agent table, such as ("belief", "contribution").
        config_dir: a folder of your own conf files.
        Raises InputError, one sentence.
        """
        if world is not None and settings:
            raise InputError(f"world is ready, and {next(iter(settings))} would change it; give one of the two")
        super().__init__(
            _world(settings, config_dir) if world is None else world,
            seed if rng is None else _seed(rng),
            replicate,
            rounds,
            leader_class=leader_class,
            only=only,
            collect=collect,
        )

    @property
    def scenario(self) -> None:
        """None. Mesa would hand a Scenario of its own back as the setting of that name, which is conf's."""

    @scenario.setter
    def scenario(self, _: Any) -> None:
        """Nothing is kept of Mesa's."""


def _seed(rng: Any) -> int:
    if isinstance(rng, int | np.integer):
        return int(rng)
    return int(np.random.default_rng(rng).integers(2**63))


def _world(settings: dict[str, Any], config_dir: str | None) -> World:
    """The world that settings make. Raises InputError."""
    strategy = settings.get("strategy")
    own = strategy if isinstance(strategy, Strategy | type) else None
    rest = {name: value for name, value in settings.items() if name != "strategy" or own is None}
    with session(also=config_dir):
        lines = tuple(overrides(rest))
        ready = [*selection(own).own.values()] if own is not None else []
    read_anew = config_dir is not None or "community=roster" in lines
    found = (_composed.__wrapped__ if read_anew else _composed)(lines, config_dir)
    return found.model_copy(update={"strategy": ready[0]}) if ready else found


@lru_cache(maxsize=64)
def _composed(lines: tuple[str, ...], config_dir: str | None) -> World:
    """Mesa's batch_run asks for the same world once for each of its seeds."""
    with session(also=config_dir):
        return studies.world_of(read(lines))
