"""Execute a study's notebook on results.

usage: commonweal notebook STUDY [--results DIR] [name=value ...]

STUDY     a folder of experiments/ by its name or path, or a notebook of your own (jupytext's percent format)
--results the folder of a run of that study; the newest under results/STUDY/ where it is left out
name=value  another value for a name assigned in the notebook's cell of parameters

The executed copy is written into DIR: notebook.ipynb, notebook.html (readable offline) and its plots,
notebook_1.png and so on.

examples:
  commonweal notebook which_strategy
  commonweal notebook which_strategy --results results/which_strategy/published
  commonweal notebook my_notebook.py --results results/single/20260102-150405-1a2b3c4d

exit codes: 0 done, 2 the notebook or the results cannot be used
"""

from pathlib import Path

from sim.commands._parser import Parser
from sim.errors import InputError


def main(arguments: list[str]) -> int:
    """Execute a notebook and say where it is."""
    parser = Parser("notebook")
    parser.add_argument("study", metavar="STUDY")
    parser.add_argument("parameters", metavar="name=value", nargs="*")
    parser.add_argument("--results", metavar="DIR")
    given = parser.parse_intermixed_args(arguments)
    from sim.notebook import execute, find_notebook, parsed
    from sim.store import load

    source = find_notebook(given.study)
    study = source.resolve().parent.name
    of_study = source.resolve().parent.parent.name == "experiments"
    folder = Path(given.results).expanduser() if given.results else newest(Path("results") / study, study)
    results = load(folder)
    found = results.manifest.get("experiment")
    if of_study and found != study:
        raise InputError(
            f"{folder} holds results of the experiment {found}; the notebook of {study} reads those of "
            f"commonweal run experiment={study}"
        )
    parameters = {}
    for each in given.parameters:
        name, equals, value = each.partition("=")
        if not equals:
            raise InputError(f"{each!r} is not of the form name=value; commonweal notebook --help shows examples")
        parameters[name] = parsed(value)
    for path in execute(source, folder, **{"results_folder": str(folder)} | parameters):
        print(f"wrote {path}")
    return 0


def newest(parent: Path, study: str) -> Path:
    """The finished run that was started last. Raises InputError where there is none."""
    from sim.store import read_manifest

    found = []
    for path in parent.glob("*/manifest.json"):
        manifest = read_manifest(path.parent)
        if manifest is not None and manifest.get("status") == "finished":
            found.append((str(manifest.get("started")), path.parent))
    if not found:
        raise InputError(
            f"there are no finished results in {parent}; run the study first (commonweal run experiment={study}), "
            "or name a folder with --results"
        )
    return max(found)[1]
