"""Workers: how many processes play a study, where it is not said."""

from typing import Final

from commonweal import own_modules
from commonweal.study.equal_spend import work_of
from commonweal.study.pool import usable_cores
from commonweal.study.study import Study

SMALL: Final = 4_000_000
"""leader-rounds that one process plays in the two or three seconds that others need to start"""
CONDITION: Final = 3_000
"""leader-rounds that a condition costs besides, about two milliseconds: its world and its first round"""


def workers_of(study: Study, workers: int, shards: int = 1) -> int:
    """Processes that play a study: as many as are asked for; where 0 are, one for each core, and 1 where it is small.

    shards: jobs that share it. What is the user's own may take any time, so that no study with it is small.
    """
    if workers or study.own is not None or own_modules.allowed():
        return workers or usable_cores()
    more = max(0, (study.rule.limit or 0) - study.size.replicates) * len(study.names)
    runs = work_of(study) + more
    rounds = runs * study.leaders * study.size.rounds + len(study.names) * CONDITION
    return 1 if rounds < SMALL * shards else usable_cores()
