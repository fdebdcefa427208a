"""Agree: an agenda is proposed, amended where it is refused, and passes or not."""

from math import exp, log
from typing import Any

from commonweal.agents.plain.shares import blend, middle
from commonweal.model import luck


def agree(twin: Any) -> None:
    """A proposal, its amendments, and as the last word the plan."""
    take_seats(twin)
    draft_plan(twin)
    decide(twin, proposal(twin))
    for _ in range(twin.world.agree.amendments):
        if not twin.agreed:
            decide(twin, amendment(twin))
    if not twin.agreed and twin.levers.plan > 0 and twin.plan:
        decide(twin, twin.plan)


def take_seats(twin: Any) -> None:
    """Who sits at the table, with what share of the voices."""
    levers = twin.levers
    for leader in twin.leaders:
        leader.voice = 0.0
        leader.seated = leader.present and (leader.invited or leader.lasting_chance(luck.SEAT, 1) < levers.seats)
    twin.table = [leader for leader in twin.present if leader.seated]
    standing = sum([leader.standing for leader in twin.table])
    for leader in twin.table:
        leader.voice = (1 - levers.equality) * leader.standing / standing + levers.equality / len(twin.table)


def draft_plan(twin: Any) -> None:
    """The plan is the mean of what its drafters want; it is drafted anew when it is due."""
    levers = twin.levers
    due = not twin.plan or (levers.revision > 0 and twin.round - twin.planned >= levers.revision)
    if levers.plan > 0 and due:
        drafters = [leader for leader in twin.present if leader.chance(luck.DRAFT) < levers.participation]
        if drafters:
            twin.plan, twin.planned = middle([leader.priorities for leader in drafters]), twin.round


def proposal(twin: Any) -> list[float]:
    """What the voices want, what nobody opposes, what the plan says, by the levers' weights."""
    levers, floor, table = twin.levers, twin.world.agree.floor, twin.table
    agenda: list[float] = [sum([leader.voice * leader.priorities[k] for leader in table]) for k in twin.issues]
    if levers.common_ground > 0 and table:
        wishes = [[max(leader.priorities[k], floor) for leader in table] for k in twin.issues]
        pool = [exp(sum([log(wish) for wish in each]) / len(table)) if min(each) > 0 else 0.0 for each in wishes]
        if sum(pool) > 0:
            agenda = blend(agenda, [p / sum(pool) for p in pool], levers.common_ground)
    if levers.plan > 0 and twin.plan:
        agenda = blend(agenda, twin.plan, levers.plan)
    return agenda


def decide(twin: Any, agenda: list[float]) -> None:
    """Everyone considers the agenda, who is away too; the rule says whether those at the table have passed it."""
    twin.agenda = agenda
    twin.agents.do("consider")
    twin.agreed = twin.world.decision_rule.plain_decide(twin.table)


def amendment(twin: Any) -> list[float]:
    """The agenda, moved towards what its refusers want."""
    refusers = [leader.priorities for leader in twin.table if not leader.accepts]
    return blend(twin.agenda, middle(refusers), twin.world.agree.concession) if refusers else twin.agenda
