"""Pledge: some are asked in public what they will give, and the others hear it."""

from typing import Any


def pledge(twin: Any) -> None:
    """Pledges are made, and move the beliefs of those who hear them in their team."""
    twin.present.do("take_hold")
    twin.present.do("make_pledge")
    for team in twin.teams:
        pledged = [leader for leader in team.members if leader.pledge is not None]
        good = sum([leader.record for leader in pledged])
        said = sum([leader.record * leader.pledge for leader in pledged])
        for leader in team.members if pledged else []:
            hear_pledges(leader, len(pledged), good, said)


def hear_pledges(leader: Any, others: float, good: float, said: float) -> None:
    """Belief moves towards what was pledged, the more the better a leader attends to and trusts who pledged.

    others: how many have pledged in the team; good: their records together; said: what they pledged, as far as their
    records are good. Those the leader is tied to and the leader are taken off: what is left is of strangers.
    """
    rule = leader.model.world.pledge
    if leader.pledge is not None:
        others, good, said = others - 1, good - leader.record, said - leader.record * leader.pledge
    hearing = credit = pledged = 0.0
    for tie in leader.active_ties():
        if tie.to.pledge is not None and tie.to.team is leader.team:
            record = tie.to.record
            others, good, said = others - 1, good - record, said - record * tie.to.pledge
            hearing += tie.strength
            credit += tie.strength * tie.trust * record
            pledged += tie.strength * tie.trust * record * tie.to.pledge
    hearing += rule.public * others
    credit += rule.public * leader.trusting * good
    pledged += rule.public * leader.trusting * said
    if hearing > 0:
        leader.belief += rule.weight * (pledged - credit * leader.belief) / hearing
