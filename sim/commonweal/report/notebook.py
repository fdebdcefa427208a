"""Notebooks: a study's article, executed on the results it is about."""

import ast
from html import escape
from pathlib import Path
from typing import Any, Final

from commonweal.analysis.results import load
from commonweal.errors import InputError
from commonweal.files import shipped
from commonweal.model.params import nearest
from commonweal.report.notebook_files import write
from commonweal.study.folder import read_manifest
from commonweal.units import units_of

SECONDS: Final = 600
"""how long a cell may take"""
VALIDATION: Final = "validation"
"""the kind, and the experiment, of what `commonweal validate out=DIR` writes"""
QUIET: Final = ["--IPKernelApp.log_level=40"]


def find_notebook(study: str) -> Path:
    """The notebook of a study: its name under experiments/, here or as shipped, its folder, or the file itself.

    Raises InputError where there is none.
    """
    known = shipped("experiments")
    given = Path(study).expanduser()
    for place in (
        given,
        given / "notebook.py",
        Path("experiments") / study / "notebook.py",
        known / study / "notebook.py",
    ):
        if place.is_file():
            return place
    names = sorted({path.parent.name for at in (Path("experiments"), known) for path in at.glob("*/notebook.py")})
    listed = nearest(study, names) if names else "give the path of a notebook.py"
    raise InputError(f"{study} is no study with a notebook; {listed}")


def experiments_read(source: Path) -> list[str] | None:
    """The experiments whose results a notebook reads: those its header names under `commonweal: reads:`.

    Without it, those of the study in whose folder under experiments/ it lies; None for a notebook of one's own, which
    reads any. An empty list: it reads none at all. Raises InputError where it is no notebook.
    """
    reads = _opened(source).metadata.get("commonweal", {}).get("reads")
    if reads is not None:
        return [str(each) for each in reads]
    place = source.resolve().parent
    return [place.name] if place.parent.name == "experiments" else None


def check_results(folder: Path, study: str, reads: list[str] | None) -> None:
    """Raise InputError, saying why, where a notebook that reads some experiments cannot be executed on a folder."""
    manifest = read_manifest(folder) or {}
    if manifest.get("kind") != VALIDATION:
        manifest = load(folder).manifest
    _check_experiment(folder, manifest, study, reads)


def _check_experiment(folder: Path, manifest: dict[str, Any], study: str, reads: list[str] | None) -> None:
    found = manifest.get("experiment")
    if reads is not None and found not in reads:
        raise InputError(
            f"{folder} holds results of the experiment {found}; the notebook of {study} reads those of "
            f"{maker(reads[0])}"
        )


def maker(experiment: str) -> str:
    """The command that makes the results of an experiment."""
    return "commonweal validate out=DIR" if experiment == VALIDATION else f"commonweal run experiment={experiment}"


def execute(source: Path, folder: Path, **parameters: Any) -> list[Path]:
    """Run a notebook and write it, executed, into `folder`: as .ipynb, as .html, and its plots as PNG.

    The PNG files are the plots as they were drawn; in the notebook and its page they are light.
    source, parameters: as for `prepared`. Raises InputError as it does, and for a cell that fails.
    """
    notebook = prepared(source, **parameters)
    run(notebook, source)
    return write(notebook, folder, source.stem)


def prepared(source: Path, **parameters: Any) -> Any:
    """A notebook ready to run.

    source: a jupytext percent script with one cell tagged `parameters` that assigns plain values.
    parameters: new values, of the same type, for names assigned there. Its texts name the money of `results_folder`.
    Raises InputError for a missing source, an unknown parameter or a value of another type.
    """
    import nbformat

    notebook = _opened(source)
    place = _parameters_cell(notebook, source)
    try:
        known = _assigned(notebook.cells[place].source)
    except (SyntaxError, ValueError) as error:
        raise _not_a_notebook(source, error) from None
    for name, value in parameters.items():
        _check(source, name, value, known)
    _tell_money(notebook, Path(parameters.get("results_folder", "")))
    given = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(given))
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


def _tell_money(notebook: Any, results: Path) -> None:
    """Name the money of some results in the texts of a notebook, and say what it is worth below its title."""
    units = units_of(read_manifest(results) or {})
    units = units._replace(money=escape(units.money))
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    for cell in texts:
        cell.source = units.said(cell.source)
    if units.money and texts:
        texts[0].source += f"\n\n{units.key}."


def _opened(source: Path) -> Any:
    import jupytext

    if not source.is_file():
        raise InputError(f"{source} is not there; give the notebook.py of a study")
    try:
        return jupytext.read(source)
    except (UnicodeDecodeError, SyntaxError, ValueError) as error:
        raise _not_a_notebook(source, error) from None


def _not_a_notebook(source: Path, error: Exception) -> InputError:
    return InputError(f"{source} is not a notebook in jupytext's percent format: {error}")


def parsed(text: str) -> Any:
    """A parameter's value as typed: a Python literal, or else text."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _check(source: Path, name: str, value: Any, known: dict[str, Any]) -> None:
    if name not in known:
        raise InputError(f"{source} has no parameter {name}; {nearest(name, list(known))}")
    usual = known[name]
    fits = isinstance(value, type(usual)) or (type(usual) is float and type(value) is int)
    if not fits or (isinstance(value, bool) and not isinstance(usual, bool)):
        raise InputError(f"{source}: {name} is {value!r}; it must be like {usual!r}, a {type(usual).__name__}")


def _parameters_cell(notebook: Any, source: Path) -> int:
    for place, cell in enumerate(notebook.cells):
        if "parameters" in cell.metadata.get("tags", []):
            return place
    raise InputError(f'{source} has no cell tagged parameters; write # %% tags=["parameters"] above it')


def _assigned(code: str) -> dict[str, Any]:
    """Names a cell assigns, with their values."""
    found: dict[str, Any] = {}
    for node in ast.parse(code).body:
        if isinstance(node, ast.Assign):
            value = ast.literal_eval(node.value)
            found |= {target.id: value for target in node.targets if isinstance(target, ast.Name)}
    return found


def run(notebook: Any, source: Path) -> None:
    """Execute a notebook, in place, in a kernel of its own. Raises InputError for a cell that fails."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", extra_arguments=QUIET).execute()
    except CellExecutionError as error:
        kind = "" if error.ename == InputError.__name__ else f"{error.ename}: "
        said = " ".join(f"{kind}{error.evalue}".split())
        raise InputError(f"{source} failed: {said}") from None
    except (CellTimeoutError, DeadKernelError) as error:
        raise InputError(f"{source} failed: {str(error).strip().splitlines()[0]}") from None
