"""Forecasts of experiments: what is read, what is refused, and that a known control counts."""

import numpy as np
import pandas as pd
import pytest

from commonweal.__main__ import main
from commonweal.errors import InputError
from commonweal.validation import forecast as forecasts
from commonweal.validation.forecast_task import MOST, checked_task, read_task
from commonweal.validation.learners import learning_games
from commonweal.validation.reference import folder

ROW = {"config": "a", "players": 4, "rounds": 3, "multiplier": 1.6, "chat": True, "punishment_cost": 1,
       "punishment_magnitude": 3, "reward": False, "control_efficiency": 0.7, "control_games": 10}  # fmt: skip


def task(**changes):
    """One experiment, changed; None takes a column away."""
    row = {name: value for name, value in (ROW | changes).items() if value is not None}
    return pd.DataFrame([row])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"players": None}, "has no column players"),
        ({"multiplier": None}, "has no column multiplier"),
        ({"mprc": 0.4}, "has a column 'mprc', which is not known; did you mean mpcr"),
        ({"rounds": 0}, "line 2: rounds (rounds of a game) is 0; it must be a whole number from 1"),
        ({"players": 3.5}, "players (players in a game) is 3.5; it must be a whole number"),
        ({"chat": "maybe"}, "chat (whether the players can talk) is maybe; it must be True or False"),
        ({"multiplier": 0.9}, "makes no dilemma"),
        ({"multiplier": 5.0}, "makes no dilemma"),
        ({"control_efficiency": "high"}, "control_efficiency"),
    ],
)
def test_a_task_that_cannot_be_used_is_refused_in_a_sentence(changes, said):
    with pytest.raises(InputError) as refused:
        checked_task(task(**changes), "task.csv")
    assert said in str(refused.value)


def test_a_task_of_too_many_rows_or_none_is_refused():
    for rows in (pd.concat([task()] * (MOST + 1)), task().iloc[:0]):
        with pytest.raises(InputError, match="one experiment a row"):
            checked_task(rows, "task.csv")


def test_a_file_that_is_no_table_is_refused(tmp_path, capsys):
    assert main(["forecast", str(tmp_path / "none.csv")]) == 2
    assert "cannot be read as a table" in capsys.readouterr().err


def test_the_multiplier_follows_from_the_mpcr():
    read = checked_task(task(multiplier=None, mpcr=0.4), "task.csv")
    assert read["multiplier"][0] == pytest.approx(1.6)
    assert read["punishment"][0]


def test_the_published_task_is_read_as_it_is():
    read = read_task(folder() / "alsobay_2025_task.csv")
    assert len(read) == 20
    assert read["control_efficiency"].between(0.6, 1).all()
    assert (read["multiplier"] > 1).all()


def test_a_folder_that_holds_no_games_is_refused(tmp_path):
    with pytest.raises(InputError, match="does not hold the learning wave"):
        learning_games(tmp_path)
    (tmp_path / "learning_games.csv").write_text("config,players\n1,2\n")
    with pytest.raises(InputError, match="has no column rounds"):
        learning_games(tmp_path)


def test_a_good_control_raises_the_forecast_and_the_table_is_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(forecasts, "REPLICATES", 12)
    rows = pd.concat([task(config="low", control_efficiency=0.65), task(config="high", control_efficiency=0.95)])
    rows.to_csv(tmp_path / "task.csv", index=False)
    assert main(["forecast", str(tmp_path / "task.csv"), f"out={tmp_path / 'out'}"]) == 0
    made = pd.read_csv(tmp_path / "out" / "forecast.csv")
    assert list(made.columns) == list(forecasts.COLUMNS)
    low, high = made["forecast"]
    assert 0.5 < low < high <= 1
    assert (made["low"] < made["forecast"]).all() and (made["forecast"] < made["high"]).all()
    beside = pd.read_csv(tmp_path / "out" / "baselines.csv")
    assert np.allclose(beside["control_repeated"], [0.65, 0.95])
    assert "Forecasts:" in capsys.readouterr().out


def test_a_word_that_is_no_setting_is_refused(tmp_path, capsys):
    task().to_csv(tmp_path / "task.csv", index=False)
    assert main(["forecast", str(tmp_path / "task.csv"), "in=there"]) == 2
    assert "write out=DIR or data=DIR" in capsys.readouterr().err
