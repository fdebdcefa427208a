"""Events: what the scenario makes happen at the end of a round."""

from typing import Any

from commonweal.agents.plain.groups import attend
from commonweal.agents.plain.plain_leader import DISPOSITION
from commonweal.model import luck


def strike(twin: Any) -> None:
    """Turnover, a scandal, a cut, a crisis, an arrival: whatever is due now."""
    events, now = twin.world.scenario.events, twin.round
    if events.turnover > 0:
        succeed(twin, events)
    if now == events.scandal:
        worst = max(twin.present, key=lambda leader: leader.standing)
        worst.standing *= 1 - events.severity
        for leader in twin.leaders:
            leader.trusting *= 1 - events.taint * events.severity
            for tie in leader.ties():
                tie.trust *= 1 - (events.severity if tie.to is worst else events.taint * events.severity)
    if now == events.cut:
        twin.capital = 1 - events.cut_share
    if events.crisis and now in (events.crisis, events.crisis + events.crisis_rounds):
        struck = now == events.crisis
        shift_need(twin, events.crisis_shift if struck else 0.0, events)
        issue = min(events.crisis_issue, len(twin.issues) - 1)
        twin.alone = [1 - events.crisis_joint * (struck and k == issue) for k in twin.issues]
    if now == events.arrival:
        attend(twin, everyone=True)


def succeed(twin: Any, events: Any) -> None:
    """Some leaders are succeeded by someone with the disposition of a leader of the community."""
    new = set()
    for leader in twin.present:
        chance, place, _, _ = leader.chances(luck.TURNOVER)
        if chance < events.turnover:
            new.add(leader)
            like = twin.leaders[int(place * len(twin.leaders))]
            for name in DISPOSITION:
                setattr(leader, name, getattr(like, name))
            leader.priorities = leader.anchor = like.anchor
            leader.start_anew()
    for leader in twin.leaders if new else []:
        for tie in leader.ties():
            if leader in new or tie.to in new:
                tie.strength *= events.handover
                tie.trust = leader.trusting


def shift_need(twin: Any, shift: float, events: Any) -> None:
    """What the people need moves to one issue, or back; what their leaders are anchored to follows in part."""
    issue, change = min(events.crisis_issue, len(twin.issues) - 1), {}
    for group in twin.groups:
        before = group.need
        group.need = [(1 - shift) * need + shift * (k == issue) for k, need in enumerate(group.usual_need)]
        change[group] = [now - then for now, then in zip(group.need, before, strict=True)]
    for leader in twin.leaders:
        moved = zip(leader.anchor, change[leader.group], strict=True)
        anchor = [max(a + events.crisis_heard * by, 0.0) for a, by in moved]
        leader.anchor = [a / sum(anchor) for a in anchor]
