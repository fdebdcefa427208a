"""Write a report of results to hand over: one page that holds everything, and a PDF.

usage: commonweal report RESULTS [--dry-run]

report.html and, where a Chromium is installed, report.pdf are written into the folder RESULTS: the question, the
answer in a few sentences, strategies ranked with intervals, who gains and who loses, figures, what the answer rests
on, and the command that makes the results again. It needs no network and opens on a phone. RESULTS is any study's
folder: of a comparison it says which strategies are worth it, of a factorial what each factor adds and which pairs
help each other or clash, of designs over ranges what the differences are due to, of others what each condition does
beside the first. A published comparison, which holds effects.csv and figures/ but not the single runs, will do: its
figures of rounds are taken as they are. --dry-run says what would be read and written, and writes nothing.

examples:
  commonweal report results/which_strategy/20260102-150405-1a2b3c4d
  commonweal report results/which_strategy/published
  commonweal report results/factorial/20260102-150405-1a2b3c4d

exit codes: 0 done, 2 the results cannot be used
"""

import sys
from pathlib import Path

from commonweal.commands._parser import Parser


def main(arguments: list[str]) -> int:
    """Write the report and say where it is."""
    parser = Parser("report")
    parser.add_argument("results", metavar="RESULTS")
    parser.add_argument("--dry-run", action="store_true")
    given = parser.parse_args(arguments)
    from commonweal.commands._terminal import stage
    from commonweal.report.report import read, write_report

    if given.dry_run:
        read(Path(given.results))
        print(f"{given.results} can be reported on")
        print(
            "Nothing is written; without --dry-run report.html and, where a Chromium is installed, report.pdf go there"
        )
        return 0
    with stage(sys.stderr, "writing the report"):
        written, reason = write_report(given.results)
    for path in written:
        print(f"wrote {path}")
    if reason:
        print(reason, file=sys.stderr)
    return 0
