"""Sweep: what `commonweal run -m` keeps beside the folders of its jobs, a manifest and one table of all effects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from commonweal.advice import command as typed
from commonweal.advice import setting
from commonweal.errors import InputError
from commonweal.files import write_whole
from commonweal.harmless import cells
from commonweal.study.conditions import label
from commonweal.study.folder import MANIFEST, read_manifest, write_manifest
from commonweal.study.provenance import origin
from commonweal.study.tables import digest_of

if TYPE_CHECKING:
    import pandas as pd

KIND: Final = "sweep"
SCHEMA: Final = "1"
EFFECTS: Final = "effects.csv"
FILES: Final = (MANIFEST, EFFECTS, "report.html", "report.pdf")
"""what is a sweep's own in its folder"""
BEGUN, FINISHED = "unfinished", "finished"


@dataclass(frozen=True)
class Job:
    """One job of a sweep: what came of it, and where."""

    sweeps: str
    """what it sweeps, as typed: 'scenario=calm,strategy=inclusion'"""
    swept: dict[str, str]
    """the same by key"""
    folder: Path | None
    """its results; None where there are none"""
    compared: bool
    """whether strategies are compared in it"""
    code: int
    error: str

    def about(self) -> dict[str, str]:
        """What it sweeps, by the columns of tables."""
        return {label(key): value for key, value in self.swept.items()}


@dataclass(frozen=True)
class Sweep:
    """A sweep that was kept, finished or not."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def jobs(self) -> list[Job]:
        """In the order in which they were asked for."""
        return [_job(self.folder, each) for each in self.manifest["jobs"]]

    @property
    def played(self) -> list[Job]:
        """Those that left results."""
        return [each for each in self.jobs if each.folder is not None]

    @cached_property
    def effects(self) -> "pd.DataFrame":
        """The effects of all jobs that compare strategies: the job, what it sweeps, and the columns of effects.csv.

        Raises InputError where there are none, or the table is not what was written.
        """
        path = self.folder / EFFECTS
        if not any(each.compared for each in self.played):
            raise InputError(f"{self.folder} has no {EFFECTS}: no job of the sweep compares strategies")
        if digest_of(path) != self.manifest["tables"].get(EFFECTS):
            raise InputError(
                f"{path} is damaged or gone: it is not what was written; give the sweep's command again with "
                f"{setting('out', self.folder)}"
            )
        import pandas as pd  # here, because status tells of sweeps without it

        return pd.read_csv(path)


def _job(folder: Path, told: Any) -> Job:
    """A job as the manifest tells of it. Raises InputError where that is not what commonweal writes."""
    try:
        name = told["folder"]
        if name is not None and Path(name).name != name:
            raise ValueError(name)
        swept = {str(key): str(value) for key, value in told["swept"].items()}
        there = None if name is None else folder / name
        return Job(str(told["sweeps"]), swept, there, bool(told["compared"]), int(told["code"]), str(told["error"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(
            f"{folder / MANIFEST} names a job as commonweal does not; give the folder of a sweep, or of one of its jobs"
        ) from None


def is_sweep(manifest: Mapping[str, Any] | None) -> bool:
    """Whether a manifest is that of a sweep."""
    return manifest is not None and manifest.get("kind") == KIND and isinstance(manifest.get("jobs"), list)


def sweep_in(folder: Path | str) -> Sweep | None:
    """The sweep that a folder holds; None where it holds none. Raises InputError where its manifest cannot be read."""
    folder = Path(folder).expanduser()
    manifest = read_manifest(folder)
    return Sweep(folder, manifest) if manifest is not None and is_sweep(manifest) else None


def finished_sweep(folder: Path | str) -> Sweep | None:
    """The same, of which every job has ended. Raises InputError where that is not so."""
    found = sweep_in(folder)
    if found is not None and found.manifest["status"] != FINISHED:
        again = typed(*found.manifest["command"][1:])
        raise InputError(f"{folder} is unfinished; the sweep's command goes on with out= this folder: {again}")
    return found


def begin(folder: Path, command: Sequence[str]) -> None:
    """Say in a sweep's folder that it is under way; what earlier jobs left stays told. Raises OSError."""
    before = read_manifest(folder)
    told = before if before is not None and is_sweep(before) else {"jobs": [], "tables": {}}
    folder.mkdir(parents=True, exist_ok=True)
    about = {"kind": KIND, "schema_version": SCHEMA, "status": BEGUN, "experiment": KIND}
    write_manifest(folder, {**told, **origin(command), **about})


def end(folder: Path, outcomes: Iterable[Mapping[str, Any]]) -> None:
    """Keep what came of the jobs: a manifest of all, and one table of effects. Raises OSError.

    outcomes: of each job `sweeps`, `swept`, `code`, `error` and `folder` (compared) or `unranked`. Jobs of the same
    folder that were kept before and are not among them stay. Where none left results, nothing stays.
    """
    manifest = read_manifest(folder) or {}
    jobs = {each["sweeps"]: each for each in manifest.get("jobs", [])}
    for each in outcomes:
        jobs[each["sweeps"]] = _told(each)
    found = Sweep(folder, {**manifest, "jobs": list(jobs.values()), "tables": {}, "status": FINISHED})
    if not found.played:
        abandon(folder)
        return
    if any(each.compared for each in found.played):
        write_whole(folder / EFFECTS, lambda path: cells(_joint(found)).to_csv(path, index=False, float_format="%.9g"))
        found.manifest["tables"] = {EFFECTS: digest_of(folder / EFFECTS)}
    write_manifest(folder, found.manifest)


def jobs_of(folder: Path, outcomes: Iterable[Mapping[str, Any]]) -> list[Job]:
    """The jobs of which that came, as `end` has it."""
    return [_job(folder, _told(each)) for each in outcomes]


def _told(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """What a manifest tells of a job."""
    there = outcome.get("folder") or outcome.get("unranked")
    about = {name: outcome[name] for name in ("sweeps", "swept", "code", "error")}
    about["swept"] = dict(sorted(outcome["swept"].items()))
    return {**about, "folder": Path(there).name if there else None, "compared": bool(outcome.get("folder"))}


def abandon(folder: Path) -> None:
    """Take the manifest away where no job left results, and the folder with it if it is empty. Raises OSError."""
    if sweep_in(folder) is None or any(path.is_dir() for path in folder.iterdir()):
        return
    (folder / MANIFEST).unlink()
    if not any(folder.iterdir()):
        folder.rmdir()


def _joint(found: Sweep) -> "pd.DataFrame":
    """The tables of effects of all jobs, one below the other, each row with its job and what that sweeps."""
    import pandas as pd

    tables = []
    for job in found.played:
        if job.compared and job.folder is not None:
            table = pd.read_csv(job.folder / EFFECTS)
            about = {name: value for name, value in job.about().items() if name not in table.columns}
            tables.append(pd.DataFrame({"job": job.sweeps, **about}, index=table.index).join(table))
    return pd.concat(tables, ignore_index=True)
