"""At 60 columns every name is still there, whole, on one line or two."""

import re

import pytest
from tiny import TINY

NAMES = ("inclusion", "incentives", "build_relationships", "communication")


@pytest.fixture
def played(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    listed = f"experiment.strategies=[{','.join(NAMES)}]"
    words = ["experiment=which_strategy", listed, "experiment.scenarios=[calm,broken_trust]", *TINY, "quiet=true"]
    assert command("run", *words, "out=results/two").code == 0
    sizes = "design.over={learn.public:[0.2,0.8],learn.own:[0.2,0.8]}"
    assert command("run", "design=grid", sizes, *TINY, "quiet=true", "out=results/grid").code == 0
    assert (
        command("run", "-m", "strategy=inclusion", "run.seed=1,2", *TINY, "quiet=true", "out=results/seeds").code == 0
    )
    return command


SHOWN = {
    "table results/two": NAMES,
    "table results/two --all": NAMES,
    "table results/grid": ("learn_public=0.8",),
    "table results/seeds": ("run.seed=1", "run.seed=2"),
    "versus results/two results/two": (*NAMES, "broken_trust"),
    "list": ("which_strategy", "results/two", "results/grid"),
}


def test_names_are_whole(played):
    for words, names in SHOWN.items():
        done = played(*words.split())
        assert done.code == 0
        assert max(map(len, done.out.splitlines())) <= 60 and "…" not in done.out
        for name in names:
            broken = name.replace("_", r"_(\s[^\n]*\n)?\s*")
            assert re.search(broken, done.out), f"{name} is not in\n{done.out}"
