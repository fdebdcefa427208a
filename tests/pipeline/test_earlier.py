"""Folders of before there was one kind of study: finished ones are read, unfinished ones refused in a sentence."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from commonweal.__main__ import main

BEFORE = Path(__file__).parent / "before"


@pytest.fixture
def before(tmp_path, monkeypatch):
    shutil.copytree(BEFORE, tmp_path / "before")
    monkeypatch.chdir(tmp_path / "before")
    monkeypatch.setenv("COLUMNS", "120")


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize(
    ("folder", "runs", "words"), [("comparison", 4, "communication"), ("factorial", 8, "inclusion + incentives")]
)
def test_finished_ones_are_read_by_every_verb(folder, runs, words, capsys):
    for verb, said in (
        (["table", folder], words),
        (["status", folder], f"{folder}: finished; {runs} of {runs} runs are done"),
        (["query", folder, "SELECT count(*) AS n FROM runs", "--csv"], f"n\n{runs}\n"),
        (["report", folder], f"wrote {folder}/report.html"),
    ):
        assert main(verb) == 0
        assert said in capsys.readouterr().out, verb


@pytest.mark.usefixtures("before")
def test_their_tables_are_loaded_and_a_design_is_analysed(capsys):
    from commonweal.analysis.results import load

    found = load("comparison")
    assert len(found.runs) == 4 and found.runs.attrs["units"]["welfare"] == "MU per person and round"
    pd.testing.assert_frame_equal(found.effects, pd.read_csv("comparison/effects.csv"))
    assert set(found.rounds["strategy"]) == {"laissez_faire", "communication"}
    assert len(load("factorial").runs) == 8
    assert main(["analyse", "factorial"]) == 0 and "effects (welfare_net)" in capsys.readouterr().out


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("folder", ["unfinished", "unfinished_design"])
@pytest.mark.parametrize("verb", ["table", "status", "resume", "report", "analyse"])
def test_unfinished_ones_are_refused_in_a_sentence(verb, folder, capsys):
    kept = {path: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}
    assert main([verb, folder]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1 and said[0].startswith(f"{folder} was ") and "an earlier version of commonweal" in said[0]
    assert {path: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()} == kept


@pytest.mark.usefixtures("before")
def test_fresh_replaces_a_study_of_before():
    words = ["strategy=communication", "run.replicates=2", "run.rounds=3", "community.leaders=6", "community.degree=4"]
    given = ["run", *words, "figures=false", "quiet=true", "workers=1", "out=unfinished"]
    assert main(given) == 2
    assert main([*given, "fresh=true"]) == 0
