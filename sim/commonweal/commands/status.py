"""Tell how far a study has come, while it runs or after it was stopped.

usage: commonweal status RESULTS [--json]

examples:
  commonweal status results/factorial/20260102-150405-1a2b3c4d
  watch commonweal status results/factorial/20260102-150405-1a2b3c4d

Every part of a design is checked, byte for byte. Nothing is changed.
"""

import json
import time
from pathlib import Path

from commonweal.commands._parser import Parser
from commonweal.errors import InputError

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
    """How far the study in a folder has come. Raises InputError where there is none."""
    from commonweal.study.folder import is_locked, kind_of, outdated, read_manifest

    manifest = read_manifest(folder)
    if manifest is None:
        raise InputError(f"{folder} holds no results; give a folder that commonweal run wrote")
    found, written = _design(folder) if kind_of(manifest) == "design" else _comparison(folder, manifest)
    owner, finished = is_locked(folder), found.pop("finished")
    recent = [each for each in written if each > written[-1] - RECENT] if written else []
    spent = recent[-1] - recent[0] if len(recent) > 1 else 0.0
    speed = found["done"] / len(written) * (len(recent) - 1) / spent if owner and spent > 0 else None
    return {
        "folder": str(folder),
        "status": "running" if owner else "finished" if finished else "interrupted",
        "by": owner,
        "outdated": outdated(manifest),
        **found,
        "runs_per_second": speed,
        "seconds_left": (found["runs"] - found["done"]) / speed if speed else None,
        "last_written_seconds_ago": time.time() - written[-1] if written else None,
    }


def _design(folder: Path) -> tuple[dict, list[float]]:
    """What is done of a design, and when each part was written."""
    from commonweal.study.blocks import Block
    from commonweal.study.dataset import open_dataset
    from commonweal.study.progress import blocks_of, examine

    dataset, manifest = open_dataset(folder)
    blocks = blocks_of([Block(*each) for each in manifest["extents"]], manifest["leaders"], manifest["rounds"])
    state = examine(dataset, blocks)
    total = sum(block.runs for block in blocks)
    left = sum(block.runs for block in [*state.missing, *state.altered])
    found = {
        "finished": not left and manifest["status"] == "finished",
        "conditions": manifest["conditions"],
        "runs": total,
        "done": total - left,
        "missing": sum(block.runs for block in state.missing),
        "altered": [block.name for block in state.altered],
        "failed": [block.name for block in state.failed],
        "foreign": state.foreign,
    }
    return found, sorted(part.path.stat().st_mtime for part in state.done)


def _comparison(folder: Path, manifest: dict) -> tuple[dict, list[float]]:
    """What is done of a comparison, and when each part was written. One that is finished has its runs in its tables."""
    from commonweal.study.comparison import is_search
    from commonweal.study.conditions import chunk_names
    from commonweal.study.folder import require_fields
    from commonweal.study.schema import require_schema
    from commonweal.study.store import Store, altered_tables

    require_schema(folder, manifest)
    require_fields(folder, manifest)
    tables, total = altered_tables(folder, manifest), manifest["runs"]
    finished = manifest["status"] == "finished" and not tables
    size = manifest["leaders"], manifest["replicates"], manifest["rounds"]
    runs = chunk_names(manifest["conditions"] | manifest["matched"], *size)
    store = Store(folder, manifest["identity"])
    listed, whole = store.parts.listed(), store.whole()
    failed = sorted(name for name in manifest.get("failed", {}) if name in runs and name not in listed)
    lost = [] if finished else [name for name in listed if name not in whole]
    altered = [name for name in lost if name in runs or is_search(name)]
    done = total if finished else sum(runs[name] for name in runs if name in whole or name in failed)
    found = {
        "finished": finished,
        "runs": total,
        "done": done,
        "missing": total - done - sum(runs.get(name, 0) for name in altered),
        "altered": [*altered, *tables],
        "failed": failed,
        "foreign": [listed[name].path.name for name in lost if name not in altered],
    }
    return found, sorted(listed[name].path.stat().st_mtime for name in whole & runs.keys())


def sentences(found: dict) -> list[str]:
    """What was found, in words."""
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
    if found["outdated"]:
        lines.append(f"it {found['outdated']}; commonweal resume {found['folder']} --fresh plays it anew")
    elif found["status"] == "interrupted":
        lines.append(f"commonweal resume {found['folder']} goes on")
    return lines


def _parts(names: list[str]) -> str:
    return f"1 part ({names[0]}) is" if len(names) == 1 else f"{len(names)} parts ({names[0]}, ...) are"
