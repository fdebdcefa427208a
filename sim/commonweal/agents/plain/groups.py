"""The people whom leaders serve, in groups, and whose leaders are there."""

from typing import Any


class Group:
    """People served by some of the leaders."""

    def __init__(self, size: float, marginalised: bool, need: list[float]) -> None:
        self.size, self.marginalised = size, marginalised
        self.need, self.usual_need = need, need  # divisions of a whole over the issues; a crisis moves the first
        self.leaders: list[Any] = []  # those present who serve it
        self.welfare = 0.0  # MU per person and round


def attend(twin: Any, everyone: bool) -> None:
    """All leaders are there, or all but those of the last group of several."""
    for leader in twin.leaders:
        leader.present = everyone or leader.group is not twin.groups[-1] or len(twin.groups) == 1
    twin.present = twin.agents.select(lambda leader: leader.present)
    for group in twin.groups:
        group.leaders = [leader for leader in twin.present if leader.group is group]
    twin.groups_here = [group for group in twin.groups if group.leaders]
    twin.people = sum([group.size for group in twin.groups_here])
