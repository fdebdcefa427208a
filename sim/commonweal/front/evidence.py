"""What the model rests on: held against theory and experiments, fitted to them, and forecasting others."""

from pathlib import Path
from typing import Literal

import pandas as pd

from commonweal.configuration.conf import session
from commonweal.front.progress import progress


def validate(*, quick: bool = False, out: str | Path | None = None, data: str | Path | None = None) -> pd.DataFrame:
    """Hold the model against theory and published experiments: a row per target, with its verdict.

    quick: fewer replicates, the same verdicts. out: a folder for validation.parquet, validation.html and figures. data:
    the folder of the estuaries' networks, whose rows are left out without it.
    Raises InputError.
    """
    from commonweal.commands.validate import results_folder
    from commonweal.model.numbers import NUMBERS
    from commonweal.study.provenance import origin
    from commonweal.validation import report

    size = report.QUICK if quick else report.FULL
    folder = results_folder(None if out is None else Path(out).expanduser())
    stages = 6 + (data is not None)
    with session(), progress() as notify:
        said: list[str] = []

        def tell(what: str) -> None:
            notify(f"measuring {what}", len(said), stages)
            said.append(what)

        rows = list(report.measured(size, tell, None if data is None else Path(data).expanduser()))
        if folder is not None:
            from commonweal.validation import figures

            drawn = figures.draw(rows, folder, size.sessions, size.waves, size.communities)
            typed = ["commonweal", "validate", *(["--quick"] if quick else []), f"out={out}"]
            report.write(rows, folder, NUMBERS, size, drawn, origin(typed))
    return report.frame(rows)


def forecast(task: str | Path | pd.DataFrame, *, data: str | Path | None = None) -> pd.DataFrame:
    """Forecast experiments, a row each: config, forecast, low, high, and what simple forecasters say beside.

    task: a CSV file as `commonweal forecast --help` describes it, or such a table. data: the folder with the learning
    wave's games, to which least squares and gradient boosting are then fitted. Raises InputError.
    """
    from commonweal.validation import forecast as forecasts
    from commonweal.validation.forecast_task import checked_task, read_task

    asked = checked_task(task, "the task") if isinstance(task, pd.DataFrame) else read_task(Path(task).expanduser())
    beside = forecasts.baselines(asked, None if data is None else Path(data).expanduser())
    with session(), progress() as notify:
        found = forecasts.forecast(asked, lambda done, total: notify("playing games", done, total))
    return found.merge(beside, on="config")


def calibrate(
    which: Literal["lab", "field"] = "lab", *, out: str | Path = "calibration", data: str | Path | None = None
) -> pd.DataFrame:
    """Search for the behavioural parameters that reproduce published experiments: a row per target, as fitted.

    About ten minutes; the search is kept in `out`, and the same call goes on where it was stopped. data: the folder of
    the estuaries' networks, to fit how ties fade and form as well. Nothing in conf/ is changed. Raises InputError.
    """
    from commonweal.commands.calibrate import SETS, fitted, writing
    from commonweal.errors import InputError

    if which not in SETS:
        raise InputError(f"which is {which!r}; it must be one of {', '.join(SETS)}")
    folder = Path(out).expanduser()
    with writing(folder), session(), progress() as notify:
        return fitted(which, folder, notify, None if data is None else Path(data).expanduser())[1]
