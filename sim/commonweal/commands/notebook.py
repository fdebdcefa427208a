"""Execute a study's notebook on results.

usage: commonweal notebook STUDY [--results DIR] [name=value ...]

STUDY     a folder of experiments/ by its name or path, or a notebook of your own (jupytext's percent format)
--results the folder of a run of that study; the newest under results/STUDY/ where it is left out
name=value  another value for a name assigned in the notebook's cell of parameters

The executed copy is written into DIR: notebook.ipynb, notebook.html (readable offline) and its plots,
notebook_1.png and so on.

examples:
  commonweal notebook which_strategy
  commonweal notebook which_strategy --results results/which_strategy/20260102-150405-1a2b3c4d
  commonweal notebook under_a_budget --results results/strategies_together/20260102-150405-1a2b3c4d
  commonweal notebook validation --results DIR       DIR written by commonweal validate out=DIR
  commonweal notebook my_notebook.py --results results/single/20260102-150405-1a2b3c4d

exit codes: 0 done, 2 the notebook or the results cannot be used
"""

from pathlib import Path

from commonweal.commands._parser import Parser
from commonweal.errors import InputError


def main(arguments: list[str]) -> int:
    """Execute a notebook and say where it is."""
    parser = Parser("notebook")
    parser.add_argument("study", metavar="STUDY")
    parser.add_argument("parameters", metavar="name=value", nargs="*")
    parser.add_argument("--results", metavar="DIR")
    given = parser.parse_intermixed_args(arguments)
    from commonweal.report.notebook import check_results, execute, experiments_read, find_notebook, parsed

    source = find_notebook(given.study)
    study, reads = source.resolve().parent.name, experiments_read(source)
    if reads == []:
        folder, parameters = Path(given.results or Path("results") / study).expanduser(), {}
    else:
        folder = Path(given.results).expanduser() if given.results else newest(reads or [study])
        check_results(folder, study, reads)
        parameters = {"results_folder": str(folder)}
    for each in given.parameters:
        name, equals, value = each.partition("=")
        if not equals:
            raise InputError(f"{each!r} is not of the form name=value; commonweal notebook --help shows examples")
        parameters[name] = parsed(value)
    for path in execute(source, folder, **parameters):
        print(f"wrote {path}")
    return 0


def newest(experiments: list[str]) -> Path:
    """The finished run of one of some experiments that was started last. Raises InputError where there is none."""
    from commonweal.report.notebook import maker
    from commonweal.study.folder import read_manifest

    found, parents = [], [Path("results") / name for name in experiments]
    for path in (path for parent in parents for path in parent.glob("*/manifest.json")):
        manifest = read_manifest(path.parent)
        if manifest is not None and manifest.get("status") == "finished":
            found.append((str(manifest.get("started")), path.parent))
    if not found:
        raise InputError(
            f"there are no finished results in {parents[0]}; run the study first ({maker(experiments[0])}), or name a "
            "folder with --results"
        )
    return max(found)[1]
