"""A scenario: the conditions a community starts from, and the events that befall it."""

from commonweal.model.community.populate import Conditions
from commonweal.model.mechanisms.events import Events
from commonweal.model.params import Params


class Scenario(Params):
    """One yaml in conf/scenario each."""

    conditions: Conditions
    """how the community starts"""
    events: Events
    """what happens to it"""
