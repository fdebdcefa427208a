"""Silence: nobody says what he wants, so nobody moves. The baseline of every other way of talking."""

from sim.levers import Levers
from sim.mechanisms.talk.talk import Talk
from sim.state import State


class Silence(Talk):
    """No priorities are exchanged, whatever the levers add."""

    def talk(self, state: State, levers: Levers, round_: int) -> None:
        """Nothing."""
