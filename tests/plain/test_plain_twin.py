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


SOCIABLE = ["meet.habit=2.5", "meet.gain=0.5", "meet.mutual=0.7", "meet.decay=0.05"]
PUNISHED = ["strategy=incentives", "strategy.fine=1.5", "strategy.grant=0.3", "strategy.match=0.5",
            "strategy.recognition=0.6", "strategy.standard=0.6", "strategy.peers=0.5"]  # fmt: skip
CHANNELS = {
    "a provision point": ["game=threshold", "game.provision=0.7", "choose.provision_weight=0.8", "strategy=all"],
    "a provision point, and pledges": ["game=threshold", "game.provision=0.3", "strategy=communication"],
    "words that wear": ["strategy=communication", "pledge.wear=0.9", "pledge.weight=0.8", "pledge.pace=0.7"],
    "words of the unreliable": ["strategy=communication", "people.promise_keeping=0.1", "choose.noise=0.9"],
    "peers": [*PUNISHED, "choose.deterrence=3"],
    "incentives known late": [*PUNISHED, "incentives.familiarity=0.05", "incentives.crowding_out=2"],
    "success": ["incentives.success=8", "incentives.aspiration=-0.5", "incentives.adaptation=0.6"],
    "little attention": [*SOCIABLE, "meet.capacity=0.8", "strategy=build_relationships"],
    "boundless attention": [*SOCIABLE, "meet.capacity=0"],
    "the popular": [*SOCIABLE, "meet.by_tie=0", "meet.by_sector=0", "meet.by_friend=0", "meet.by_reputation=1"],
    "nobody popular": [
        *SOCIABLE,
        "meet.by_tie=0.5",
        "meet.by_sector=0.3",
        "meet.by_friend=0.2",
        "meet.by_reputation=0",
    ],
    "meeting is trusting": [*SOCIABLE, "meet.premium=0.6", "choose.trust_slope=1"],
    "meeting is one sided": [*SOCIABLE, "meet.mutual=0"],
    "trust by deeds alone": [
        "trust.up=1",
        "trust.down=0.3",
        "trust.leaning=0",
        "trust.least=0",
        "choose.noise=0",
        "trust.reciprocity=0.9",
    ],
    "trust by temperament": ["trust.up=0.5", "trust.leaning=0.9", "people.trusting_spread=0.5", "learn.public=0"],
    "trust that is betrayed": ["strategy=communication", "trust.betrayal=4", "trust.lesson=0.5"],
    "only what the team gives": ["learn.public=1", "choose.trust_slope=1", "strategy=all"],
}


@pytest.mark.parametrize("events", [[], ["turnover=0.15", "arrival=4", "cut=6", "cut_share=0.5"]], ids=len)
@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_at_work(channel, events):
    """Each of them strong enough to show: capacity that binds, broken words, a provision point out of reach."""
    of = world("community.leaders=13", "people.reservation=0.3", *CHANNELS[channel],
               *(f"scenario.events.{event}" for event in events))  # fmt: skip
    agree(of, rounds=12, seed=5)


def test_larger_communities():
    agree(world("community.leaders=90", "community=scale_free", "strategy=all", "scenario=turnover"), rounds=12)
    agree(world("community.leaders=150", "community=hierarchy", "scenario=polarised"), rounds=12)


@pytest.mark.parametrize("lot", range(40))
def test_worlds_thrown_together(lot):
    agree(thrown_together(lot), rounds=12, seed=lot)
