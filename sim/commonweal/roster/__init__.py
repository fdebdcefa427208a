"""Rosters: communities of leaders that their users bring, as CSV tables or GraphML."""

from commonweal.roster.columns import column_help
from commonweal.roster.errors import RosterError
from commonweal.roster.roster import Roster, describe, from_graph, read_roster
from commonweal.roster.template import write_template

__all__ = ["Roster", "RosterError", "column_help", "describe", "from_graph", "read_roster", "write_template"]
