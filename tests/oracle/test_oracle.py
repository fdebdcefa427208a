"""The engine and the plain-Mesa oracle agree leader by leader, tie by tie, measure by measure, round by round."""

import numpy as np
import pytest
from oracle import Oracle
from worlds import SCENARIOS, STRATEGIES, keys, names, start, world

from sim.measures import MEASURES
from sim.round import play

LEADERS = ("contribution", "belief", "willing", "motivation", "payoff", "overlap", "voice", "kept", "given", "granted",
           "fined", "standing", "exemplar", "seated", "accepts", "priorities", "anchor")  # fmt: skip


def agree(of, rounds, seed=1, replicate=0):
    """Play both and compare everything after every round."""
    key = keys(replicate + 1, seed)[replicate:]
    state, oracle = start(of, key), Oracle(of, key[0], rounds)
    out = np.empty((1, len(MEASURES)))
    for round_ in range(1, rounds + 1):
        play(of, state, round_, rounds, out)
        oracle.step()
        compare(state, oracle, out[0], f"round {round_}")
    return oracle


def same(ours, theirs, what):
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12, err_msg=what, equal_nan=True)


def compare(state, oracle, out, when):
    here = np.array([leader.present for leader in oracle.leaders])
    same(state.leaders.present, here, f"{when}, present")
    for name in LEADERS:
        theirs = np.array([getattr(leader, name) for leader in oracle.leaders], float)
        same(getattr(state.leaders, name)[here], theirs[here], f"{when}, {name}")
    pledges = np.where(state.leaders.pledged, state.leaders.pledge, np.nan)
    theirs = [np.nan if leader.pledge is None else leader.pledge for leader in oracle.leaders]
    same(pledges, theirs, f"{when}, pledge")
    row = {leader: i for i, leader in enumerate(oracle.leaders)}
    slots = [tie for leader in oracle.leaders for tie in leader.slots]
    taken = state.ties.to >= 0
    same(state.ties.to, [-1 if tie is None else row[tie.to] for tie in slots], f"{when}, ties")
    for name in ("strength", "trust", "evidence"):
        theirs = [getattr(tie, name) for tie in slots if tie is not None]
        same(getattr(state.ties, name)[taken], theirs, f"{when}, {name} of ties")
    islands = state.islands
    same(islands.agenda[0], oracle.agenda, f"{when}, agenda")
    for name in ("money", "purse", "spent", "agreed", "capital"):
        same(getattr(islands, name)[0], getattr(oracle, name), f"{when}, {name}")
    assert set(oracle.measures) == set(MEASURES)
    for value, name in zip(out, MEASURES, strict=True):
        same(value, oracle.measures[name], f"{when}, measure {name}")


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_strategy_in_every_scenario(strategy, scenario):
    agree(world("community.leaders=14", f"strategy={strategy}", f"scenario={scenario}"), rounds=30)
