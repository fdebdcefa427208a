"""The figures of a study that was played: drawn, and put in the place of those drawn before."""

import os
import shutil
import sys
from pathlib import Path

from commonweal.advice import mend, why
from commonweal.analysis.results import Results
from commonweal.commands._ending import FAILED, Ending
from commonweal.commands._garbage import passed_over
from commonweal.commands._terminal import progress, say
from commonweal.configuration.request import Request
from commonweal.errors import InputError
from commonweal.study.folder import figures_of, write_manifest
from commonweal.units import units_of


def draw(request: Request, played: Ending, workers: int | None = None, few: bool = False) -> int:
    """Draw the figures, unless they are of these numbers, and return the exit code; what goes wrong is said.

    few: those of effects and trajectories only. Of a study that compares no strategies there are none.
    """
    results, quiet = played.results, request.options.quiet
    place = results.folder
    folder, scratch = place / "figures", place / f".figures.{os.getpid()}.tmp"
    unwanted = request.study.baseline is None or not request.options.figures
    drawn = results.manifest.get("drawn")
    if unwanted or (folder.is_dir() and drawn is not None and drawn == _effects_of(results)):
        return played.code
    try:
        with progress(sys.stderr, quiet, "figures") as notify:
            with passed_over():
                from commonweal.figures.gallery import draw_all

            number = request.options.workers if workers is None else workers
            _put(draw_all(results, scratch, request.study, number, few, notify), folder, results)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be written: {why(error)}; the numbers are kept: {mend(error)}, then give it again"
        ) from None
    except Exception as error:
        if os.environ.get("HYDRA_FULL_ERROR") == "1":
            raise
        say(f"The figures could not be drawn ({type(error).__name__}: {error}); the numbers stand.")
        return FAILED
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return played.code


def _put(drawn: list[Path], folder: Path, results: Results) -> None:
    """Move figures to their folder, in the place of those drawn before; other files there stay. Raises OSError."""
    before, names = figures_of(results.manifest), [path.name for path in drawn]
    folder.mkdir(exist_ok=True)
    write_manifest(results.folder, results.manifest | {"figures": sorted({*before, *names}), "drawn": None})
    for path in drawn:
        os.replace(path, folder / path.name)
    for name in set(before) - set(names):
        (folder / name).unlink(missing_ok=True)
    results.manifest.update(figures=sorted(names), drawn=_effects_of(results))
    write_manifest(results.folder, results.manifest)


def _effects_of(results: Results) -> str | None:
    """A hash of what is drawn, and its units; clocks, by which figures would be newer than numbers, may be set back."""
    effects, units = results.manifest.get("tables", {}).get("effects.csv"), units_of(results.manifest)
    return f"{effects} in {units.key}" if effects and units.money else effects
