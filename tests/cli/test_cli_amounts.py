"""Amounts on the command line: what is typed in own money is the study that the same number of MU is, and is told."""

import json
import shlex
from pathlib import Path

import pandas as pd
import pytest
from tiny import TINY

from commonweal.study.folder import read_manifest

EUR = ("units.money=EUR", "units.hour=40")
RUN = ("run", "strategy=incentives", *TINY)
SPEND = "equal_spend: 5,000 EUR (781.2 MU) per leader a month; 40,000 EUR a month for all 8 leaders"


def identity(folder: str) -> str:
    return (read_manifest(Path(folder)) or {})["identity"]


@pytest.mark.parametrize(
    "typed",
    ["5000 EUR", "€5000", "€5,000", "5k EUR", "EUR 5k", "'5000 EUR'", "5000 EUR per leader and month",
     "40k EUR a month in total", "125 hours"],
)  # fmt: skip
def test_either_unit_is_the_same_study(command, typed):
    assert command(*RUN, *EUR, "equal_spend=781.25", "out=mu").code == 0
    told = command(*RUN, *EUR, f"equal_spend={typed}", "out=eur")
    assert told.code == 0, told.err
    assert SPEND in told.err and identity("mu") == identity("eur")
    assert read_manifest(Path("eur"))["config"]["equal_spend"] == 781.25
    assert Path("mu/effects.csv").read_bytes() == Path("eur/effects.csv").read_bytes()


def test_other_units_are_no_other_study_where_mu_were_typed(command):
    command(*RUN, "convener.budget=20", "out=plain")
    told = command(*RUN, *EUR, "convener.budget=20", "out=eur")
    assert identity("plain") == identity("eur")
    assert "convener.budget: 128 EUR (20 MU) per leader for the whole run, 3 months; 1,024 EUR for all 8" in told.err


def test_a_bare_number_stays_mu_and_nothing_is_told_without_units(command):
    done = command(*RUN, "equal_spend=20", "out=here")
    assert done.code == 0 and "equal_spend" not in done.err
    assert read_manifest(Path("here"))["config"]["equal_spend"] == 20


def test_a_study_goes_on_as_it_was_typed(command):
    assert command(*RUN, *EUR, "equal_spend=€5,000", "convener.budget=2k EUR in total", "out=here").code == 0
    before = identity("here")
    assert command("resume", "here", "run.replicates=4").code == 0
    assert identity("here") == before and read_manifest(Path("here"))["config"]["convener"]["budget"] == 39.0625
    assert command("why", "here", "--dry-run").code == 0
    other = command(*RUN, *EUR, "equal_spend=€5,001", "convener.budget=2k EUR in total", "out=here")
    assert other.code == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("equal_spend=5000 EUR",), "units.hour=40"),
        ((*EUR, "equal_spend=5000 USD"), "equal_spend is '5000 USD', but amounts are in EUR here"),
        ((*EUR, "equal_spend=5k"), "names no unit"),
        ((*EUR, "equal_spend=5,000"), "equal_spend is '5,000', which names no unit; write it as EUR 5000"),
        ((*EUR, "run.sums=[5 EUR,lots]"), "run.sums is 'lots', which is no amount"),
        ((*EUR, "convener.hour=40 EUR"), "convener.hour is '40 EUR', but so is units.hour; leave one of them out"),
        ((*EUR, "convener.budget=1e30 EUR"), "out of range"),
        ((*EUR, "design=grid", "design.over={community.leaders:[8,12]}", "convener.budget=9 EUR in total"),
         "say it per leader"),
    ],
)  # fmt: skip
def test_amounts_that_cannot_be_used(command, given, says):
    answer = command(*RUN, *given, "out=here")
    assert answer.code == 2 and says in answer.sentence, answer.err
    assert not Path("here").exists()


def test_the_remedy_is_accepted(command):
    said = command(*RUN, "equal_spend=5000 €", "out=here").sentence
    more = [each.rstrip(",") for each in said.split() if each.startswith("units.")]
    assert more == ["units.money=EUR", "units.hour=40"]
    assert command(*RUN, "equal_spend=5000 €", *more, "out=here").code == 0


@pytest.mark.parametrize("sign", ["€", "$", "£"])
def test_a_sign_is_a_currency_as_it_is_typed(command, sign):
    done = command(*RUN, f"units.money={sign}", "units.hour=40", f"convener.budget={sign}640", "out=here")
    assert done.code == 0, done.err
    assert read_manifest(Path("here"))["units"]["money"] == sign
    assert read_manifest(Path("here"))["config"]["convener"]["budget"] == 100
    assert command("resume", "here").code == 0


def test_an_hour_of_staff_in_own_money(command):
    assert command(*RUN, "units.money=EUR", "units.mu=8", "convener.hour=40 EUR", "out=here").code == 0
    assert read_manifest(Path("here"))["config"]["convener"]["hour"] == 5


def budgets(folder: str) -> list[float]:
    return pd.read_parquet(f"{folder}/conditions.parquet")["convener_budget"].tolist()


@pytest.mark.parametrize("typed", ["design.over.convener.budget=[64 EUR,128 EUR]",
                                   "design.over={convener.budget:['€64',128 EUR]}"])  # fmt: skip
def test_a_design_varies_amounts(command, typed):
    told = command(*RUN, *EUR, "design=grid", typed, "out=eur")
    assert told.code == 0 and "convener.budget: 64, 128 EUR (10, 20 MU) per leader for the whole run" in told.err
    assert command(*RUN, *EUR, "design=grid", "design.over.convener.budget=[10,20]", "out=mu").code == 0
    assert budgets("eur") == budgets("mu") == [10, 20]


def test_a_plan_in_a_file_has_amounts(command):
    Path("plan.csv").write_text("convener.budget\n64 EUR\n20\n")
    assert command(*RUN, *EUR, "design=csv", "design.file=plan.csv", "out=here").code == 0
    assert budgets("here") == [10, 20]


def test_a_sweep_over_amounts(command):
    done = command("run", "-m", "strategy=incentives", *TINY, *EUR, "equal_spend=64 EUR, 128 EUR", "out=here")
    assert done.code == 0, done.err
    spends = sorted(
        json.loads(path.read_text())["config"]["equal_spend"] for path in Path("here").glob("*/manifest.json")
    )
    assert spends == [10, 20]
    assert "equal_spend=64 EUR" in done.out and "job 1: equal_spend=128 EUR" in done.err
    refused = command("run", "-m", "strategy=incentives", *TINY, *EUR, "equal_spend=5,000 EUR", "out=there")
    assert refused.code == 2 and "write equal_spend=5000 EUR for one" in refused.sentence


def test_an_experiment_of_ones_own_holds_amounts(command):
    Path("mine/experiment").mkdir(parents=True)
    Path("mine/experiment/ours.yaml").write_text(
        "# @package _global_\nexperiment: {name: ours, strategies: [incentives], scenarios: [calm]}\n"
        "units: {money: EUR, hour: 40}\nconvener: {budget: 6.4k EUR in total}\n"
    )
    done = command("run", "--config-dir", "mine", "experiment=ours", *TINY, "out=here")
    assert done.code == 0, done.err
    assert read_manifest(Path("here"))["config"]["convener"]["budget"] == 125


def test_worths_that_do_not_fit_are_told_once(command):
    told = command(*RUN, "units.money=EUR", "units.mu=1000", "units.hour=40", "out=here").err
    assert told.count("do not fit one another") == 1 and "1,000,000 EUR by the one" in told and "6,400 EUR" in told
    for fits in (EUR, ("units.money=EUR", "units.mu=6", "units.hour=40"), ("units.money=EUR", "units.mu=1000")):
        assert "do not fit" not in command(*RUN, *fits, "--dry-run").err


@pytest.fixture
def town(command):
    """A folder as `roster import` writes it, of budgets in EUR."""
    Path("people.csv").write_text("Name,Budget per month (EUR)\n" + "".join(f"p{at},6400\n" for at in range(8)))
    Path("ties.csv").write_text("From,To\np0,p1\np1,p2\np2,p3\n")
    Path("euros.yaml").write_text("units: {money: EUR, hour: 40}\n")
    assert command("roster", "import", "people.csv", "ties.csv", "mapping=euros.yaml", "out=town").code == 0
    return ["run", "strategy=incentives", "run.replicates=3", "run.rounds=3", "workers=1", "figures=false",
            "community=town/"]  # fmt: skip


def test_a_folder_says_its_own_units(command, town):
    told = command(*town, "convener.budget=6400 EUR in total", "out=here")
    assert told.code == 0, told.err
    assert told.err.count("units as town/mapping.yaml has them") == 1 and "1 MU is 6.4 EUR" in told.err
    assert read_manifest(Path("here"))["units"] == {"money": "EUR", "mu": 6.4, "hour": 40.0}
    assert read_manifest(Path("here"))["config"]["convener"]["budget"] == 125
    assert "EUR per person and year" in " ".join(told.out.split())
    assert command("resume", "here").code == 0


def test_units_that_are_given_come_before_those_of_the_folder(command, town):
    for given, money in ((("units.money=CHF", "units.hour=50"), "CHF"), (("units=none",), None)):
        told = command(*town, *given, f"out=in{money}")
        assert told.code == 0 and "units as" not in told.err
        assert (read_manifest(Path(f"in{money}")) or {}).get("units", {}).get("money") == money


def test_a_mapping_that_cannot_be_read_is_named(command, town):
    Path("town/mapping.yaml").write_text("units: much\n")
    answer = command(*town, "out=here")
    assert answer.code == 2 and "mapping.yaml" in answer.sentence and "units=none" in answer.sentence
    assert command(*town, "units=none", "out=here").code == 0


def test_what_is_advised_of_a_budget_of_analyse(command):
    assert command(*RUN, *EUR, "design=grid", "design.over.convener.budget=[64 EUR,20]", "out=here").code == 0
    plain, own = command("analyse", "here", "--budget", "640"), command("analyse", "here", "--budget", "640 EUR")
    assert own.code == 0, own.err
    assert own.out == plain.out == command("analyse", "here", "--budget", "100 MU").out
    assert command("analyse", "here", "--budget", "640 EUR:8").code == 0
    refused = command("analyse", "here", "--budget", "640 USD")
    assert refused.code == 2 and "amounts are in EUR here" in refused.err
    assert shlex.split(refused.err)
