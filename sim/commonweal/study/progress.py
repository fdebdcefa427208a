"""How far a study has come: the blocks it is cut into, and which of them its folder holds whole."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from commonweal.advice import command
from commonweal.errors import InputError
from commonweal.study.blocks import Block, Blocks
from commonweal.study.conditions import GONE
from commonweal.study.dataset import Dataset, extents_of, open_study
from commonweal.study.parts import Part


class MissingBlocks:
    """Blocks that are not there, made anew whenever they are gone through."""

    def __init__(self, blocks: Iterable[Block], there: Iterable[Block]) -> None:
        self._blocks, self._there = blocks, frozenset(there)

    def __iter__(self) -> Iterator[Block]:
        return (each for each in self._blocks if each not in self._there)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None


class State(NamedTuple):
    """How far a study has come."""

    done: list[Block]
    parts: dict[str, list[Part]]
    """per table those of the blocks that are done"""
    missing: MissingBlocks
    failed: list[Block]
    """some of whose runs failed; they are among those that are done"""
    altered: list[Block]
    """a part of which is not what was written, or was written by another study"""
    foreign: list[Part]
    """files that are no part of this study, or of it no more"""


def examine(dataset: Dataset, blocks: Iterable[Block]) -> State:
    """What is done of some blocks, which may be gone through again, every byte checked, and what is not."""
    listed = {table: dataset.parts(table).listed() for table in dataset.tables}
    state, lacking = nothing_of(dataset), len(dataset.tables)
    for block in blocks:
        name = block.name
        there = {table: part for table in dataset.tables if (part := listed[table].pop(name, None)) is not None}
        if len(there) < lacking:
            continue
        if any(dataset.parts(table).read(part) is None for table, part in there.items()):
            state.altered.append(block)
        else:
            state.done.append(block)
            for table, part in there.items():
                state.parts[table].append(part)
            if there["runs"].failed:
                state.failed.append(block)
    state.foreign.extend(part for table in dataset.tables for part in listed[table].values())
    return state._replace(missing=MissingBlocks(blocks, [*state.done, *state.altered]))


def nothing_of(dataset: Dataset) -> State:
    """A study of no blocks."""
    return State([], {table: [] for table in dataset.tables}, MissingBlocks((), ()), [], [], [])


def state_of(dataset: Dataset, manifest: dict[str, Any]) -> State:
    """How far the study in a folder has come."""
    extents = extents_of(manifest)
    if not extents:
        return nothing_of(dataset)
    live = [place != GONE for place in dataset.conditions()["place"].to_pylist()]
    return examine(dataset, Blocks(extents, manifest["rounds"], dataset.keep, live))


def verified(dataset: Dataset, manifest: dict[str, Any]) -> State:
    """The same, for those who read its rows. Raises InputError where a part is not what was written."""
    state = state_of(dataset, manifest)
    if state.altered:
        folder = dataset.folder
        raise InputError(
            f"{folder} is damaged: the part of runs {state.altered[0].name} is not what was written; "
            f"{command('resume', folder)} plays it again"
        )
    return state


def open_whole(folder: Path) -> tuple[Dataset, dict[str, Any]]:
    """The dataset of a study that has been played to its end, and its manifest. Raises InputError where it has not."""
    dataset, manifest = open_study(folder)
    state = verified(dataset, manifest)
    if state.missing or manifest.get("status") != "finished":
        what = f"lacks {len(state.missing)} of its blocks of runs" if state.missing else "is unfinished"
        raise InputError(f"{folder} {what}; {command('resume', folder)} plays what is missing")
    return dataset, manifest
