"""What every decision rule has in common: it reads who accepts and says whether there is a joint agenda."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from commonweal.model.params import Params
from commonweal.model.plain_method import plain_method
from commonweal.model.state import State


class DecisionRule(Params):
    """Whether the agenda passes."""

    @abstractmethod
    def decide(self, state: State) -> None:
        """Writes islands.agreed from leaders.accepts, seated and voice. An empty table agrees on nothing."""

    @plain_method
    def plain_decide(self, table: Sequence[Any]) -> bool:
        """Whether the agenda passes among the leaders at the table, from leader.accepts and leader.voice."""
        ...
