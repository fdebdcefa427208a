"""DeGroot (1974): leaders take the trust-weighted mean of what they hear, however far it is from their own."""

from typing import Any

from commonweal.model.levers import Levers
from commonweal.model.mechanisms.talk.talk import Averaging
from commonweal.model.state import State


class Degroot(Averaging):
    """Repeated averaging; on a connected community it ends in consensus."""

    def hear(self, state: State, levers: Levers, round_: int, talk: int) -> None:
        self.listen(state, levers, round_, talk, 1.0, 0.0)

    def plain_hear(self, twin: Any, talk: int) -> None:
        for leader in twin.present:
            leader.revised = self.plain_listen(leader, talk, 1.0)
