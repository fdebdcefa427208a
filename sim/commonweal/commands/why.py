"""Say which mechanisms carry a strategy's effect, when in the run it comes, and through whom.

usage: commonweal why RESULTS [--scenario NAME] [--measure NAME] [--orders PAIRS] [--replicates N] [--json] [--dry-run]

examples:
  commonweal why results/which_strategy/20260102-150405-1a2b3c4d
  commonweal why results/which_strategy/20260102-150405-1a2b3c4d --scenario polarised --measure trust
  commonweal why results/which_strategy/20260102-150405-1a2b3c4d --orders 16 --replicates 40

Every strategy of a comparison is played again under the same luck with mechanisms switched off, and on one after the
other in orders drawn by lot (--orders, 8 pairs of an order and its reverse). What a mechanism carries is what it adds
to the effect, on the mean of the orders: its Shapley value. They sum to the effect, with what is left when all of them
are off. Intervals hold luck and the choice of orders.

Through whom: leaders of marginalised groups, the best connected tenth, exemplars and each sector are held in turn to
what they gave without the strategy; what goes of the effect came by their giving. Leaders of a class of your own are
not held.

results, in RESULTS/why: shapley.csv, when.csv, through.csv, and the runs, which are gone on with if they are stopped.
Modules of your own must be allowed once more: allow=[my_strategies].
"""

import json
import sys
from pathlib import Path
from typing import Any

from commonweal.commands._parser import Parser
from commonweal.errors import InputError

PAIRS, REPLICATES, SEED = 8, 20, 1


def main(arguments: list[str]) -> int:
    """Play, keep and tell."""
    parser = Parser("why")
    parser.add_argument("results", metavar="RESULTS")
    parser.add_argument("--scenario")
    parser.add_argument("--measure", default="welfare_net")
    parser.add_argument("--orders", type=int, default=PAIRS)
    parser.add_argument("--replicates", type=int, default=REPLICATES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("overrides", nargs="*")
    given = parser.parse_intermixed_args(arguments)
    folder = Path(given.results)
    from commonweal.analysis.results import load
    from commonweal.commands._terminal import stage

    with stage(sys.stderr, "reading the results"):
        results = load(folder, whole=False)
        refuse(results, given.measure, given.orders, given.replicates)
    from commonweal.commands._before import ask_of, is_begun
    from commonweal.commands._estimate import estimate, in_bytes, in_time
    from commonweal.commands._play import stopped
    from commonweal.commands._terminal import progress, say
    from commonweal.units import units_of

    request, study, orders = asked(results, given.scenario, given.orders, given.replicates, given.overrides)
    place, told = place_of(folder, study), estimate(study, request.options.workers)
    beside = len(study.strategies) - 1
    strategies = f"{beside:,} {'strategy' if beside == 1 else 'strategies'}"
    say(
        f"{len(orders.sets):,} sets of mechanisms, doing nothing and {strategies}: {told.runs:,} runs, about "
        f"{in_time(told.seconds)} on this machine, {in_bytes(told.memory)} of memory and {in_bytes(told.megabytes)} on "
        "disk"
    )
    if given.dry_run:
        print(f"Nothing is played; without --dry-run the results go to {place}")
        return 0
    if not request.options.yes and not is_begun(place, told):
        ask_of("why", place, told, "yes=true")
    try:
        with progress(sys.stderr, False) as notify:
            found = explain(
                results, given.scenario, given.measure, given.orders, given.replicates, given.overrides, notify
            )
    except KeyboardInterrupt:
        return stopped("the same command")
    if given.json:
        print(json.dumps({name: json.loads(each.to_json(orient="records")) for name, each in found.items()}, indent=1))
    else:
        _print(found, given.measure, place, units_of(results.manifest))
    return 0


def _print(found: "dict[str, Any]", measure: str, place: Path, units: Any) -> None:
    from commonweal.analysis.in_units import amounts
    from commonweal.harmless import shown
    from commonweal.report.through import through_table
    from commonweal.report.why import tell
    from commonweal.units import told_in

    with told_in(units):
        tables = {name: amounts(each, units) for name, each in found.items()}
        paragraphs = tell(tables["shapley"], tables.get("when"), tables.get("through"), measure)
        print(shown("\n\n".join(f"{name}: {text}" for name, text in paragraphs)))
        if "through" in tables:
            print(shown(f"\nThrough whose giving:\n{through_table(tables['through'])}"))
    print(f"\nAll mechanisms and sets of leaders: {', '.join(str(place / f'{name}.csv') for name in found)}")


def refuse(results: Any, measure: str, pairs: int, replicates: int) -> None:
    """Raise InputError where there is nothing to explain, or too little or much is asked for."""
    for name, value in (("orders", pairs), ("replicates", replicates)):
        if not 2 <= value <= 10_000:
            raise InputError(f"{name} is {value}, which is out of range; it must be from 2 to 10,000")
    from commonweal.model.measures import MEASURES
    from commonweal.model.params import nearest

    if not results.manifest.get("baseline"):
        raise InputError(f"{results.folder} compares no strategies; give the results of a comparison")
    if list(results.manifest["strategies"]) == [results.manifest["baseline"]]:
        raise InputError(
            f"{results.folder} played doing nothing only; give results that compare a strategy with it, as of: "
            "commonweal run strategy=inclusion"
        )
    if measure not in MEASURES:
        raise InputError(f"--measure {measure} is no measure of a run; {nearest(measure, list(MEASURES))}")
    from commonweal.study.folder import outdated

    if said := outdated(results.manifest):
        raise InputError(f"{results.folder} {said}; play it anew, and ask of that")


def asked(results: Any, scenario: "str | None", pairs: int, replicates: int, overrides: list[str]) -> Any:
    """The request that made some results, and the study and orders that explain them. Raises InputError."""
    from commonweal.commands.resume import recorded
    from commonweal.configuration.conf import session
    from commonweal.configuration.request import read
    from commonweal.configuration.why import explained

    words = [*recorded(results.folder, overrides), *overrides]
    with session():
        request = read(words)
        chosen = scenario or str(results.manifest["scenarios"][0])
        return request, *explained(request.study, [chosen], pairs, replicates, SEED)


def place_of(folder: Path, study: Any) -> Path:
    """Where a study is kept that explains the results in a folder."""
    from commonweal.study.conditions import WHY

    return folder / WHY / study.columns["scenario"][0]


def refuse_fewer(place: Path, study: Any) -> None:
    """Raise InputError where more is there than is asked for: it would be neither used nor lost."""
    from commonweal.study.folder import is_ours, outdated, read_manifest

    there = read_manifest(place)
    if there is None or not is_ours(there) or outdated(there):
        return
    for name, what, asked_for in (
        ("conditions", "sets of mechanisms; give --orders as many as before, or more", len(study.names)),
        ("replicates", "replicates; give --replicates as many, or more", study.size.replicates),
    ):
        if int(there.get(name, 0)) > asked_for:
            raise InputError(f"{place} has more {what}, or add fresh=true to play it anew")


def explain(
    results: Any, scenario: "str | None", measure: str, pairs: int, replicates: int, overrides: list[str], notify: Any
) -> dict[str, Any]:  # fmt: skip
    """Play what is missing; keep what each mechanism carries, when effects come and through whom. Raises InputError."""
    from commonweal.analysis.shapley import carried, when
    from commonweal.commands._kernels import compile_model
    from commonweal.study.play import play_study

    request, study, orders = asked(results, scenario, pairs, replicates, overrides)
    place, options = place_of(results.folder, study), request.options
    if not options.fresh:
        refuse_fewer(place, study)
    compile_model([study.world(0)], False, options.workers)
    played = play_study(study, place, workers=options.workers, fresh=options.fresh, notify=notify)
    tables = {"shapley": carried(played.dataset, played.state.parts["runs"], study, orders, measure)}
    if len(results.rounds):
        timed = when(results.rounds, results.manifest["baseline"], measure)
        tables["when"] = timed.loc[timed["scenario"] == study.columns["scenario"][0], :]
    if study.own is None:
        tables["through"] = _through(study, orders, measure, notify)
    _keep(place, tables)
    return tables


def _through(study: Any, orders: Any, measure: str, notify: Any) -> Any:
    """Through whom effects come, with all mechanisms on."""
    from commonweal.analysis.through import COLUMNS, through

    sets = len(orders.sets)  # the second is all
    worlds = {name: study.world(at * sets + 1) for at, name in enumerate(study.strategies)}
    size = study.size.seed, study.size.replicates, study.size.rounds
    told = through(worlds, *size, measure, lambda done, total: notify("through whom", done, total))
    return told.assign(scenario=study.columns["scenario"][0]).loc[:, list(COLUMNS)]


def _keep(place: Path, tables: dict[str, Any]) -> None:
    from commonweal.advice import mend, why
    from commonweal.files import write_whole
    from commonweal.harmless import cells

    try:
        for name, table in tables.items():
            write_whole(place / f"{name}.csv", lambda path, table=table: cells(table).to_csv(path, index=False))
    except OSError as error:
        raise InputError(f"{place} cannot be written: {why(error)}; {mend(error)}") from None
