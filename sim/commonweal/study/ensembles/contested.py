"""All combinations of what is contested: channels that evidence disagrees on, each as conf has it, or off."""

from collections.abc import Sequence
from itertools import product
from typing import Final

from commonweal.errors import InputError
from commonweal.study.draw import Assumption, Draw
from commonweal.study.ensembles.ensemble import EnsembleOfDoses

MOST: Final = 14
"""switches, of which there are 16,384 combinations"""


class Contested(EnsembleOfDoses):
    """A world for each combination, the one in which all is as in conf among them."""

    def draws(self, assumptions: Sequence[Assumption]) -> list[Draw]:
        switches = [each for each in assumptions if each.contested]
        if not 0 < len(switches) <= MOST:
            names = ", ".join(each.name for each in switches) or "none"
            raise InputError(
                f"ensemble=contested has {len(switches)} switches ({names}); it must have 1 to {MOST}: what you set "
                "yourself is held, and leaves it"
            )
        worlds = product(*((each.value, 0.0) for each in switches))
        return [Draw(dict(zip([each.name for each in switches], world, strict=True))) for world in worlds]
