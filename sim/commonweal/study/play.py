"""Playing a survey: what its folder lacks, and as many replicates more as its rule of replication wants."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from commonweal.errors import InputError
from commonweal.study.blocks import Block, Played, failed, play_block
from commonweal.study.comparison import Notify
from commonweal.study.dataset import Dataset
from commonweal.study.folder import PATIENCE, locked, write_manifest
from commonweal.study.pool import KILLED, Failure, Task, Workplace, perform
from commonweal.study.prepare import prepare
from commonweal.study.progress import State, blocks_of, examine, extend
from commonweal.study.query import connect
from commonweal.study.replication.rule import Verdict
from commonweal.study.survey import Survey

TURN: Final = 60.0
"""seconds a shard waits for others that make the folder ready"""


class Surveyed(NamedTuple):
    """What came of a survey."""

    dataset: Dataset
    manifest: dict[str, Any]
    state: State


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
        with ExitStack() as own:
            if shards > 1:
                own.enter_context(locked(folder, f".{shards}-{shard}"))
            with locked(folder, patience=PATIENCE if shards == 1 else TURN):  # shards make it ready one by one
                dataset, survey, manifest = prepare(survey, folder, fresh)
                player = _Player(survey, dataset, manifest, workers, place, notify)
                if shards == 1:
                    dataset.sweep_up()
                    return player.play(shards, shard)
            return player.play(shards, shard)
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
