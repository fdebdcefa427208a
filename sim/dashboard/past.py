"""Past studies: finished results under the folder the page was started for."""

import os
from pathlib import Path

import pandas as pd

from sim.dashboard.picture import estimate
from sim.errors import InputError
from sim.figures.words import words
from sim.report.verdicts import judged
from sim.store import Results, load, read_manifest, require_finished


def root() -> Path:
    """Where results are looked for: COMMONWEAL_RESULTS, or results/."""
    return Path(os.environ.get("COMMONWEAL_RESULTS", "results"))


def studies() -> list[str]:
    """The finished comparisons of strategies there, published ones too, as paths below the root, newest first."""
    found = []
    for path in root().glob("*/*/manifest.json"):
        try:
            manifest = require_finished(path.parent, read_manifest(path.parent))
        except InputError:
            continue
        if (path.parent / "effects.csv").is_file():
            found.append((str(manifest.get("started")), str(path.parent.relative_to(root()))))
    return [name for _, name in sorted(found, reverse=True)]


def study(name: str) -> Results:
    """One of `studies`. Raises InputError where it is none, or cannot be read."""
    if name not in studies():
        raise InputError(f"{name} is no finished study in {root()}")
    return load(root() / name, whole=False)


def ranked(results: Results) -> dict[str, list[list[str]]]:
    """By scenario and basis: strategy, effect on welfare net of spend with its interval, verdict; best first."""
    effects, rows = results.effects, {}
    for scenario in results.manifest["scenarios"]:
        there = pd.DataFrame(effects[effects["scenario"] == scenario])
        for basis in dict.fromkeys(there["basis"]):
            rows[f"{words(scenario)}, {basis}"] = [
                [words(row["strategy"]), estimate(row["effect"], row["low"], row["high"]),
                 row["verdict"]]
                for row in judged(there, basis).to_dict("records")
            ]  # fmt: skip
    return rows
