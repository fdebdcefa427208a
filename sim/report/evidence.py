"""What the answer rests on: what the numbers in conf/ rest on, and the model against published results."""

from pathlib import Path
from typing import Any

import pandas as pd

from sim.parameters import parameters


def counts() -> dict[str, int]:
    """How many numbers of the model's configuration are published, calibrated and assumed."""
    numbers = [each for each in parameters() if each.number]
    return {kind: sum(each.source_kind == kind for each in numbers) for kind in ("published", "calibrated", "assumed")}


def validation(folder: Path) -> list[dict[str, Any]]:
    """Rows of validation.parquet (target, source, published, simulated, low, high, verdict): the folder's own, or
    else that of validation/ here, or the newest under the results it lies among; empty where none can be read.
    """  # fmt: skip
    here = [folder / "validation.parquet", Path("validation") / "validation.parquet"]
    found = [*here, *_newest(folder.resolve().parent.parent)]
    for path in found:
        if path.is_file():
            try:
                table = pd.read_parquet(path)
            except (OSError, ValueError):
                continue
            if {"target", "verdict"} <= set(table.columns):
                return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
    return []


def _newest(parent: Path) -> list[Path]:
    found = [*parent.glob("*/validation.parquet"), *parent.glob("*/*/validation.parquet")]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)
