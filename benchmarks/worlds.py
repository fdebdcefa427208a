"""The worlds that are measured, composed from conf as the command line does."""

from functools import cache

from commonweal.configuration.compose import compose
from commonweal.configuration.conf import session
from commonweal.model.world import World, build_world

FULL = ("community=small_world", "community.degree=10")
"""the default model with a mean degree of ten; it has five issues and every measure is recorded in every round"""

STRATEGIES = ("laissez_faire", "all")
"""the baseline, in which levers are neutral, and all strategies at once, in which every mechanism has work to do"""


@cache
def world(*overrides: str) -> World:
    """The world that `commonweal run OVERRIDES` would play."""
    with session():
        composed = compose(overrides)
    return build_world(composed.values, composed.choices)


def full(leaders: int, strategy: str = "laissez_faire", *more: str) -> World:
    """The full default model with some leaders."""
    return world(*FULL, f"community.leaders={leaders}", f"strategy={strategy}", *more)
