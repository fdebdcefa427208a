"""Settle: grants, fines and esteem; what they do to motivation; payoffs, and the welfare of the people."""

from math import tanh
from typing import Any


def settle(twin: Any) -> None:
    """Everyone has what is due to them; the people have what their leaders bring home."""
    for leader in twin.present:
        leader.granted = leader.fined = 0.0
        if twin.agreed:
            award(leader, twin.levers)
    paid = pay(twin)
    for leader in twin.present:
        leader.granted *= paid
        leader.payoff = leader.kept + leader.granted - leader.fined + leader.returned * leader.overlap
    for group in twin.groups_here:
        returned = sum([leader.returned for leader in group.leaders]) / len(group.leaders)
        output = returned * len(twin.present) / twin.people
        there = [output * twin.agenda[k] + twin.alone[k] * kept_for(group, k) for k in twin.issues]
        group.welfare = worth(there, group.need, twin.world.people.issue_substitution)
    motivate(twin)
    get_to_know(twin)


def kept_for(group: Any, issue: int) -> float:
    """MU per person that a group's leaders kept or were granted and spend on an issue."""
    own = [(leader.kept + leader.granted - leader.fined) * leader.priorities[issue] for leader in group.leaders]
    return sum(own) / group.size


def worth(there: list[float], need: list[float], substitution: float) -> float:
    """Welfare of what there is on each issue: as many MU if they are spread as they are needed, else less."""
    pairs = zip(need, there, strict=True)
    return sum([n ** (1 - substitution) * x**substitution for n, x in pairs]) ** (1 / substitution)


def award(leader: Any, levers: Any) -> None:
    """A grant for who gave at least the standard, a fine for who fell short of it."""
    others = len(leader.team.members) - 1
    standard = (1 - levers.peers) * levers.standard
    standard += levers.peers * (leader.team.gave - leader.contribution) / others if others else 0.0
    free, short = leader.free, standard - leader.contribution
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
        if leader.usual > 0:
            back = leader.returned * leader.overlap + leader.granted - leader.fined
            gain = (back - leader.free * leader.team.gave / len(leader.team.members)) / leader.usual
            rest = rule.success * tanh(gain - rule.aspiration)
        rest += (rule.crowding_in * praise - rule.crowding_out * material) * twin.agreed
        leader.motivation += rule.adaptation * (rest - leader.motivation)


def get_to_know(twin: Any) -> None:
    """What the convener does for givers and to others is known the better the longer it is done."""
    rule, levers = twin.world.incentives, twin.levers.scaled(float(twin.agreed))
    twin.known_match += rule.familiarity * (levers.match - twin.known_match)
    twin.known_esteem += rule.familiarity * (levers.recognition - twin.known_esteem)
    twin.known_pressure += rule.familiarity * (levers.fine + levers.grant - twin.known_pressure)
