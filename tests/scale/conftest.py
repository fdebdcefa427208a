"""What tests of studies at scale have in common: blocks of two runs, and the small study played whole."""

import pyarrow as pa
import pytest
from small_study import BLOCK, rows, small

from commonweal.study import blocks
from commonweal.study.play import play_study


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK_LEADER_ROUNDS", BLOCK)


@pytest.fixture(scope="session")
def whole(tmp_path_factory) -> pa.Table:
    """Every run of the small study, never stopped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK_LEADER_ROUNDS", BLOCK)
        return rows(play_study(small(), tmp_path_factory.mktemp("whole"), workers=1).dataset)
