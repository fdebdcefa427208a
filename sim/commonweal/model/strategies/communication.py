"""Facilitate communication: better channels, more talk, dispute resolution, public pledges.

Talk is the strongest known help, face to face more than in writing (Balliet 2010).
"""

import numpy as np
from pydantic import Field, model_validator

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Factor, Params, Share
from commonweal.model.strategies.strategy import Strategy, some


class Channel(Params):
    """What one way of talking does."""

    clarity: Share
    """share of the noise it takes away"""
    talks: Factor
    """talks a round it adds"""
    reach: Factor
    """leaders beyond their ties that each hears in a talk"""
    pledges: Share
    """share of leaders who give a pledge over it"""


class Communication(Strategy):
    """Leaders talk over the channel chosen; a mediator steps in after a deadlock."""

    channel: str = Field(description="the channel used: one of `channels`")
    channels: dict[str, Channel]
    """the channels there are, by name"""
    mediation: Share
    """how far a mediator widens the bound all the time"""
    mediation_in_deadlock: Share
    """how far in a round after a deadlock, if that is further"""

    @model_validator(mode="after")
    def _consistent(self) -> "Communication":
        if self.channel not in self.channels:
            raise ValueError(f"channel is {self.channel!r}; it must be one of {', '.join(sorted(self.channels))}")
        return self

    def act(self, seen: PublicRecord) -> Levers:
        way = self.channels[self.channel]
        stuck = np.maximum(self.mediation, self.mediation_in_deadlock * (1.0 - seen.agreed))
        return Levers(clarity=way.clarity, talks=way.talks, reach=way.reach, pledges=way.pledges, mediation=stuck)

    def in_practice(self, leaders: int) -> str:
        way = self.channels[self.channel]
        return (
            f"Each month you hold {way.talks:g} moderated forum{'' if way.talks == 1 else 's'} "
            f"({self.channel.replace('_', ' ')}), in which everybody hears {way.reach:g} leaders they do not deal "
            f"with; {some(way.pledges, leaders)} say in public what they will give; a mediator helps those who are "
            f"stuck, above all after a month without agreement. All {leaders:,} leaders take part."
        )
