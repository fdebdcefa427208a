"""Which community is played: the key of a replicate, from numbers that a user gives."""

from typing import Final

import numpy as np

from commonweal.errors import InputError
from commonweal.model import luck

SEEDS: Final = 2**63 - 1
"""the largest seed and replicate"""


def replicate_key(seed: int, replicate: int, rounds: int) -> np.uint64:
    """The key of a replicate's luck. Raises InputError where one of the three numbers is out of range."""
    for name, value, low in (("seed", seed, 0), ("replicate", replicate, 0), ("rounds", rounds, 1)):
        if not (isinstance(value, int | np.integer) and low <= value <= SEEDS):
            raise InputError(f"{name} is {value!r}: it must be a whole number from {low} to 2**63 - 1")
    return luck.run_keys(seed, range(replicate, replicate + 1))[0]
