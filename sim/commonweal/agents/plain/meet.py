"""Meet: ties fade, leaders seek each other out, and those who meet are tied more strongly."""

from typing import Any


def meet(twin: Any) -> None:
    """Ties fade; then everyone decides whom to see, from the ties as they are; then all meet."""
    rule = twin.world.meet
    twin.agents.do("fade", rule.decay, rule.forgotten, rule.capacity)
    encounters = [(leader, other) for leader in twin.present for other in leader.seek()]
    for leader, other in encounters:
        leader.strengthen(other, rule.gain, rule.premium)
        if rule.mutual > 0:
            other.strengthen(leader, rule.mutual * rule.gain, rule.premium)
