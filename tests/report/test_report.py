"""The report: the answer follows the decision rule, and bad results are refused in one sentence."""

import made
import pandas as pd
import pytest

from commonweal.__main__ import main
from commonweal.analysis.results import Results, load
from commonweal.errors import InputError
from commonweal.figures.save import save
from commonweal.figures.trajectories import trajectories
from commonweal.model.numbers import NUMBERS
from commonweal.model.strategies import STRATEGIES
from commonweal.report import evidence, pdf
from commonweal.report.answer import answer, question
from commonweal.report.evidence import counts, evidence_for, most_moving, validation
from commonweal.report.report import read
from commonweal.report.tables import gains, ranked
from commonweal.report.verdicts import HARMS, HELPS, NULL, UNHAD, judged, rule, said, too_large

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
    return made.results(folder, manifest, pd.DataFrame(rows))


def test_verdicts_follow_the_rule():
    table = results({"good": GOOD, "bad": BAD, "unsure": UNSURE, "lucky": (0.5, 0.1, 0.2)}).effects
    found = judged(table, "full strength").set_index("strategy")["verdict"].to_dict()
    assert found == {"good": HELPS, "bad": HARMS, "unsure": "unsure", "lucky": "unsure"}
    turned = judged(table, "full strength", better=-1).set_index("strategy")["verdict"].to_dict()
    assert turned["good"] == HARMS and turned["bad"] == HELPS


def test_a_declared_smallest_effect_decides_and_effect_and_cost_are_told_apart():
    rows = {"good": ("yes", "yes"), "dear": ("no", "no"), "dearer": ("yes", "no"), "unsure": ("unsure", "yes")}
    table = results({"good": GOOD, "dear": (-0.001, 0.0005, 0.001), "dearer": BAD, "unsure": GOOD}).effects
    gross = table[table["measure"] == "welfare_net"].assign(measure="welfare")
    table = pd.concat([table, gross], ignore_index=True).assign(spend=5.0)
    at = {"welfare_net": 0, "worst_off": 0, "welfare": 1}
    table["matters"] = [rows[name][at[what]] for name, what in zip(table["strategy"], table["measure"], strict=True)]
    found = {row["strategy"]: row for row in judged(table, "full strength").to_dict("records")}
    assert {name: row["verdict"] for name, row in found.items()} == {
        "good": HELPS, "dear": NULL, "dearer": HARMS, "unsure": "unsure",
    }  # fmt: skip
    assert {name: said(row) for name, row in found.items()} == {
        "good": "helps", "dear": "changes nothing that matters, costs 5", "dearer": "harms by its cost alone, 5",
        "unsure": "unsure",
    }  # fmt: skip
    assert said(found["dear"] | {"spend": 0.0}) == "no difference that matters"
    told = answer(
        made.results(None, {"strategies": ["laissez_faire", *rows], "leaders": 30, "scenarios": ["calm"]}, table)
    )
    assert "“dear” (costs 5 MU per leader and month) makes no difference that matters" in told[1]
    assert "“dearer” (by its cost alone, 5 MU per leader and month) lowers it" in told[1]


def test_the_rule_says_the_smallest_effect_and_where_it_is_too_large():
    assert "the smallest effect of interest, 1 % of what doing nothing has" in rule("strategy", 0.01)
    assert "lies above 0" in rule("strategy", 0.0) and "No smallest effect of interest was declared" in rule("mix", 0.0)
    table = results({"good": GOOD, "bad": BAD}).effects
    assert too_large(table, {}) == too_large(table, {"smallest_effect": 0.49}) == ""
    assert too_large(table, {"smallest_effect": 0.5}).startswith("The smallest effect of interest, 50 % of what doing")


def test_the_best_is_named_only_where_it_is_sure():
    sure = answer(results({"good": GOOD, "bad": BAD}, chances={"good": 0.99}.items()))
    assert "“good” does most" in sure[0] and "“good” raises it" in sure[1] and "“bad” lowers it" in sure[1]
    unsure = answer(results({"good": GOOD, "so_so": GOOD}, chances={"good": 0.6, "so_so": 0.4}.items()))
    assert "no strategy can be named best" in unsure[0] and "it is 0.60 sure that its mean is the best." in unsure[0]


def test_doing_nothing_can_be_best_and_nulls_are_said():
    best = answer(results({"bad": BAD, "worse": BAD}))[0]
    assert best.startswith(
        "Doing nothing is best for welfare net of spend (what people have, less what the convener spent)"
    )
    assert " at full strength; next comes “bad”" in best
    said = answer(results({"unsure": UNSURE}, chances={"unsure": 0.6}.items()))
    assert "“unsure” makes no sure difference" in said[1]


def test_scenarios_are_counted_and_answers_are_three_sentences():
    of = results({"good": GOOD, "bad": BAD}, ("full strength", "equal spend"), ("calm", "crisis", "scarce"),
                 {"good": 0.99}.items())  # fmt: skip
    said = answer(of)
    assert len(said) == 3 and "in all 3 scenarios" in said[0] and said[0].startswith("At equal spend")
    assert "at equal spend" in said[1] and said[2].startswith("At full strength")
    assert "2 strategies" in question(of)


def test_costs_of_several_scenarios_are_a_range_and_what_cannot_be_had_is_said():
    of = results({"dear": (0.0, 0.001, 1.0), "unhad": (0.0, 0.0, 1.0)}, scenarios=("calm", "crisis"))
    effects = of.effects.assign(matters="no", spend=[5.0] * 4 + [6.0] * 4)
    effects.loc[effects["strategy"] == "unhad", "intensity"] = 0.0
    told = answer(made.results(None, of.manifest, effects))[1]
    dear = "“dear” (costs 5 to 6 MU per leader and month) makes no difference that matters"
    assert f"{dear}; “unhad” cannot be had for so little." in told
    effects.loc[(effects["strategy"] == "unhad") & (effects["scenario"] == "calm"), "intensity"] = 1.0
    told = answer(made.results(None, of.manifest, effects))[1]
    assert told.endswith(
        f"{dear}; “unhad” (costs 5 MU per leader and month) makes no difference that matters and cannot be had for so "
        "little in 1 of 2 scenarios."
    )


def test_what_cannot_be_had_comes_neither_first_nor_next():
    of = results({"bad": BAD, "unhad": (0.0, 0.0, 1.0)}, ("equal spend",))
    effects = of.effects.assign(intensity=[0.0 if name == "unhad" else 1.0 for name in of.effects["strategy"]])
    told = answer(made.results(None, of.manifest, effects))
    assert told[0].startswith("Doing nothing is best") and "at equal spend; next comes “bad”" in told[0]
    alone = effects[effects["strategy"] == "unhad"]
    told = answer(made.results(None, of.manifest, alone))
    assert told[0].startswith("At equal spend") and told[0].endswith(", no strategy can be had for so little.")


def test_tables_do_not_say_of_what_cannot_be_had_that_it_changes_nothing():
    of = results({"good": GOOD, "unhad": (0.0, 0.0, 1.0)}, ("full strength", "equal spend"))
    effects = of.effects.assign(matters=["yes", "yes", "no", "no"] * 2, best_communities=0.5)
    effects.loc[(effects["strategy"] == "unhad") & (effects["basis"] == "equal spend"), "intensity"] = 0.0
    (part,) = ranked(effects, "strategy")
    full, equal = (table.rows for table in part.tables)
    assert [[cell.text for cell in row[:3]] for row in full] == [["good", "+0.500", "helps"], ["unhad", "+0.000", NULL]]
    assert [cell.text for cell in equal[1]] == ["unhad", "–", UNHAD, "2.00", "–", "–"]
    full, equal = (table.rows for table in gains(effects, "strategy").tables)
    assert [row[1].text for row in full] == ["gains", "no change"]
    assert [row[1].text for row in equal] == ["gains", "cannot be had"]


def test_what_helps_and_lowers_trust_is_said_as_a_surprise():
    of = results({"good": GOOD, "bad": BAD, "fine": GOOD}, ("full strength", "equal spend"), ("calm", "crisis"))
    trust = of.effects[of.effects["measure"] == "welfare_net"].assign(measure="trust")
    turned = trust["strategy"].isin(["good", "bad"]) & ((trust["scenario"] == "calm") | (trust["strategy"] == "bad"))
    trust.loc[turned, ["effect", "low", "high"]] = -trust.loc[turned, ["effect", "high", "low"]].to_numpy()
    told = answer(made.results(None, of.manifest, pd.concat([of.effects, trust], ignore_index=True)))
    assert len(told) == 4 and told[3] == (
        "What may surprise, at full strength: “good” raises welfare net of spend but lowers trust in 1 of 2 scenarios; "
        "“bad” lowers welfare net of spend but raises trust in both scenarios."
    )


def test_a_study_of_the_baseline_has_one_sentence():
    assert len(answer(results({}))) == 1


def test_validation_is_that_of_the_results_or_else_what_is_shipped(tmp_path, monkeypatch):
    assert counts()["assumed"] > counts()["published"] > 0
    monkeypatch.chdir(tmp_path)
    run = tmp_path / "study" / "run"
    run.mkdir(parents=True)
    shipped = validation(run)
    assert len(shipped) > 80 and set(shipped["numbers"].astype(str)) == {NUMBERS}
    (run / "validation.parquet").write_bytes(b"PAR1")
    assert len(validation(run)) == len(shipped)
    verdicts(("sign", "talk helps", "missed")).to_parquet(run / "validation.parquet")
    assert list(validation(run)["target"]) == ["talk helps"]
    monkeypatch.setattr(evidence, "SHIPPED", "no-such.csv")
    nowhere = tmp_path / "another" / "study" / "run"  # beside which no other test's results lie
    assert validation(nowhere).empty and evidence_for(validation(nowhere), ["inclusion"]) == []


def verdicts(*rows) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["kind", "target", "verdict"])
    return table.assign(source="known_1999", simulated=[0.1 * (1 + at) for at in range(len(table))])


def test_verdicts_are_those_of_the_mechanisms_used():
    table = verdicts(
        ("verification", "payoff of the linear game", "reproduced"), ("calibrated", "gifts, RMSE", "missed"),
        ("calibrated", "communication written", "within tolerance"), ("sign", "talk helps strangers", "missed"),
        ("predicted", "goal egocentric", "missed"), ("assumed", "conf/game/linear: game.multiplier", "assumed"),
    )  # fmt: skip
    found = {
        each.what: each for each in evidence_for(table, ["laissez_faire", "communication", "shared_vision", "my_own"])
    }
    assert list(found) == [evidence.THEORY, evidence.EVERYBODY, "communication", "shared_vision", "my_own"]
    assert found["communication"][1:] == (2, 1, ["talk helps strangers (known_1999)"])
    assert found[evidence.EVERYBODY].missed == ["gifts, RMSE (known_1999)"]
    assert found["shared_vision"].results == found["my_own"].results == 0
    assert {"common_goals", "inclusion"} < {each.what for each in evidence_for(table, ["laissez_faire", "all"])}
    assert most_moving(table)[0].name == "game.multiplier" and "MU" in most_moving(table)[0].meaning


def test_every_strategy_with_evidence_finds_it_in_what_is_shipped(tmp_path):
    nowhere = tmp_path / "another" / "study" / "run"  # beside which no other test's results lie
    found = {each.what: each.results for each in evidence_for(validation(nowhere), STRATEGIES)}
    assert all((found[name] > 0) == (name in evidence.TOUCHES) for name in STRATEGIES)


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
    assert ".The same" not in page and "2 replicates of each" in page
    assert "The rule: a strategy helps" in page  # no plan was written for it
    assert "inclusion" in page and "2 replicates are too few" in page and "run.replicates=2" in page
    assert "http://" not in page and "https://" not in page and not (folder / "report.pdf").exists()


def test_a_portfolio_is_told_by_what_is_in_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    size = ("run.replicates=2", "run.rounds=3", "community.leaders=8", "workers=1", "figures=false", "quiet=true")
    mix = ("strategy.parts.inclusion.intensity=0.5", "strategy.parts.communication={intensity: 1, start: 13}")
    assert main(["run", "strategy=portfolio", *mix, *size, "out=here"]) == 0
    played = read(tmp_path / "here").played
    assert played.endswith("The portfolio: communication at 1 from month 13 and inclusion at 0.5.")


def test_a_published_folder_without_its_runs_is_enough(folder, capsys, monkeypatch):
    monkeypatch.setattr(pdf, "BROWSERS", ("no-such-browser",))
    results = load(folder)
    (folder / "figures").mkdir()
    save(trajectories(results.rounds, "calm"), folder / "figures" / "trajectories_calm")
    (folder / "figures" / "bands_calm.png").write_bytes(b"no picture")
    (folder / "runs.parquet").unlink()
    (folder / "rounds.parquet").unlink()
    assert main(["report", "here"]) == 0
    page = (folder / "report.html").read_text()
    assert 'alt="Month by month: calm, at full strength.' in page and "95 % interval" in page
    assert 'alt="Welfare per person, net of spend: calm' not in page
    with pytest.raises(InputError, match="damaged"):
        load(folder)


@pytest.mark.skipif(pdf.browser() is None, reason="no Chromium")
def test_the_pdf(folder, capsys):
    assert main(["report", "here"]) == 0
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("change", "says"), [
    (lambda here: (here / "manifest.json").unlink(), "holds no results"),
    (lambda here: (here / "manifest.json").write_text('{"schema_version": "99"}'), "schema 99"),
    (lambda here: (here / "manifest.json").write_text('{"kind": "validation"}'), "holds a validation"),
    (lambda here: (here / "rounds.parquet").write_bytes(b""), "damaged"),
])  # fmt: skip
def test_results_that_cannot_be_used(folder, capsys, change, says):
    change(folder)
    assert main(["report", "here"]) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1
    assert not (folder / "report.html").exists()
