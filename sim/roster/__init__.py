"""Rosters: communities of leaders that their users bring, as CSV tables or GraphML."""

from sim.roster.columns import column_help
from sim.roster.errors import RosterError
from sim.roster.roster import Roster, describe, from_graph, read_roster
from sim.roster.template import write_template

__all__ = ["Roster", "RosterError", "column_help", "describe", "from_graph", "read_roster", "write_template"]
