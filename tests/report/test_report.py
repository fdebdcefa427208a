"""The report: the answer follows the decision rule, and bad results are refused in one sentence."""

import pandas as pd
import pytest

from sim.cli import main
from sim.report import pdf
from sim.report.answer import answer, question
from sim.report.evidence import counts, validation
from sim.report.verdicts import HARMS, HELPS, NULL, judged
from sim.store import Results

GOOD, BAD, UNSURE = (0.5, 0.1, 0.001), (-0.3, 0.1, 0.001), (0.05, 0.2, 0.4)


def results(strategies, bases=("full strength",), scenarios=("calm",), chances=(), folder=None) -> Results:
    """strategies: name -> effect, half its interval, p."""
    rows = [
        {
            "scenario": scenario, "strategy": name, "basis": basis, "measure": measure, "effect": effect,
            "low": effect - half, "high": effect + half, "p": p, "p_holm": p, "mean": 1.0, "baseline": 1.0, "n": 200,
            "intensity": 1.0, "spend": 2.0, "prob_best": dict(chances).get(name, 0.0), "rank": 1.0,
        }
        for scenario in scenarios for basis in bases for name, (effect, half, p) in strategies.items()
        for measure in ("welfare_net", "worst_off")
    ]  # fmt: skip
    manifest = {"strategies": ["laissez_faire", *strategies], "leaders": 30, "scenarios": list(scenarios)}
    return Results(folder, manifest, pd.DataFrame(), pd.DataFrame(), pd.DataFrame(rows))  # pyright: ignore


def test_verdicts_follow_the_rule():
    table = results({"good": GOOD, "bad": BAD, "unsure": UNSURE, "lucky": (0.5, 0.1, 0.2)}).effects
    found = judged(table, "full strength").set_index("strategy")["verdict"].to_dict()
    assert found == {"good": HELPS, "bad": HARMS, "unsure": NULL, "lucky": NULL}
    turned = judged(table, "full strength", better=-1).set_index("strategy")["verdict"].to_dict()
    assert turned["good"] == HARMS and turned["bad"] == HELPS


def test_the_best_is_named_only_where_it_is_sure():
    sure = answer(results({"good": GOOD, "bad": BAD}, chances={"good": 0.99}.items()))
    assert "“good” does most" in sure[0] and "“good” raises it" in sure[1] and "“bad” lowers it" in sure[1]
    unsure = answer(results({"good": GOOD, "so_so": GOOD}, chances={"good": 0.6, "so_so": 0.4}.items()))
    assert "no strategy can be named best" in unsure[0] and "probability of 0.60" in unsure[0]


def test_doing_nothing_can_be_best_and_nulls_are_said():
    assert "doing nothing is best" in answer(results({"bad": BAD, "worse": BAD}))[0]
    said = answer(results({"unsure": UNSURE}, chances={"unsure": 0.6}.items()))
    assert "“unsure” makes no sure difference" in said[1]


def test_scenarios_are_counted_and_answers_are_three_sentences():
    of = results({"good": GOOD, "bad": BAD}, ("full strength", "equal spend"), ("calm", "crisis", "scarce"),
                 {"good": 0.99}.items())  # fmt: skip
    said = answer(of)
    assert len(said) == 3 and "in all 3 scenarios" in said[0] and said[1].startswith("At equal spend")
    assert "2 strategies" in question(of)


def test_a_study_of_the_baseline_has_one_sentence():
    assert len(answer(results({}))) == 1


def test_what_it_rests_on(tmp_path):
    assert counts()["assumed"] > counts()["published"] > 0
    run = tmp_path / "study" / "run"
    run.mkdir(parents=True)
    assert validation(run) == []
    (run / "validation.parquet").write_bytes(b"PAR1")
    assert validation(run) == []
    pd.DataFrame({"target": ["decline"], "verdict": ["within"]}).to_parquet(run / "validation.parquet")
    assert validation(run) == [{"target": "decline", "verdict": "within"}]


@pytest.fixture
def folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    size = ("run.replicates=2", "run.rounds=3", "community.leaders=8", "workers=1", "figures=false", "quiet=true")
    assert main(["run", "strategy=inclusion", *size, "out=here"]) == 0
    capsys.readouterr()
    return tmp_path / "here"


def test_the_page_and_why_there_is_no_pdf(folder, capsys, monkeypatch):
    monkeypatch.setattr(pdf, "BROWSERS", ("no-such-browser",))
    assert main(["report", "here"]) == 0
    said = capsys.readouterr()
    assert said.out == "wrote here/report.html\n" and said.err.count("\n") == 1 and "no Chromium" in said.err
    page = (folder / "report.html").read_text()
    assert "inclusion" in page and "2 replicates are too few" in page and "run.replicates=2" in page
    assert "http://" not in page and "https://" not in page and not (folder / "report.pdf").exists()


@pytest.mark.skipif(pdf.browser() is None, reason="no Chromium")
def test_the_pdf(folder, capsys):
    assert main(["report", "here"]) == 0
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("change", "says"), [
    (lambda here: (here / "manifest.json").unlink(), "holds no results"),
    (lambda here: (here / "manifest.json").write_text('{"schema_version": "99"}'), "schema 99"),
    (lambda here: (here / "rounds.parquet").write_bytes(b""), "damaged"),
])  # fmt: skip
def test_results_that_cannot_be_used(folder, capsys, change, says):
    change(folder)
    assert main(["report", "here"]) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1
    assert not (folder / "report.html").exists()
