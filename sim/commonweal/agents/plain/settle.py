"""Settle: grants, fines and esteem; what they do to motivation; payoffs, and the welfare of the people."""

from math import tanh
from typing import Any

from commonweal.agents.plain.shares import overlap


def settle(twin: Any) -> None:
    """Everyone has what is due to them; the people have what their leaders bring home."""
    for leader in twin.present:
        leader.granted = leader.fined = 0.0
        if twin.agreed:
            award(leader, twin.levers)
    paid = pay(twin)
    for leader in twin.present:
        leader.granted *= paid
        own = leader.kept + leader.granted - leader.fined
        leader.own = own * overlap(leader.priorities, leader.group.need)
        leader.payoff = own + leader.returned * leader.overlap
    for group in twin.groups_here:
        returned = sum([leader.returned for leader in group.leaders]) / len(group.leaders)
        joint = returned * overlap(twin.agenda, group.need) * len(twin.present) / twin.people
        group.welfare = joint + sum([leader.own for leader in group.leaders]) / group.size
    motivate(twin)
    get_to_know(twin)


def award(leader: Any, levers: Any) -> None:
    """A grant for who gave at least the standard, a fine for who fell short of it."""
    others = len(leader.team.members) - 1
    standard = (1 - levers.peers) * levers.standard
    standard += levers.peers * (leader.team.gave - leader.contribution) / others if others else 0.0
    free, short = leader.given + leader.kept, standard - leader.contribution
    if short <= 0:
        leader.granted = levers.grant * free
    else:
        leader.fined = min(levers.fine * short * free, leader.kept)


def pay(twin: Any) -> float:
    """What esteem, fines and grants cost the convener; returns the share of the grants that the purse can pay."""
    rule = twin.world.incentives
    due, fines = sum([leader.granted for leader in twin.present]), sum([leader.fined for leader in twin.present])
    esteem = twin.levers.recognition * sum([leader.given for leader in twin.present]) if twin.agreed else 0.0
    back = rule.fines_returned * fines
    costs = min(rule.recognition_cost * esteem + rule.fine_cost * fines, twin.purse + back)
    left = twin.purse + back - costs
    paid = left / due if due > left else 1.0
    twin.money += costs + paid * due - back
    twin.purse = left - paid * due
    return paid


def motivate(twin: Any) -> None:
    """Success feeds the wish to give, failure starves it; money crowds it out, praise in. All take their time."""
    rule, levers = twin.world.incentives, twin.levers
    material, praise = min(levers.match + levers.grant + levers.fine, 1.0), min(levers.recognition, 1.0)
    for leader in twin.present:
        rest = 0.0
        if leader.income > 0:
            back = leader.returned * leader.overlap + leader.granted - leader.fined
            gain = back / leader.income - leader.team.gave / len(leader.team.members)
            rest = rule.success * tanh(gain - rule.aspiration)
        rest += rule.crowding_in * praise - rule.crowding_out * material
        leader.motivation += rule.adaptation * (rest - leader.motivation)


def get_to_know(twin: Any) -> None:
    """What the convener does for givers and to others is known the better the longer it is done."""
    rule, levers = twin.world.incentives, twin.levers
    twin.known_match += rule.familiarity * (levers.match - twin.known_match)
    twin.known_esteem += rule.familiarity * (levers.recognition - twin.known_esteem)
    twin.known_pressure += rule.familiarity * (levers.fine + levers.grant - twin.known_pressure)
