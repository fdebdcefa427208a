"""The user's own leaders: a leaders table and a ties table, or one GraphML file (read by sim.roster)."""

from functools import lru_cache
from pathlib import Path

from sim.community.known import Known
from sim.roster import Roster, read_roster


class OwnRoster(Known):
    """A community read from files."""

    leaders_file: str
    """path of the leaders table (CSV), or of a .graphml file that holds everything"""
    ties_file: str | None
    """path of the ties table (CSV); null for no ties, or with GraphML"""
    groups_file: str | None
    """path of the groups table (CSV); null to draw the groups' sizes and needs"""
    directed: bool
    """whether a row of the ties table counts in one direction only"""

    def read(self) -> Roster:
        """Raises RosterError, which names file, line, column, value and remedy."""
        return _read(self.leaders_file, self.ties_file, self.groups_file, self.directed)


@lru_cache(maxsize=8)
def _read(leaders: str, ties: str | None, groups: str | None, directed: bool) -> Roster:
    def path(name: str | None) -> Path | None:
        return None if name is None else Path(name).expanduser()

    return read_roster(Path(leaders).expanduser(), path(ties), path(groups), directed=directed)
