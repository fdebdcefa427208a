"""The one-time compilation of the model's kernels: done before anything else, announced, and kept."""

import os
import sys

from commonweal.commands._terminal import say, stage
from commonweal.configuration.compose import compose
from commonweal.files import shipped
from commonweal.model import kernel
from commonweal.model.run import simulate
from commonweal.model.world import CLASS_PER_FILE, build_world

ROUNDS = 4


def compile_model(quiet: bool) -> None:
    """Compile every kernel there is by playing each alternative in a small community, unless that was done before.

    Where no folder for the compiled kernels is writable, each process compiles what it needs.
    """
    if kernel.warm() or os.environ.get("NUMBA_DISABLE_JIT", "0") != "0":
        return
    if kernel.CACHE is None:
        said = (
            "No folder for the compiled model is writable, so every process compiles it anew, about a minute each "
            "time; set COMMONWEAL_CACHE to a folder that is."
        )
    else:
        said = "Compiling the model, once for this version of it: about a minute."
    if not quiet:
        say(said)
    if kernel.CACHE is None:
        return
    with stage(sys.stderr, "compiling", quiet):
        for overrides in _worlds():
            values, choices = compose(overrides)
            simulate(build_world(values, choices), 1, range(2), ROUNDS)
    kernel.mark_warm()


def _worlds() -> list[list[str]]:
    """Overrides of as few worlds as there are alternatives in the largest group, so that each is in one of them."""
    there = {group: sorted(path.stem for path in (shipped("conf") / group).glob("*.yaml")) for group in CLASS_PER_FILE}
    there["community"].remove("roster")  # its kernels are those of the other known communities
    there["strategy"] = ["all"]
    events = [f"scenario.events.{name}=2" for name in ("scandal", "cut", "crisis", "arrival")]
    events += ["scenario.events.turnover=0.2", "scenario.conditions.hub=0.5"]
    return [
        [*(f"{group}={names[number % len(names)]}" for group, names in there.items()), *events]
        for number in range(max(map(len, there.values())))
    ]
