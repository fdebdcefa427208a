"""What every trust dynamic has in common: it follows what was given."""

from abc import abstractmethod
from typing import Any

from commonweal.model.params import Params
from commonweal.model.plain_method import plain_method
from commonweal.model.state import State


class Trust(Params):
    """How trust changes. Where there was no joint agenda there was nothing to judge."""

    @abstractmethod
    def update(self, state: State) -> None:
        """Writes ties.trust and leaders.trusting."""

    @plain_method
    def plain_update(self, leader: Any) -> None:
        """Writes the trust of a leader's ties to those present, after the round, and their disposition to trust."""
