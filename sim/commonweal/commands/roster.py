"""Your own leaders: write an example to start from, check your files, import what you have.

usage: commonweal roster template DIR
       commonweal roster check LEADERS [TIES] [GROUPS] [--directed]
       commonweal roster import FILES... out=DIR [mapping=FILE] [units.money=EUR units.hour=40]
                                [encoding=NAME] [--directed]

template  writes leaders.csv, ties.csv and groups.csv, an invented town of twelve leaders, into DIR, town.xlsx, the
          same as a workbook, and questionnaire.xlsx to send round, which import reads once it is filled in
check     says what was read, what will be drawn anew in each replicate, and what is wrong and where; where there is a
          fit beside the leaders (commonweal fit), also what it would be worth to know what was left out
import    reads files of any kind, and writes leaders.csv, ties.csv and groups.csv as commonweal has them, a log of
          what was decided and, where something was guessed, mapping.yaml: change it, and give it as mapping=FILE

Files may be CSV (any separator), workbooks (.xlsx, .xlsm), GraphML, GEXF, GML, Pajek, UCINET DL, VNA, GDF, LEDA, SIF,
LGL, TGF, Matrix Market, adjacency lists, JSON (node-link, Kumu and others), Parquet, Stata; lists of leaders and of
ties, a list of ties alone, an adjacency matrix, people by committees, a survey with a column per partner. What a file
is, its content says. Only the leaders' ids or names are needed. A text that is no Unicode is read in the encoding in
which its letters make words; encoding=NAME of import (cp1251, gb18030, mac_roman and others) reads it in another.

TIES is - where groups are given and ties are not, or are in the first file. A row of ties counts both ways unless its
reverse has a row of its own, or its column type, or its format, says which way; with --directed it counts one way only.

Endowments are in MU per round, or in your currency where it is said what an MU or an hour is worth in it: by
units.money=EUR units.hour=40 of import, which its mapping.yaml keeps (`units: {money: EUR, hour: 40}`), so that runs of
that folder are told in it. The levers' prices are made for about 1000 MU, the worth of a leader's month: with
endowments of a far smaller or larger size every strategy seems ruinous or free, and a note says so.

examples:
  commonweal roster template my_town
  commonweal roster check my_town/leaders.csv my_town/ties.csv my_town/groups.csv
  commonweal roster check my_town/leaders.csv - my_town/groups.csv
  commonweal roster check town.graphml
  commonweal roster import organisations.csv meetings.xlsx out=my_town
  commonweal roster import organisations.xlsx meetings.xlsx units.money=EUR units.hour=40 out=my_town
  commonweal roster import survey.csv mapping=my_town/mapping.yaml out=my_town_again
  commonweal run experiment=which_strategy community=my_town/
  commonweal roster --help columns                        what the tables may hold

exit codes: 0 can be used, 2 cannot (each problem on a line of its own)
"""

import difflib
import sys
from pathlib import Path

from commonweal.advice import command, there
from commonweal.commands._ending import REFUSED
from commonweal.commands._parser import Parser
from commonweal.errors import InputError
from commonweal.harmless import shown

HELP_ON = {"columns": "columns"}
"""what follows --help, and the function that tells it"""


def main(arguments: list[str]) -> int:
    """Write an example, check files, or import them."""
    deeds = {"template": _template, "check": _check, "import": _import}
    deed, *rest = arguments or [""]
    if deed not in deeds:
        close = difflib.get_close_matches(deed, deeds, n=1, cutoff=0.4)
        remedy = f"did you mean {close[0]}?" if close else "write commonweal roster template, check or import"
        what = f"{deed!r} is nothing to do with a roster" if deed else "roster needs to know what to do"
        raise InputError(f"{what}; {remedy}")
    return deeds[deed](rest)


def columns() -> str:
    """Every column of the tables."""
    from commonweal.roster.columns import column_help

    return f"columns:\n{column_help()}\n"


def _template(arguments: list[str]) -> int:
    parser = Parser("roster template")
    parser.add_argument("folder", metavar="DIR")
    folder = parser.parse_args(arguments).folder.removeprefix("out=")  # as import has it
    from commonweal.roster.template import write_template

    for path in write_template(folder):
        print(f"wrote {path}")
    print("Check them with: " + command("roster", "check", *(f"{folder}/{name}.csv" for name in TABLES)))
    return 0


TABLES = ("leaders", "ties", "groups")
UNITS = ("units.money", "units.mu", "units.hour")
NONE = "-"
"""what stands for a table that is left out before one that is given"""


def _check(arguments: list[str]) -> int:
    parser = Parser("roster check")
    parser.add_argument("leaders", metavar="LEADERS")
    parser.add_argument("ties", metavar="TIES", nargs="?")
    parser.add_argument("groups", metavar="GROUPS", nargs="?")
    parser.add_argument("--directed", action="store_true")
    given = parser.parse_intermixed_args(_without_dashes(arguments))
    for name in TABLES:
        if getattr(given, name) == "":
            remedy = "give the path of a file" + ("" if name == "leaders" else f", or {NONE} for none")
            raise InputError(f"commonweal roster check: {name.upper()} is empty; {remedy}")
    ties, groups = (None if each == NONE else each for each in (given.ties, given.groups))
    from commonweal.roster import RosterError, describe, read_roster

    try:
        roster = read_roster(given.leaders, ties, groups, directed=given.directed)
    except RosterError as error:
        return _refused(error.problems)
    print(describe(roster, _usual()))
    if roster.filled:
        print("\n".join(_worth_asking(Path(given.leaders), roster.ids)))
    return 0


def _without_dashes(arguments: list[str]) -> list[str]:
    """The arguments, with files whose names begin with a dash as what no parser takes for a flag."""
    return [
        f"./{each}" if each.startswith("-") and each != NONE and Path(each).is_file() else each for each in arguments
    ]


def _worth_asking(leaders: Path, ids: tuple[str, ...]) -> list[str]:
    """What it would be worth to know what is not given, where a fit of these leaders is beside them; else how to learn.

    A check takes a moment and a fit minutes, so that a check plays nothing.
    """
    from commonweal.fitting.folder import UNIT, questions
    from commonweal.study.folder import read_manifest
    from commonweal.units import units_of

    folder = there(str(leaders.parent)) / "fit"
    try:
        found = questions(folder, ids)
    except InputError:
        place = leaders.parent if leaders.name == "leaders.csv" else leaders
        return [f"what it would be worth to know them: {command('fit', place)}"]
    units = units_of(read_manifest(folder) or {})
    unit, times = shown(units.said(UNIT)), units.times(UNIT)
    asked = [
        f"  {name}: {units.written(worth * times) if units.money else f'{worth:.2g}'}"
        for name, worth, told in found[["words", "worth", "told"]].itertuples(index=False)
        if told and worth > 0
    ]
    rest = "nothing that can be told from luck" if not asked else ""
    return [f"what it would be worth to know them, {unit} (the fit in {shown(folder)}): {rest}".rstrip(), *asked]


def _refused(problems: tuple[str, ...]) -> int:
    for problem in problems:
        print(shown(problem), file=sys.stderr)
    return REFUSED


def _usual() -> float:
    """MU per round, the mean endowment that prices are made for."""
    from commonweal.configuration.compose import compose
    from commonweal.configuration.conf import session

    with session():
        return compose([]).values["people"]["endowment"]


def _import(arguments: list[str]) -> int:
    parser = Parser("roster import")
    parser.add_argument("files", metavar="FILES", nargs="*")
    parser.add_argument("--directed", action="store_true")
    given = parser.parse_intermixed_args(_without_dashes(arguments))
    files, said, units = _words(given.files)
    missing = "out=DIR" if not said["out"] else "FILES"
    if not files or "" in files or not said["out"]:
        parser.error(f"{missing} is missing: name the files, and the folder to write to")
    from commonweal.roster import RosterError, describe, import_files
    from commonweal.roster.importer import write_import

    ask = _ask if sys.stdin.isatty() and sys.stdout.isatty() and not said["mapping"] else None
    try:
        done = import_files(
            files,
            mapping=said["mapping"] or None,
            directed=given.directed,
            ask=ask,
            units=units,
            encoding=said["encoding"],
        )
        paths = write_import(done, said["out"])
    except RosterError as error:
        return _refused(error.problems)
    print(describe(done.roster, _usual()))
    for path in paths:
        print(f"wrote {path}")
    there = {path.stem: str(path) for path in paths if path.suffix == ".csv"}
    tables = [there.get(name, NONE) for name in TABLES[: 3 if "groups" in there else len(there)]]
    print(f"Check them with: {command('roster', 'check', *tables)}")
    return 0


def _words(words: list[str]) -> tuple[list[str], dict[str, str], dict[str, str]]:
    """Files, and what is said of out=, mapping=, encoding= and units; a file may have an equals sign in its name."""
    files, said = [], {"out": "", "mapping": "", "encoding": "", **dict.fromkeys(UNITS, "")}
    for word in words:
        key, equals, value = word.partition("=")
        if equals and key in said and not Path(word).exists():
            said[key] = value
        else:
            files.append(word)
    units = {name.removeprefix("units."): said[name] for name in UNITS if said[name]}
    return files, said, units


def _ask(question: str) -> bool:
    """Whether the one at the terminal says yes, or nothing."""
    try:
        return input(f"{shown(question)} [Y/n] ").strip().lower() not in ("n", "no")
    except EOFError:
        return True
