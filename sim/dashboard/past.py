"""Past studies: finished results under the folder the page was started for."""

import os
from pathlib import Path

import pandas as pd

from sim.errors import InputError
from sim.figures.words import words
from sim.report.answer import interval, number
from sim.report.verdicts import judged
from sim.store import Results, load, read_manifest


def root() -> Path:
    """Where results are looked for: COMMONWEAL_RESULTS, or results/."""
    return Path(os.environ.get("COMMONWEAL_RESULTS", "results"))


def studies() -> list[str]:
    """The finished studies there, as paths below the root, newest first."""
    found = []
    for path in root().glob("*/*/manifest.json"):
        try:
            manifest = read_manifest(path.parent) or {}
        except InputError:
            continue
        if manifest.get("status") == "finished" and (path.parent / "runs.parquet").is_file():
            found.append((str(manifest.get("started")), str(path.parent.relative_to(root()))))
    return [name for _, name in sorted(found, reverse=True)]


def study(name: str) -> Results:
    """One of `studies`. Raises InputError where it is none, or cannot be read."""
    if name not in studies():
        raise InputError(f"{name} is no finished study in {root()}")
    return load(root() / name)


def ranked(results: Results) -> list[list[str]]:
    """Scenario, basis, strategy, effect on welfare net of spend, interval, verdict: a row each, best first."""
    effects, rows = results.effects, []
    for scenario in results.manifest["scenarios"]:
        there = pd.DataFrame(effects[effects["scenario"] == scenario])
        for basis in dict.fromkeys(there["basis"]):
            rows += [
                [f"{words(scenario)}, {basis}", words(row["strategy"]), number(row["effect"]),
                 interval(row["low"], row["high"]).removeprefix(", 95 % interval "), row["verdict"]]
                for row in judged(there, basis).to_dict("records")
            ]  # fmt: skip
    return rows
