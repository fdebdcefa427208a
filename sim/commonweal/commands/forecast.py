"""Forecast experiments: how efficient games with punishment are, given those without.

usage: commonweal forecast TASK.csv [out=DIR] [data=DIR]

examples:
  commonweal forecast task.csv out=forecast       DIR/forecast.csv: config, forecast, low, high
  commonweal forecast task.csv out=forecast data=games
                                                  beside it, in baselines.csv, also what least squares and gradient
                                                  boosting say, fitted to the learning wave's games in that folder

TASK.csv has a row per experiment. Columns: players, rounds, multiplier (or mpcr), chat; where they differ from the
usual also punishment, punishment_cost, punishment_magnitude, reward, all_or_nothing; where known control_efficiency,
control_games, treatment_games; config names a row. Efficiency is coins made over the most possible. Intervals are
over luck and what is not known of a condition, not over the model.

exit codes: 0 done, 2 bad input, 130 interrupted
"""

import sys
from pathlib import Path

from commonweal.advice import why
from commonweal.commands._parser import Parser
from commonweal.errors import InputError


def main(arguments: list[str]) -> int:
    """Read, play, print, write."""
    parser = Parser("forecast")
    parser.add_argument("task", metavar="TASK.csv")
    parser.add_argument("settings", nargs="*", metavar="out=DIR data=DIR")
    given = parser.parse_intermixed_args(arguments)
    folders: dict[str, Path | None] = {"out": None, "data": None}
    for each in given.settings:
        name, _, value = each.partition("=")
        if name not in folders or not value:
            raise InputError(f"{each!r} is not understood; write out=DIR or data=DIR")
        folders[name] = Path(value).expanduser()
    from commonweal.commands._terminal import say, stage
    from commonweal.configuration.conf import session

    with stage(sys.stderr, "reading the configuration"):
        from commonweal.validation import forecast
        from commonweal.validation.forecast_task import read_task
    task = read_task(Path(given.task).expanduser())

    def notify(done: int, total: int) -> None:
        say(f"playing: {done} of {total}")

    beside = forecast.baselines(task, folders["data"])
    with session():
        table = forecast.forecast(task, notify)
    print(table.merge(beside, on="config").to_string(index=False))
    if folders["out"] is not None:
        _write(folders["out"], table, beside)
    return 0


def _write(folder: Path, table, beside) -> None:
    """forecast.csv and baselines.csv, each whole or not there."""
    from commonweal.files import write_whole
    from commonweal.harmless import cells

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in (("forecast", table), ("baselines", beside)):
            write_whole(folder / f"{name}.csv", lambda place, frame=frame: cells(frame).to_csv(place, index=False))
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {why(error)}; give another folder with out=") from None
    print(f"\nForecasts: {folder / 'forecast.csv'}")
