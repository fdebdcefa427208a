"""How far a survey has come: the blocks it is cut into, and which of them its folder holds whole."""

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from commonweal.errors import InputError
from commonweal.study.blocks import Block, cut
from commonweal.study.dataset import Dataset, open_dataset
from commonweal.study.parts import Part


class State(NamedTuple):
    """How far a survey has come."""

    done: list[Part]
    missing: list[Block]
    failed: list[Block]
    """some of whose runs failed"""
    altered: list[Block]
    """whose part is not what was written, or was written by another study"""
    foreign: list[str]
    """files that are no part of this study"""


def extend(extents: Sequence[Block], conditions: int, replicates: int) -> list[Block]:
    """The extents, and after them what is missing of `replicates` of each of the first `conditions`."""
    covered = np.zeros(max([conditions, *(each.last for each in extents)]), np.int64)
    for each in extents:
        covered[each.first : each.last] = np.maximum(covered[each.first : each.last], each.last_replicate)
    edges = [0, *(np.flatnonzero(np.diff(covered[:conditions])) + 1).tolist(), conditions]
    found = list(extents)
    for first, last in itertools.pairwise(edges):
        if covered[first] < replicates:
            found.append(Block(first, last, int(covered[first]), replicates))
    return found


def examine(dataset: Dataset, blocks: Sequence[Block]) -> State:
    """What is done of some blocks, every byte checked, and what is not."""
    listed = dataset.parts.listed()
    state = State([], [], [], [], [])
    for block in blocks:
        part = listed.pop(block.name, None)
        if part is None:
            state.missing.append(block)
        elif dataset.parts.read(part) is None:
            state.altered.append(block)
        elif part.failed:
            state.failed.append(block)
            state.done.append(part)
        else:
            state.done.append(part)
    state.foreign.extend(part.path.name for part in listed.values())
    return state


def blocks_of(extents: Sequence[Block], leaders: int, rounds: int) -> list[Block]:
    """Every block of some extents, in order."""
    return [block for extent in extents for block in cut(extent, leaders, rounds)]


def open_whole(folder: Path) -> tuple[Dataset, dict[str, Any]]:
    """The dataset of a design that has been played to its end, and its manifest. Raises InputError where it has not."""
    dataset, manifest = open_dataset(folder)
    dataset.conditions()
    extents = [Block(*each) for each in manifest["extents"]]
    state = examine(dataset, blocks_of(extents, manifest["leaders"], manifest["rounds"]))
    lacking = len(state.missing) + len(state.altered)
    if lacking or manifest.get("status") != "finished":
        what = f"lacks {lacking} of its blocks of runs" if lacking else "is unfinished"
        raise InputError(f"{folder} {what}; commonweal resume {folder} plays what is missing")
    return dataset, manifest
