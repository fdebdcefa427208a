"""Agree: an agenda is proposed, amended where it is refused, and passes or not."""

from typing import Any

from commonweal.agents.plain.shares import blend, middle, overlap
from commonweal.model import luck


def agree(twin: Any) -> None:
    """A proposal, its amendments, and as the last word the plan."""
    take_seats(twin)
    draft_plan(twin)
    decide(twin, proposal(twin))
    for _ in range(twin.world.agree.amendments):
        if not twin.agreed:
            decide(twin, amendment(twin, twin.world.agree.concession))
    if not twin.agreed and twin.levers.plan > 0 and twin.plan:
        decide(twin, twin.plan)
    if twin.world.agree.brokering > 0 and twin.levers.mediation > 0:
        mediate(twin)
    twin.insistence += twin.world.agree.weariness * (float(twin.agreed) - twin.insistence)


def mediate(twin: Any) -> None:
    """A mediator seeks consensus: step by step towards those who refuse, as long as more accept by it."""
    for _ in range(twin.world.agree.amendments):
        agenda, agreed = twin.agenda, twin.agreed
        accepted, step = acceptances(twin), twin.world.agree.brokering * twin.levers.mediation
        if accepted == len(twin.table):
            return
        decide(twin, amendment(twin, step))
        if acceptances(twin) <= accepted or (agreed and not twin.agreed):
            decide(twin, agenda)
            return


def acceptances(twin: Any) -> int:
    """How many of those at the table accept."""
    return sum(leader.accepts for leader in twin.table)


def take_seats(twin: Any) -> None:
    """Who sits at the table, with what share of the voices."""
    levers = twin.levers
    for leader in twin.leaders:
        leader.voice = leader.heard = 0.0
        leader.seated = leader.present and (leader.invited or leader.lasting_chance(luck.SEAT, 1) < levers.seats)
    twin.table = [leader for leader in twin.present if leader.seated]
    standing = sum([leader.standing for leader in twin.table])
    for leader in twin.table:
        leader.voice = (1 - levers.equality) * leader.standing / standing + levers.equality / len(twin.table)
        leader.heard = min(leader.voice * len(twin.table), 1.0)


def draft_plan(twin: Any) -> None:
    """The plan is the mean of what its drafters want, who come to want it; it is drafted anew when it is due."""
    levers = twin.levers
    due = not twin.plan or (levers.revision > 0 and twin.round - twin.planned >= levers.revision)
    if levers.plan > 0 and due:
        drafters = [leader for leader in twin.present if leader.chance(luck.DRAFT) < levers.participation]
        if drafters:
            twin.plan, twin.planned = middle([leader.priorities for leader in drafters]), twin.round
            for leader in drafters:
                leader.priorities = blend(leader.priorities, twin.plan, twin.world.agree.drafting)
    for leader in twin.leaders:
        kept = levers.plan if twin.plan and leader.present else 0.0
        leader.inspired = kept * overlap(leader.priorities, twin.plan) if kept > 0 else 0.0


def proposal(twin: Any) -> list[float]:
    """What the voices want, what the table has in common, what the plan says, by the levers' weights."""
    levers, table = twin.levers, twin.table
    agenda: list[float] = [sum([leader.voice * leader.priorities[k] for leader in table]) for k in twin.issues]
    if levers.common_ground > 0 and table:
        common = common_ground([leader.priorities for leader in table])
        agenda = blend(agenda, common, levers.common_ground)
        for leader in table:
            leader.priorities = blend(leader.priorities, common, twin.world.agree.common_pull * levers.common_ground)
    if levers.plan > 0 and twin.plan:
        agenda = blend(agenda, twin.plan, levers.plan)
    return agenda


def common_ground(wishes: list[list[float]]) -> list[float]:
    """The agenda of largest overlap with all: as far on each issue as the same number of leaders want to go further."""
    levels = zip(*[sorted([0.0, *of_issue]) for of_issue in zip(*wishes, strict=True)], strict=True)
    less = next(levels)
    for more in levels:
        if sum(more) >= 1:
            return blend(more, less, (sum(more) - 1) / (sum(more) - sum(less)))
        less = more
    return list(less)


def decide(twin: Any, agenda: list[float]) -> None:
    """Everyone considers the agenda, who is away too; the rule says whether those at the table have passed it."""
    twin.agenda = agenda
    twin.agents.do("consider")
    twin.agreed = twin.world.decision_rule.plain_decide(twin.table)


def amendment(twin: Any, step: float) -> list[float]:
    """The agenda, a step towards what its refusers want."""
    refusers = [leader.priorities for leader in twin.table if not leader.accepts]
    return blend(twin.agenda, middle(refusers), step) if refusers else twin.agenda
