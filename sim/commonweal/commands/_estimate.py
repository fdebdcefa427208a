"""How large a study is: its runs, and the time and room it will take, told before it begins."""

import time
from typing import NamedTuple

from commonweal.model.run import RUN_MEASURES
from commonweal.study.blocks import Block, Work, play_block
from commonweal.study.equal_spend import pilot
from commonweal.study.pool import usable_cores
from commonweal.study.study import Study

BYTES = 7.5
"""of a number on disk, compressed"""
TRIED = 3
"""conditions played to see how long a run takes"""
TRIED_LEADER_ROUNDS = 200_000
"""of each: a tenth of a second or so"""
TRIES = 10
"""times that a pilot is played to find an intensity"""


class Estimate(NamedTuple):
    """What a study will take."""

    runs: int
    seconds: float
    """on the cores of this machine"""
    megabytes: float


def estimate(study: Study, workers: int) -> Estimate:
    """By playing some replicates of the first, the middle and the last condition."""
    last = len(study.names) - 1
    tried = sorted({0, last // 2, last})[:TRIED]
    size, second = study.size, len(study.second_wave)
    work = Work(study.variation, size.seed, size.rounds, "runs", study.own)
    replicates = max(1, min(size.replicates, TRIED_LEADER_ROUNDS // (study.leaders * size.rounds)))

    def seconds(condition: int, replicates: int) -> float:
        began = time.perf_counter()
        play_block(work, [study.changes(condition)], Block(condition, condition + 1, 0, replicates))
        return time.perf_counter() - began

    for each in tried:
        seconds(each, 1)  # what the first run of a condition costs besides: kernels that it alone needs
    per_run = sum(seconds(each, replicates) for each in tried) / len(tried) / replicates
    runs = (len(study.names) + second) * size.replicates
    played = runs + second * pilot(study) * TRIES
    return Estimate(runs, played * per_run / (workers or usable_cores()), runs * len(RUN_MEASURES) * BYTES / 1e6)


def in_time(seconds: float) -> str:
    """A span of time in words."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 100 else f"{minutes / 60:.1f} h"
