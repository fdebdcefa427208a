"""Execute a study's notebook on results.

usage: commonweal notebook STUDY [--results DIR] [name=value ...] [--dry-run]
       commonweal notebook --html FILE ... [--dry-run]

STUDY     a folder of experiments/ by its name or path, or a notebook of your own (jupytext's percent format)
--results the folder of a run of that study; the newest under results/STUDY/ where it is left out
name=value  another value for a name assigned in the notebook's cell of parameters
--html    the pages of notebooks that have been executed, each written beside its notebook.ipynb; * stands for any name
--dry-run what would be executed and where its files would go; nothing is executed or written

The executed copy is written into DIR: notebook.ipynb, notebook.html (readable offline) and its plots,
notebook_1.png and so on.

examples:
  commonweal notebook which_strategy
  commonweal notebook which_strategy --results results/which_strategy/20260102-150405-1a2b3c4d
  commonweal notebook under_a_budget --results results/strategies_together/20260102-150405-1a2b3c4d
  commonweal notebook validation --results DIR       DIR written by commonweal validate out=DIR
  commonweal notebook my_notebook.py --results results/single/20260102-150405-1a2b3c4d
  commonweal notebook --html 'results/*/published/notebook.ipynb'

exit codes: 0 done, 2 the notebook or the results cannot be used
"""

from collections.abc import Iterator
from glob import glob
from pathlib import Path
from typing import Any

from commonweal.commands._parser import Parser
from commonweal.errors import InputError
from commonweal.extras import need


def main(arguments: list[str]) -> int:
    """Execute a notebook, or make pages of executed ones, and say where they are."""
    parser = Parser("notebook")
    parser.add_argument("words", metavar="STUDY", nargs="+")
    parser.add_argument("--results", metavar="DIR")
    parser.add_argument("--html", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    given = parser.parse_intermixed_args(arguments)
    if given.html and given.results:
        raise InputError("--results is not for --html, which takes executed notebooks only; leave one of them out")
    if given.html:
        given.words = [path for each in given.words for path in sorted(glob(each)) or [each]]
    if given.dry_run:
        print("\n".join(_told(given.words, given.html, given.results)))
        return 0
    for path in pages(given.words) if given.html else executed(given.words[0], given.results, _values(given.words)):
        print(f"wrote {path}")
    return 0


def _told(words: list[str], html: bool, results: str | None) -> list[str]:
    """What would be read and written. Raises InputError."""
    if html:
        from commonweal.report.notebook_files import page_of

        places = [page_of(Path(each).expanduser())[0] for each in words]
        return [f"Nothing is written; without --dry-run there would be {', '.join(map(str, places))}"]
    from commonweal.report.notebook import prepared

    source, folder, more = found(words[0], results)
    prepared(source, **more | _values(words))
    return [
        f"{source} would be executed on {folder}",
        f"Nothing is executed; without --dry-run {source.stem}.ipynb, {source.stem}.html and its plots go to {folder}",
    ]


def pages(notebooks: list[str]) -> Iterator[Path]:
    """The pages of executed notebooks, as they are written. Raises InputError."""
    need("notebooks", "commonweal notebook")
    from commonweal.report.notebook_files import write_page

    for each in notebooks:
        yield write_page(Path(each).expanduser())


def _values(words: list[str]) -> dict[str, Any]:
    """The values that follow a study's name, of the form name=value. Raises InputError."""
    from commonweal.report.notebook import parsed

    parameters = {}
    for each in words[1:]:
        name, equals, value = each.partition("=")
        if not equals:
            raise InputError(f"{each!r} is not of the form name=value; commonweal notebook --help shows examples")
        parameters[name] = parsed(value)
    return parameters


def executed(study: str, results: str | Path | None, parameters: dict[str, Any]) -> list[Path]:
    """Execute a study's notebook on results, the newest where they are None; what was written. Raises InputError."""
    from commonweal.report.notebook import execute

    source, folder, more = found(study, results)
    return execute(source, folder, **more | parameters)


def found(study: str, results: str | Path | None) -> tuple[Path, Path, dict[str, Any]]:
    """A study's notebook, the folder that it is executed on, and what it is told besides. Raises InputError."""
    need("notebooks", "commonweal notebook")
    from commonweal.report.notebook import check_results, experiments_read, find_notebook

    source = find_notebook(study)
    name, reads = source.resolve().parent.name, experiments_read(source)
    if reads == []:
        return source, Path(results or Path("results") / name).expanduser(), {}
    folder = Path(results).expanduser() if results else newest(reads or [name])
    check_results(folder, name, reads)
    return source, folder, {"results_folder": str(folder)}


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
