"""Survey: the conditions of a design, each played a number of times, kept, resumed and extended."""

import hashlib
import itertools
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sim import NUMBERS
from sim.blocks import Block, Played, cut, failed, play_block
from sim.dataset import CONDITIONS, PARTS, Dataset, Part, conditions_table
from sim.errors import InputError
from sim.folder import holds_else, locked, read_manifest, write_manifest
from sim.query import connect
from sim.replication.rule import Rule, Verdict
from sim.schema import SCHEMA_VERSION
from sim.study import Notify, Size, provenance
from sim.variation import Variation
from sim.work import KILLED, Failure, Task, Workplace, perform


@dataclass(frozen=True)
class Survey:
    """What is to be played."""

    experiment: str
    design: str
    variation: Variation
    names: tuple[str, ...]
    """what conditions are called, in the design's order"""
    columns: dict[str, list[Any]]
    """per path of a parameter one value for each condition; None leaves it as it is"""
    across: tuple[str, ...]
    """columns within whose values conditions are compared"""
    size: Size
    rule: Rule
    config: dict[str, Any]
    """the resolved configuration, for the manifest"""
    command: tuple[str, ...] = field(default=())
    """what was typed, for the manifest"""

    @property
    def leaders(self) -> int:
        """Leaders of a community: the most in any condition, where that is varied."""
        own = [each for each in self.columns.get("community.leaders", []) if each is not None]
        return max([self.variation.world({}).community.size, *own])

    @property
    def identity(self) -> str:
        """A hash of everything that decides the numbers but how many conditions and replicates there are."""
        content = {
            "numbers": NUMBERS,
            "schema": SCHEMA_VERSION,
            "seed": self.size.seed,
            "rounds": self.size.rounds,
            "world": self.variation.world({}).fingerprint(),
            "variants": self.variation.variants,
        }
        return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()

    def changes(self, condition: int) -> dict[str, Any]:
        """What a condition changes."""
        found = {path: values[condition] for path, values in self.columns.items()}
        return {path: value for path, value in found.items() if value is not None}

    def in_order(self, order: Sequence[int]) -> "Survey":
        """The same conditions in another order."""
        columns = {path: [values[each] for each in order] for path, values in self.columns.items()}
        return replace(self, names=tuple(self.names[each] for each in order), columns=columns)


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


class Surveyed(NamedTuple):
    """What came of a survey."""

    dataset: Dataset
    manifest: dict[str, Any]
    state: State


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
    listed = dataset.listed()
    state = State([], [], [], [], [])
    for block in blocks:
        part = listed.pop(block.name, None)
        if part is None:
            state.missing.append(block)
        elif not dataset.whole(part):
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


def prepare(survey: Survey, folder: Path, fresh: bool) -> tuple[Dataset, Survey, dict[str, Any]]:
    """Make a folder ready: its dataset, the survey in the order of conditions that the folder has, and its manifest.

    Raises InputError where the folder holds something else, or conditions or numbers that the survey has not.
    """
    dataset = Dataset(folder, survey.identity)
    manifest = read_manifest(folder)
    if manifest is None:
        if holds_else(folder, (PARTS, CONDITIONS)):
            raise InputError(f"{folder} holds something else; give an empty or new folder with out=")
        dataset.clear()
    elif fresh:
        dataset.clear()
        manifest = None
    else:
        _refuse_other(folder, manifest, survey)
    order = list(range(len(survey.names)))
    extents: list[Block] = []
    if manifest is not None:
        order = _match(dataset, survey)
        extents = [Block(*each) for each in manifest["extents"]]
    survey = survey.in_order(order)
    dataset.parts_folder.mkdir(parents=True, exist_ok=True)
    extents = extend(extents, len(order), survey.size.replicates)
    about = provenance(survey.size, survey.config, survey.command) | {
        "schema_version": SCHEMA_VERSION,
        "kind": "design",
        "identity": survey.identity,
        "experiment": survey.experiment,
        "design": survey.design,
        "conditions": len(order),
        "across": list(survey.across),
        "leaders": survey.leaders,
        "replication": {"rule": type(survey.rule).__name__.lower(), **survey.rule.model_dump(by_alias=True)},
        "extents": [list(each) for each in extents],
        "status": "unfinished",
    }
    if manifest is None or len(order) != manifest["conditions"] or order != sorted(order):
        dataset.write_conditions(conditions_table(survey.names, survey.columns, order))
    if manifest is not None:
        about |= {"started": manifest["started"], "seconds": manifest.get("seconds", 0.0)}
    write_manifest(folder, about)
    return dataset, survey, about


def _refuse_other(folder: Path, manifest: dict[str, Any], survey: Survey) -> None:
    """Raise InputError, saying why, where a folder holds the results of something else."""
    if manifest.get("kind") != "design":
        raise InputError(f"{folder} holds a comparison of strategies; give another out=, or fresh=true to replace it")
    if manifest["identity"] == survey.identity:
        return
    if manifest["numbers"] != NUMBERS:
        why = f"was played when the model's numbers were of version {manifest['numbers']}; they are now of {NUMBERS}"
    elif manifest["rounds"] != survey.size.rounds or manifest["seed"] != survey.size.seed:
        why = (
            f"holds runs of {manifest['rounds']} rounds with seed {manifest['seed']}, "
            f"not of {survey.size.rounds} with seed {survey.size.seed}"
        )
    else:
        why = "holds the results of another configuration"
    raise InputError(f"{folder} {why}; give another out=, or fresh=true to replace them")


def _match(dataset: Dataset, survey: Survey) -> list[int]:
    """For each condition in the folder its place in the design, then the places of those that are new."""
    kept = dataset.conditions()["changes"].to_pylist()
    places: dict[tuple[str, int], int] = {}
    count: Counter[str] = Counter()
    for place in range(len(survey.names)):
        key = json.dumps(survey.changes(place))
        places[key, count[key]] = place
        count[key] += 1
    order, count = [], Counter()
    for key in kept:
        place = places.pop((key, count[key]), None)
        if place is None:
            raise InputError(
                f"{dataset.folder} has conditions that this design lacks, such as {key}; "
                "give another out=, or fresh=true to replace them"
            )
        count[key] += 1
        order.append(place)
    return [*order, *places.values()]


def run_survey(
    survey: Survey, folder: Path, *, workers: int = 0, place: Workplace | None = None, shards: int = 1, shard: int = 0,
    fresh: bool = False, notify: Notify | None = None,
) -> Surveyed:  # fmt: skip
    """Play what is missing of a survey in a folder.

    shards, shard: of every `shards` blocks only the one numbered `shard` is played; the study is then finished by
    a run without shards. Raises InputError where the folder cannot be used, or fills up: what was finished is kept.
    """
    if shards > 1 and (fresh or survey.rule.limit is not None):
        what = "fresh=true would remove what other shards have done" if fresh else "its rule looks at all of the runs"
        raise InputError(f"shards={shards} cannot be: {what}; use shards=1")
    notify = notify or (lambda *_: None)
    try:
        with locked(folder, f".{shards}-{shard}" if shards > 1 else ""):
            dataset, survey, manifest = prepare(survey, folder, fresh)
            if shards == 1:
                dataset.sweep_up()
            return _Player(survey, dataset, manifest, workers, place, notify).play(shards, shard)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written: {error.strerror or error}; what was finished is kept: "
            f"make room, then commonweal resume {folder}"
        ) from None


class _Player:
    """Plays blocks until the rule of replication is content."""

    def __init__(
        self, survey: Survey, dataset: Dataset, manifest: dict[str, Any], workers: int, place: Workplace | None,
        notify: Notify,
    ) -> None:  # fmt: skip
        self.survey, self.dataset, self.manifest = survey, dataset, manifest
        self.workers, self.place, self.notify = workers, place, notify
        self.done = 0

    def play(self, shards: int, shard: int) -> Surveyed:
        """Every block that is missing, altered or failed; then as many more as the rule wants."""
        began, before = time.monotonic(), self.manifest.get("seconds", 0.0)
        while True:
            extents = [Block(*each) for each in self.manifest["extents"]]
            blocks = blocks_of(extents, self.manifest["leaders"], self.survey.size.rounds)[shard::shards]
            state = examine(self.dataset, blocks)
            todo = sorted([*state.missing, *state.altered, *state.failed])
            self._perform(todo, sum(block.runs for block in blocks))
            if todo:
                state = examine(self.dataset, blocks)
            verdict = self._verdict(state) if shards == 1 else Verdict(True, {})
            self.manifest["seconds"] = before + time.monotonic() - began
            self.manifest["replication"]["reached"] = verdict.reached
            reached = max(each.last_replicate for each in extents)
            limit = self.survey.rule.limit
            if verdict.enough or limit is None or reached >= limit:
                break
            more = min(limit, reached + getattr(self.survey.rule, "step", limit))
            extents = extend(extents, len(self.survey.names), more)
            self.manifest["extents"] = [list(each) for each in extents]
            write_manifest(self.dataset.folder, self.manifest)
        if shards == 1:
            self.manifest["replication"]["content"] = verdict.enough
            self.manifest["status"] = "finished"
            write_manifest(self.dataset.folder, self.manifest)
        return Surveyed(self.dataset, self.manifest, state)

    def _verdict(self, state: State) -> Verdict:
        if self.survey.rule.limit is None:
            return Verdict(True, {})
        with connect(self.dataset, state.done) as connection:
            return self.survey.rule.look(connection, list(self.survey.across))

    def _perform(self, todo: Sequence[Block], runs: int) -> None:
        self.done = runs - sum(block.runs for block in todo)
        self._notify("resuming" if self.done and todo else "simulating", runs)
        by_name = {block.name: block for block in todo}
        for task, result in perform(self._tasks(todo), self.workers, self.place):
            block = by_name[task.name]
            if isinstance(result, Failure):
                result = self._rescue(block, result)
            self.dataset.write(block, result)
            self.done += block.runs
            self._notify("simulating", runs)

    def _notify(self, what: str, runs: int) -> None:
        self.notify(what, self.done, runs)

    def _rescue(self, block: Block, failure: Failure) -> Played:
        """A block that killed its process, by halves, until the condition that does it is alone."""
        if failure.error != KILLED or block.last - block.first == 1:
            return failed(block, failure.error)
        middle = (block.first + block.last) // 2
        halves = [block._replace(last=middle), block._replace(first=middle)]
        played = []
        for half in halves:
            # With a second task, so that a pool does it and not this very process.
            tasks = [*self._tasks([half]), Task("", 0, bool, ())]
            result = next(result for task, result in perform(tasks, 2) if task.name)
            played.append(self._rescue(half, result) if isinstance(result, Failure) else result)
        return Played(np.concatenate([each.runs for each in played]), played[0].errors + played[1].errors)

    def _tasks(self, blocks: Sequence[Block]) -> list[Task]:
        survey, size = self.survey, self.survey.size
        return [
            Task(
                block.name,
                block.runs,
                play_block,
                (survey.variation, [survey.changes(each) for each in range(block.first, block.last)], block, size.seed,
                 size.rounds),
            )
            for block in blocks
        ]  # fmt: skip
