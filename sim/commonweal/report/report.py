"""The report: one page that holds everything, figures included, and opens anywhere without a network."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from commonweal.advice import mend, why
from commonweal.analysis.in_units import in_units, outcomes_in_units
from commonweal.analysis.results import load
from commonweal.errors import InputError
from commonweal.figures.labels import words
from commonweal.files import write_whole
from commonweal.report import comparison, design, sweep
from commonweal.report.evidence import counts, evidence_for, most_moving, moved, validation
from commonweal.report.page import Page
from commonweal.report.pdf import print_pdf
from commonweal.study.sweep import finished_sweep
from commonweal.units import told_in, units_of


def write_report(folder: Path | str) -> tuple[list[Path], str]:
    """Write report.html, and report.pdf where it can be printed, into a folder of results.

    Returns where they are, and a sentence that says why there is no PDF, or ''. Raises InputError.
    """
    folder = Path(folder)
    text = render(read(folder), folder)
    page, pdf = folder / "report.html", folder / "report.pdf"
    try:
        write_whole(page, lambda path: path.write_text(text, encoding="utf-8"))
        reason = print_pdf(page, pdf)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {why(error)}; {mend(error)}") from None
    return [page] if reason else [page, pdf], reason or ""


def read(folder: Path) -> Page:
    """What there is to say of the results in a folder, by what was compared in it, in its units. Raises InputError."""
    if (found := finished_sweep(folder)) is not None:
        with told_in(sweep.units(found)):
            return sweep.tell(found)
    results = load(folder, whole=False)
    with told_in(units_of(results.manifest)):
        if results.manifest.get("baseline"):
            return comparison.tell(in_units(results))
        return design.tell(outcomes_in_units(folder, whole=True))


def render(page: Page, folder: Path) -> str:
    """The page as HTML. Names are escaped, whatever they hold. folder: where validation is looked for first."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    units = units_of(page.manifest)
    environment.filters |= {"words": words, "moved": lambda value: moved(value, units)}
    verdicts = validation(folder)
    return environment.get_template("page.html").render(
        about=page.manifest,
        page=page,
        rests=counts(),
        held=evidence_for(verdicts, page.strategies),
        moving=most_moving(verdicts),
        files=_files(page.manifest),
        roster="leaders_file" in page.manifest.get("config", {}).get("community", {}),
        command=shlex.join(str(word) for word in page.manifest.get("command") or []),
    )


def _files(about: Mapping[str, Any]) -> list[str]:
    """The files of the user's own that the results were made from, by the names given."""
    config = about.get("config", {})
    given = {**config.get("community", {}), "design_file": (config.get("design") or {}).get("file")}
    return [str(value) for name, value in given.items() if name.endswith("_file") and value]
