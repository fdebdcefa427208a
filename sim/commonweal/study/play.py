"""Playing a study: what its folder lacks, as many replicates more as its rule wants, and then its second wave."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow.dataset as ds

from commonweal.advice import stopped
from commonweal.errors import InputError
from commonweal.study import equal_spend
from commonweal.study.blocks import Block, BlockResult, Blocks, Work, extend, joined, nothing, play_block
from commonweal.study.conditions import GONE
from commonweal.study.dataset import Dataset, extents_of
from commonweal.study.folder import PATIENCE, locked, write_manifest
from commonweal.study.parts import Parts
from commonweal.study.pool import KILLED, Failure, Task, Workplace, perform
from commonweal.study.prepare import Roll, look, prepare, settle
from commonweal.study.progress import MissingBlocks, State, examine, state_of
from commonweal.study.query import connect
from commonweal.study.replication.rule import Verdict
from commonweal.study.study import Study, at_equal_spend
from commonweal.study.tables import altered_tables, write_tables
from commonweal.study.workers import workers_of
from commonweal.units import units_of

TURN: Final = 60.0
"""seconds a shard waits for others that make the folder ready"""
PLAYED: Final = "played"
"""the status of a study whose runs and tables are there, but not what is compared"""

Notify = Callable[[str, int, int], None]
"""called with what is being done, the runs done and the runs to do"""


class StudyFolder(NamedTuple):
    """What came of playing a study."""

    dataset: Dataset
    manifest: dict[str, Any]
    state: State


def play_study(
    study: Study, folder: Path, *, workers: int = 0, place: Workplace | None = None, shards: int = 1, shard: int = 0,
    fresh: bool = False, notify: Notify | None = None,
) -> StudyFolder:  # fmt: skip
    """Play what is missing of a study in a folder.

    workers: processes; 0 for as many as commonweal.study.workers says. shards, shard: of every `shards` blocks of the
    first wave only the one numbered `shard` is played; the study is then finished by a run without shards. Where all
    that is asked for is there, as it was written, nothing is touched.
    Raises InputError where the folder cannot be used, or fills up: what was finished is kept.
    """
    if shards > 1 and (fresh or study.rule.limit is not None):
        what = "fresh=true would remove what other shards have done" if fresh else "its rule looks at all of the runs"
        raise InputError(f"shards={shards} cannot be: {what}; use shards=1")
    look(study, folder, fresh)  # before the lock, whose file is a trace
    notify = notify or (lambda *_: None)
    try:
        with ExitStack() as own:
            if shards > 1:
                own.enter_context(locked(folder, f".{shards}-{shard}"))
            with locked(folder, patience=PATIENCE if shards == 1 else TURN):  # shards make it ready one by one
                if (there := _all_there(study, folder, fresh)) is not None:
                    return there
                player = _Player(
                    study, workers_of(study, workers, shards), place, notify, *prepare(study, folder, fresh)
                )  # fmt: skip
                if shards == 1:
                    return player.play()
            return player.play_shard(shards, shard)
    except OSError as error:
        raise stopped(folder, error) from None


def _all_there(study: Study, folder: Path, fresh: bool) -> StudyFolder | None:
    """The study, where its folder holds just what is asked for, finished and whole."""
    dataset, manifest, _, numbers = look(study, folder, fresh)
    if manifest is None or manifest["status"] not in ("finished", PLAYED) or None in numbers:
        return None
    if manifest["replicates"] != study.size.replicates or study.rule.limit is not None:
        return None
    if manifest.get("smallest_effect") != study.smallest_effect:  # nothing is played again, but it is judged anew
        return None
    if units_of(manifest) != study.units:  # nor is anything for other words
        return None
    state = state_of(dataset, manifest)
    if state.missing or state.altered or state.failed or altered_tables(folder, manifest):
        return None
    return StudyFolder(dataset, manifest, state)


class _Player:
    """Plays blocks until the rule of replication is content, and then those of the second wave."""

    def __init__(
        self, study: Study, workers: int, place: Workplace | None, notify: Notify, dataset: Dataset,
        manifest: dict[str, Any], roll: Roll, numbers: list[int],
    ) -> None:  # fmt: skip
        self.study, self.dataset, self.manifest, self.roll, self.numbers = study, dataset, manifest, roll, numbers
        self.workers, self.place, self.notify = workers, place, notify
        self.work = Work(study.variation, study.size.seed, study.size.rounds, study.keep, study.own)
        self.done, self.total = 0, int(manifest["runs"]) + len(study.second_wave) * equal_spend.worth(study)
        """runs, those included by which intensities are found"""
        self.began = time.monotonic() - float(manifest.get("seconds", 0.0))

    def play(self) -> StudyFolder:
        """Every block that is missing, altered or failed; as many more as the rule wants; then the second wave."""
        self.dataset.sweep_up()
        verdict = self._first_wave()
        self.manifest["replication"] |= {"reached": verdict.reached, "content": verdict.enough}
        self._second_wave()
        self._drop_what_is_gone()
        state = state_of(self.dataset, self.manifest)
        self.manifest["failed"] = _errors(self.dataset, state)
        self._refuse_ruin(state)
        compared = self.study.baseline is not None
        self.manifest["runs"] = sum(block.runs for block in state.done)
        self.manifest["tables"] = write_tables(self.dataset, state, compared)
        self._keep(status=PLAYED if compared else "finished")
        return StudyFolder(self.dataset, self.manifest, state)

    def play_shard(self, shards: int, shard: int) -> StudyFolder:
        """Its share of the first wave."""
        blocks = replace(self._blocks(self.numbers), shards=shards, shard=shard)
        self.total = sum(block.runs for block in blocks)
        state = self._perform(blocks)
        return StudyFolder(self.dataset, self.manifest | {"failed": _errors(self.dataset, state)}, state)

    def _first_wave(self) -> Verdict:
        rule = self.study.rule
        while True:
            blocks = self._blocks(self.numbers)
            before = self.done
            state = self._perform(blocks)
            self.total = max(self.total, self.done)
            verdict = Verdict(True, {}) if rule.limit is None else self._verdict(state)
            reached = max(block.last_replicate for block in blocks)
            if verdict.enough or rule.limit is None or reached >= rule.limit:
                return verdict
            self.done = before
            self._extend(self.numbers, min(rule.limit, reached + getattr(rule, "step", rule.limit)))
            self.manifest["replication"]["reached"] = verdict.reached
            self._keep()

    def _verdict(self, state: State) -> Verdict:
        with connect(self.dataset, state.parts["runs"]) as connection:
            return self.study.rule.look(connection, list(self.study.across))

    def _second_wave(self) -> None:
        """Each strategy once more, at the intensity at which all spend the same."""
        if not self.study.second_wave:
            return
        state = examine(self.dataset, self._blocks(self.numbers))
        spends = equal_spend.spends_of(self.study, self.dataset, state.parts["runs"], self.numbers)
        searches = equal_spend.searches(self.study, spends)
        intensities = self._find(searches)
        wanted = []
        for each in searches:
            changes = self.study.changes(each.condition)
            name, changes = at_equal_spend(self.study.names[each.condition], changes, intensities[each])
            wanted.append((name, self.study.variation.key(changes), changes))
        numbers = settle(self.roll, wanted, len(self.study.names))
        self.roll.write(self.dataset, self.study)
        replicates = max(block.last_replicate for block in self._blocks(self.numbers))
        self._extend(numbers, replicates)
        self.manifest["intensities"] = {self.study.names[each.condition]: intensities[each] for each in searches}
        self.total = self.done + len(numbers) * replicates
        self._keep()
        self._perform(self._blocks(numbers))

    def _find(self, searches: Sequence[equal_spend.Search]) -> equal_spend.Intensities:
        """The intensities that are looked for; those found before are not looked for again."""
        found, pilot = equal_spend.Intensities(self.dataset), equal_spend.pilot(self.study)
        by_name = {each.name: each for each in searches if each not in found}
        todo = [
            Task(name, 0, equal_spend.find_intensity,
                 (self.work, self.study.changes(each.condition), each.target, pilot))
            for name, each in by_name.items()
        ]  # fmt: skip
        worth = equal_spend.worth(self.study)
        self.total -= (len(self.study.second_wave) - len(todo)) * worth
        if todo:
            self.notify(f"finding equal spend (0 of {len(todo)})", self.done, self.total)
        for number, (task, intensity) in enumerate(perform(todo, self.workers, self.place), 1):
            if isinstance(intensity, Failure):
                name = self.study.names[by_name[task.name].condition]
                raise InputError(f"the equal spend of {name} could not be found: {intensity.error}")
            found.keep(by_name[task.name], intensity)
            self.done += worth
            self.notify(f"finding equal spend ({number} of {len(todo)})", self.done, self.total)
        return found

    def _extend(self, numbers: Sequence[int], replicates: int) -> None:
        extents = extend(extents_of(self.manifest), numbers, replicates, self.study.leaders, self.study.keep)
        self.manifest["extents"] = [list(each) for each in extents]

    def _blocks(self, numbers: Sequence[int]) -> Blocks:
        """Those of some conditions."""
        mine = [False] * len(self.roll.names)
        for number in numbers:
            mine[number] = True
        return Blocks(extents_of(self.manifest), self.study.size.rounds, self.study.keep, mine)

    def _keep(self, **more: Any) -> None:
        """Write the manifest. Raises OSError."""
        self.manifest |= {"seconds": time.monotonic() - self.began, **more}
        write_manifest(self.dataset.folder, self.manifest)

    def _perform(self, blocks: Blocks) -> State:
        """Play those blocks that are missing, altered or failed."""
        state = examine(self.dataset, blocks)
        good = frozenset(state.done) - frozenset(state.failed)
        todo, there = MissingBlocks(blocks, good), sum(block.runs for block in good)
        self.done += there
        self.notify("resuming" if there and todo else "simulating", self.done, self.total)
        for task, result in perform(self._tasks(todo), self.workers, self.place):
            block: Block = task.arguments[-1]
            if isinstance(result, Failure):
                result = self._rescue(block, result)
            self.dataset.write(block, result)
            self.done += block.runs
            self.notify("simulating", self.done, self.total)
        return examine(self.dataset, blocks) if todo else state

    def _rescue(self, block: Block, failure: Failure) -> BlockResult:
        """A block that killed its process, by halves, until the condition that does it is alone."""
        if failure.error != KILLED or block.last - block.first == 1:
            return nothing(self.work, block, failure.error)
        middle = (block.first + block.last) // 2
        played = []
        for half in (block._replace(last=middle), block._replace(first=middle)):
            # With a second task, so that a pool does it and not this very process.
            tasks = [*self._tasks([half]), Task("", 0, bool, ())]
            result = next(result for task, result in perform(tasks, 2) if task.name)
            played.append(self._rescue(half, result) if isinstance(result, Failure) else result)
        return joined(*played)

    def _tasks(self, blocks: Iterable[Block]) -> Iterator[Task]:
        for block in blocks:
            yield Task(
                block.name, block.runs, play_block, (self.work, self.roll.changes[block.first : block.last], block)
            )

    def _drop_what_is_gone(self) -> None:
        """Remove the extents and parts of conditions and blocks that are no part of the study any more.

        Files that this study did not write stay. Raises OSError.
        """
        live = [place != GONE for place in self.roll.places]
        extents = [each for each in extents_of(self.manifest) if any(live[each.first : each.last])]
        if len(extents) < len(self.manifest["extents"]):
            self.manifest["extents"] = [list(each) for each in extents]
            self._keep()
        for part in state_of(self.dataset, self.manifest).foreign:
            if Parts(part.path.parent, self.dataset.identity, ".parquet").read(part) is not None:
                part.path.unlink()

    def _refuse_ruin(self, state: State) -> None:
        """Raise InputError where no run came to anything."""
        errors = self.manifest["failed"]
        if errors and len(state.failed) == len(state.done) and self._nothing_succeeded(state):
            self._keep()
            raise InputError(f"every run failed; the first said: {next(iter(errors.values()))}")

    def _nothing_succeeded(self, state: State) -> bool:
        good = ds.field("status") == "succeeded"
        return self.dataset.runs(state.parts["runs"]).head(1, columns=["condition"], filter=good).num_rows == 0


def _errors(dataset: Dataset, state: State) -> dict[str, str]:
    """What went wrong, by the names of conditions."""
    failed = {block.name for block in state.failed}
    if not failed:
        return {}
    parts = [part for part in state.parts["runs"] if part.name in failed]
    bad = ds.field("status") == "failed"
    table = dataset.runs(parts).to_table(columns=["condition", "error"], filter=bad).to_pandas()
    names = dataset.conditions()["name"].to_pylist()
    return {names[number]: error for number, error in zip(table["condition"], table["error"], strict=True)}
