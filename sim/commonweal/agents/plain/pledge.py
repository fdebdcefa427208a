"""Pledge: some are asked in public what they will give, and the others hear it."""

from typing import Any


def pledge(twin: Any) -> None:
    """Pledges are made, and move the beliefs of those who hear them in their team."""
    twin.present.do("make_pledge")
    for team in twin.teams:
        pledges = [leader.pledge for leader in team.members if leader.pledge is not None]
        for leader in team.members if pledges else []:
            hear_pledges(leader, len(pledges), sum(pledges))


def hear_pledges(leader: Any, others: float, said: float) -> None:
    """Belief moves towards what was pledged, the more the better a leader attends to and trusts who pledged.

    others: how many have pledged in the team; said: what they pledged together. Those the leader is tied to and
    the leader are taken off: what is left is what strangers have pledged.
    """
    rule, stranger_trust = leader.model.world.pledge, leader.model.stranger_trust
    if leader.pledge is not None:
        others, said = others - 1, said - leader.pledge
    hearing = credit = pledged = 0.0
    for tie in leader.active_ties():
        if tie.to.pledge is not None and tie.to.team is leader.team:
            others, said = others - 1, said - tie.to.pledge
            hearing += tie.strength
            credit += tie.strength * tie.trust
            pledged += tie.strength * tie.trust * tie.to.pledge
    hearing += rule.public * others
    credit += rule.public * stranger_trust * others
    pledged += rule.public * stranger_trust * said
    if hearing > 0:
        leader.belief += rule.weight * (pledged - credit * leader.belief) / hearing
