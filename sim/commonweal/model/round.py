"""The round, in order: one page. Everything that happens in a month happens here, once."""

import numpy as np

from commonweal.model.convener import public_record
from commonweal.model.levers import Levers
from commonweal.model.measures import measure
from commonweal.model.state import State
from commonweal.model.world import World


def begin(world: World, state: State) -> None:
    """Before the first round."""
    world.scenario.events.begin(state)
    world.convener.open(state)


def look(world: World, state: State, round_: int, rounds: int) -> Levers:
    """1. The convener's strategy sees the public record and sets the levers, as far as the purse allows."""
    seen = public_record(state, round_, rounds)
    return world.convener.convene(state, world.strategy.act(seen).rows(len(state.islands.run)))


def play(world: World, state: State, round_: int, rounds: int, out: np.ndarray, own_choices=()) -> Levers:
    """One round for every community of the batch; measures go to `out`, (B, len(MEASURES)).

    own_choices: leaders who choose for themselves (see commonweal.agents.cooperation.Leader). Returns the levers
    as they were set.
    """
    multiplier, provision = float(world.game.multiplier), world.game.hurdle
    levers = look(world, state, round_, rounds)
    world.game.form(state, round_)
    world.meet.meet(state, levers, round_)
    world.talk.talk(state, levers, round_)
    world.pledge.pledge(state, levers, round_, world.choose, multiplier)
    world.agree.agree(state, levers, round_, world.decision_rule)
    world.choose.lead(state, levers, round_, multiplier, provision)
    decide_themselves(state, own_choices, first=True)
    world.choose.choose(state, levers, round_, multiplier, provision)
    decide_themselves(state, own_choices, first=False)
    world.game.produce(state, levers)
    world.incentives.settle(state, levers, float(world.people.issue_substitution))
    world.trust.update(state)
    world.learn.learn(state, round_)
    measure(state, out)
    world.scenario.events.strike(state, round_)
    return levers


def decide_themselves(state: State, own_choices, *, first: bool) -> None:
    """Leaders with a `choose` of their own replace what the rule chose for them, exemplars first."""
    for leader in own_choices:
        row = leader.row
        if state.leaders.exemplar[row] == first and state.leaders.present[row]:
            share = float(leader.choose())
            if not 0.0 <= share <= 1.0:
                raise ValueError(
                    f"{type(leader).__name__}.choose of leader {leader.name} gave {share}: it must be 0..1"
                )
            state.leaders.contribution[row] = share if state.leaders.accepts[row] else 0.0
