"""A strategy more, two files, is in every place where strategies are, and nothing else is edited."""

import json
from typing import NamedTuple

import pandas as pd
import pytest
from planted import TINY, Copy, copied

pytestmark = pytest.mark.slow

CLASS = '''"""Barbecue: everyone eats together."""

from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Factor
from commonweal.model.strategies.strategy import Strategy


class Barbecue(Strategy):
    """Meet over food."""

    guests: Factor
    """convened encounters per leader and round"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(meetings=self.guests)
'''
LOOK = """
import json, sys
sys.path.insert(0, {docs!r})
import fill
import pandas as pd
from matplotlib.colors import to_hex
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.dashboard.setting import STRATEGIES as sliders, Setting
from commonweal.figures.budgets import budgets
from commonweal.figures.labels import words
from commonweal.figures.style import COLOURS
from commonweal.figures.trajectories import trajectories
from commonweal.report.evidence import evidence_for, validation
from commonweal.analysis.results import load
from commonweal.validation import sensitivity
from pathlib import Path

results = load("compared")
table = pd.DataFrame(dict(budget_money=[20.0], best=["barbecue + inclusion"], effect=[0.1], low=[0.0], high=[0.2],
                          prob_best=[0.5]))
below = budgets(table, "calm").axes[1]
world = Setting().world(dict(barbecue=0.5)).strategy
with session():
    factorial = read(["design=factorial"]).study
    headline = read(["experiment=which_strategy"]).study
    morris = [each.name for each in sensitivity.assumed() if "barbecue" in each.name]
    screened = len(sensitivity.effects({{}}, 1, 1))
print(json.dumps(dict(
    colours=COLOURS, all=words("all"), slider="barbecue" in sliders, played=world.parts["barbecue"].intensity,
    written=Setting().overrides(dict(barbecue=0.5)), factors=list(factorial.columns),
    conditions=len(factorial.names), headline=headline.strategies,
    lines=[each.get_text() for axes in trajectories(results.rounds, "calm").axes for each in axes.texts],
    budget=[each.get_label() for each in below.lines], morris=morris, screened=screened,
    evidence=[each.what for each in evidence_for(validation(Path("compared")), results.manifest["strategies"])],
    choices=fill.choices(), parameters=fill.parameters(),
)))
"""


class More(NamedTuple):
    """A copy with two files more, the headline study and two designs played and told of in it."""

    copy: Copy
    portfolio: str
    """the configuration of a portfolio that holds it"""
    all: str
    """the configuration of all strategies"""


@pytest.fixture(scope="module")
def more(tmp_path_factory) -> More:
    copy = copied(tmp_path_factory)
    (copy.source / "sim" / "commonweal" / "model" / "strategies" / "barbecue.py").write_text(CLASS)
    (copy.source / "conf" / "strategy" / "barbecue.yaml").write_text("# Everyone eats.\nguests: 2.0  # assumed\n")
    *_, portfolio, everything = copy.commands(
        ("run", "experiment=which_strategy", "experiment.scenarios=[calm]", *TINY, "out=compared"),
        ("report", "compared"),
        ("run", "design=fractional", "design.halvings=4", *TINY, "out=designed"),
        ("analyse", "designed"),
        ("run", "design=order", "design.strategies=[barbecue,inclusion]", *TINY, "out=ordered"),
        ("analyse", "ordered"),
        ("run", "strategy=portfolio", "strategy.parts.barbecue.intensity=0.5", "--cfg", "job"),
        ("run", "strategy=all", "--cfg", "job"),
    )
    return More(copy, portfolio, everything)


@pytest.fixture(scope="module")
def seen(more) -> dict:
    """What figures, page, evidence, screening and documentation have of it."""
    return json.loads(more.copy.look(LOOK.format(docs=str(more.copy.source / "docs"))))


def test_the_headline_study_compares_it(more, seen):
    effects = pd.read_csv(more.copy.results / "compared" / "effects.csv")
    assert set(effects[effects["strategy"] == "barbecue"]["basis"]) == {"full strength", "equal spend"}
    assert seen["headline"].count("barbecue") == 1 and seen["all"] == "all eight"


def test_portfolio_and_all_hold_it(more):
    assert "    barbecue:\n      intensity: 0.5\n" in more.portfolio
    assert "    barbecue:\n      guests: 2.0\n" in more.portfolio
    assert "    barbecue:\n      intensity: 1.0\n" in more.all


def test_the_factorial_varies_it(more, seen):
    assert "strategy.parts.barbecue.intensity" in seen["factors"] and seen["conditions"] == 256
    effects = pd.read_csv(more.copy.results / "designed" / "analysis" / "effects.csv")
    assert "barbecue" in set(effects["factor"])


def test_orders_can_begin_with_it(more):
    table = pd.read_csv(more.copy.results / "ordered" / "analysis" / "precedence.csv")
    assert "barbecue" in {*table["first"], *table["then"]}


def test_it_has_a_colour_and_is_named_in_figures(seen):
    mine = seen["colours"].pop("barbecue")
    assert mine not in seen["colours"].values() and len(set(seen["colours"].values())) == 9
    assert "barbecue" in seen["lines"]
    assert "barbecue, in" in seen["budget"]


def test_report_and_evidence_have_it(more, seen):
    assert "barbecue" in (more.copy.results / "compared" / "report.html").read_text(encoding="utf-8")
    assert seen["evidence"].count("barbecue") == 1


def test_its_numbers_are_screened(seen):
    assert seen["morris"] == ["strategy/barbecue.guests"] and seen["screened"] == 8


def test_the_page_has_a_slider_for_it(seen):
    assert seen["slider"] and seen["played"] == 0.5
    assert "strategy.parts.barbecue.intensity=0.5" in seen["written"]


def test_the_documentation_lists_it(seen):
    assert "| `strategy=barbecue` | Everyone eats. |" in seen["choices"]
    assert "| barbecue | `guests` | 2.0 |" in seen["parameters"]
