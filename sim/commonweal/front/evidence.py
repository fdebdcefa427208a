"""What the model rests on: held against theory and experiments, and fitted to them."""

from pathlib import Path
from typing import Literal

import pandas as pd

from commonweal.configuration.conf import session
from commonweal.front.progress import progress


def validate(*, quick: bool = False, out: str | Path | None = None) -> pd.DataFrame:
    """Hold the model against theory and published experiments: a row per target, with its verdict.

    quick: fewer replicates, the same verdicts. out: a folder for validation.parquet, validation.html and figures.
    Raises InputError.
    """
    from commonweal.commands.validate import results_folder
    from commonweal.model.numbers import NUMBERS
    from commonweal.study.provenance import origin
    from commonweal.validation import report

    size = report.QUICK if quick else report.FULL
    folder = results_folder(None if out is None else f"out={out}")
    stages = 4
    with session(), progress() as notify:
        said: list[str] = []

        def tell(what: str) -> None:
            notify(f"measuring {what}", len(said), stages)
            said.append(what)

        rows = list(report.measured(size, tell))
        if folder is not None:
            from commonweal.validation import figures

            drawn = figures.draw(rows, folder, size.sessions)
            typed = ["commonweal", "validate", *(["--quick"] if quick else []), f"out={out}"]
            report.write(rows, folder, NUMBERS, size, drawn, origin(typed))
    return report.frame(rows)


def calibrate(which: Literal["lab", "field"] = "lab", *, out: str | Path = "calibration") -> pd.DataFrame:
    """Search for the behavioural parameters that reproduce published experiments: a row per target, as fitted.

    About ten minutes; the search is kept in `out`, and the same call goes on where it was stopped. Nothing in conf/ is
    changed. Raises InputError.
    """
    from commonweal.commands.calibrate import SETS, fitted, writing
    from commonweal.errors import InputError

    if which not in SETS:
        raise InputError(f"which is {which!r}; it must be one of {', '.join(SETS)}")
    folder = Path(out).expanduser()
    with writing(folder), session(), progress() as notify:
        return fitted(which, folder, notify)[1]
