"""No ensemble: the world as conf has it, and no other."""

from collections.abc import Sequence

from commonweal.study.draw import Assumption, Draw
from commonweal.study.ensembles.ensemble import Ensemble


class NoEnsemble(Ensemble):
    """No worlds beside conf's own."""

    def draws(self, assumptions: Sequence[Assumption]) -> list[Draw]:
        return []
