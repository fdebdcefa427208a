"""Teams: whose gifts are pooled together, and what comes of them."""

from math import ceil
from typing import Any

from commonweal.model import luck


class Team:
    """Leaders who share what their gifts yield."""

    def __init__(self) -> None:
        self.members: list[Any] = []  # those present
        self.gave = 0.0  # sum of the shares they gave
        self.pool = self.output = 0.0  # MU


def form_teams(twin: Any) -> None:
    """One team of all, or teams drawn by lot: for good, or anew each round."""
    game = twin.world.game
    if twin.round == 1 or game.strangers:
        dealt, size = twin.leaders, game.team or len(twin.leaders)
        if game.team:
            dealt = sorted(twin.leaders, key=lambda leader: leader.chance(luck.TEAM))
        twin.teams = [Team() for _ in range(ceil(len(dealt) / size))]
        for place, leader in enumerate(dealt):
            leader.team = twin.teams[place // size]
    for team in twin.teams:
        team.members = []
    for leader in twin.present:
        leader.team.members.append(leader)


def produce(twin: Any) -> None:
    """Gifts are pooled, matched while the purse lasts, and become joint output."""
    left = max(1 - twin.busy, 0)
    for leader in twin.present:
        leader.free = max(leader.income * left - leader.tied, 0.0)
        leader.given = leader.contribution * leader.free
        leader.kept = leader.income * left - leader.given
    given = sum([leader.given for leader in twin.present])
    matched = min(twin.levers.match * given, twin.purse) if twin.agreed else 0.0
    twin.money += matched
    twin.purse -= matched
    for team in twin.teams:
        team.gave = sum([leader.contribution for leader in team.members])
        team.pool = sum([leader.given for leader in team.members])
        if matched > 0:
            team.pool *= 1 + matched / given
        team.output = twin.world.game.plain_transform(team)
    for leader in twin.present:
        leader.returned = leader.team.output / len(leader.team.members)
