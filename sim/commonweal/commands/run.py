"""Simulate: strategies compared with doing nothing, under the same luck.

usage: commonweal run [key=value ...] [-m] [--config-dir DIR] [--cfg job] [--json] [--fresh] [--yes]
                      [--dry-run]

examples:
  commonweal run experiment=which_strategy                every strategy and all together, in every scenario
  commonweal run experiment=which_strategy run=smoke      the same in seconds, too small for conclusions
  commonweal run strategy=communication scenario=polarised run.replicates=200
  commonweal run experiment=which_strategy community=florentine_families
  commonweal run experiment=which_strategy experiment.strategies=[inclusion,communication] \\
    strategies.inclusion.seats=0.5                        values of one among several
  commonweal run strategy=portfolio strategy.parts.inclusion.intensity=0.5 strategy.parts.inclusion.start=12
  commonweal run -m strategy='glob(*)' scenario=calm,crisis             one job after the other
  commonweal run -m community.leaders=30,100,300 strategy=communication hydra/launcher=joblib    side by side
  commonweal run --config-dir my_conf allow=[my_strategies] strategy=barbecue     a strategy of your own
  commonweal run design=factorial design.over.learn.public=[0.2,0.8]    besides the strategies, each off and on
  commonweal run design=factorial 'design.over={learn.public:[0.2,0.8],scenario:[calm,crisis]}'    in their place
  commonweal run strategy=inclusion --cfg job             every parameter, as it would be used

A folder named with --config-dir adds files to those shipped; names that are taken are refused.

results:
  out=DIR                    exactly there; otherwise results/<experiment>/<time>-<identity> under this folder.
                             Under -m each job has a folder of its own within, named after what it sweeps.
  out=DIR again              goes on where a stopped run was (as commonweal resume DIR does), and extends it by more
                             replicates, strategies, scenarios or values; --fresh, fresh=true starts anew
  run=smoke|standard|paper   how much is simulated; run.replicates= run.rounds= run.seed= one by one
  workers=N                  processes; 0 for one per core
  run.keep=...               what is kept: runs, a row each; rounds, their means and quantiles too; trajectories,
                             every round of every run too; null for what the study needs
  equal_spend=X              MU per leader and round at which strategies are compared once more;
                             null for the least that any spends in full
  smallest_effect=0.01       share of what doing nothing has of a measure; a smaller difference does not matter.
                             Given anew with out= the same folder, it is judged anew and nothing is played again
  units.money=EUR units.hour=40
                             what amounts are told in, welfare per person and year: your currency, and what an hour of
                             staff costs in it, or an MU (units.mu=6.4); what is kept stays in MU
  --json, json=true          the final table as JSON on standard output (commonweal table --help), and nothing else
  figures=false              no figures are drawn; under -m only those of effects and of trajectories are
  quiet=true                 nothing but the folder of the results
  --dry-run                  what would be played, and its time, memory and room on disk; nothing is played or written
  --yes, yes=true            what takes more than a day, or a tenth of the room on disk, is not asked about

Hydra's flags: -m/--multirun, -c/--cfg job|hydra|all, --resolve, -p/--package, -i/--info, -cd/--config-dir,
-cn/--config-name, -cp/--config-path, --hydra-help, -sc/--shell-completion
tab completion: eval "$(commonweal run -sc install=bash)"    (or install=zsh)

exit codes: 0 done, 1 some runs failed, 2 bad input, 130 interrupted
"""

import sys
import textwrap

from commonweal.files import shipped

HANDED_OVER = ("cfg", "info", "hydra_help", "shell_completion")


def main(arguments: list[str]) -> int:
    """Run what is asked for, once or as a sweep."""
    from commonweal.commands import _flags

    flags = _flags.read(arguments)
    command = ["commonweal", "run", *arguments]
    if any(getattr(flags, each) for each in HANDED_OVER):
        from commonweal.commands import _hydra

        return _hydra.hand_over(flags)
    if flags.multirun or any(each.startswith("hydra.mode=") for each in flags.overrides):
        from commonweal.commands import _sweep

        return _sweep.main(flags, command)
    from commonweal.commands._terminal import stage

    with stage(sys.stderr, "reading the configuration"):
        from commonweal.commands import _play
        from commonweal.configuration.conf import session
    with session(flags.config_path, flags.config_dir):
        return _play.alone(flags.overrides, command, flags.config_name)


def more_help() -> str:
    """What there is to choose from, as the conf folder has it."""
    conf = shipped("conf")
    lines = ["", "to choose from (group=name):"]
    for group in sorted(path for path in conf.iterdir() if path.is_dir()):
        names = sorted(path.stem for path in group.glob("*.yaml"))
        if names:
            start = f"  {group.name + '=':16}"
            lines += textwrap.wrap(", ".join(names), 100, initial_indent=start, subsequent_indent=" " * len(start))
    return "\n".join(lines) + "\n"
