"""Needed: which kernels a world will call, and with what, found out by playing a small one like it in plain Python."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

from commonweal.model.community.community import Community
from commonweal.model.community.small_world import SmallWorld
from commonweal.model.kernel import Need, rehearsal
from commonweal.model.levers import DOSES, Levers, PublicRecord
from commonweal.model.run import simulate
from commonweal.model.strategies.strategy import Strategy
from commonweal.model.world import World

FEW: Final = 12
"""leaders of a small community"""
MOST: Final = 60
"""leaders of a known community that is taken as it is"""
TIES: Final = {"degree": 4, "joins": 2}
"""as many as there can be among few"""


class Everything(Strategy):
    """Some of each dose, so that whatever waits for a lever is called."""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(**dict.fromkeys(DOSES, 1.0))


def needed(worlds: Iterable[World]) -> list[Need]:
    """The kernels that these worlds call, in the order in which they do, whatever the strategy.

    What a mechanism of the user's own raises is left for the run to meet.
    """
    found: dict[Need, None] = {}
    for world in worlds:
        with rehearsal() as met, suppress(Exception):
            simulate(small(world), 1, range(1), 2)
        found |= met
    return list(found)


def small(world: World) -> World:
    """A world of the same parts in which all that can happen does: all meet, shocks come at once, nobody agrees."""
    events = world.scenario.events
    soon: dict[str, Any] = {name: 1 for name, round_ in events.shocks.items() if round_}
    if events.crisis:
        soon["crisis_rounds"] = 1
    people: dict[str, Any] = {"reservation": 1.0, "reservation_spread": 0.0}
    roster = world.community.roster()
    if roster is not None and roster.issues:
        people["issues"] = roster.issues
    return world.model_copy(
        update={
            "community": _few(world.community),
            "meet": world.meet.model_copy(update={"habit": 1.0}),
            "people": world.people.model_copy(update=people),
            "scenario": world.scenario.model_copy(update={"events": events.model_copy(update=soon)}),
            "convener": world.convener.model_copy(update={"budget": None}),
            "strategy": Everything(),
        }
    )


def _few(community: Community) -> Community:
    """The community with few leaders; of a large one that is known by name another, whose ties are made likewise."""
    fields = type(community).model_fields
    if "leaders" in fields and community.size > FEW:
        ties = {name: min(getattr(community, name), most) for name, most in TIES.items() if name in fields}
        return community.model_copy(update={"leaders": FEW} | ties)
    return community if community.size <= MOST else SmallWorld(leaders=FEW, degree=4, rewire=0.1)
