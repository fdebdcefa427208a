"""One row per strategy over all scenarios: ranges, exceptions by name, and where it stands."""

import io
import json
import re

import made
import pandas as pd
import pytest
from rich.console import Console

from commonweal.__main__ import main
from commonweal.analysis.results import load
from commonweal.commands import _summary
from commonweal.commands._cells import MEASURES
from commonweal.commands._ranking import ranked
from commonweal.report import pdf
from commonweal.report.answer import for_sums
from commonweal.report.comparison import tell
from commonweal.report.summary import alike, called, in_turn, per_cent, summary
from commonweal.report.verdicts import judged, nothing_is_best

WHERE = ("calm", "crisis", "scarce")


def effects(**more) -> pd.DataFrame:
    """Three strategies in three scenarios at both bases; `odd` harms in a crisis and is unsure where all is scarce."""
    shares = {"good": (0.11, 0.12, 0.2), "odd": (0.05, -0.2, 0.04), "unhad": (0.0, 0.0, 0.0)}
    rows = [
        {
            "scenario": scenario, "strategy": name, "basis": basis, "measure": measure, "effect": 2.0 * share,
            "low": 2.0 * share - 0.001, "high": 2.0 * share + 0.001, "mean": 2.0, "baseline": 2.0, "n": 40,
            "p_holm": 0.5 if (name, at) == ("odd", 2) else 0.001, "prob_best": 0.0, "rank": 1.0,
            "spend": 0.0 if name == "unhad" else 5.0, "best_communities": 0.5, "best_worlds": None,
            "intensity": 0.0 if name == "unhad" and basis == "equal spend" else 1.0,
            "matters": "no" if not share else "yes",
        }
        for basis in ("full strength", "equal spend") for measure in MEASURES
        for name, each in shares.items() for at, (scenario, share) in enumerate(zip(WHERE, each, strict=True))
    ]  # fmt: skip
    return pd.DataFrame(rows).assign(**more)


def results(table):
    runs = pd.DataFrame({"scenario": WHERE, "strategy": "laissez_faire", "status": "succeeded"})
    runs[list(MEASURES)] = 2.0
    manifest = {
        "scenarios": list(WHERE), "strategies": ["laissez_faire", "good", "odd", "unhad"], "experiment": "x",
        "replicates": 40, "rounds": 60, "leaders": 30, "seed": 1, "smallest_effect": 0.01,
    }  # fmt: skip
    return made.results(None, manifest, table, runs=runs)


def test_the_readers_money_comes_first_and_exceptions_are_named():
    found = summary(effects())
    assert list(found) == ["equal spend", "full strength"] and list(found["full strength"]) == ["good", "unhad", "odd"]
    at_equal = found["equal spend"]
    assert (at_equal["good"].effect, at_equal["good"].verdict) == ("+11 to +20 %", "helps")
    assert at_equal["odd"].effect == "−20 to +5.0 %"
    assert at_equal["odd"].verdict == "helps; harms in crisis; unsure in scarce"
    assert (at_equal["unhad"].effect, at_equal["unhad"].verdict) == ("–", "cannot be had for so little")
    assert found["full strength"]["unhad"].verdict == "no difference that matters"
    assert in_turn(["at full strength", "at equal spend"]) == ["at equal spend", "at full strength"]
    assert called(effects(), "equal spend") == "at equal spend (all turned down to cost 5.0 MU a leader and month)"


def test_shares_of_nothing_are_not_known():
    assert summary(effects(baseline=0.0))["full strength"]["good"].effect == "–"
    assert per_cent(0.004, 0.0042) == "+0.4 %" and per_cent(float("nan"), 0.1) == "–"


def test_tables_that_differ_in_the_third_digit_only_are_one():
    assert alike(effects()) == {"calm": [], "crisis": [], "scarce": []}
    table = effects()
    same = table[table["scenario"] == "calm"]
    twice = pd.concat([table, same.assign(scenario="again", effect=same["effect"] + 0.004)], ignore_index=True)
    assert alike(twice) == {"calm": ["again"], "crisis": [], "scarce": []}
    far = twice.assign(effect=twice["effect"].where(twice["measure"] != "trust", twice.index))
    assert alike(far)["calm"] == ["again"] and alike(far, list(MEASURES))["calm"] == []


def shown(of, width, whole=False) -> str:
    out = io.StringIO()
    _summary.show(of, Console(file=out, width=width, markup=False, highlight=False, color_system=None), whole)
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_terminal_begins_with_it_and_has_the_rest_on_request(width):
    text, whole = shown(results(effects()), width), shown(results(effects()), width, whole=True)
    assert max(map(len, text.splitlines())) <= width and "…" not in text
    assert text.index("strategy") < text.index("good") and "+11 to +20 %" in text
    assert "with nothing done" not in text and "table" in text and "--all" in text
    assert whole.count("with nothing done: ") == len(WHERE) and whole.startswith(text[:200])
    assert whole.count("cannot be had for so little: unhad") == len(WHERE)


def test_a_program_reads_that_it_cannot_be_had_and_no_rank():
    rows = {row["strategy"]: row for row in ranked(results(effects()), "crisis", "equal spend")}
    assert rows["unhad"]["verdict"] == rows["unhad"]["measures"]["trust"]["verdict"] == "cannot be had for so little"
    assert {rows["unhad"][name] for name in ("rank", "prob_best", "best_communities", "best_worlds")} == {None}
    assert rows["laissez_faire"]["best_communities"] == 0.0 and rows["good"]["rank"] == 1


def test_doing_nothing_is_best_although_what_cannot_be_had_is_as_good():
    table = effects()
    table["prob_best"] = table["strategy"].eq("unhad") / 2
    rows = judged(table, "equal spend")
    assert nothing_is_best(rows) and not nothing_is_best(judged(table, "full strength"))


def test_where_there_is_one_table_it_is_shown():
    table = effects()
    one = results(table[(table["scenario"] == "calm") & (table["basis"] == "full strength")])
    one.manifest["scenarios"] = ["calm"]
    assert "with nothing done" in shown(one, 100) and "Every scenario by itself" not in shown(one, 100)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    here = tmp_path_factory.mktemp("ten") / "here"
    size = ("run.replicates=2", "run.rounds=3", "community.leaders=9", "workers=1", "figures=false", "quiet=true")
    assert main(["run", "experiment=which_strategy", *size, f"out={here}"]) == 0
    return here


def test_the_report_begins_with_it_and_folds_the_rest(folder):
    page = tell(load(folder))
    titles = ["In short", "What it means on Monday", "Who gains, who loses"]
    assert [each.title for each in page.sections] == titles
    assert len(page.pictures) == 1 and len(page.further) > 4
    assert page.pictures[0].narrow != page.pictures[0].source and not any(each.narrow for each in page.further)
    last = ["Why", "Strategies ranked, scenario by scenario", "Who gains, who loses"]
    assert [each.title for each in page.annex] == last
    (part,) = page.sections[1].parts
    assert {name for name, _ in part.told} >= {"inclusion", "all seven"} and all("MU" in said for _, said in part.told)


@pytest.mark.skipif(pdf.browser() is None, reason="no Chromium")
def test_a_study_of_ten_scenarios_prints_on_four_pages(folder):
    assert len(load(folder).manifest["scenarios"]) == 10
    assert main(["report", str(folder)]) == 0
    pages = re.findall(rb"/Type\s*/Page\b", (folder / "report.pdf").read_bytes())
    assert 2 <= len(pages) <= 4


def test_all_and_json_are_the_tables_two_ways(folder, capsys):
    assert main(["table", str(folder), "--all"]) == 0
    assert capsys.readouterr().out.count("with nothing done") >= 1
    assert main(["table", str(folder), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["scenarios"]) == 10
    assert main(["table", str(folder), "--all", "--json"]) == 2


def test_what_a_sum_buys_is_told_by_the_scenarios_in_which_it_is_best():
    brought = {
        "calm": {5: (2.0, 1.0), 20: (2.0, 3.0)},
        "scarce": {5: (2.0, 1.0), 20: (-1.0, -2.0)},
        "crisis": {5: (1.0, 4.0), 20: (2.0, 3.0)},
    }
    rows = [
        (scenario, sum_, name, effect)
        for scenario, sums in brought.items()
        for sum_, effects in sums.items()
        for name, effect in zip(("inclusion", "incentives"), effects, strict=True)
    ]
    curves = pd.DataFrame(rows, columns=["scenario", "sum", "strategy", "effect"]).assign(measure="welfare_net")
    assert for_sums(curves) == (
        "What a sum buys, in MU per leader and month, by the mean of welfare net of spend: for 5 “inclusion” (in 2 of "
        "3 scenarios) and for 20 “incentives” (in 2 of 3 scenarios)."
    )
    mixed = curves.query("strategy == 'inclusion'").assign(strategy="best_mix", holds="inclusion 0.4 + all 1e-05")
    both = for_sums(pd.concat([curves, mixed]))
    assert both.startswith(for_sums(curves)) and both.endswith(
        "measured in others: for 5 “inclusion and all” (in 3 of 3 scenarios) and for 20 “inclusion and all” (in 2 of 3 "
        "scenarios)."
    )
    assert for_sums(curves.head(0)) == ""
    assert "for 20 doing nothing." in for_sums(curves[(curves["scenario"] == "scarce") & (curves["sum"] == 20)])
