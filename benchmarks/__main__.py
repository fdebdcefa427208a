"""python -m benchmarks [--quick] [--json] [--only PART ...]: how fast, how large, against plain Mesa and against C."""

import argparse
import json
import os
import platform
from collections.abc import Callable
from typing import Any

from benchmarks import against_c, calls, mechanisms, memory, round_in_c, startup, studies, throughput
from benchmarks import parts as parts_of_studies
from benchmarks.worlds import STRATEGIES

SIZES = (30, 100, 1_000, 10_000, 100_000, 1_000_000)


def parts(quick: bool) -> dict[str, Callable[[], Any]]:
    """What can be measured, by name."""
    sizes = SIZES[:3] if quick else SIZES
    found: dict[str, Callable[[], Any]] = {
        "throughput": lambda: throughput.table(sizes),
        "mechanisms": lambda: {name: mechanisms.by_mechanism(1_000, name) for name in STRATEGIES},
        "orchestration": lambda: {name: mechanisms.orchestration(100, name) for name in STRATEGIES},
        "calls": calls.calls,
        "look": calls.looks,
        "step": calls.steps,
        "against_c": against_c.against_c,
        "round_in_c": round_in_c.round_in_c,
    }
    if not quick:
        found |= {
            "memory": lambda: memory.per_leader_and_tie(memory.SIZES),
            "warm": startup.warm,
            "cold": startup.cold,
            "parts": parts_of_studies.beside_many,
            "million": parts_of_studies.million,
            "study": studies.end_to_end,
            "overhead": studies.overhead,
            "scaling": studies.scaling,
        }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less than a minute: no large communities, no studies")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of tables")
    parser.add_argument("--only", nargs="+", metavar="PART", help=f"some of {', '.join(parts(False))}")
    asked = parser.parse_args()
    all_parts = parts(asked.quick)
    if asked.only and (unknown := set(asked.only) - all_parts.keys()):
        parser.error(f"{', '.join(sorted(unknown))}: no such part; there are {', '.join(all_parts)}")
    machine = {"machine": platform.machine(), "python": platform.python_version(), "cores": os.cpu_count()}
    found: dict[str, Any] = {"machine": machine}
    for name, measure in all_parts.items():
        if not asked.only or name in asked.only:
            found[name] = measure()
            if not asked.json:
                show(name, found[name])
    if "throughput" in found:
        found["ratio_to_plain_mesa"] = {
            f"{each['strategy']}, {each['leaders']} leaders": each["ratio_to_plain_mesa"]
            for each in found["throughput"]
            if "ratio_to_plain_mesa" in each
        }
        if not asked.json:
            show("ratio_to_plain_mesa", found["ratio_to_plain_mesa"])
    if asked.json:
        print(json.dumps(found, indent=1))


def show(name: str, what: Any, depth: int = 0) -> None:
    """Print a part: a heading, and a line for each value."""
    indent = "  " * depth
    if isinstance(what, dict):
        print(f"{indent}{name}")
        for key, value in what.items():
            show(key, value, depth + 1)
    elif isinstance(what, list):
        for row in what:
            print(indent + name + ": " + ", ".join(f"{key} {_number(value)}" for key, value in row.items()))
    else:
        print(f"{indent}{name:46} {_number(what)}", flush=True)


def _number(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return str(value)


if __name__ == "__main__":
    main()
