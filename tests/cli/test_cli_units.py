"""Units: what a convener reads is in their own money, what is kept is in MU, and what cannot be used is refused."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from tiny import TINY

import commonweal as cw
from commonweal.analysis.results import load
from commonweal.commands.analyse import _told
from commonweal.report import sweep
from commonweal.report.ranges import _worst
from commonweal.report.report import read
from commonweal.study.conditions import told_name
from commonweal.study.folder import read_manifest
from commonweal.study.sweep import finished_sweep
from commonweal.units import Units, told_in

EUR = ("units.money=EUR", "units.mu=5")
RUN = ("run", "strategy=incentives", *TINY)
DESIGN = ("run", "design=factorial", "design.over={strategy.parts.incentives.intensity:[0,1],"
          "strategy.parts.inclusion.intensity:[0,1]}", "strategy=portfolio", *TINY)  # fmt: skip


def numbers(text: str, name: str) -> list[float]:
    """The numbers of the row that tells of a strategy."""
    (row,) = [line for line in text.splitlines() if re.match(rf"\s*\d+ +{name}\b", line)]
    return [float(each.replace(",", "")) for each in re.findall(r"(?<![\w.])[+-]?[\d,]+\.\d+", row)]


def test_tables_on_disk_stay_in_mu_and_what_is_shown_is_converted(command):
    plain, told = command(*RUN, "out=plain"), command(*RUN, *EUR, "out=told")
    assert plain.code == told.code == 0
    assert Path("plain/effects.csv").read_bytes() == Path("told/effects.csv").read_bytes()
    assert "EUR" not in plain.out and "units" not in (read_manifest(Path("plain")) or {})
    effects = load("told").effects.set_index(["basis", "measure"]).loc["full strength"]
    shown = numbers(told.out, "incentives")
    assert shown[0] == pytest.approx(60 * effects.loc["welfare_net", "effect"], abs=0.051)
    assert any(each == pytest.approx(5 * effects["spend"].iloc[0], abs=0.051) for each in shown)
    for words in ("EUR per person and year, net of spend", "EUR per leader and month",
                  "1 MU is 5 EUR; an hour of staff is 31.25 EUR; a round is a month"):  # fmt: skip
        assert words in " ".join(told.out.split()), words
    assert "MU per" not in told.out


def test_shares_and_trust_are_no_money(command):
    plain, told = command(*RUN, "out=plain"), command(*RUN, *EUR, "out=told")
    trust = load("plain").effects.set_index("measure")["effect"]["trust"]
    assert f"{trust:+.3f}" in plain.out and f"{trust:+.3f}" in told.out


def test_json_is_in_mu(command):
    command(*RUN, *EUR, "out=told")
    document = json.loads(command("table", "told", "--json").out)
    assert document["scenarios"]["calm"]["full strength"][0]["spend"] == pytest.approx(load("told").effects["spend"][0])


def test_other_units_are_told_and_nothing_is_played_again(command):
    command(*RUN, "out=here")
    before = Path("here/runs.parquet").stat().st_mtime_ns, read_manifest(Path("here"))["seconds"]
    told = command(*RUN, "out=here", *EUR)
    assert "EUR per person and year" in " ".join(told.out.split())
    assert read_manifest(Path("here"))["seconds"] == pytest.approx(before[1], abs=2)
    assert "EUR per" in " ".join(command("table", "here").out.split())
    assert "EUR" not in command(*RUN, "out=here").out


def test_the_same_in_hours_and_going_on_keeps_the_units(command):
    assert command(*RUN, "units.money=EUR", "units.hour=31.25", "out=here").code == 0
    assert read_manifest(Path("here"))["units"] == {"money": "EUR", "mu": 5.0, "hour": 31.25}
    assert command("resume", "here").code == 0
    assert "EUR per" in " ".join(command("table", "here").out.split())


def test_both_worths_say_what_an_hour_of_staff_is(command):
    """The price of hours follows them, where conf has another."""
    assert command(*RUN, "units={money: EUR, mu: 1000, hour: 40}", "out=here").code == 0
    assert read_manifest(Path("here"))["config"]["convener"]["hour"] == 0.04
    assert command(*RUN, "convener.hour=0.04", "out=other").code == 0
    assert Path("here/effects.csv").read_bytes() == Path("other/effects.csv").read_bytes()
    assert command(*RUN, "units={money: EUR, mu: 1000, hour: 40}", "out=here").code == 0


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("units.mu=3",), "units.mu is 3 of no currency; give units.money too, such as units.money=EUR"),
        (("units.money=EUR",), "it is not said what that is worth; give units.mu"),
        (("units.money=EUR", "units.mu=-3"), "units.mu is -3, which is out of range: it must be more than 0"),
        (("units.money=EUR", "units.hour=0"), "units.hour is 0, which is out of range"),
        (("units.money=EUR", "units.mu=many"), "units.mu is 'many', which cannot be used"),
        (("units.money='EUR or USD'", "units.mu=3"), "of 2 currencies; give one, and all amounts in it"),
        (("units.money=EUR", "units.hour=40", "convener=lab"), "convener.hour is 0"),
        (("units.money=EUR", "units.hour=40", "units.mu=3", "convener.hour=2"), "leave out one of the three"),
        (("units.currency=EUR",), "units.currency is not a parameter here"),
    ],
)
def test_units_that_cannot_be_used(command, given, says):
    answer = command(*RUN, *given, "out=here")
    assert answer.code == 2 and says in answer.sentence
    assert not Path("here").exists()


def test_the_remedy_is_accepted(command):
    said = command(*RUN, "units.mu=3", "out=here").sentence
    assert command(*RUN, "units.mu=3", said.rpartition("such as ")[2], "out=here").code == 0


def test_a_currency_is_any_text_and_harmless(command):
    assert command(*RUN, "units.money='<b>µ$%s{}'", "units.mu=5", "out=here").code == 0
    assert "<b>µ$%s{} per person and year" in " ".join(command("table", "here").out.split())
    assert command("report", "here").code == 0
    page = Path("here/report.html").read_text()
    assert "&lt;b&gt;µ$%s{} per person and year" in page and "<b>µ" not in page
    answer = command(*RUN, "units.money='a\x1b[31m'", "units.mu=5", "out=other")
    assert answer.code == 2 and "\x1b" not in answer.err


def test_the_report_is_told_in_units(command):
    command("run", "experiment=which_strategy", "experiment.strategies=[incentives,inclusion]", "run.sums=[5,50]",
            "experiment.scenarios=[calm,scarce]", *TINY, *EUR, "out=here")  # fmt: skip
    assert command("report", "here").code == 0
    text = re.sub("<svg.*?</svg>", "", Path("here/report.html").read_text(), flags=re.DOTALL)
    text = " ".join(re.sub("<[^>]+>", " ", text).split())
    for words in ("EUR per person and year", "EUR a leader and month", "5 EUR are 1 MU", "What a sum buys, in EUR per",
                  "for 250 ", "Doing nothing comes to"):  # fmt: skip
        assert words in text, words
    assert not re.search(r"(?<!per )(?<!1 )\bMU\b(?! per MU| of |\)| per round)", text.partition("What the answer")[0])


def test_designs_are_analysed_and_told_in_units(command):
    command(*DESIGN, *EUR, "out=here")
    plain = command("analyse", "here", "--json")
    told = command("analyse", "here", "--budget", "5000")
    effects = pd.DataFrame(json.loads(plain.out)["effects"])
    first = effects.loc[effects["factor"].str.contains("incentives") & (effects["with"] == ""), "effect"].iloc[0]
    assert f"{60 * first:.4g}" in told.out
    assert pd.read_csv("here/analysis/budget.csv")["budget_money"].tolist() == [1000.0]
    assert re.search(r"\b5000\b", told.out) and "EUR per leader and month" in told.out
    refused = command("analyse", "here", "--budget=-5")
    assert refused.code == 2 and "a budget of -5 of money" in refused.err
    assert command("report", "here").code == 0
    text = Path("here/report.html").read_text()
    assert "EUR per person and year" in text and "in MU" not in text
    assert "EUR per person and year" in command("table", "here").out


GRID = (*RUN, *EUR, "design=grid", "design.over.convener.budget=[10,20]")


def test_a_varied_budget_is_named_in_own_money_and_kept_in_mu(command):
    told = command(*GRID, "out=here")
    assert told.code == 0, told.err
    assert pd.read_parquet("here/conditions.parquet")["name"].tolist() == ["convener_budget=10", "convener_budget=20"]
    page = str(read(Path("here")))
    assert "convener budget=100 EUR" in page and "convener budget=20" not in page
    results = cw.load("here")
    drawn = [text.get_text() for text in results.plot.forest().axes[0].get_yticklabels()]
    said = [told.out, *(command(*each).out for each in (("table", "here"), ("versus", "here", "here"),
                                                        ("analyse", "here")))]  # fmt: skip
    for text in (*said, results._repr_html_()):
        assert "convener_budget=100 EUR" in text and "convener_budget=20" not in text, text
    assert drawn == ["convener budget=100 EUR"]
    asked = command("query", "here", "SELECT DISTINCT name FROM runs")
    assert "convener_budget=20" in asked.out and "are in MU as in the files: 1 MU is 5 EUR" in asked.err
    assert "EUR" not in command("query", "here", "SELECT DISTINCT name FROM runs", "--csv").err
    html = re.search(r"<td>convener_budget=100 EUR</td>.*?</tr>", results._repr_html_(), re.DOTALL)
    mean = results.runs.query("name == 'convener_budget=20'")["welfare_net"].mean()
    assert html is not None and f"<td>{60 * mean:.3f}</td>" in html[0]


def test_budgets_and_failures_mean_the_same_on_the_command_line_and_in_python(command):
    command(*GRID, "out=here")
    shown = command("analyse", "here", "--budget", "500", "--json")
    there = json.loads(shown.out)["budget"]
    for given in (500, "500 EUR", "100 MU"):
        (row,) = json.loads(cw.analyse("here", budgets=[given])["budget"].to_json(orient="records"))
        assert [row] == there and row["budget_money"] == 100
    refused = command("analyse", "here", "--budget", "1").err
    with pytest.raises(cw.InputError) as error:
        cw.analyse("here", budgets=[1])
    assert str(error.value) in refused and "a budget of 1 of money; the cheapest, convener_budget=" in refused
    with pytest.raises(cw.InputError, match="budget is nan, which is no amount"):
        cw.analyse("here", budgets=[float("nan")])
    refused = command("analyse", "here", "--below", "-7").err
    assert "welfare_net below -7: nothing fails" in refused


def test_bounds_of_amounts_are_told_in_own_money():
    box = pd.DataFrame({"parameter": ["convener_budget", "learn_public"], "low": [10, 0.1], "high": [300, 0.2],
                        "limit": [2.0, 2.0], "density": [1.0, 1.0], "coverage": [1.0, 1.0]})  # fmt: skip
    with told_in(Units("EUR", 5)):
        assert "convener budget (EUR) from 50 to 1,500 and learn public from 0.1 to 0.2" in _worst(box)
        shown = _told("failures", box, "welfare_net", Units("EUR", 5))
    assert shown["high"].tolist() == [1500, 0.2] and shown["limit"].tolist() == [120, 120]
    assert "convener budget from 10 to 300" in _worst(box)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("calm + convener_budget=1234.5 + inclusion", "calm + convener_budget=6,172.5 EUR + inclusion"),
        ("convener.budget=20,scenario=calm", "convener.budget=100 EUR,scenario=calm"),
        ("convener.budget=64 EUR", "convener.budget=64 EUR"),
        ("convener_prices_forum_fixed_money=3e-05 (2)", "convener_prices_forum_fixed_money=0.00015 EUR (2)"),
        ("learn_public=0.5", "learn_public=0.5"),
    ],
)
def test_amounts_in_names(name, told):
    assert told_name(name, Units("EUR", 5)) == told and told_name(name, Units()) == name


def test_branches_are_told_in_units(command):
    words = ("branch", "strategy=inclusion", "--at", "2", "--to", "incentives", "--replicates", "0-3", "--orders", "2",
             "--measure", "welfare_net", "--measure", "trust", "run.rounds=4", "community.leaders=8")  # fmt: skip
    plain, told = command(*words, "--out", "plain"), command(*words, *EUR, "convener.budget=500 EUR", "--out", "told")
    assert plain.code == told.code == 0, told.err
    assert "EUR" not in plain.out and "convener.budget: 500 EUR (100 MU) per leader" in told.err
    told = command(*words, *EUR, "--out", "told")
    assert Path("plain/difference.csv").read_bytes() == Path("told/difference.csv").read_bytes()
    assert Path("plain/mechanisms.csv").read_bytes() == Path("told/mechanisms.csv").read_bytes()
    table = pd.read_csv("told/difference.csv").query("measure == 'welfare_net' and round >= 2")
    (line,) = [each for each in told.out.splitlines() if each.startswith("welfare_net:")]
    assert f"{60 * table['difference'].mean():+.2f} EUR per person and year on the mean" in line
    assert "on the mean, in EUR per person and year" in told.out and "1 MU is 5 EUR" in told.out
    (line,) = [each for each in told.out.splitlines() if each.startswith("trust:")]
    assert line in plain.out


def test_results_side_by_side_are_told_in_units_that_both_have(command):
    command(*RUN, *EUR, "out=one")
    command(*RUN, *EUR, "run.seed=5", "out=other")
    command(*RUN, "out=plain")
    effect = load("one").effects.set_index(["basis", "measure"]).loc[("full strength", "welfare_net"), "effect"]
    told = command("versus", "one", "other")
    assert f"{60 * effect:+.2f}" in told.out and "in EUR per person and year" in told.out and "MU per" not in told.out
    mixed = command("versus", "one", "plain")
    assert "told in different units, so that amounts are in MU here" in mixed.out and f"{effect:+.3f}" in mixed.out
    assert json.loads(command("versus", "one", "other", "--json").out)["rows"][0]["effect_a"] == pytest.approx(effect)


def test_a_sweep_says_what_its_table_is_in(command):
    words = ("run", "-m", "strategy=incentives", *TINY)
    told = command(*words, *EUR, "convener.budget=50 EUR,20", "out=told")
    plain = command(*words, "community.leaders=8,9", "out=plain")
    said = " ".join(told.out.split())
    assert said.count("Welfare: EUR per person and year. Spend: EUR per leader and month. 1 MU is 5 EUR") == 1
    assert said.count("1 MU is 5 EUR") == " ".join(command("table", "told").out.split()).count("1 MU is 5 EUR")
    assert "1 MU" not in plain.out
    names = ["convener.budget=50 EUR", "convener.budget=100 EUR"]
    assert all(each in told.out and each in command("table", "told").out for each in names)
    assert pd.read_csv("told/effects.csv")["convener_budget"].unique().tolist() == [10, 20]
    found = finished_sweep("told")
    assert found is not None
    with told_in(sweep.units(found)):
        (table,) = sweep._table(found.effects, "full strength").tables
    assert [row[0].text for row in table.rows] == names
