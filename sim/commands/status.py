"""Tell how far a study of a design has come, while it runs or after it was stopped.

usage: commonweal status RESULTS [--json]

examples:
  commonweal status results/factorial/20260102-150405-1a2b3c4d
  watch commonweal status results/factorial/20260102-150405-1a2b3c4d

Every part is checked, byte for byte. Nothing is changed.
"""

import json
import time
from pathlib import Path

from sim.commands._parser import Parser


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
    from sim.blocks import Block
    from sim.dataset import open_dataset
    from sim.folder import is_locked
    from sim.survey import blocks_of, examine

    dataset, manifest = open_dataset(folder)
    blocks = blocks_of([Block(*each) for each in manifest["extents"]], manifest["leaders"], manifest["rounds"])
    state = examine(dataset, blocks)
    total = sum(block.runs for block in blocks)
    left = sum(block.runs for block in [*state.missing, *state.altered])
    written = sorted(part.path.stat().st_mtime for part in state.done)
    per_part = (total - left) / max(1, len(written))
    recent = [each for each in written if each > written[-1] - 60.0] if written else []
    spent = recent[-1] - recent[0] if len(recent) > 1 else 0.0
    speed = per_part * (len(recent) - 1) / spent if spent > 0 else None
    owner = is_locked(folder)
    return {
        "folder": str(folder),
        "status": "running"
        if owner
        else "finished"
        if not left and manifest["status"] == "finished"
        else "interrupted",
        "by": owner,
        "conditions": manifest["conditions"],
        "runs": total,
        "done": total - left,
        "missing": sum(block.runs for block in state.missing),
        "altered": [block.name for block in state.altered],
        "failed": [block.name for block in state.failed],
        "foreign": state.foreign,
        "runs_per_second": speed if owner else None,
        "seconds_left": left / speed if owner and speed else None,
        "last_written_seconds_ago": time.time() - written[-1] if written else None,
    }


def sentences(found: dict) -> list[str]:
    """What was found, in words."""
    who = f" by {found['by']}" if found["by"] else ""
    lines = [f"{found['folder']}: {found['status']}{who}; {found['done']:,} of {found['runs']:,} runs are done"]
    if found["runs_per_second"]:
        lines.append(
            f"{found['runs_per_second']:,.0f} runs/s over the last minute, {found['seconds_left']:,.0f} s left"
        )
    if found["altered"]:
        lines.append(f"{_parts(found['altered'])} not what was written; the runs will be played again")
    if found["failed"]:
        lines.append(f"{_parts(found['failed'])} with runs that failed; commonweal resume tries them again")
    if found["foreign"]:
        lines.append(
            f"{len(found['foreign'])} files are no part of this study and are left alone ({found['foreign'][0]})"
        )
    if found["status"] == "interrupted":
        lines.append(f"commonweal resume {found['folder']} goes on")
    return lines


def _parts(names: list[str]) -> str:
    return f"1 part ({names[0]}) is" if len(names) == 1 else f"{len(names)} parts ({names[0]}, ...) are"
