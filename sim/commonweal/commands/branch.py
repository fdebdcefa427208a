"""Branch a run: the same community and luck under another strategy from some round on.

usage: commonweal branch --at ROUND --to STRATEGY [key=value ...]
                         [--replicates FIRST-LAST] [--measure NAME ...] [--orders PAIRS] [--out DIR] [--dry-run]

examples:
  commonweal branch strategy=inclusion scenario=polarised --at 25 --to communication
  commonweal branch strategy=laissez_faire run.seed=7 --at 13 --to all --replicates 3       replicate 3 alone
  commonweal branch strategy=incentives --at 31 --to laissez_faire    what ends when the money does

The overrides are those of commonweal run: they say which run it is. Parameters of the second strategy are given as
to.NAME=VALUE. Before the branch the two runs are the same to the last bit; afterwards they meet the same luck.
The first round of the second strategy is its round 1.

It is said in which month the paths part, and through which mechanisms: from the branch on both are played with
mechanisms off, and on one after the other in orders drawn by lot (--orders, 4 pairs of an order and its reverse where
that is a matter of a minute; 0 for none). What a mechanism carries of the difference is its Shapley value.

results, in --out DIR (results/branch/<time> by default):
  difference.csv    per round and measure the mean of both, the mean difference, its 95 % interval over replicates
  difference.png    the differences, round by round
  parted.csv        per measure the months in which paths first differ, and from which on they differ for good
  mechanisms.csv    per measure and mechanism what it carries of the mean difference from the branch on; no rows where
                    that was not asked
Amounts are told in your own money where units= are given; in the tables they are in MU.
"""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from commonweal.advice import why
from commonweal.commands._parser import Parser
from commonweal.errors import InputError
from commonweal.harmless import shown as harmless

if TYPE_CHECKING:
    from collections.abc import Callable

PAIRS, SEED = 4, 1
CHEAP = 60_000_000
"""leaders times rounds that are played unasked to tell through which mechanisms paths part: a minute or so"""


def main(arguments: list[str]) -> int:
    """Play both, keep and print the difference."""
    parser = Parser("branch")
    parser.add_argument("--at", type=int, required=True)
    parser.add_argument("--to", required=True)
    parser.add_argument("--replicates", default="0-19")
    parser.add_argument("--measure", action="append")
    parser.add_argument("--orders", type=int)
    parser.add_argument("--out")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("overrides", nargs="*")
    given = parser.parse_intermixed_args(arguments)
    replicates = _range(given.replicates)
    from commonweal.commands._kernels import compile_model
    from commonweal.commands._terminal import progress, say, stage
    from commonweal.configuration.conf import session
    from commonweal.model.measures import HEADLINES

    measures = given.measure or list(HEADLINES)
    with session():
        with stage(sys.stderr, "reading the configuration"):
            both = read_both(given.overrides, given.to)
        world, rounds = both.world, both.study.size.rounds
        refuse(given.at, measures, rounds, given.orders)
        say(*map(harmless, both.notes))
        folder = Path(given.out or f"results/branch/{datetime.now():%Y%m%d-%H%M%S}")
        if given.dry_run:
            times = f"{len(replicates):,} replicates of {rounds:,} rounds"
            print(f"{times} among {world.community.size:,} leaders, twice")
            print(f"Nothing is played; without --dry-run tables and a figure go to {folder}")
            return 0
        compile_model([world], False)
        with stage(sys.stderr, "playing both branches"):
            found = played(both, given.at, replicates)
        table = differences(found, measures)
        with progress(sys.stderr, False) as notify:
            carried = carried_of(both, given.at, replicates, measures, given.orders, notify)
    from commonweal.analysis.in_units import APART, amounts
    from commonweal.analysis.parting import nothing_carried, parting
    from commonweal.report.parting import NOT_TOLD, part
    from commonweal.units import told_in

    tables = {"difference": table, "parted": parting(found, table)}
    tables["mechanisms"] = nothing_carried() if carried is None else carried  # no rows of another branch kept there
    with told_in(both.study.units) as units:
        shown = amounts(table, units, APART)
        _keep(folder, tables, lambda: _draw(shown, measures, given.at, given.to))
        _print(shown, measures, given.at)
        told = None if carried is None else amounts(carried, units, APART)
        print("", *part(tables["parted"], told, given.at).values(), sep="\n")
    if units.money:
        print(harmless(f"\n{units.key}. The tables are in MU."))
    if carried is None and given.orders is None:
        print(NOT_TOLD.format(orders=PAIRS))
    print(f"\nResults: {folder}")
    return 0


def _range(text: str) -> range:
    first, _, last = text.partition("-")
    try:
        found = range(int(first), int(last or first) + 1)
    except ValueError:
        found = range(0)
    if not found or found[0] < 0:
        raise InputError(f"--replicates {text} is no range; write FIRST-LAST, such as 0-19, or one number")
    return found


class Both(NamedTuple):
    """A run, and the strategy of its second branch."""

    study: Any
    """of the run, whose last condition it is"""
    world: Any
    after: Any
    notes: tuple[str, ...] = ()
    """what the amounts that were asked for come to"""


def read_both(overrides: list[str], to: str) -> Both:
    """The run, and the strategy of the second branch; within a session. Raises InputError."""
    from commonweal.configuration.request import read

    own = [each for each in overrides if not each.startswith("to.")]
    second = [each.replace("to.", "strategy.", 1) for each in overrides if each.startswith("to.")]
    others = [each for each in own if not each.startswith(("strategy=", "strategy."))]
    kept = read(own)
    _refuse_several(kept.study)
    changed = read([*others, f"strategy={to}", *second])
    _refuse_several(changed.study)
    worlds = [each.world(len(each.names) - 1) for each in (kept.study, changed.study)]
    return Both(kept.study, worlds[0], worlds[1].strategy, kept.notes)


def _refuse_several(study: Any) -> None:
    if study.baseline is None or len(study.names) > 2:
        raise InputError("a branch is of one strategy in one scenario; leave out experiment= and design=")


def refuse(at: int, measures: list[str], rounds: int, orders: "int | None") -> None:
    """Raise InputError for a round or a measure that is none, or orders that are too many."""
    from commonweal.model.measures import MEASURES
    from commonweal.model.params import nearest

    if not 1 <= at <= rounds:
        raise InputError(f"--at {at} is no round of this run; it must be from 1 to {rounds}")
    for each in measures:
        if each not in MEASURES:
            raise InputError(f"--measure {each} is no measure of a round; {nearest(each, list(MEASURES))}")
    if orders is not None and not 0 <= orders <= 10_000:
        raise InputError(f"orders is {orders}, which is out of range; it must be from 0 to 10,000")


def played(both: Both, at: int, replicates: range) -> Any:
    """Both branches, as commonweal.study.branch.Branches."""
    from commonweal.study.branch import branch

    return branch(both.world, both.after, at, both.study.size.seed, replicates, both.study.size.rounds)


def carried_of(
    both: Both, at: int, replicates: range, measures: list[str], pairs: "int | None", notify: Any
) -> Any:  # fmt: skip
    """Through which mechanisms the branches part, as commonweal.analysis.parting.carried_apart; None where not asked.

    pairs: of orders, each with its reverse; where it is None as many as are usual, if they do not take long. Within a
    session.
    """
    from commonweal.analysis.parting import carried_apart, differences_by_set
    from commonweal.configuration.why import switched
    from commonweal.study.branch import Fork, branched
    from commonweal.study.orders import orders_of

    names, only = switched(both.study, len(both.study.names) - 1)
    orders = orders_of(names, PAIRS if pairs is None else pairs, SEED)
    seed, rounds = both.study.size.seed, both.study.size.rounds
    plays = 2 * len(orders.sets) * len(replicates)
    if not orders.orders or (pairs is None and plays * both.world.community.size * (rounds - at + 1) > CHEAP):
        return None
    fork = Fork(both.world, at, seed, replicates, rounds)
    found = differences_by_set(
        orders, only, lambda of: branched(of, both.after, at), fork.go_on,
        lambda done, total: notify("through which mechanisms", plays * done // total, plays),
    )  # fmt: skip
    return carried_apart(found, orders, measures)


def differences(found, measures: list[str]):
    """A row per measure and round."""
    import numpy as np
    import pandas as pd

    from commonweal.analysis.effects import interval
    from commonweal.model.measures import MEASURES

    rows = []
    for measure in measures:
        at, difference = list(MEASURES).index(measure), found.difference(measure)
        for round_, each in enumerate(difference):
            some = each[~np.isnan(each)]
            low, high, _ = interval(some) if len(some) else (np.nan, np.nan, np.nan)
            means = (float(np.nanmean(one[round_, :, at])) if len(some) else np.nan for one in found)
            rows.append((measure, round_ + 1, *means, some.mean() if len(some) else np.nan, low, high, len(some)))
    columns = ["measure", "round", "kept", "changed", "difference", "low", "high", "n"]
    return pd.DataFrame(rows, columns=columns)


def _draw(table: Any, measures: list[str], at: int, to: str) -> Any:
    """The figure of the differences, as amounts are told here."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(len(measures), 1, sharex=True, squeeze=False, figsize=(7, 1 + 1.8 * len(measures)))
    for panel, measure in zip(panels[:, 0], measures, strict=True):
        some = table[table["measure"] == measure]
        panel.axhline(0, color="0.6", linewidth=0.8)
        panel.axvline(at, color="0.6", linewidth=0.8, linestyle=":")
        panel.fill_between(some["round"], some["low"], some["high"], alpha=0.25, linewidth=0)
        panel.plot(some["round"], some["difference"])
        title = panel.set_title(f"{measure.replace('_', ' ')} ({_unit(measure)})", loc="left", fontsize="medium")
        title.set_parse_math(False)
    figure.suptitle(f"What {to.replace('_', ' ')} from round {at} on changes, with the same luck")
    panels[-1, 0].set_xlabel("round; band: 95 % interval of the mean difference over replicates")
    figure.tight_layout()
    return figure


def _unit(measure: str) -> str:
    """The unit that a measure is told in."""
    from commonweal.model.measures import MEASURES
    from commonweal.units import told

    return told().said(MEASURES[measure].unit)


def _keep(folder: Path, tables: "dict[str, Any]", draw: "Callable[[], Any]") -> None:
    """Write the tables and the figure."""
    from matplotlib import pyplot

    from commonweal.files import write_whole

    figure = draw()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, each in tables.items():
            write_whole(folder / f"{name}.csv", lambda path, each=each: each.to_csv(path, index=False))
        write_whole(folder / "difference.png", lambda path: figure.savefig(path, dpi=150, format="png"))
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {why(error)}; give another --out") from None
    finally:
        pyplot.close(figure)


def _print(table: Any, measures: list[str], at: int) -> None:
    from commonweal.model.measures import MEASURES
    from commonweal.units import told

    after, units = table[table["round"] >= at], told()
    for measure in measures:
        some = after[after["measure"] == measure]
        last = some.iloc[-1]
        mean, final, low, high = (
            units.written(float(each), 4, "+")
            for each in (some["difference"].mean(), last["difference"], last["low"], last["high"])
        )
        unit = f" {_unit(measure)}" if units.times(MEASURES[measure].unit) != 1.0 else ""
        print(
            f"{measure}: {mean}{harmless(unit)} on the mean from round {at} on; in the last round "
            f"{final} ({low} to {high}) over {last['n']:.0f} replicates"
        )
