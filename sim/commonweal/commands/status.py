"""Tell how far a study has come, while it runs or after it was stopped.

usage: commonweal status RESULTS [--json]

examples:
  commonweal status results/factorial/20260102-150405-1a2b3c4d
  watch commonweal status results/factorial/20260102-150405-1a2b3c4d

Every part is checked, byte for byte. Nothing is changed. Of a sweep it tells of all jobs, and which are still to come.
"""

import json
import time
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonweal.advice import command
from commonweal.commands._garbage import passed_over
from commonweal.commands._parser import Parser

if TYPE_CHECKING:
    from commonweal.study.blocks import Block
    from commonweal.study.progress import State
    from commonweal.study.sweep import Sweep

RECENT = 60.0
"""seconds over which runs per second are counted"""


def main(arguments: list[str]) -> int:
    """Look, and tell."""
    parser = Parser("status")
    parser.add_argument("results", metavar="RESULTS")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_intermixed_args(arguments)
    found = look(Path(given.results))
    print(json.dumps(found, indent=1) if given.json else "\n".join(sentences(found)))
    return 0


def look(folder: Path) -> dict:
    """How far the study in a folder has come, or each study of a sweep. Raises InputError where there is none."""
    with passed_over():
        from commonweal.study.sweep import sweep_in

    swept = sweep_in(folder)
    return _look_at_study(folder) if swept is None else _look_at_sweep(swept)


def _look_at_sweep(found: "Sweep") -> dict:
    """How far the jobs have come, those that were not told of yet among them."""
    from commonweal.study.folder import read_manifest

    there = sorted(path for path in found.folder.iterdir() if path.is_dir() and read_manifest(path) is not None)
    jobs = {path.name: look(path) for path in there}
    counts = {name: sum(each[name] for each in jobs.values()) for name in ("runs", "done", "missing")}
    going = any(each["status"] == "running" for each in jobs.values())
    left = [each for each in jobs.values() if each["status"] != "finished"]
    return {
        "folder": str(found.folder),
        "status": "running" if going else found.manifest["status"] if not left else "interrupted",
        "command": found.manifest["command"],
        **counts,
        "refused": [each.sweeps for each in found.jobs if each.folder is None],
        "jobs": jobs,
    }


def _look_at_study(folder: Path) -> dict:
    """How far one study has come."""
    from commonweal.study.conditions import BESIDE
    from commonweal.study.dataset import open_study
    from commonweal.study.folder import is_locked, outdated, read_manifest
    from commonweal.study.progress import state_of
    from commonweal.study.tables import altered_tables

    dataset, manifest = open_study(folder)
    state, tables = state_of(dataset, manifest), altered_tables(folder, manifest)
    written = sorted(part.path.stat().st_mtime for part in state.parts["runs"])
    finished = manifest["status"] == "finished" and not (state.missing or state.altered or tables)
    total, done = _counted(manifest, state, finished)
    altered = _runs(state.altered)
    owner = is_locked(folder)
    speed = _speed(done, written) if owner else None
    return {
        "folder": str(folder),
        "status": "running" if owner else "finished" if finished else "interrupted",
        "by": owner,
        "outdated": outdated(manifest),
        "conditions": manifest["conditions"],
        "runs": total,
        "done": done,
        "missing": total - done - altered,
        "altered": [*(block.name for block in state.altered), *tables],
        "failed": [block.name for block in state.failed],
        "foreign": [part.path.name for part in state.foreign],
        "runs_per_second": speed,
        "seconds_left": (total - done) / speed if speed else None,
        "last_written_seconds_ago": time.time() - written[-1] if written else None,
        "beside": {name: look(folder / name) for name in BESIDE if read_manifest(folder / name) is not None},
    }


def _counted(manifest: dict[str, Any], state: "State", finished: bool) -> tuple[int, int]:
    """How many runs the study has, and how many of them are done."""
    if not manifest["extents"]:
        return int(manifest["runs"]), int(manifest["runs"])
    done, left = _runs(state.done), _runs(chain(state.missing, state.altered))
    return done if finished else max(int(manifest["runs"]), done + left), done


def _runs(blocks: "Iterable[Block]") -> int:
    return sum(block.runs for block in blocks)


def _speed(done: int, written: list[float]) -> float | None:
    """Runs per second of late; None where that cannot be said. written: when each part was."""
    recent = [each for each in written if each > written[-1] - RECENT]
    spent = recent[-1] - recent[0] if len(recent) > 1 else 0.0
    return done / len(written) * (len(recent) - 1) / spent if spent > 0 else None


def sentences(found: dict) -> list[str]:
    """What was found, in words."""
    if "jobs" in found:
        return _of_sweep(found)
    who = f" by {found['by']}" if found["by"] else ""
    lines = [f"{found['folder']}: {found['status']}{who}; {found['done']:,} of {found['runs']:,} runs are done"]
    if found["runs_per_second"]:
        lines.append(
            f"{found['runs_per_second']:,.0f} runs/s over the last minute, {found['seconds_left']:,.0f} s left"
        )
    if found["altered"]:
        lines.append(f"{_parts(found['altered'])} not what was written, and will be made again")
    if found["failed"]:
        lines.append(f"{_parts(found['failed'])} with runs that failed; commonweal resume tries them again")
    if found["foreign"]:
        lines.append(
            f"{len(found['foreign'])} files are no part of this study and are left alone ({found['foreign'][0]})"
        )
    for each in found["beside"].values():
        lines += sentences(each)[:2]
    if found["outdated"]:
        lines.append(f"it {found['outdated']}; {command('resume', found['folder'], '--fresh')} plays it anew")
    elif found["status"] == "interrupted":
        lines.append(f"{command('resume', found['folder'])} goes on")
    return lines


def _of_sweep(found: dict) -> list[str]:
    """What was found of a sweep: how many jobs have ended, then each that has not, or is not whole."""
    jobs = found["jobs"].values()
    ended = [each for each in jobs if each["status"] == "finished"]
    lines = [
        f"{found['folder']}: {found['status']}; {len(ended):,} of {len(jobs):,} jobs, {found['done']:,} of "
        f"{found['runs']:,} runs are done"
    ]
    for each in jobs:
        if each["status"] != "finished" or len(sentences(each)) > 1:
            lines += sentences(each)
    lines += [f"refused or failed: {name}" for name in found["refused"]]
    if found["status"] in ("interrupted", "unfinished"):
        lines.append(f"the sweep's command goes on with out= this folder: {command(*found['command'][1:])}")
    return lines


def _parts(names: list[str]) -> str:
    return f"1 part ({names[0]}) is" if len(names) == 1 else f"{len(names)} parts ({names[0]}, ...) are"
