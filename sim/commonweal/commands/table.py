"""Print the final table of a results folder again.

usage: commonweal table RESULTS [--all | --json]

A row per strategy over all scenarios: what it does to welfare net of spend, at equal spend and at full strength, and
what it takes. --all ranks the strategies in every scenario by itself besides, with further measures and intervals.
Of a design over ranges with design=sobol the indices: which parameters an outcome's variance comes from.
Of a sweep a row per job and scenario; --all has the tables of every job.

examples:
  commonweal table results/which_strategy/20260102-150405-1a2b3c4d
  commonweal table results/which_strategy/20260102-150405-1a2b3c4d --all
  commonweal table results/which_strategy/20260102-150405-1a2b3c4d --json > table.json

Amounts are in your own money where the run was given units. --json prints one object (and `commonweal run ... --json`
the same), in MU always:
  schema        1; raised when a name below changes its meaning
  folder, experiment, replicates, rounds, leaders, seed, failed_runs
  smallest_effect  share of what doing nothing has; 0 where none was declared
  scenarios     per scenario, per basis ("full strength", "equal spend"), a list of rows, best first:
    rank, strategy      by welfare net of spend; laissez_faire, doing nothing, is among them
    verdict     of welfare net of spend: helps, harms, no difference that matters, unsure, or that it
                cannot be had for so little: then without rank and shares; null for laissez_faire
    cost_apart  what it costs, where it changes nothing that matters, or harms by that alone; else empty
    prob_best   how sure its mean is the best; no chance of success
    best_communities    share of communities in which it is best
    best_worlds         share of draws of what is assumed in which it is best; null where none were played
    spend       MU per leader and round
    intensity   factor on the strategy's doses; null for laissez_faire
    replicates  pairs of runs compared
    measures    welfare_net, worst_off, gini, cooperation, trust: each null, or
                effect, low, high    mean paired difference from laissez_faire and its 95 % interval
                p_holm               after Holm's correction over the strategies
                mean, baseline       the measure with the strategy, and with nothing done
                matters              yes, no or unsure, against the smallest effect of interest
                verdict              by `matters` and p_holm
  baseline      per scenario the same measures with nothing done
Every other measure stands in effects.csv in the same folder.
"""

import sys

from commonweal.commands._parser import Parser


def main(arguments: list[str]) -> int:
    """Read a folder and print its table."""
    parser = Parser("table")
    parser.add_argument("results", metavar="RESULTS")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--all", action="store_true")
    how.add_argument("--json", action="store_true")
    given = parser.parse_intermixed_args(arguments)
    from commonweal.analysis.results import load
    from commonweal.study.sweep import finished_sweep

    if (found := finished_sweep(given.results)) is not None:
        from commonweal.commands import _jobs

        (_jobs.show_all(found) if given.all else _jobs.show(found.jobs, found.folder, given.json))
        return 0
    results = load(given.results)
    print_table(results, given.json, given.all)
    return 0


def print_table(results, as_json: bool, whole: bool = False) -> None:
    """Print a study's table on standard output, for readers in its units. whole: every scenario by itself besides."""
    from commonweal.analysis.in_units import in_units
    from commonweal.units import told_in, units_of

    with told_in(units_of(results.manifest)):
        _print(results if as_json else in_units(results), as_json, whole)


def _print(results, as_json: bool, whole: bool) -> None:
    import json

    from commonweal.commands import _best, _indices, _ranking, _summary
    from commonweal.commands._terminal import console

    compared = results.manifest.get("baseline")
    if as_json:
        table = (_ranking if compared else _best).document(results)
        print(json.dumps(table, indent=1, allow_nan=False, ensure_ascii=False))
    elif compared:
        _summary.show(results, console(sys.stdout), whole)
    elif results.manifest["design"] == "sobol":
        _indices.show(results)
    else:
        _best.show(results)
