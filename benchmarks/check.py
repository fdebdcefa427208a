"""python -m benchmarks.check: fails where the engine has lost half of its lead on plain Mesa, both timed in this run.

`keep` as an argument writes the ratios found into ratio.json, to be held against from then on.
"""

import json
import sys
from pathlib import Path

from benchmarks.throughput import throughput

RECORDED = Path(__file__).with_name("ratio.json")
LEADERS = 100
STRATEGIES = ("laissez_faire", "all")


def main(keep: bool) -> int:
    """1 where a ratio has fallen below half of what is recorded."""
    found = {strategy: round(throughput(LEADERS, strategy)["ratio_to_plain_mesa"], 1) for strategy in STRATEGIES}
    if keep:
        RECORDED.write_text(json.dumps(found, indent=1) + "\n")
    recorded = json.loads(RECORDED.read_text())
    for strategy, ratio in found.items():
        print(f"{strategy}: {ratio} times plain Mesa at {LEADERS} leaders; recorded {recorded[strategy]}")
    return int(any(ratio < recorded[strategy] / 2 for strategy, ratio in found.items()))


if __name__ == "__main__":
    sys.exit(main("keep" in sys.argv[1:]))
