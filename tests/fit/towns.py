"""Towns for tests of the fit: leaders in files, and logs of what they did in a world whose numbers are known."""

import csv
from pathlib import Path
from typing import Any

import numpy as np

from commonweal.configuration.places import community_of
from commonweal.fitting.fit import Size
from commonweal.fitting.observed import Observed
from commonweal.fitting.town import Town, town_of
from commonweal.fitting.watch import Record, watch
from commonweal.roster import Roster

SMALL = Size(first=60, later=30, waves=1, worlds=30, future=4)
"""a fit for a test"""
ONE = {"gave": "gave", "expected": "expected", "accepted": "agreed", "attended": "attended", "faith": "trust"}
"""what is seen of single leaders, and what a log calls it"""


def write_roster(folder: Path, leaders: int, seed: int = 1, ties: int = 3) -> Path:
    """Leaders of two sectors, each attending to a few others, with trust."""
    lot = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    ids = [f"leader {number:02d}" for number in range(leaders)]
    with (folder / "leaders.csv").open("w", newline="") as file:
        rows = [(name, ("health", "housing")[at % 2]) for at, name in enumerate(ids)]
        csv.writer(file).writerows([("id", "sector"), *rows])
    with (folder / "ties.csv").open("w", newline="") as file:
        rows = [
            (ids[at], ids[other], round(float(lot.uniform(0.3, 0.9)), 2), "directed")
            for at in range(leaders)
            for other in lot.choice([each for each in range(leaders) if each != at], min(ties, leaders - 1), False)
        ]
        csv.writer(file).writerows([("source", "target", "trust", "type"), *rows])
    return folder


def write_log(file: Path, record: Record, roster: Roster) -> Path:
    """What was seen of the first community of a record, as minutes have it: month, what, who, with, value."""
    rows: list[tuple[Any, ...]] = []
    for name, months in record.seen.items():
        for month, each in months.items():
            found = each[0]
            if name in ("gave_all", "agreed"):
                rows.append(
                    (month, name.removesuffix("_all"), "", "", float(found) if name != "agreed" else int(found))
                )
            elif name in ("met", "tie", "trust"):
                pairs = np.argwhere(np.isfinite(found) & (np.eye(len(found)) == 0))
                for i, j in pairs:
                    if name == "trust":
                        rows.append((month, "trust", roster.ids[i], roster.ids[j], round(float(found[i, j]), 4)))
                    elif found[i, j] == 1 and (name == "tie" or i < j):
                        rows.append((month, name, roster.ids[i], roster.ids[j], ""))
                silent = np.flatnonzero(np.nansum(found, axis=1) == 0) if name == "tie" else ()
                rows += [(month, name, roster.ids[i], "", "no") for i in silent]
            else:
                said = [int(v) if name in ("accepted", "attended") else round(float(v), 4) for v in found]
                rows += [(month, ONE[name], roster.ids[i], "", v) for i, v in enumerate(said)]
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([("month", "what", "who", "with", "value"), *rows])
    return file


def town(folder: Path, *overrides: str) -> Town:
    """The town of a folder; within a session."""
    return town_of([*community_of(str(folder)), "workers=1", *overrides])


def lived(of: Town, observed: Observed, values: dict[str, float] | None = None, luck: int = 77) -> Record:
    """What was seen of a community of the town in which these numbers are true."""
    return watch(of.past.world(values or {}), of.seed, range(luck, luck + 1), observed)
