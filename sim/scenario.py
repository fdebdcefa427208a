"""A scenario: the conditions a community starts from, and the events that befall it."""

from sim.community.populate import Conditions
from sim.mechanisms.events import Events
from sim.params import Params


class Scenario(Params):
    """One yaml in conf/scenario each."""

    conditions: Conditions
    """how the community starts"""
    events: Events
    """what happens to it"""
