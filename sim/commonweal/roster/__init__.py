"""Rosters: communities of leaders that their users bring, in any file they have.

- roster: a community that its user brings
- importer: from files to a roster, a log and a mapping
- columns: the columns there are, and their meaning
- found: what a file holds, whatever its format
- alphabets: how well a text is made of words of a language
- encodings: in which encoding a text was saved that is no UTF-8
- file: the bytes and the text of a file
- not_read: kinds of files that are not read, and how their programs save them so that they are
- kinds: what kind of file it is
- from_csv: separated values
- from_workbook: workbooks
- blocks: tables below or beside one another in one sheet
- grid: where a grid of cells has its headings
- two_rows: headings in two rows
- xml: XML as a light tree
- from_graphml: GraphML
- from_gexf: GEXF
- from_gml: GML
- from_pajek: Pajek's networks and projects
- from_dl: UCINET DL
- from_json: node-link JSON, and Kumu's
- from_networkx: what networkx and scipy read, or hold in memory
- from_lists: SIF, LGL, TGF
- from_sections: GDF, VNA
- from_pandas: Stata, Parquet
- positions: labels in the place of numbers of positions
- shapes: which shape a table has
- matrix: who attends to whom, with names along both sides
- choices: questions with several choices
- partners: answers about partners, a column for each
- lists: partners listed in cells
- codebook: what the codes of a survey mean
- presence: words for taking part
- two_modes: leaders by what they take part in
- attendance: lists of who was there
- stacked: tables with the same headings are one
- ends: lists of ties whose headings say nothing that is known
- sorting: which table holds leaders, ties, groups
- unsaid: words and numbers that say that there is no answer
- roles: what people and programs call our columns
- mapping: which heading stands for which column, as a file
- headings: which heading of a sheet stands for which column
- signs: which ties are of what sets leaders apart
- coded: which numbers of a column are codes for no answer
- scales: the cells of a column on our scale
- resolve: from a sheet to a table of ours
- money: sums and hours for a week, a year, in thousands
- hours: time in cells
- answers: scales of answers in words
- values: local numbers, answers in words, directions
- table: columns of cells
- cells: what cells mean
- tables: leaders and groups as arrays
- people: who is meant by what a table calls a leader
- bonds: ties as arrays
- gaps: what is not said, and what is odd
- errors: what is wrong, so that its author can put it right
- describe: words in and about a roster
- dates: dates as people write them
- log: what was seen of a roster's leaders month by month
- written: a roster as tables
- questionnaire: a workbook of the example, and one to send round
- template: an example to start from

A world needs the roster itself only, so the rest is not imported before it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from commonweal.roster.errors import RosterError
from commonweal.roster.roster import Roster, describe

if TYPE_CHECKING:
    from commonweal.roster.columns import column_help, log_help
    from commonweal.roster.importer import Import, from_graph, import_files, read_roster
    from commonweal.roster.template import write_template

_WHERE = {
    "column_help": "columns", "log_help": "columns",
    "Import": "importer", "from_graph": "importer", "import_files": "importer", "read_roster": "importer",
    "write_template": "template",
}  # fmt: skip

__all__ = [
    "Import", "Roster", "RosterError", "column_help", "describe", "from_graph", "import_files", "log_help",
    "read_roster", "write_template",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """What imports much, when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
