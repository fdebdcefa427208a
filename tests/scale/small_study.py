"""A study of six conditions, four replicates each, that takes a tenth of a second, and its runs as a table."""

from functools import cache
from typing import Final

import pyarrow as pa

from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.study.dataset import Dataset
from commonweal.study.query import connect
from commonweal.study.study import Study

SMALL: Final = ("community.leaders=6", "community.degree=2", "run.rounds=3", "run.replicates=4")
GRID: Final = ("design=grid", "design.over.learn.public=[0.2,0.5,0.8]", "design.across.scenario=[calm,crisis]")
BLOCK: Final = 2 * 6 * 3
"""leader-rounds of two runs, for commonweal.study.blocks.BLOCK_LEADER_ROUNDS"""


@cache
def small(*words: str) -> Study:
    with session():
        return read([*GRID, *SMALL, *words]).study


def rows(dataset: Dataset) -> pa.Table:
    """Every run by name of condition and replicate, the rest to the bit."""
    parts = list(dataset.parts().listed().values())
    with connect(dataset, parts) as connection:
        return connection.sql("SELECT * EXCLUDE condition FROM runs ORDER BY name, replicate").to_arrow_table()


DAMAGE: Final = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-7]),
    "altered": lambda path: path.write_bytes(path.read_bytes().replace(b"succeeded", b"sUcceeded", 1) + b"x"),
    "emptied": lambda path: path.write_bytes(b""),
    "removed": lambda path: path.unlink(),
}
"""what may befall a part"""
