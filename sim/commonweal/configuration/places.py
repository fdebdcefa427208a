"""Places: folders and files that stand where conf has a name, `community=my_town/` and `ensemble=my_town/fit`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from commonweal.advice import as_typed, command, grammatical, setting, there
from commonweal.errors import InputError

TABLES: Final = ("leaders", "ties", "groups")
"""what a folder of a community may hold, as CSV"""


def as_hydra_takes(override: str, sweeps: bool = False) -> str:
    """An override whose path, or amount, Hydra's grammar takes as it was typed. Raises InputError as `as_amount`."""
    from commonweal.configuration.own_money import as_amount  # here, because help is told without Hydra and the model

    return as_amount(as_typed(override), sweeps)


def with_places(override: str, sweeps: bool = False) -> list[str]:
    """The overrides that one stands for which names a place, by a slash, or a file that is there; others are as typed.

    sweeps: whether commas part values. Raises InputError where there is no such place.
    """
    override = as_hydra_takes(override, sweeps)
    key, _, value = override.partition("=")
    place = value.strip("'\"") if value[:1] in ("'", '"') and not there(value).exists() else value
    if key == "community" and _is_place(place):
        return community_of(place)
    if key == "ensemble" and _is_place(place):
        return ["ensemble=fit", setting_of("ensemble.folder", Path(place))]
    return [override]


def in_full(overrides: Iterable[str], sweeps: bool = False) -> list[str]:
    """Overrides as they were typed, with what stands for places in their stead. Raises InputError."""
    return [one for each in overrides for one in with_places(each, sweeps)]


def _is_place(value: str) -> bool:
    """Whether a value is a path, and no name of conf; several separated by commas are names."""
    try:
        path = there(value)
        slashed = "/" in value or "\\" in value
        return path.is_file() or (slashed and ("," not in value or path.exists()))
    except (OSError, ValueError):
        return False


def community_of(place: str) -> list[str]:
    """The overrides by which a folder of leaders.csv, ties.csv and groups.csv, or a file, is the community.

    Raises InputError where there is no such place, or no leaders in it.
    """
    path = there(place)
    if path.is_dir():
        files = {name: path / f"{name}.csv" for name in TABLES if (path / f"{name}.csv").is_file()}
        if "leaders" not in files:
            raise InputError(
                f"{place} has no leaders.csv; give a folder that has one, which "
                f"{command('roster', 'import', 'FILES')} {setting('out', place)} writes, or one file that holds all"
            )
    elif path.is_file():
        files = {"leaders": path}
    else:
        raise InputError(f"there is no {place}; give the folder of leaders.csv and ties.csv, or a file")
    return ["community=roster", *(setting_of(f"community.{name}_file", file) for name, file in files.items())]


def setting_of(key: str, file: Path) -> str:
    """An override that names a file, as Hydra's grammar takes it."""
    return f"{key}={grammatical(str(file).replace('${', chr(92) + '${'))}"
