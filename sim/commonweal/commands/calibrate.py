"""Choose the behavioural parameters that reproduce published experiments, as conf/ holds them.

usage: commonweal calibrate [set=lab|field] [out=DIR] [data=DIR] [--check] [--dry-run]

examples:
  commonweal calibrate set=lab out=calibration       about ten minutes; the same command goes on where it was stopped
  commonweal calibrate set=field out=calibration
  commonweal calibrate set=field out=calibration data=estuaries
                                                     also how ties fade and form, from the estuaries' networks
                                                     (which may not be part of the project) in that folder
  commonweal calibrate set=lab out=calibration --check
                                                     also: how well each value is identified, and each target
                                                     left out in turn and predicted

The search is kept in calibration_<set>.journal in DIR (Optuna), values in calibrated_<set>.csv, and what
the data say of them together in joint_<set>.csv. Nothing in conf/ is
changed; the values go there by hand, with the comment `calibrated: <key>`.

exit codes: 0 done, 2 bad input, 130 interrupted
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from commonweal.advice import why
from commonweal.commands._parser import Parser
from commonweal.errors import InputError
from commonweal.extras import need

SETS = ("lab", "field")


def main(arguments: list[str]) -> int:
    """Search, print, write."""
    parser = Parser("calibrate")
    parser.add_argument("settings", nargs="*", metavar="set=lab|field out=DIR data=DIR")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    given = parser.parse_intermixed_args(arguments)
    which, folder, data = "lab", Path("calibration"), None
    for each in given.settings:
        name, _, value = each.partition("=")
        if name == "set" and value in SETS:
            which = value
        elif name == "out" and value:
            folder = Path(value).expanduser()
        elif name == "data" and value:
            data = Path(value).expanduser()
        else:
            raise InputError(f"{each!r} is not understood; write set=lab, set=field, out=DIR or data=DIR")
    if given.dry_run:
        print(f"the {which} set: about ten minutes" + (", and longer for what --check asks" if given.check else ""))
        print(f"Nothing is played; without --dry-run calibration_{which}.journal and tables go to {folder}")
        return 0
    need("sensitivity", "commonweal calibrate")
    from commonweal.commands._terminal import say, stage
    from commonweal.configuration.conf import session

    def notify(block: str, done: int, total: int) -> None:
        if done % 25 == 0 or done == total:
            say(f"{block}: {done} of {total}")

    with stage(sys.stderr, "reading the configuration"):
        from commonweal.validation import identification
    with writing(folder), session():
        values, table = fitted(which, folder, notify, data)
        print(table.to_string(index=False))
        if given.check:
            left = identification.left_out(which, values, folder, notify, data)
            left.to_csv(folder / f"left_out_{which}.csv", index=False)
            print("\nEach target left out and predicted:")
            print(left.to_string(index=False))
    return 0


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """A folder, made ready to be written into. Raises InputError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {why(error)}; give another folder with out=") from None


def fitted(which: str, folder: Path, notify, data: Path | None = None):
    """The values found and how they fit, a table that is kept in the folder; within a session."""
    need("sensitivity", "calibrate")
    from commonweal.validation import identification, search

    values = search.calibrate(which, folder, notify, data)
    table = identification.fitted(which, values, data)
    table.to_csv(folder / f"calibrated_{which}.csv", index=False)
    joint = identification.joint(which, values, data)
    joint.to_csv(folder / f"joint_{which}.csv", float_format="%.6g")
    return values, table
