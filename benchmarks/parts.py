"""Folders of a large study: what one part more takes beside many, and analysing a million runs."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.timing import side_by_side
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.model.run import RUN_MEASURES
from commonweal.study import blocks, play
from commonweal.study.blocks import BlockResult, Extent
from commonweal.study.folder import write_manifest
from commonweal.study.parts import Parts

BYTES = 200_000
"""in a part, about as many as a block of 833 runs makes"""
FILES = (100, 60_000)


def beside_many() -> dict[str, Any]:
    """Milliseconds to write a part where so many were written before, all in one folder, and listing them once."""
    found = {}
    for files in FILES:
        with tempfile.TemporaryDirectory() as folder:
            for at in range(files):
                (Path(folder) / f"c{at:07d}.{'0' * 24}.parquet").touch()
            parts, written = Parts(Path(folder), "benchmark", ".parquet"), iter(range(files, 2 * files))
            found[f"list_{files}"] = 1000 * side_by_side(parts.listed, repeats=1)[0]
            parts.write("first", b"")  # which finds out where there is room
            one = lambda parts=parts, at=written: parts.write(f"c{next(at):07d}", bytes(BYTES))  # noqa: E731
            found[f"write_beside_{files}"] = 1000 * side_by_side(one, repeats=50)[0]
    return found


CONDITIONS, DEEP, PARTS = 500, 100, 20
"""a million runs; conditions of a part are 500 at most"""


def million() -> dict[str, float]:
    """Processor seconds and megabytes of commands over a million runs, made up, and over a twentieth of them.

    All parts are one file.
    """
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        whole = _made(Path(folder) / "many")
        for name, parts in (("few", 1), ("many", PARTS)):
            _spread(Path(folder) / "many", whole, parts)
            for command in ("analyse", "status"):
                seconds, size = _measured(command, str(Path(folder) / "many"))
                found |= {f"{command}_{name}_seconds": seconds, f"{command}_{name}_megabytes": size}
    return found


def _made(folder: Path) -> Any:
    """A study of one part."""
    size = "community.leaders=4", "community.degree=2", "run.rounds=2", f"run.replicates={DEEP}"
    over = "design.over.learn.public=[0.2,0.8]", "design.over.choose.noise=[0.1,0.4]"
    with session():
        study = read(["design=latin_hypercube", f"design.points={CONDITIONS}", *over, *size]).study
    values = np.random.default_rng(1).random((CONDITIONS, DEEP, len(RUN_MEASURES)))
    real, pieces = play.play_block, blocks.PIECES
    play.play_block, blocks.PIECES = lambda *_: BlockResult(values, ("",) * CONDITIONS), 1
    try:
        return play.play_study(study, folder, workers=1)
    finally:
        play.play_block, blocks.PIECES = real, pieces


def _spread(folder: Path, made: Any, parts: int) -> None:
    """The same part once more for each further hundred replicates."""
    extents = [Extent(0, CONDITIONS, at * DEEP, (at + 1) * DEEP, 4) for at in range(parts)]
    (first,) = made.dataset.parts().listed().values()
    for extent in extents[1:]:
        (block,) = extent.blocks(2, "runs")
        os.link(first.path, first.path.with_name(first.path.name.replace(first.name, block.name)))
    write_manifest(folder, {**made.manifest, "extents": [list(each) for each in extents]})


def _measured(*command: str) -> tuple[float, float]:
    """Processor seconds and megabytes of a command."""
    lines = (
        "import re, sys, time",
        "from pathlib import Path",
        "from commonweal.__main__ import main",
        "try: main(sys.argv[1:])",
        "except SystemExit: pass",
        "most = re.search(r'VmHWM:\\s+([0-9]+)', Path('/proc/self/status').read_text())",
        "print(time.process_time(), int(most[1]) / 1024, file=sys.stderr)",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines), *command], capture_output=True, text=True, check=True
    )
    seconds, size = map(float, done.stderr.split()[-2:])
    return seconds, size
