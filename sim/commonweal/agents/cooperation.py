"""The model as a Mesa model: one community, played round by round by the same page as a batch of hundreds."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any

import mesa
import networkx
import numpy as np

from commonweal.agents.batch_agents import Host, Only, choosers, kinds, own_choices
from commonweal.agents.graph import tie_graph
from commonweal.agents.last_measures import LastMeasures
from commonweal.agents.leader import Leader, Tie
from commonweal.agents.network import TieNetwork
from commonweal.agents.replicate import replicate_key
from commonweal.agents.round_collector import RoundCollector
from commonweal.model.community.labels import labels
from commonweal.model.community.populate import populate
from commonweal.model.levers import Levers
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.world import World


class Cooperation(LastMeasures, Host, mesa.Model):
    """A community of leaders who may cooperate. A step is a round; it is the very round of a study.

    Luck comes from seed and replicate (commonweal.model.luck), never from Mesa's generators: replicate 7 here is
    replicate 7 of a study with the same world and seed, bit for bit. `model.random` and `model.rng` are the user's
    to spend.

    Every measure is an attribute with the last round's value, nan before the first: `model.cooperation`,
    `model.welfare_net`. `model.datacollector` collects them after each round.
    """

    def __init__(
        self,
        world: World,
        seed: int = 1,
        replicate: int = 0,
        rounds: int = 60,
        *,
        leader_class: type[Leader] = Leader,
        only: Only = None,
        collect: Iterable[str] = (),
    ) -> None:
        """The community before the first round.

        rounds: how long strategies are told the run will last; `running` turns False then, further steps work.
        leader_class: what the leaders are; override Leader.choose in a subclass to replace the rule.
        only: which leaders are of that class, the rest being plain: ids or names, or a function of the leader.
        collect: attributes of leaders for the datacollector's agent table, such as ("belief", "contribution").
        Raises InputError for numbers out of range and for leaders who are not there.
        """
        run = np.array([replicate_key(seed, replicate, rounds)])
        super().__init__(rng=int(run[0]))
        self.world, self.replicate, self.rounds = world, int(replicate), int(rounds)
        self.island, self.round = 0, 0
        self.labels = labels(world.community, world.people)
        self.state = populate(world.community, world.people, world.scenario.conditions, run, world.game.team)
        begin(world, self.state)
        each = kinds(world, self.state, 0, self.labels, leader_class, only)
        self.leaders = [kind(self, row) for row, kind in enumerate(each)]
        self._choosers = choosers(self.leaders)
        self._measures = np.full((1, len(MEASURES)), np.nan)
        self._space: TieNetwork | None = None
        self._levers: Levers | None = None
        self.datacollector: mesa.DataCollector | None = RoundCollector(
            agent_reporters={name: attrgetter(name) for name in collect}
        )
        """collected at the end of every round; put another in its place, or None"""

    def step(self) -> None:
        """Play one round."""
        self.round += 1
        self._levers = play(self.world, self.state, self.round, self.rounds, self._measures, self._choosers)
        self.running = self.round < self.rounds
        if self.datacollector is not None:
            self.datacollector.collect(self)

    @property
    def levers(self) -> Levers | None:
        """The levers of the last round as they were set, numbers; None before the first."""
        return None if self._levers is None else Levers(*(float(lever[0]) for lever in self._levers))

    @property
    def measures(self) -> dict[str, float]:
        """Every measure of the last round by name; nan before the first, and where it is not defined."""
        return dict(zip(MEASURES, self._measures[0].tolist(), strict=True))

    @property
    def space(self) -> TieNetwork:
        """The ties as Mesa's network space, one leader to a cell, brought up to date when asked for.

        Drawn by Mesa's own visualisation. Cells are numbered by row, `leader.cell` is a leader's own.
        """
        if self._space is None:
            self._space = TieNetwork(self)
        return self._space.follow(self.state.ties)

    def graph(self) -> networkx.DiGraph:
        """The ties as they are now, a new networkx graph: see commonweal.agents.graph.tie_graph for what it
        carries."""
        return tie_graph(self.state, self.labels)

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the space, which is made anew when asked for."""
        return self.__dict__ | {"_space": None}


__all__ = ["Cooperation", "Host", "Leader", "Only", "Tie", "own_choices"]
