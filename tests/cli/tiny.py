"""Overrides of a run of a few milliseconds, and a front with chunks of a few runs."""

from pathlib import Path

SMALL = ("run.replicates=3", "run.rounds=3", "community.leaders=8")
TINY = (*SMALL, "workers=1", "figures=false")
SMALL_CHUNKS = (str(Path(__file__).with_name("small_chunks.py")),)
