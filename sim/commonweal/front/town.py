"""One's own leaders, read and checked."""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from commonweal.configuration.compose import compose
from commonweal.configuration.conf import session
from commonweal.errors import InputError
from commonweal.roster import Roster, describe, read_roster, write_template

TABLES = ("leaders", "ties", "groups")


@dataclass(frozen=True)
class Town:
    """Leaders of one's own, for `community=` of compare, design, run and Cooperation."""

    files: dict[str, Any]
    """the values of conf/community/roster.yaml"""
    roster: Roster
    """what was read"""

    def __str__(self) -> str:
        """What was read, what will be drawn anew in each replicate, and what is odd."""
        with session():
            usual = compose([]).values["people"]["endowment"]
        return describe(self.roster, usual)

    def __repr__(self) -> str:
        return f"<{len(self.roster.ids)} leaders of {self.files['leaders_file']}>"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def roster(
    leaders: str | Path,
    ties: str | Path | None = None,
    groups: str | Path | None = None,
    *,
    directed: bool = False,
    template: bool = False,
) -> Town:
    """Read and check your own leaders, as `commonweal roster check` does.

    leaders: a table, or a file of any kind that `commonweal roster --help` names; or a folder that holds leaders.csv
    and perhaps ties.csv and groups.csv.
    directed: whether a row of ties counts one way only. template: writes an invented town of twelve leaders into the
    folder first, to start from. Print what comes back to see what was read and what will be filled in.
    Raises InputError, a line for each problem.
    """
    given = {"leaders": leaders, "ties": ties, "groups": groups}
    if template:
        write_template(leaders)
    if Path(leaders).is_dir():
        there = {name: Path(leaders) / f"{name}.csv" for name in TABLES}
        given = {name: path if path.exists() or name == "leaders" else None for name, path in there.items()}
        if ties is not None or groups is not None:
            raise InputError(
                f"{leaders} is a folder, whose ties.csv and groups.csv are read; leave out ties and groups"
            )
    paths = {name: None if path is None else str(path) for name, path in given.items()}
    found = read_roster(*paths.values(), directed=directed)  # pyright: ignore[reportArgumentType]
    files = {f"{name}_file": path for name, path in paths.items() if path is not None}
    return Town(files | ({"directed": True} if directed else {}), found)
