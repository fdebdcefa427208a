"""Simulate: strategies compared with doing nothing, under the same luck.

usage: commonweal run [key=value ...] [-m] [--config-dir DIR] [--cfg job|changed] [--json] [--fresh] [--yes]
                      [--dry-run]

examples:
  commonweal run experiment=which_strategy                every strategy and all together, in every scenario
  commonweal run experiment=which_strategy run=smoke      the same in seconds, too small for conclusions
  commonweal run experiment=which_strategy community=my_town/           leaders of your own (commonweal roster)
  commonweal run strategy=communication scenario=polarised run.replicates=200
  commonweal run experiment=which_strategy 'experiment.strategies=[inclusion,communication]' run.replicates=50
  commonweal run strategy=portfolio strategy.parts.inclusion.intensity=0.5 strategy.parts.inclusion.start=12
  commonweal run -m 'strategy=glob(*)' 'scenario=calm,crisis'           one job after the other
  commonweal run -m 'community.leaders=30,100' strategy=communication hydra/launcher=joblib    side by side
  commonweal run --config-dir my_conf 'allow=[my_strategies]' strategy=barbecue    a strategy of your own
  commonweal run design=factorial 'design.over.learn.public=[0.2,0.8]'    besides the strategies, each off and on
  commonweal run strategy=inclusion --cfg changed         what differs from doing nothing; --cfg job: every parameter
  commonweal run --help choices                           what there is to choose from, as strategy=NAME

results:
  out=DIR                    exactly there; otherwise results/<experiment>/<time>-<identity> under this folder.
                             Under -m each job has a folder of its own within, named after what it sweeps.
  out=DIR again              goes on where a stopped run was (as commonweal resume DIR does), and extends it by more
                             replicates, strategies, scenarios or values; --fresh, fresh=true starts anew
  run=smoke|standard|paper   how much is simulated; run.replicates= run.rounds= run.seed= one by one
  workers=N                  processes; 0 for one per core, or for this one alone where the study is small
  run.keep=...               runs, a row each; rounds, their means and quantiles too; trajectories, every round of every
                             run too; null for what the study needs
  equal_spend=X              MU per leader and month at which strategies are compared once more, or an amount such as
                             '50 EUR'; null for the least that any spends in full
  smallest_effect=0.01       share of what doing nothing has of a measure; a smaller difference does not matter
  units.money=EUR units.hour=40   amounts in your currency, by what an hour of staff (or units.mu=, an MU) is worth;
                             type them as you know them: 'convener.budget=60k EUR in total'
  --json, json=true          the final table as JSON on standard output (commonweal table --help), and nothing else
  figures=false              no figures are drawn; under -m only those of effects and of trajectories are
  quiet=true                 nothing but the folder of the results
  --dry-run                  what would be played, and its time, memory and room on disk; nothing is played or written
  --yes, yes=true            what takes more than a day, or a tenth of the room on disk, is not asked about

A folder named with --config-dir adds files to those shipped; names that are taken are refused.
Hydra's flags: -m/--multirun, -c/--cfg job|hydra|all, --resolve, -p/--package, -i/--info, -cd/--config-dir,
-cn/--config-name, -cp/--config-path, --hydra-help, -sc/--shell-completion

exit codes: 0 done, 1 some runs failed, 2 bad input, 130 interrupted
"""

import sys
import textwrap

from commonweal.files import shipped

HANDED_OVER = ("cfg", "info", "hydra_help", "shell_completion")

HELP_ON = {"choices": "choices"}
"""what follows --help, and the function that tells it"""


def main(arguments: list[str]) -> int:
    """Run what is asked for, once or as a sweep."""
    from commonweal.commands import _flags, _memory

    flags = _flags.read(arguments)
    _memory.refuse_too_little(_memory.PLAYING)
    command = ["commonweal", "run", *arguments]
    if flags.cfg == _flags.CHANGED:
        from commonweal.commands import _changed

        return _changed.main(flags)
    if any(getattr(flags, each) for each in HANDED_OVER):
        from commonweal.commands import _hydra

        return _hydra.hand_over(flags)
    if flags.multirun or any(each.startswith("hydra.mode=") for each in flags.overrides):
        from commonweal.commands import _sweep

        return _sweep.main(flags, command)
    from commonweal.commands._garbage import passed_over
    from commonweal.commands._terminal import stage

    with passed_over(), stage(sys.stderr, "reading the configuration"):
        from commonweal.commands import _play
        from commonweal.configuration.conf import session
    with session(flags.config_path, flags.config_dir):
        return _play.alone(flags.overrides, command, flags.config_name)


def choices() -> str:
    """What there is to choose from, as the conf folder has it."""
    conf = shipped("conf")
    lines = ["to choose from (group=name):"]
    for group in sorted(path for path in conf.iterdir() if path.is_dir()):
        names = sorted(path.stem for path in group.glob("*.yaml"))
        if names:
            start = f"  {group.name + '=':16}"
            lines += textwrap.wrap(", ".join(names), 100, initial_indent=start, subsequent_indent=" " * len(start))
    return "\n".join(lines) + "\n"
