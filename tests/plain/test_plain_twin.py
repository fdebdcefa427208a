"""The engine and the plain twin agree leader by leader, tie by tie, measure by measure, round by round.

Conditions are found by themselves: every strategy in every scenario, every file of every group of conf, and
worlds thrown together at random, with levers, events and a budget set at random besides.
"""

import numpy as np
import pytest
from worlds import EVERY, condition, keys, names, small, start, thrown_together, world

from commonweal.agents.plain.twin import PlainTwin
from commonweal.model.measures import MEASURES
from commonweal.model.round import play

LASTING = ("belief", "willing", "motivation", "standing", "priorities", "anchor", "present")
OF_THE_ROUND = ("contribution", "payoff", "overlap", "voice", "kept", "given", "granted", "fined", "exemplar",
                "seated", "accepts")  # fmt: skip


def agree(of, rounds, seed=1):
    """Play both and compare everything after every round."""
    key = keys(1, seed)
    state, twin = start(of, key), PlainTwin(of, key[0], rounds)
    out = np.empty((1, len(MEASURES)))
    for round_ in range(1, rounds + 1):
        here = state.leaders.present.copy()
        play(of, state, round_, rounds, out)
        twin.step()
        ours, theirs = of_engine(state, out[0], here), of_twin(twin, here)
        assert ours.keys() == theirs.keys()
        for name, value in theirs.items():
            value = np.asarray(value, float)
            close = ours[name].shape == value.shape and np.isclose(ours[name], value, 1e-9, 1e-12, equal_nan=True).all()
            assert close, f"round {round_}, {name}: engine {ours[name]}, twin {value}"


def of_engine(state, out, here):
    """What is compared, by name; what those who were away did this round is left out."""
    leaders, ties, islands = state.leaders, state.ties, state.islands
    found = {name: getattr(leaders, name) for name in LASTING}
    found |= {name: getattr(leaders, name)[here] for name in OF_THE_ROUND}
    found["pledge"] = np.where(leaders.pledged, leaders.pledge, np.nan)
    found["to"] = ties.to
    for name in ("strength", "trust", "evidence"):
        found[f"tie {name}"] = np.where(ties.to >= 0, getattr(ties, name), 0.0)
    for name in ("money", "purse", "spent", "agreed", "capital", "agenda"):
        found[name] = getattr(islands, name)[0]
    return found | {f"measure {name}": value for name, value in zip(MEASURES, out, strict=True)}


def of_twin(twin, here):
    """The same of the twin."""
    leaders = twin.leaders
    found = {name: [getattr(one, name) for one in leaders] for name in LASTING}
    found |= {name: [getattr(leaders[i], name) for i in np.flatnonzero(here)] for name in OF_THE_ROUND}
    found["pledge"] = [np.nan if one.pledge is None else one.pledge for one in leaders]
    row = {leader: i for i, leader in enumerate(leaders)}
    slots = [tie for leader in leaders for tie in leader.slots]
    found["to"] = [-1 if tie is None else row[tie.to] for tie in slots]
    for name in ("strength", "trust", "evidence"):
        found[f"tie {name}"] = [0.0 if tie is None else getattr(tie, name) for tie in slots]
    for name in ("money", "purse", "spent", "agreed", "capital", "agenda"):
        found[name] = getattr(twin, name)
    return found | {f"measure {name}": value for name, value in twin.measures.items()}


@pytest.mark.parametrize(("strategy", "scenario"), EVERY)
def test_every_strategy_in_every_scenario(strategy, scenario):
    agree(condition(strategy, scenario), rounds=14)


GROUPS = ("talk", "decision_rule", "game", "trust", "calibration", "community", "meet", "pledge", "agree", "incentives")
ALTERNATIVES = [(group, name) for group in GROUPS for name in names(group) if name != "roster"]


@pytest.mark.parametrize("strategy", ["laissez_faire", "all_seven"])
@pytest.mark.parametrize(("group", "name"), ALTERNATIVES)
def test_every_alternative(group, name, strategy):
    agree(world(f"{group}={name}", f"strategy={strategy}", *small(name)), rounds=12, seed=2)


EVENTS = [
    ["scandal=3", "severity=0.7"],
    ["cut=3", "cut_share=0.4"],
    ["arrival=4"],
    ["crisis=2", "crisis_rounds=3", "crisis_issue=99"],
    ["scandal=2", "arrival=5", "cut=2", "crisis=3", "turnover=0.2", "handover=0.1"],
]


@pytest.mark.parametrize("strategy", ["laissez_faire", "all_seven"])
@pytest.mark.parametrize("events", EVENTS, ids=lambda events: events[0])
def test_every_event(events, strategy):
    agree(
        world("community.leaders=11", f"strategy={strategy}", *(f"scenario.events.{event}" for event in events)),
        rounds=12,
    )


@pytest.mark.parametrize("game", names("game"))
@pytest.mark.parametrize("strangers", ["true", "false"])
def test_teams(game, strangers):
    teams = ["game.team=4", f"game.strangers={strangers}", "strategy=lead_by_example", "strategy.exemplars=0.5"]
    agree(world("community.leaders=14", f"game={game}", *teams), rounds=12)
    agree(world("community.leaders=14", f"game={game}", *teams[:2], "strategy=communication"), rounds=8)
    punished = ["strategy=incentives", "strategy.fine=1.5", "strategy.grant=0.1", "strategy.peers=0.9"]
    agree(world("community.leaders=14", f"game={game}", *teams[:2], *punished), rounds=8)


@pytest.mark.parametrize("budget", [0, 200, 800])
def test_budget(budget):
    options = ["strategy.grant=0.2", "strategy.fine=0.5", "strategy.standard=0.4", "strategy.match=1.0"]
    agree(world("community.leaders=11", "strategy=incentives", f"convener.budget={budget}", *options), rounds=15)


def test_larger_communities():
    agree(world("community.leaders=90", "community=scale_free", "strategy=all_seven", "scenario=turnover"), rounds=12)
    agree(world("community.leaders=150", "community=hierarchy", "scenario=polarised"), rounds=12)


@pytest.mark.parametrize("lot", range(40))
def test_worlds_thrown_together(lot):
    agree(thrown_together(lot), rounds=12, seed=lot)
