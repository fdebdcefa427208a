"""What every trust dynamic has in common: it compares what was given with what was pledged or expected."""

from abc import abstractmethod

from commonweal.model.kernel import kernel
from commonweal.model.params import Params
from commonweal.model.state import State


class Trust(Params):
    """How trust changes. Where there was no joint agenda there was nothing to judge."""

    @abstractmethod
    def update(self, state: State) -> None:
        """Writes ties.trust (and ties.evidence)."""


@kernel
def expected(pledged, pledge, belief, i, j):
    """What i expected of j: j's pledge, or else what i believes the others give."""
    if pledged[j]:
        return pledge[j]
    return belief[i]
