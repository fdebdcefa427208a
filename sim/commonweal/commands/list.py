"""List the studies under a folder: which, of what community, how large, what was best, how old.

usage: commonweal list [FOLDER] [--json]

FOLDER is results unless said otherwise. A row per study, newest first; a sweep is one row. Best: the strategy with the
highest mean over scenarios of its effect on welfare net of spend, at equal spend where that was played; doing nothing
where none is above 0; of designs and of published notebooks it is left open (commonweal analyse, commonweal table).

examples:
  commonweal list
  commonweal list results/factorial
  commonweal list --json

From Python it is cw.studies(), since list is Python's own.

exit codes: 0 done, 2 the folder cannot be used
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from commonweal.advice import why
from commonweal.commands._parser import Parser
from commonweal.errors import InputError

COLUMNS: Final = ("experiment", "community", "size", "best", "age", "folder")
SPANS: Final = (("year", 31_557_600), ("month", 2_629_800), ("day", 86_400), ("h", 3_600), ("min", 60))


def main(arguments: list[str]) -> int:
    """Look, and print."""
    parser = Parser("list")
    parser.add_argument("folder", metavar="FOLDER", nargs="?", default="results")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    found = look(Path(given.folder))
    if given.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
        return 0
    from rich import box
    from rich.table import Table

    from commonweal.commands._room import fits
    from commonweal.commands._terminal import console, text

    if not found:
        print(f"{given.folder} holds no studies; commonweal run experiment=which_strategy makes one")
        return 0
    told = [each | {"age": _span(each["started"]), "best": each["best"] or each["status"]} for each in found]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for name in COLUMNS:
        table.add_column(name, overflow="fold")
    for each in told:
        table.add_row(*(text(each[name]) for name in COLUMNS))
    there = console(sys.stdout)
    if fits(table, there):
        there.print(table)
        return 0
    for each in told:  # too narrow for columns: a paragraph each
        there.print(text(each["folder"], style="bold"))
        there.print(text("  " + "; ".join(each[name] for name in COLUMNS if name != "folder" and each[name])))
    return 0


def look(root: Path) -> list[dict[str, Any]]:
    """Every study under a folder, newest first. Raises InputError where there is no such folder."""
    if not root.is_dir():
        raise InputError(f"{root} is no folder; give one that holds results")
    try:
        found = [_told(folder, manifest) for folder, manifest in _studies(root)]
    except OSError as error:
        raise InputError(f"{root} cannot be read: {why(error)}") from None
    return sorted(found, key=lambda each: str(each["started"]), reverse=True)


def _studies(root: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Folders with a manifest, not those within them; what cannot be read for a manifest is passed over."""
    from commonweal.study.folder import MANIFEST, read_manifest

    for place, below, files in os.walk(root):
        if MANIFEST in files:
            below.clear()
            try:
                manifest = read_manifest(Path(place))
            except InputError:
                continue
            if manifest is not None and "experiment" in manifest:
                yield Path(place), manifest


def _told(folder: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """What the list says of a study."""
    return {
        "folder": str(folder),
        "experiment": str(about["experiment"]),
        "community": _community(about),
        "size": _size(about),
        "status": str(about.get("status", "")),
        "best": _best(folder, about),
        "started": str(about.get("started", "")),
    }


def _community(about: Mapping[str, Any]) -> str:
    """The kind of community; of a roster where it lies."""
    community = (about.get("config") or {}).get("community") or {}
    if roster := community.get("leaders_file"):
        return str(Path(str(roster)).parent.name or roster)
    return str((about.get("chosen") or {}).get("community", ""))


def _size(about: Mapping[str, Any]) -> str:
    """How many leaders, conditions, replicates and rounds; of a sweep how many jobs."""
    if isinstance(about.get("jobs"), list):
        return f"{len(about['jobs']):,} jobs"
    numbers = [about.get(name) for name in ("leaders", "conditions", "replicates", "rounds")]
    leaders, conditions, replicates, rounds = (each if isinstance(each, int) else None for each in numbers)
    told = [f"{leaders:,} leaders"] if leaders is not None else []
    told += [" x ".join(f"{each:,}" for each in (conditions, replicates, rounds) if each is not None)]
    return ", ".join(each for each in told if each)


def _best(folder: Path, about: Mapping[str, Any]) -> str:
    """The strategy that is best on the mean over scenarios; empty where that is not known."""
    if about.get("status") != "finished" or not about.get("baseline") or not (folder / "effects.csv").is_file():
        return ""
    import pandas as pd

    try:
        rows = pd.read_csv(folder / "effects.csv", usecols=["strategy", "basis", "measure", "effect"])
    except (OSError, ValueError):
        return "damaged"
    rows = rows.loc[rows["measure"] == "welfare_net", :]
    basis = "equal spend" if "equal spend" in set(rows["basis"]) else "full strength"
    there = rows.loc[rows["basis"] == basis, :]
    means = {str(name): float(some["effect"].to_numpy().mean()) for name, some in there.groupby("strategy")}
    best = max(means, key=lambda name: means[name], default="")
    return best if not best or means[best] > 0 else "doing nothing"


def _span(started: str) -> str:
    """How long ago that was, in the largest unit of which it is one."""
    try:
        seconds = (datetime.now(UTC) - datetime.fromisoformat(started)).total_seconds()
    except (TypeError, ValueError):
        return ""
    for name, length in SPANS:
        if (count := int(seconds // length)) >= 1:
            return f"{count} {name}{'s' if name not in ('h', 'min') and count > 1 else ''}"
    return "now"
