"""What every strategy has in common: it looks at the public record and sets levers."""

from abc import abstractmethod

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Params


class Strategy(Params):
    """A pure function from what is public to levers. It sees no state, draws no luck, knows no mechanism."""

    @abstractmethod
    def act(self, seen: PublicRecord) -> Levers:
        """The levers for the round `seen.round`, at full strength. The same `seen` gives the same levers."""
