"""Units: what a convener reads is in their own money, what is kept is in MU, and what cannot be used is refused."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from tiny import TINY

from commonweal.analysis.results import load
from commonweal.study.folder import read_manifest

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
    words = ("run", "-m", "strategy=incentives", "community.leaders=8,9", "run.replicates=3", "run.rounds=3",
             "workers=1", "figures=false")  # fmt: skip
    told, plain = command(*words, *EUR, "out=told"), command(*words, "out=plain")
    said = " ".join(told.out.split())
    assert said.count("Welfare: EUR per person and year. Spend: EUR per leader and month. 1 MU is 5 EUR") == 1
    assert said.count("1 MU is 5 EUR") == " ".join(command("table", "told").out.split()).count("1 MU is 5 EUR")
    assert "1 MU" not in plain.out
