"""Write a report of results to hand over: one page that holds everything, and a PDF.

usage: commonweal report RESULTS

report.html and, where a Chromium is installed, report.pdf are written into the folder RESULTS: the question, the
answer in three sentences, strategies ranked with intervals, who gains and who loses, figures, what the answer rests
on, and the command that makes the results again. It needs no network and opens on a phone. A published folder, which
holds effects.csv and figures/ but not the single runs, will do: its figures of rounds are taken as they are.

examples:
  commonweal report results/which_strategy/20260102-150405-1a2b3c4d
  commonweal report results/which_strategy/published

exit codes: 0 done, 2 the results cannot be used
"""

import sys

from sim.commands._parser import Parser


def main(arguments: list[str]) -> int:
    """Write the report and say where it is."""
    parser = Parser("report")
    parser.add_argument("results", metavar="RESULTS")
    given = parser.parse_args(arguments)
    from sim.report.report import write_report
    from sim.store import load

    written, reason = write_report(load(given.results, whole=False))
    for path in written:
        print(f"wrote {path}")
    if reason:
        print(reason, file=sys.stderr)
    return 0
