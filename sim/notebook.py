"""Notebooks: a study's article, executed on the results it is about."""

import ast
from pathlib import Path

from sim.errors import InputError
from sim.files import write_whole


def execute(source: Path, folder: Path, **parameters: str) -> tuple[Path, Path]:
    """Run a notebook and write it, executed, as .ipynb and .html into `folder`.

    source: a jupytext percent script with one cell tagged `parameters` that assigns plain values.
    parameters: new values for names assigned there.
    Raises InputError for a missing source, an unknown parameter, or a cell that fails.
    """
    import jupytext
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError
    from nbconvert import HTMLExporter

    if not source.is_file():
        raise InputError(f"{source} is not there; give the notebook.py of a study")
    notebook = jupytext.read(source)
    place = _parameters_cell(notebook, source)
    known = _assigned(notebook.cells[place].source)
    if stray := sorted(set(parameters) - set(known)):
        raise InputError(f"{source} has no parameter {stray[0]}; it has {', '.join(known)}")
    given = "\n".join(f"{name} = {value!r}" for name, value in parameters.items())
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(given))
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    try:
        NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
    except CellExecutionError as error:
        raise InputError(f"{source} failed: {str(error).strip().splitlines()[-1]}") from None
    exporter = HTMLExporter(embed_images=True, mathjax_url="", require_js_url="")
    page, _ = exporter.from_notebook_node(notebook)
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / f"{source.stem}.ipynb", folder / f"{source.stem}.html"
    write_whole(paths[0], lambda path: path.write_text(nbformat.writes(notebook)))
    write_whole(paths[1], lambda path: path.write_text(page))
    return paths


def _parameters_cell(notebook, source: Path) -> int:
    for place, cell in enumerate(notebook.cells):
        if "parameters" in cell.metadata.get("tags", []):
            return place
    raise InputError(f'{source} has no cell tagged parameters; write # %% tags=["parameters"] above it')


def _assigned(code: str) -> list[str]:
    """Names a cell assigns."""
    targets = [target for node in ast.parse(code).body if isinstance(node, ast.Assign) for target in node.targets]
    return [target.id for target in targets if isinstance(target, ast.Name)]
