"""What every strategy has in common: it looks at the public record and sets levers."""

from abc import abstractmethod

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Params


class Strategy(Params):
    """A pure function from what is public to levers. It sees no state, draws no luck, knows no mechanism."""

    @abstractmethod
    def act(self, seen: PublicRecord) -> Levers:
        """The levers for the round `seen.round`, at full strength. The same `seen` gives the same levers."""

    def in_practice(self, leaders: int) -> str:
        """What it means on Monday, at full strength in a community of so many leaders: sentences for those who decide.

        What the convener does each month, and who takes part; what it costs is not among it, as prices stand elsewhere.
        Empty where a strategy of one's own does not say.
        """
        return ""


def percent(share: float) -> str:
    """'80 %'."""
    return f"{100 * share:.0f} %"


def some(share: float, leaders: int) -> str:
    """'6 of the 30 leaders', 'all 30 leaders'."""
    count = round(share * leaders)
    return f"all {leaders:,} leaders" if count == leaders else f"{count:,} of the {leaders:,} leaders"
