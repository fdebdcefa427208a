"""Silence: nobody says what they want, so nobody moves. The baseline of every other way of talking."""

from typing import Any

from commonweal.model.levers import Levers
from commonweal.model.mechanisms.talk.talk import Talk
from commonweal.model.state import State


class Silence(Talk):
    """No priorities are exchanged, whatever the levers add."""

    def talk(self, state: State, levers: Levers, round_: int) -> None:
        """Nothing."""

    def plain_talk(self, twin: Any) -> None:
        """Nothing."""
