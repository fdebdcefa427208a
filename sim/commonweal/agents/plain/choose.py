"""Choose: the goal is heard, exemplars give first, the others see it and choose, if they accept the agenda."""

from typing import Any

from commonweal.model import luck


def lead(twin: Any) -> None:
    """The goal is heard, exemplars are asked, and they give first."""
    focus, levers = twin.world.choose.focus, twin.levers
    if levers.specificity > 0 and twin.agreed:
        for leader in twin.present:
            if leader.accepts:
                leader.belief += levers.specificity * focus * (levers.goal - leader.belief)
    for leader in twin.present:
        leader.exemplar, leader.contribution, leader.asked = False, 0.0, 0.0
    for leader in exemplars(twin) if twin.agreed else []:
        leader.exemplar = True
        leader.choose()


def exemplars(twin: Any) -> list[Any]:
    """Who is asked to give first: in every team some who accept the agenda, by standing or by lot."""
    levers, top, asked = twin.levers, max(leader.standing for leader in twin.leaders), []

    def prominence(leader: Any) -> float:
        lot = leader.lasting_chance(luck.EXEMPLAR)
        return levers.prominence * (leader.standing / top) + (1 - levers.prominence) * lot

    for team in twin.teams if levers.exemplars > 0 else []:
        wanted = int(levers.exemplars * len(team.members) + 0.5)
        willing = [leader for leader in team.members if leader.accepts]
        asked += sorted(willing, key=prominence, reverse=True)[:wanted]
    return asked


def choose(twin: Any) -> None:
    """The others see what the exemplars in their team gave, and choose."""
    followed = twin.levers.visibility * twin.world.choose.follow
    for team in twin.teams:
        examples = [leader.contribution for leader in team.members if leader.exemplar]
        for leader in team.members if examples else []:
            if not leader.exemplar:
                leader.belief += followed * (sum(examples) / len(examples) - leader.belief)
    for leader in twin.present:
        if leader.accepts and not leader.exemplar:
            leader.choose()
