"""What a strategy means on Monday: each of the package's says it, with the numbers of this community and study."""

import re

import pandas as pd
import pytest
from worlds import STRATEGIES, world

from commonweal.__main__ import main
from commonweal.analysis.results import load
from commonweal.dashboard.setting import Setting
from commonweal.model import strategies
from commonweal.report.practice import practices
from commonweal.units import Units, told_in


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_strategy_says_what_it_means_on_monday(name):
    """A new one does not pass without sentences of its own for those who decide."""
    strategy = world(f"strategy={name}").strategy
    assert "in_practice" in vars(type(strategy)), f"{name} does not say what it means on Monday: see CONTRIBUTING.md"
    said = strategy.in_practice(37)
    assert (
        (len(said.split()) >= 8 or name == "portfolio")
        and said[0].isupper()
        and said.endswith(".")
        and "  " not in said
    )
    assert re.search(r"\b37\b", said) or name in ("all", "portfolio")


def test_what_is_done_follows_the_values_and_the_size():
    asked = world("strategy=lead_by_example", "strategy.exemplars=0.5", "strategy.example=0.3").strategy.in_practice(10)
    assert "5 of the 10 leaders" in asked and "30 %" in asked
    grants = world("strategy=incentives", "strategy.grant=0.1", "strategy.standard=0.5", "strategy.match=0")
    said = grants.strategy.in_practice(10)
    assert "grant to those who give 50 %" in said and "you add" not in said
    mix = ("strategy.parts.inclusion.intensity=0.5", "strategy.parts.inclusion.start=13")
    assert "inclusion at 50 % of its strength from month 13" in world("strategy=portfolio", *mix).strategy.in_practice(
        9
    )


def rows(strategy, money, spend):
    return [
        {"scenario": scenario, "strategy": strategy, "basis": "full strength", "measure": measure, "mean": mean}
        for scenario in ("calm", "crisis") for measure, mean in (("money", money), ("spend", spend))
    ]  # fmt: skip


def test_what_it_takes_is_the_studys_for_the_whole_community():
    values = world("strategy=inclusion").strategy.model_dump()
    manifest = {"leaders": 25, "config": {"people": {"endowment": 1000.0}, "strategies": {"inclusion": values}}}
    effects = pd.DataFrame([*rows("inclusion", 4.0, 14.0), *rows("mine", 2.0, 2.0)])
    inclusion, mine = practices(manifest, effects, ["inclusion", "mine"])
    assert (inclusion.money, inclusion.hours) == (100.0, pytest.approx(1.6)) and "25 leaders" in inclusion.done
    assert inclusion.takes == "It takes 100 MU and 1.6 hours of each leader a month."
    assert mine.done == "" and mine.takes == "It takes 50 MU and no time of the leaders a month."


def test_what_it_takes_is_told_in_money_and_in_mu_and_hours_are_hours():
    manifest = {"leaders": 25, "config": {"people": {"endowment": 1000.0}}}
    with told_in(Units("EUR", 6.4, 40.0)) as units:
        effects = pd.DataFrame([*rows("mine", 4.0 * units.mu, 14.0 * units.mu)])
        (mine,) = practices(manifest, effects, ["mine"])
        assert (mine.money, mine.hours) == (pytest.approx(100.0), pytest.approx(1.6))
        assert mine.takes == "It takes 640 EUR (100 MU) and 1.6 hours of each leader a month."


def test_hours_are_those_of_the_leaders_of_a_roster(tmp_path, monkeypatch):
    """Time is a share of what each of them has, however much that is."""
    monkeypatch.chdir(tmp_path)
    size = ("run.replicates=2", "run.rounds=3", "workers=1", "figures=false", "quiet=true")
    hours = {}
    for much in (100, 4000):
        (tmp_path / "leaders.csv").write_text(f"id,endowment\na,{much}\nb,{3 * much}\nc,{2 * much}\n")
        words = ("strategy=build_relationships", "community=roster", "community.leaders_file=leaders.csv")
        assert main(["run", *words, *size, f"out={much}"]) == 0
        results = load(tmp_path / str(much))
        assert results.manifest["endowment"] == 2 * much
        (found,) = practices(results.manifest, results.effects, ["build_relationships"])
        hours[much] = found.hours
    assert hours[100] == pytest.approx(hours[4000], rel=0.02) and 2 < hours[100] < 4


def test_nothing_of_the_users_own_is_imported_and_values_of_before_are_no_error(monkeypatch):
    monkeypatch.setattr("commonweal.report.practice.class_of_file", lambda *_: pytest.fail("imported"))
    manifest = {"leaders": 5, "config": {"strategies": {"mine": {"a": 1}}}}
    (found,) = practices(manifest, pd.DataFrame(rows("mine", 1.0, 1.0)), ["mine"])
    assert found.done == "" and found.takes == ""
    monkeypatch.undo()
    old = {"leaders": 5, "config": {"strategies": {"inclusion": {"seats": 1.0}}}}
    assert practices(old, pd.DataFrame(rows("inclusion", 1.0, 1.0)), ["inclusion"])[0].done == ""


def test_the_page_says_it_at_the_size_of_its_community():
    said = Setting(community="davis_clubs").practice()
    assert len(said) == len(strategies.STRATEGIES) and "18 leaders" in said[0]
