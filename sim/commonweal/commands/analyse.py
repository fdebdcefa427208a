"""Analyse the runs of a study: effects, interactions, sensitivity, regret, the best for a budget.

usage: commonweal analyse RESULTS [--measure NAME] [--budget MONEY[:HOURS] ...] [--below VALUE] [--json]
                          [--dry-run]

examples:
  commonweal analyse results/factorial/...                             welfare net of spend, by what the design allows
  commonweal analyse results/factorial/... --measure worst_off
  commonweal analyse results/factorial/... --budget 20 --budget 60:2 --budget 200:8
  commonweal analyse results/latin_hypercube/... --below 0.9           where is the measure below .9? (PRIM)

tables, each also a CSV in RESULTS/analysis, where amounts are in MU:
  effects       factorial, fractional: what each parameter does on the mean, and each pair beyond it; 95 % intervals
                from paired contrasts, each replicate a block; p after Holm's correction
  differences   comparison, ablation, one_at_a_time, order, grid, csv: what each condition does beside the first: doing
                nothing, the configuration as it is, or the full model; mean paired differences under the same luck,
                95 % intervals, Holm
  precedence    where strategies are begun in different orders (order, csv): per pair of them the mean of the orders in
                which the one begins before the other, less that of the orders in which it begins after; paired within
                each replicate, 95 % intervals, Holm
  sensitivity   sobol: first-order and total indices with 95 % intervals, and luck's share of the variance
  screening     morris: mean, mean size and spread of the steps' effects, scaled to the whole range
  regret        designs with across=: what each choice loses at most against the best of each scenario, and the share
                of scenarios in which it comes within a tenth of the range from the best
  budget        per --budget the choice of highest welfare that costs no more: money in MU, or in your own where the run
                was given units ('500 EUR' and '80 MU' are what they say), and hours of a leader (no limit if left
                out), both per leader and month
  front         choices that none beats on both welfare net of spend and welfare of the worst-off group
  failures      the box of parameters in which the measure is worst, or below --below (like a budget, in your own money
                where the run was given units and the measure is an amount)
across is 'everywhere' for the mean over several scenarios. Those that have not been played in full are left out, and
named. --dry-run says which tables there would be, and writes nothing.
"""

import json
import re
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from math import isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commonweal.advice import command, mend, why
from commonweal.commands._parser import Parser
from commonweal.errors import InputError

if TYPE_CHECKING:
    from pandas import DataFrame

    from commonweal.units import Units

PERSON, LEADER = "MU per person and round", "MU per leader and round"
SHOWN = 12
"""rows of each table on the terminal"""
OF_THEIR_OWN = ("budget", "front", "failures")
"""tables that are not of the measure asked for alone"""
NAMES = ("across", "choice", "best", "worst_scenario")
"""columns of names of conditions, which amounts are part of"""
PLAIN = ("comparison", "ablation", "one_at_a_time", "order", "grid", "csv")
"""designs whose first condition is what the others are held against"""
RANGES = ("latin_hypercube", "sobol", "morris")
"""designs over ranges of numbers"""


def main(arguments: list[str]) -> int:
    """Read, analyse, keep and print."""
    parser = Parser("analyse")
    parser.add_argument("results", metavar="RESULTS")
    parser.add_argument("--measure", default="welfare_net")
    parser.add_argument("--budget", action="append", default=[])
    parser.add_argument("--below", type=float)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    given = parser.parse_intermixed_args(arguments)
    budgets = [_budget(each) for each in given.budget]
    from commonweal.study.folder import read_manifest
    from commonweal.units import told_in, units_of

    manifest = read_manifest(Path(given.results)) or {}
    units = units_of(manifest)
    with told_in(units):
        return _carry_out(given, *limits(budgets, given.below, given.measure, manifest), units)


def limits(
    budgets: Sequence[tuple[float | str, float]], below: float | None, measure: str, manifest: Mapping[str, Any]
) -> tuple[list[tuple[float, float]], float | None]:
    """Budgets, and the value that a failure is below, in MU; as given they are in what the study is told in.

    Raises InputError.
    """
    from commonweal.analysis.in_units import budget_mu
    from commonweal.model.run import RUN_MEASURES
    from commonweal.units import units_of

    unit = RUN_MEASURES[measure].unit if measure in RUN_MEASURES else ""
    there = None if below is None else below / units_of(manifest).times(unit)
    return [(budget_mu(money, manifest), float(hours)) for money, hours in budgets], there


def _carry_out(given: Namespace, budgets: list[tuple[float, float]], below: float | None, units: "Units") -> int:
    from commonweal.commands._terminal import say, stage

    if given.dry_run:
        found, allowed = allowing(Path(given.results), given.measure, budgets, below)
        replicates = found.replicates
        print(f"{given.measure} of {len(found.conditions):,} conditions, {replicates:,} replicates")
        names = ", ".join(f"{name}.csv" for name in allowed)
        print(f"Nothing is written; without --dry-run {names or 'no table'} would go to {Path(given.results)}/analysis")
        return 0
    with stage(sys.stderr, "analysing"):
        found, tables = analyse(Path(given.results), given.measure, budgets, below)
        _keep(Path(given.results) / "analysis", tables)
    if "sensitivity" in tables and (few := _too_few(found, tables["sensitivity"])):
        say(few)
    if found.left_out:
        names = ", ".join(found.left_out)
        say(f"Left out, because not every condition has been played: {names}; {command('resume', given.results)}")
    if given.json:
        print(json.dumps({name: json.loads(each.to_json(orient="records")) for name, each in tables.items()}, indent=1))
    else:
        _print(tables, given.measure, units)
    return 0


def analyse(folder: Path, measure: str, budgets: list[tuple[float, float]], below: float | None) -> tuple:
    """What was found, and the tables that the design allows, by name. Raises InputError."""
    found, allowed = allowing(folder, measure, budgets, below)
    return found, {name: table() for name, table in allowed.items()}


def allowing(folder: Path, measure: str, budgets: list[tuple[float, float]], below: float | None) -> tuple:
    """What was found, and what makes each table that the design allows, by name. Raises InputError."""
    from commonweal.analysis import against, budget, factorial, precedence, regret, sobol
    from commonweal.analysis.outcomes import Outcomes

    found = Outcomes(folder)
    design, several = found.manifest["design"], len(found.conditions) > 1
    beside = design in PLAIN and 1 < len(found.choices()) <= against.MOST_BESIDE
    allowed = {
        "effects": (design in ("factorial", "fractional"), lambda: factorial.factor_effects(found, measure)),
        "differences": (beside, lambda: against.differences(found, measure)),
        "precedence": (precedence.is_ordered(found), lambda: precedence.precedences(found, measure)),
        "sensitivity": (design == "sobol", lambda: sobol.sensitivity(found, measure)),
        "screening": (design == "morris", lambda: sobol.screen(found, measure)),
        "regret": (len(found.groups) > 1, lambda: regret.regrets(found, measure)),
        "budget": (bool(budgets), lambda: budget.affordable(found, budgets)),
        "front": (several, lambda: budget.pareto_front(found)),
        "failures": (below is not None or design in RANGES, lambda: regret.failures(found, measure, below)),
    }
    return found, {name: table for name, (may, table) in allowed.items() if may}


def _budget(text: str) -> tuple[float | str, float]:
    """Money, a number or an amount with its unit, and hours."""
    money, _, hours = text.partition(":")
    try:
        found = (
            money if re.search(r"\d.*[^\W\d_]{2}|[^\W\d_]{2}.*\d|[€$£]", money) else float(money),
            float(hours or "inf"),
        )
    except ValueError:
        found = nan, nan
    if any(isinstance(each, float) and isnan(each) for each in found):
        raise InputError(
            f"--budget {text} is no budget; write MONEY or MONEY:HOURS, such as 60:2 or, where the run was given "
            "units, '500 EUR:2'"
        )
    return found


def _too_few(found, table) -> str:
    from commonweal.analysis.sobol import points_of, too_few

    return too_few(table, points_of(found))


def _keep(folder: Path, tables: dict) -> None:
    from commonweal.files import write_whole
    from commonweal.harmless import cells
    from commonweal.study.folder import refuse_links

    refuse_links(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
        for name, table in tables.items():
            write_whole(folder / f"{name}.csv", lambda path, table=table: cells(table).to_csv(path, index=False))
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {why(error)}; {mend(error)}") from None


def _print(tables: dict, measure: str, units: "Units") -> None:
    tables = {name: _told(name, table, measure, units) for name, table in tables.items()}
    for name, table in tables.items():
        shown = table
        if name == "effects":
            whole = table[table["across"] == table["across"].iloc[0]]
            print(_extremes(whole, measure))
            order = whole["effect"].abs().sort_values(ascending=False, kind="stable").index
            shown = whole.loc[order]
        if name == "differences":
            order = table["effect"].abs().sort_values(ascending=False, kind="stable").index
            shown = table[table["across"] == table["across"].iloc[0]].reindex(order).dropna(subset="choice")
        if name == "sensitivity":
            shown = _readable(table)
        print(f"\n{name}" if name in OF_THEIR_OWN else f"\n{name} ({measure})")
        print(shown.head(SHOWN).to_string(index=False, float_format=lambda value: f"{value:.4g}", na_rep=""))
        if len(shown) > SHOWN:
            print(f"... {len(table):,} rows in all: analysis/{name}.csv")
    if units.money:
        from commonweal.harmless import shown as harmless

        print(harmless(f"\nWelfare: {units.said(PERSON)}. Money, spend: {units.said(LEADER)}. {units.key}."))


def _told(name: str, table: "DataFrame", measure: str, units: "Units") -> "DataFrame":
    """A table as it is printed: amounts in the study's units."""
    from commonweal.model.run import RUN_MEASURES
    from commonweal.study.conditions import in_money, times_of, told_name

    unit = RUN_MEASURES[measure].unit
    of_measure = {
        "effects": ("effect", "low", "high"), "differences": ("effect", "low", "high", "mean", "first"),
        "precedence": ("effect", "low", "high"), "screening": ("mean", "mean_size", "interval", "spread"),
        "regret": ("mean", "worst", "max_regret", "mean_regret"), "failures": ("limit",),
    }.get(name, ())  # fmt: skip
    columns = dict.fromkeys(of_measure, unit) | ({"spend": LEADER} if name == "differences" else {})
    if name in ("budget", "front"):
        columns |= dict.fromkeys(("budget_money", "money"), LEADER)
        columns |= dict.fromkeys(("welfare", "welfare_net", "worst_off"), PERSON)
    if not units.money:
        return table
    there = {column: table[column] * units.times(each) for column, each in columns.items() if column in table}
    names = {column: table[column].map(lambda name: told_name(str(name), units)) for column in NAMES if column in table}
    if name == "failures":
        times = table["parameter"].map(lambda varied: times_of(str(varied), units))
        there |= {end: table[end] * times for end in ("low", "high")}
        names["parameter"] = table["parameter"].map(lambda varied: in_money(str(varied), units))
    return table.assign(**there, **names)


def _readable(indices):
    """Sobol indices as they are told: with their intervals, which stand in their place where they are wide."""
    from commonweal.analysis.sobol import interval, written

    shown = indices.astype({"first": object, "total": object})
    for kind in ("first", "total"):
        pairs = list(zip(indices[kind], indices[f"{kind}_interval"], indices["share"].notna(), strict=True))
        shown[kind] = ["" if luck else written(value, half) for value, half, luck in pairs]
        ends = ["" if luck else interval(value, half) for value, half, luck in pairs]
        shown[f"{kind}_interval"] = ends
    return shown


def _extremes(effects, measure: str) -> str:
    """The strongest synergy and the strongest clash, in words."""
    pairs = effects[effects["with"] != ""].sort_values("effect")
    if pairs.empty:
        return "no pair of parameters can be told apart in this fraction"
    words = []
    for kind, row in (("synergy", pairs.iloc[-1]), ("clash", pairs.iloc[0])):
        sure = "" if row["p_holm"] < 0.05 else ", which may be chance"
        words.append(
            f"strongest {kind} on {measure}: {row['factor']} with {row['with']}, {row['effect']:+.4f} "
            f"({row['low']:+.4f} to {row['high']:+.4f}){sure}"
        )
    return "\n".join(words)
