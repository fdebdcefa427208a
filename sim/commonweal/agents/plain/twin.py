"""The round among leaders who are objects: the place to begin for whoever wants to read or change the model.

`PlainTwin` is an ordinary Mesa model, `Leader` (leader.py) an ordinary Mesa agent. Read `PlainTwin.step` first: it is
the round, and each of its lines is a function in the file of that name. A mechanism with alternatives (talk, decision
rule, game, trust) is written twice in one file of commonweal.model.mechanisms: for tables of a thousand communities,
and beside it, as the method `plain_...`, for the objects here.

With the engine it shares nothing but numbers: the parameters, the strategy, the luck (a pure function of run,
decision, round and leader), and the community before the first round. Tests hold the two to each other leader by
leader, and speed is measured against it.
"""

from functools import partial
from math import inf
from typing import Any

import mesa
import numpy as np
from mesa.agentset import AbstractAgentSet

from commonweal.agents.plain.agree import agree
from commonweal.agents.plain.choose import choose, lead
from commonweal.agents.plain.convene import look
from commonweal.agents.plain.events import strike
from commonweal.agents.plain.groups import Group, attend
from commonweal.agents.plain.measures import measures_of
from commonweal.agents.plain.meet import meet
from commonweal.agents.plain.plain_leader import Leader
from commonweal.agents.plain.pledge import pledge
from commonweal.agents.plain.settle import settle
from commonweal.agents.plain.teams import Team, form_teams, produce
from commonweal.agents.plain.ties import Tie
from commonweal.agents.replicate import replicate_key
from commonweal.model.community.populate import populate
from commonweal.model.levers import Levers
from commonweal.model.measures import MEASURES
from commonweal.model.plain_method import refuse_unwritten
from commonweal.model.state import State
from commonweal.model.world import World


class PlainTwin(mesa.Model):
    """One community of leaders. A step plays a round, the same as that of Cooperation, a hundred times slower.

    The measures of the last round are in `measures`, by name, and those of all rounds in `datacollector`.
    """

    present: AbstractAgentSet[Leader]
    """the leaders who are there, of all in `agents`"""
    groups_here: list[Group]
    """the groups they serve"""
    people: float
    """heads in those groups"""

    def __init__(self, world: World, seed: int = 1, replicate: int = 0, rounds: int = 60) -> None:
        """The community before the first round.

        rounds: how long strategies are told the run will last; `running` turns False then, further steps work.
        Raises InputError for numbers out of range, and for a rule that is not written for the plain twin.
        """
        self.run = replicate_key(seed, replicate, rounds)
        refuse_unwritten(getattr(world, group) for group in World.model_fields)
        super().__init__(rng=0)  # Mesa's own generators are not used: luck comes from commonweal.model.luck
        self.world, self.rounds, self.round = world, rounds, 0
        key, conditions = np.array([self.run]), world.scenario.conditions
        self.inhabit(populate(world.community, world.people, conditions, key, world.game.team))
        self.teams: list[Team] = []
        self.table: list[Leader] = []
        self.levers = Levers()
        self.known_match = self.known_esteem = self.known_pressure = 0.0  # MU per MU, by experience
        self.capital, self.busy, self.cooperation, self.agreed = 1.0, 0.0, 0.0, True
        self.money = self.spent = self.time_spent = 0.0  # MU: this round, before it, and leaders' time this round
        self.insistence = 1.0
        self.through = conditions.hub
        self.agenda: list[float] = []
        self.alone = [1.0 for _ in self.issues]  # how far each issue can be served without joint effort
        self.plan: list[float] | None = None
        self.planned = 0
        attend(self, everyone=not world.scenario.events.arrival)
        budget = world.convener.budget
        self.purse = inf if budget is None else budget * len(self.present)
        self.measures: dict[str, float] = {}
        self.datacollector = mesa.DataCollector({name: partial(_last, name) for name in MEASURES})

    def step(self) -> None:
        """The round: a month."""
        self.round += 1
        look(self)
        form_teams(self)
        meet(self)
        self.world.talk.plain_talk(self)
        pledge(self)
        agree(self)
        lead(self)
        choose(self)
        produce(self)
        settle(self)
        self.present.do("judge")
        self.present.do("learn")
        self.measures = measures_of(self)
        self.cooperation, self.spent = self.measures["cooperation"], self.spent + self.money
        strike(self)
        self.running = self.round < self.rounds
        self.datacollector.collect(self)

    def inhabit(self, state: State) -> None:
        """Groups, leaders and ties as objects, from the tables of a community that has been drawn."""
        groups, ties, islands = state.groups, state.ties, state.islands
        self.groups = [
            Group(float(size), bool(marginalised), need.tolist())
            for size, marginalised, need in zip(groups.size, groups.marginalised, groups.need, strict=True)
        ]
        self.leaders = [Leader(self, state.leaders, row) for row in range(len(state.leaders.key))]
        for row, leader in enumerate(self.leaders):
            leader.group = self.groups[state.leaders.group[row]]
            for slot in range(ties.start[row], ties.start[row + 1]):
                to, strength, trust = (float(column[slot]) for column in (ties.to, ties.strength, ties.trust))
                leader.slots.append(Tie(self.leaders[int(to)], strength, trust) if to >= 0 else None)
        hub = int(state.islands.hub[0])
        self.hub = self.leaders[hub] if hub >= 0 else None
        self.issues = range(groups.need.shape[1])
        sectors = range(islands.sector_start.shape[1] - 1)
        self.sectors = [[leader for leader in self.leaders if leader.sector == sector] for sector in sectors]
        self.outsiders = [[a for other in self.sectors if other is not own for a in other] for own in self.sectors]


def _last(name: str, twin: Any) -> float:
    return twin.measures[name]
