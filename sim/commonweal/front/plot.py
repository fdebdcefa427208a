"""The figures of some results, each a method."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.analysis.budget import affordable, pareto_front
from commonweal.analysis.in_units import SPREAD, amounts, budget_mu
from commonweal.analysis.singles import singles
from commonweal.analysis.worlds import of_worlds
from commonweal.errors import InputError
from commonweal.figures.agenda import agenda
from commonweal.figures.animation import Animation, animation
from commonweal.figures.bands import bands
from commonweal.figures.budgets import budgets
from commonweal.figures.cost_benefit import cost_benefit
from commonweal.figures.cost_curves import cost_curves
from commonweal.figures.equity import equity
from commonweal.figures.fan import fan
from commonweal.figures.forest import forest
from commonweal.figures.front import front
from commonweal.figures.gallery import Condition, before_and_after
from commonweal.figures.group_gains import group_gains
from commonweal.figures.labels import effect_label, title
from commonweal.figures.over_scenarios import over_scenarios
from commonweal.figures.ranks import ranks
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.trajectories import trajectories
from commonweal.figures.worlds import worlds
from commonweal.front import studies
from commonweal.model.measures import HEADLINES, MEASURES
from commonweal.model.params import nearest
from commonweal.study.conditions import BASELINE, FULL
from commonweal.units import Units, told_in, units_of

if TYPE_CHECKING:
    from commonweal.front.results import Results

FOUR: Final = ("cooperation", "trust", "welfare_net", "worst_off")


class Plot:
    """Figures of a study. Each returns its figure; given `ax`, a panel of yours, it draws there and returns the panel.

    scenario: one of several; where it is None all of them, or the first in figures of one. basis: "full strength" or
    "equal spend". Raise InputError where the results lack what is to be drawn, or ax is one panel of several.
    """

    def __init__(self, results: "Results") -> None:
        self._results = results

    def strategy_effects(
        self, measure: str = "welfare_net", *, scenario: str | None = None, ax: Axes | None = None
    ) -> Any:
        """What each strategy changes of one measure."""
        return self._drawn(strategy_effects, self._effects(scenario), measure, ax=ax, worlds=self._worlds())

    def over_scenarios(self, measure: str = "welfare_net", *, ax: Axes | None = None) -> Any:
        """The same in one panel: a dot per scenario."""
        return self._drawn(over_scenarios, self._effects(None), measure, ax=ax, worlds=self._worlds())

    def equity(self, *, scenario: str | None = None, basis: str = FULL, ax: Axes | None = None) -> Any:
        """Does what helps on average also help those worst off?"""
        return self._drawn(equity, self._effects(scenario), basis, ax=ax)

    def cost_benefit(self, *, scenario: str | None = None, basis: str = FULL, ax: Axes | None = None) -> Any:
        """Is what a strategy brings worth the money it takes?"""
        return self._drawn(cost_benefit, self._effects(scenario), basis, ax=ax)

    def trajectories(
        self, measures: str | Sequence[str] = FOUR, *, scenario: str | None = None, basis: str = FULL,
        ax: Axes | None = None,
    ) -> Any:  # fmt: skip
        """How measures go, round by round, under every strategy of a scenario."""
        several = [measures] if isinstance(measures, str) else measures
        return self._drawn(trajectories, self._rounds(), self._scenario(scenario), several, basis, ax=ax)

    def bands(
        self, measure: str = "welfare_net", *, scenario: str | None = None, basis: str = FULL, ax: Axes | None = None
    ) -> Any:
        """One measure under each strategy, with its spread over communities."""
        return self._drawn(bands, self._rounds(), self._scenario(scenario), measure, basis, ax=ax)

    def worlds(self, measure: str = "welfare_net", *, basis: str = FULL) -> Figure:
        """How often each strategy is best, and at which rank, in the worlds of an ensemble."""
        table = self._results.worlds
        if table.empty:
            raise InputError(f"{self._results.folder} has no other worlds; play it with ensemble='assumed'")
        if measure not in HEADLINES:
            raise InputError(f"{measure} is not kept of other worlds; choose one of {', '.join(HEADLINES)}")
        return self._drawn(worlds, table, basis, measure, of_worlds(self._results.manifest))

    def cost_curves(self, measure: str = "welfare_net") -> Figure:
        """What more money brings, strategy by strategy."""
        table = self._results.curves
        if table.empty:
            raise InputError(f"{self._results.folder} has no cost curves; play it with run__sums=[5, 10, 20]")
        return self._drawn(cost_curves, amounts(table, self._units), measure)

    def community(self, strategy: str = "laissez_faire", *, scenario: str | None = None) -> Figure:
        """The community of replicate 0 before the first round and after the last, as it was just played."""
        return before_and_after(*self._condition(strategy, scenario))

    def animation(self, strategy: str = "laissez_faire", *, scenario: str | None = None) -> Animation:
        """The same as a moving picture, a month a frame: shown by a notebook, and kept by `.save("community.gif")`."""
        return animation(*self._condition(strategy, scenario))

    def fan(self, strategy: str, measure: str = "welfare_net", *, scenario: str | None = None) -> Figure:
        """What could happen to us: twenty single communities with nothing done and with a strategy."""
        if measure not in MEASURES:
            raise InputError(f"{measure!r} is no measure of a month; {nearest(measure, list(MEASURES))}")
        return self._single(fan, strategy, scenario, measure)

    def group_gains(self, strategy: str, *, scenario: str | None = None) -> Figure:
        """Who gains by a strategy: a dot per group and community."""
        return self._single(group_gains, strategy, scenario)

    def agenda(self, strategy: str, *, scenario: str | None = None) -> Figure:
        """What joint effort is spent on, month by month, with nothing done and with a strategy."""
        return self._single(agenda, strategy, scenario)

    def ranks(self, measure: str = "welfare_net", *, basis: str = FULL) -> Figure:
        """At which rank each strategy comes, and how sure: on the mean, and in single communities."""
        runs = self._results.runs
        return self._drawn(ranks, runs.loc[runs["status"] == "succeeded", :], basis, measure)

    def forest(
        self, measure: str = "welfare_net", *, scenario: str | None = None, basis: str = FULL, ax: Axes | None = None
    ) -> Any:
        """Each strategy, or each condition of a design, beside the first: a row each."""
        table = self._effects(scenario)
        rows = table.loc[(table["measure"] == measure) & (table["basis"] == basis), :]
        if rows.empty:
            raise InputError(f"there are no effects on {measure!r} at {basis}; {nearest(measure, _measures(table))}")
        rows = rows.assign(panel=rows["scenario"], row=rows["strategy"])
        note = "Mean differences from doing nothing, or from the first condition, under the same luck."
        with told_in(self._units):
            below = effect_label(measure)
        return self._drawn(forest, rows, f"Effects on {title(measure, small=True)}", note, below, ax=ax)

    def front(self, *, scenario: str | None = None, ax: Axes | None = None) -> Any:
        """Mixes of a design that no other beats on both mean welfare and that of the worst-off."""
        edge = pareto_front(studies.outcomes(self._results.folder))
        name = self._group(pd.Series(edge["across"]), scenario)
        best = edge.loc[edge["across"] == name, "choice"].tolist()
        return self._drawn(front, self._effects(None), name, best, ax=ax)

    def budgets(self, money: Sequence[float | str], *, scenario: str | None = None) -> Figure:
        """What a budget buys, and the mix of a design that buys it.

        money: per leader and round, in MU or the money of the run's units, or amounts with their unit ("500 EUR").
        """
        limits = [(budget_mu(each, self._results.manifest), float("inf")) for each in money]
        best = affordable(studies.outcomes(self._results.folder), limits)
        best = best.assign(budget_money=best["budget_money"] * self._units.mu)
        name = self._group(pd.Series(best["across"]), scenario)
        gains = self._effects(None).query("measure == 'welfare' and scenario == @name")
        gains = gains.rename(columns={"strategy": "best"})[["best", "effect", "low", "high"]]
        first = pd.DataFrame({"best": ["laissez_faire"], "effect": [0.0], "low": [0.0], "high": [0.0]})
        table = best[best["across"] == name].merge(pd.concat([first, gains]), on="best")
        return self._drawn(budgets, table, name)

    @property
    def _units(self) -> Units:
        return units_of(self._results.manifest)

    def _drawn(self, draw: Callable[..., Figure], *arguments: Any, ax: Axes | None = None, **more: Any) -> Any:
        """Drawn in the units that the results are told in, on a panel of the caller's where there is one."""
        with told_in(self._units):
            figure = draw(*arguments, **more) if ax is None else draw(*arguments, ax=ax, **more)
        return figure if ax is None else ax

    def _rounds(self) -> pd.DataFrame:
        return amounts(self._results.rounds, self._units, SPREAD)

    def _single(self, draw: Callable[..., Figure], strategy: str, scenario: str | None, *more: Any) -> Figure:
        both = [singles(*self._condition(each, scenario)) for each in (BASELINE, strategy)]
        return self._drawn(draw, *both, self._scenario(scenario), *more)

    def _condition(self, strategy: str, scenario: str | None) -> Condition:
        """Raises InputError where it was not just played."""
        study = self._results.study
        if study is None or study.baseline is None:
            raise InputError(f"{self._results.folder} holds no communities; only a comparison just played has them")
        if strategy not in study.strategies:
            raise InputError(f"{strategy} was not compared; {nearest(strategy, study.strategies)}")
        world = study.variation.world({"scenario": self._scenario(scenario), "strategy": strategy})
        return world, strategy, study.own, study.size.seed, study.size.rounds

    def _worlds(self) -> pd.DataFrame | None:
        """Other worlds, where there are any."""
        table = self._results.worlds
        return None if table.empty else amounts(table, self._units)

    def _effects(self, scenario: str | None) -> pd.DataFrame:
        effects = amounts(self._results.effects, self._units)
        if scenario is None:
            return effects
        return effects.loc[effects["scenario"] == self._group(pd.Series(effects["scenario"]), scenario), :]

    def _scenario(self, scenario: str | None) -> str:
        return self._group(pd.Series(self._results.manifest.get("scenarios", [])), scenario)

    def _group(self, known: pd.Series, scenario: str | None) -> str:
        """A scenario that the results have; the first where it is None."""
        names = [str(each) for each in known.unique()]
        if scenario is not None and scenario not in names:
            raise InputError(f"scenario {scenario!r} was not played; {nearest(scenario, names)}")
        return scenario or (names[0] if names else "")


def _measures(table: pd.DataFrame) -> list[str]:
    return [str(each) for each in table["measure"].unique()]
