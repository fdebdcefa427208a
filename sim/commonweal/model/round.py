"""The round, in order: one page. Everything that happens in a month happens here, once."""

import numpy as np

from commonweal.model.convener import public_record
from commonweal.model.levers import Levers, at_hand
from commonweal.model.measures import MEASURES, measure
from commonweal.model.state import State
from commonweal.model.tape import tape_of
from commonweal.model.world import World


def begin(world: World, state: State) -> None:
    """Before the first round."""
    world.scenario.events.begin(state)
    world.convener.open(state)


def look(world: World, state: State, round_: int, rounds: int) -> Levers:
    """1. The convener's strategy sees the public record and sets the levers, as far as the purse allows."""
    levers = world.strategy.act(public_record(state, round_, rounds))
    return world.convener.convene(state, at_hand(Levers.rows, levers, len(state.islands.run)))


def play(world: World, state: State, round_: int, rounds: int, out: np.ndarray, own_choices=()) -> Levers:
    """One round for every community of the batch; measures go to `out`, (B, len(MEASURES)).

    own_choices: leaders who choose for themselves (see commonweal.agents.cooperation.Leader). Returns the levers
    as they were set. What a part calls is recorded once and then played from its tape (commonweal.model.tape).
    """
    multiplier, provision = float(world.game.multiplier), world.game.hurdle
    tape = tape_of(world, state)
    levers = look(world, state, round_, rounds)
    world.game.form(state, round_)
    told, month = tape.open(levers, round_)
    tape.play(world.meet.meet, state, told, month)
    tape.play(world.talk.talk, state, told, month)
    tape.play(world.pledge.pledge, state, told, month, world.choose, multiplier)
    tape.play(world.agree.agree, state, told, month, world.decision_rule)
    tape.play(world.choose.lead, state, told, month, multiplier, provision)
    if own_choices:
        tape.finish()
        decide_themselves(state, own_choices, first=True)
    tape.play(world.choose.choose, state, told, month, multiplier, provision)
    if own_choices:
        tape.finish()
        decide_themselves(state, own_choices, first=False)
    tape.play(world.game.produce, state, told)
    tape.play(world.incentives.settle, state, told, float(world.people.issue_substitution))
    tape.play(world.trust.update, state)
    tape.play(world.learn.learn, state, month)
    found = tape.room(len(MEASURES))
    tape.play(measure, state, found)
    tape.finish()
    out[:] = found.T
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
