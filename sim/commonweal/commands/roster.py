"""Your own leaders: write an example to start from, check your files.

usage: commonweal roster template DIR
       commonweal roster check LEADERS [TIES] [GROUPS] [--directed]

template  writes leaders.csv, ties.csv and groups.csv, an invented town of twelve leaders, into DIR
check     says what was read, what will be drawn anew in each replicate, and what is wrong and where

A leaders table is all that is needed, and of it only the column id. GraphML (LEADERS ends in .graphml) holds
leaders and ties in one file. TIES is - where groups are given and ties are not, or are in the GraphML. A row of TIES
counts both ways unless its reverse has a row of its own; with --directed it counts one way only.

Endowments are in MU per round. The levers' prices are made for about 1000 MU, the worth of a leader's month: with
endowments of a far smaller or larger size every strategy seems ruinous or free, and a note says so.

examples:
  commonweal roster template my_town
  commonweal roster check my_town/leaders.csv my_town/ties.csv my_town/groups.csv
  commonweal roster check my_town/leaders.csv - my_town/groups.csv
  commonweal roster check town.graphml
  commonweal run community=roster community.leaders_file=my_town/leaders.csv \\
    community.ties_file=my_town/ties.csv community.groups_file=my_town/groups.csv experiment=which_strategy

exit codes: 0 can be used, 2 cannot (each problem on a line of its own)
"""

import difflib
import sys

from commonweal.commands._parser import Parser
from commonweal.errors import InputError
from commonweal.harmless import shown


def main(arguments: list[str]) -> int:
    """Write an example, or check files."""
    deeds = {"template": _template, "check": _check}
    deed, *rest = arguments or [""]
    if deed not in deeds:
        close = difflib.get_close_matches(deed, deeds, n=1, cutoff=0.4)
        remedy = f"did you mean {close[0]}?" if close else "write commonweal roster template or commonweal roster check"
        what = f"{deed!r} is nothing to do with a roster" if deed else "roster needs to know what to do"
        raise InputError(f"{what}; {remedy}")
    return deeds[deed](rest)


def more_help() -> str:
    """Every column of the tables."""
    from commonweal.roster.columns import column_help

    return f"\ncolumns:\n{column_help()}\n"


def _template(arguments: list[str]) -> int:
    parser = Parser("roster template")
    parser.add_argument("folder", metavar="DIR")
    folder = parser.parse_args(arguments).folder
    from commonweal.roster.template import write_template

    for path in write_template(folder):
        print(f"wrote {path}")
    print("Check them with: commonweal roster check " + " ".join(f"{folder}/{name}.csv" for name in TABLES))
    return 0


TABLES = ("leaders", "ties", "groups")
NONE = "-"
"""what stands for a table that is left out before one that is given"""


def _check(arguments: list[str]) -> int:
    parser = Parser("roster check")
    parser.add_argument("leaders", metavar="LEADERS")
    parser.add_argument("ties", metavar="TIES", nargs="?")
    parser.add_argument("groups", metavar="GROUPS", nargs="?")
    parser.add_argument("--directed", action="store_true")
    given = parser.parse_intermixed_args(arguments)
    for name in TABLES:
        if getattr(given, name) == "":
            remedy = "give the path of a file" + ("" if name == "leaders" else f", or {NONE} for none")
            raise InputError(f"commonweal roster check: {name.upper()} is empty; {remedy}")
    ties, groups = (None if each == NONE else each for each in (given.ties, given.groups))
    from commonweal.roster import RosterError, describe, read_roster

    try:
        roster = read_roster(given.leaders, ties, groups, directed=given.directed)
    except RosterError as error:
        for problem in error.problems:
            print(shown(problem), file=sys.stderr)
        return 2
    from commonweal.configuration.compose import compose
    from commonweal.configuration.conf import session

    with session():
        usual = compose([]).values["people"]["endowment"]
    print(describe(roster, usual))
    return 0
