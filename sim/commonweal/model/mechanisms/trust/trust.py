"""What every trust dynamic has in common: it compares what was given with what was pledged or expected."""

from abc import abstractmethod
from typing import Any

from commonweal.model.kernel import kernel
from commonweal.model.params import Params
from commonweal.model.plain_method import plain_method
from commonweal.model.state import State


class Trust(Params):
    """How trust changes. Where there was no joint agenda there was nothing to judge."""

    @abstractmethod
    def update(self, state: State) -> None:
        """Writes ties.trust (and ties.evidence)."""

    @plain_method
    def plain_update(self, tie: Any, gave: float, hoped: float) -> None:
        """Writes tie.trust (and tie.evidence) after the other `gave` where one had `hoped` for, both shares."""


@kernel
def expected(pledged, pledge, belief, i, j):
    """What i expected of j: j's pledge, or else what i believes the others give."""
    if pledged[j]:
        return pledge[j]
    return belief[i]
