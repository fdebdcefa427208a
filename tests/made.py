"""Results that no study made: tables of a test's own in the place of those of a folder."""

from pathlib import Path
from typing import Any

import pandas as pd

from commonweal.analysis.results import Results


def results(folder: Path | None, manifest: dict[str, Any], effects: pd.DataFrame, **more: pd.DataFrame) -> Results:
    """They are read from nowhere; runs and rounds have no rows where none are given."""
    found = Results(folder, manifest)  # pyright: ignore
    found.__dict__.update({"effects": effects, "runs": pd.DataFrame(), "rounds": pd.DataFrame(), **more})
    return found
