"""The engine and the plain twin agree leader by leader, tie by tie, measure by measure, round by round.

Conditions are found by themselves: every strategy in every scenario, every file of every group of conf, and
worlds thrown together at random, with levers, events and a budget set at random besides.
"""

import pytest
from leader_by_leader import agree
from worlds import EVERY, condition, names, small, thrown_together, world


@pytest.mark.parametrize(("strategy", "scenario"), EVERY)
def test_every_strategy_in_every_scenario(strategy, scenario):
    agree(condition(strategy, scenario), rounds=14)


GROUPS = ("talk", "decision_rule", "game", "trust", "calibration", "community", "meet", "pledge", "agree", "incentives")
ALTERNATIVES = [(group, name) for group in GROUPS for name in names(group) if name != "roster"]


@pytest.mark.parametrize("strategy", ["laissez_faire", "all"])
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


@pytest.mark.parametrize("strategy", ["laissez_faire", "all"])
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
    agree(world("community.leaders=90", "community=scale_free", "strategy=all", "scenario=turnover"), rounds=12)
    agree(world("community.leaders=150", "community=hierarchy", "scenario=polarised"), rounds=12)


@pytest.mark.parametrize("lot", range(40))
def test_worlds_thrown_together(lot):
    agree(thrown_together(lot), rounds=12, seed=lot)
