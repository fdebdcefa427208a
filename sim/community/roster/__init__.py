"""Rosters: communities of leaders that their users bring, as CSV tables or GraphML."""

from sim.community.roster.columns import column_help
from sim.community.roster.errors import RosterError
from sim.community.roster.roster import Roster, describe, from_graph, read_roster
from sim.community.roster.template import write_template

__all__ = ["Roster", "RosterError", "column_help", "describe", "from_graph", "read_roster", "write_template"]
