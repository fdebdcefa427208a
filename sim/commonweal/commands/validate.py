"""Hold the model against theory and published experiments, line by line.

usage: commonweal validate [--quick] [--screen] [out=DIR] [data=DIR] [--dry-run]

examples:
  commonweal validate                     every target: published, simulated, interval, verdict
  commonweal validate out=validation      the same, with validation.parquet, validation.html and figures; then
                                          commonweal notebook validation --results validation
  commonweal validate --quick             fewer replicates, the same verdicts: for a look and for every change
  commonweal validate data=estuaries      also the estuaries two years on, whose networks are in that folder; and, with
                                          their second wave, each forecast by a fit to the four others
  commonweal validate --screen out=DIR    also how far the headline answer moves with each assumed number, at full
                                          strength and at equal spend (some minutes): sensitivity.csv and morris.csv

verdicts: reproduced, within tolerance, missed; assumed for numbers that no evidence supports, direction only where it
gives the sign and not the size; reported for patterns that nothing aims at. Published numbers stand in
experiments/reference.

exit codes: 0 done, 1 a result of theory was missed (misses of evidence are reported, and do not count), 2 bad input
"""

import sys
from pathlib import Path

from commonweal.advice import why
from commonweal.commands._ending import DONE, FAILED
from commonweal.commands._parser import Parser
from commonweal.errors import InputError
from commonweal.extras import need


def main(arguments: list[str]) -> int:
    """Measure, print, write."""
    parser = Parser("validate")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--screen", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("folders", nargs="*", metavar="out=DIR data=DIR")
    given = parser.parse_intermixed_args(arguments)
    named = folders(given.folders)
    if given.screen and named["out"] is None:
        raise InputError("--screen needs a folder for its tables; add out=DIR")
    if given.dry_run:
        lasts = "a minute or two" if given.quick else "some ten minutes"
        print(f"{lasts}{', and some more for the screening' if given.screen else ''}")
        print(f"Nothing is measured; without --dry-run it goes to {named['out'] or 'standard output alone'}")
        return DONE
    if given.screen:
        need("sensitivity", "validate --screen")
    folder = results_folder(named["out"])
    from commonweal.commands._terminal import say, stage
    from commonweal.configuration.conf import session
    from commonweal.model.numbers import NUMBERS
    from commonweal.study.provenance import origin

    with stage(sys.stderr, "reading the configuration"):
        from commonweal.validation import report
    size = report.QUICK if given.quick else report.FULL
    with session():
        rows = list(report.measured(size, lambda what: say(f"measuring: {what}"), named["data"]))
        print(report.text(rows))
        if folder is not None:
            from commonweal.validation import figures

            drawn = figures.draw(rows, folder, size.sessions, size.waves, size.communities)
            report.write(rows, folder, NUMBERS, size, drawn, origin(["commonweal", "validate", *arguments]))
            print(f"\nPage: {folder / 'validation.html'}")
            if given.screen:
                screen(folder, quick=given.quick)
    return FAILED if any(each.kind == "verification" and each.verdict == "missed" for each in rows) else DONE


def folders(given: list[str]) -> dict[str, Path | None]:
    """The folders that out=DIR and data=DIR name. Raises InputError."""
    found: dict[str, Path | None] = {"out": None, "data": None}
    for each in given:
        name, _, value = each.partition("=")
        if name not in found or not value:
            raise InputError(f"{each!r} is not understood; write out=DIR or data=DIR for a folder")
        found[name] = Path(value).expanduser()
    return found


def results_folder(folder: Path | None) -> Path | None:
    """A folder, made ready to be written into. Raises InputError."""
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {why(error)}; give another folder with out=") from None
    return folder


def screen(folder: Path, quick: bool) -> None:
    """Sensitivity of the headline answer: one number at a time, then the twelve that matter most by Morris."""
    from commonweal.commands._terminal import say
    from commonweal.validation import sensitivity

    replicates, months, trajectories, chosen = (2, 12, 2, 3) if quick else (12, 24, 6, 12)

    def notify(done: int, total: int) -> None:
        if done % 10 == 0 or done == total:
            say(f"screening: {done} of {total}")

    table = sensitivity.one_at_a_time(replicates, months, notify)
    table.to_csv(folder / "sensitivity.csv", index=False, float_format="%.6g")
    full, equal = (table.loc[table["basis"] == basis, :] for basis in sensitivity.BASES)
    first = sensitivity.morris(full["parameter"].head(chosen).tolist(), trajectories, replicates, months, notify)
    first.to_csv(folder / "morris.csv", index=False, float_format="%.6g")
    shown = ["parameter", "value", "moved", "most_moved", "by", "changes_the_best"]
    for basis, rows in zip(sensitivity.BASES, (full, equal), strict=True):
        print(f"\nAssumed numbers by which the effects of the strategies move most, low end to high, at {basis}:")
        print(rows[shown].head(12).to_string(index=False))
    print("\nMorris, the foremost all at once, at full strength:")
    print(first.to_string(index=False))
    shares = ", ".join(f"{name} {share:.2f}" for name, share in first.attrs["first"].items() if share > 0)
    print(f"\nFirst in net welfare over those {trajectories * (chosen + 1)} points: {shares}")
