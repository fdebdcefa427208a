"""Fit the model to your own community: worlds that look like it, and what to ask next.

usage: commonweal fit COMMUNITY [observed=FILE] [later=FILE month=N] [mapping=FILE] [out=DIR] [key=value ...]
                      [--quick] [--fresh] [--dry-run]

COMMUNITY is a folder with leaders.csv and what else there is of ties.csv and groups.csv, as `roster import` writes it,
or one file of any kind that is read. Overrides do as well: community=roster community.leaders_file=...

observed  a log of months, CSV or workbook: who gave how much, who met whom, what was agreed, how far people trusted.
          All of it is optional, in any month, for any leader; a cell that is empty was not seen.
later     ties as they were in a later month, a second ties.csv; month says which. Who names somebody has answered.
mapping   which heading stands for which column of the log, and on which scale, as for `roster import`:
          log: {trust: {column: Trust, scale: [1, 7]}}
out       where the results go; otherwise to the folder `fit` beside the leaders
--quick   fewer worlds: for a look, not for advice
yes=true  what takes more than a day, or a tenth of the room on disk, is not asked about

Other keys are those of `commonweal run`. strategy= is what was done in the months observed (nothing, if it is left
out), and a number that you set is taken for known. run.rounds= is over how many months to come strategies are weighed,
run.seed= the root of all luck, workers= how many processes there are, which changes no number.

examples:
  commonweal fit my_town/ observed=my_town/log.csv
  commonweal fit my_town/ observed=my_town/log.csv later=my_town/later.csv month=24
  commonweal fit my_town/                              what is known before anything was observed
  commonweal fit --help columns                        what the log may hold
  commonweal fit my_town/ observed=my_town/log.csv strategy=communication people.endowment=800 run.rounds=36

results in DIR: worlds.parquet, a row per accepted world, a column per number that is not known, by its name in conf,
and `weight`; report.md and report.html, in words; parameters.csv, alike.csv, effects.csv, worth.csv. A fit that was
stopped is gone on with by the same command; --fresh starts anew.

exit codes: 0 done, 2 bad input, 130 interrupted
"""

import sys
from pathlib import Path
from typing import Any

from commonweal.commands._parser import Parser
from commonweal.errors import InputError

HELP_ON = {"columns": "columns"}
"""what follows --help, and the function that tells it"""
OWN = ("observed", "later", "month", "mapping", "out")
"""keys that are not those of `commonweal run`"""


def main(arguments: list[str]) -> int:
    """Read, play, write, print."""
    parser = Parser("fit")
    parser.add_argument("words", nargs="*", metavar="COMMUNITY key=value")
    for flag in ("--quick", "--fresh", "--dry-run"):
        parser.add_argument(flag, action="store_true")
    given = parser.parse_intermixed_args(arguments)
    community, said, overrides = _sorted_out(given.words)
    if given.fresh:
        overrides.append("fresh=true")
    from commonweal.commands._terminal import say, stage

    with stage(sys.stderr, "reading the configuration"):
        from commonweal.configuration.conf import session
        from commonweal.fitting import fit
        from commonweal.fitting.carry_out import carry_out, ready
    with session():
        from commonweal.commands._before import ask_of
        from commonweal.commands._ending import DONE
        from commonweal.commands._estimate import estimate_fit, in_bytes, in_time
        from commonweal.commands._kernels import compile_model
        from commonweal.commands._play import stopped
        from commonweal.commands._terminal import progress
        from commonweal.study.folder import read_manifest

        asked = ready(community, overrides, fit.QUICK if given.quick else fit.USUAL, **said)
        options, begun = asked.town.options, read_manifest(asked.folder) is not None
        compile_model([asked.town.world()], options.quiet, options.workers)
        told = estimate_fit(asked)
        if not options.quiet:
            takes = (
                f"about {in_time(told.seconds)} on this machine, {in_bytes(told.memory)} of memory and "
                f"{in_bytes(told.megabytes)} on disk"
            )
            town = asked.town
            money = [town.units.key, *town.notes] if town.units.money else town.notes
            say(*map(_shown, (*asked.observed.notes, *money)), f"{_plan(asked)}: {takes}")
        if given.dry_run or options.dry_run:
            say(f"nothing is played; without --dry-run the results go to {asked.folder}")
            return DONE
        if not options.yes and not begun:
            ask_of("fit", asked.folder, told, "yes=true")
        try:
            with progress(sys.stderr, options.quiet, "worlds") as notify:
                carry_out(asked, notify, ["commonweal", "fit", *arguments])
        except KeyboardInterrupt:
            return stopped("the same command")
    if options.quiet:
        print(asked.folder)
    else:
        _tell(asked.folder)
    return DONE


def columns() -> str:
    """Every column of the log."""
    from commonweal.roster.columns import log_help

    return (
        "columns of the log (as minutes have it, a log may also have a row for each thing seen, with the columns\n"
        f"month, what, who, with, value):\n{log_help()}\n"
    )


def _sorted_out(words: list[str]) -> tuple[str | None, dict[str, Any], list[str]]:
    """The community, what only this verb takes, and overrides. A path may have an equals sign in its name."""
    community: str | None = None
    said: dict[str, Any] = {}
    overrides = []
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or (community is None and Path(word).expanduser().exists()):
            if community is not None:
                raise InputError(f"{word!r} is a second community beside {community!r}; write observed=FILE for a log")
            community = word
        elif key in OWN:
            if not value:
                raise InputError(f"{key}= is empty; write {key}={'N' if key == 'month' else 'FILE or DIR'}")
            if key in said:
                raise InputError(f"{key}= is given twice; give it once")
            said[key] = value
        else:
            overrides.append(word)
    if community is None and not any(each.startswith("community=") for each in overrides):
        raise InputError("fit needs a community: the folder of leaders.csv and ties.csv, such as my_town/, or a file")
    return community, said, overrides


def _plan(asked: Any) -> str:
    """What will be played, in a sentence."""
    from commonweal.roster.describe import counted

    town, months, size = asked.town, asked.observed.months, asked.size
    worlds = size.first + size.waves * size.later if asked.observed.dates else 0
    lived = f"{worlds:,} worlds through {counted(months, 'month')} observed, then"
    return (
        f"{len(town.roster().ids)} leaders, {len(town.prior.unknown)} numbers that are not known: "
        f"{lived if worlds else 'nothing was observed:'} {size.future} worlds "
        f"through {town.rounds} months under each of {len(town.strategies)} strategies"
    )


def _shown(note: str) -> str:
    from commonweal.harmless import shown

    return shown(note)


def _tell(folder: Path) -> None:
    """The head of the report, what strategies bring, what to ask next, and where all is."""
    from commonweal.harmless import shown

    text = (folder / "report.md").read_text(encoding="utf-8")
    sections = text.split("\n## ")
    wanted = [sections[0].split("\n", 2)[2], *(each for each in sections if each.startswith(("What each", "The next")))]
    print(shown("\n".join(each.strip() + "\n" for each in wanted).replace("`", "")))
    print(f"Results: {shown(folder)}    (report.html, report.md, worlds.parquet)")
