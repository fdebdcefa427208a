"""Rosters: communities of leaders that their users bring, as CSV tables or GraphML.

- roster: a community that its user brings
- columns: the columns there are, and their meaning
- file: the bytes and the text of a file
- from_csv: a table from separated values
- from_graphml: leaders and ties from GraphML
- attributes: a table from the attributes of nodes or edges
- table: columns of cells, and their header
- cells: what cells mean
- tables: the three tables as arrays
- gaps: what is not said, and what is odd
- errors: what is wrong, so that its author can put it right
- describe: words in and about a roster
- template: an example to start from
"""

from commonweal.roster.columns import column_help
from commonweal.roster.errors import RosterError
from commonweal.roster.roster import Roster, describe, from_graph, read_roster
from commonweal.roster.template import write_template

__all__ = ["Roster", "RosterError", "column_help", "describe", "from_graph", "read_roster", "write_template"]
