"""Plays the small study in a folder with two workers, in a fresh interpreter, to be killed: FOLDER."""

import sys
from pathlib import Path

from small_study import BLOCK, small

from commonweal.study import blocks
from commonweal.study.play import play_study

if __name__ == "__main__":
    blocks.BLOCK_LEADER_ROUNDS = BLOCK
    play_study(small(), Path(sys.argv[1]), workers=2)
