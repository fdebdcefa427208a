"""Making a folder ready for a study: a new one, or one that holds some of it, in the order in which it does."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from commonweal.errors import InputError
from commonweal.study.blocks import extend
from commonweal.study.conditions import GONE, INTENSITY, WHY, WORLD, conditions_table
from commonweal.study.dataset import Dataset, extents_of
from commonweal.study.folder import (
    read_manifest,
    refuse_foreign,
    refuse_other,
    remove_study,
    require_fields,
    write_manifest,
)
from commonweal.study.provenance import origin
from commonweal.study.replication.rule import Sequential
from commonweal.study.schema import SCHEMA_VERSION
from commonweal.study.study import Study

FIXED = ("rounds", "seed")
"""of conf/run, what must be as it was for a study to be gone on with"""


@dataclass
class Roll:
    """The conditions of a folder, by number. A condition keeps its number, whatever becomes of the study."""

    names: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """where each stands in the design; GONE where it is no part of the study any more"""

    @staticmethod
    def of(dataset: Dataset) -> "Roll":
        """The one that a folder holds. Raises InputError."""
        table = dataset.conditions()
        names, keys, places = (table[name].to_pylist() for name in ("name", "key", "place"))
        return Roll(names, keys, [json.loads(each) for each in table["changes"].to_pylist()], places)

    def wave(self, second: bool) -> list[int]:
        """The numbers of the conditions of a wave: the second has those of equal spend.

        Doses in the worlds of an ensemble are given beforehand, and so are of the first.
        """
        found = [INTENSITY in each and WORLD not in each for each in self.changes]
        return [number for number, each in enumerate(found) if each == second]

    def add(self, name: str, key: str, changes: dict[str, Any], place: int) -> int:
        """A condition that is new, and its number."""
        self.names.append(name)
        self.keys.append(key)
        self.changes.append(changes)
        self.places.append(place)
        return len(self.names) - 1

    def write(self, dataset: Dataset, study: Study) -> None:
        """Keep it in the folder. Raises OSError."""
        table = conditions_table(
            self.names, self.places, self.keys, self.changes, list(study.columns), study.baseline
        )  # fmt: skip
        dataset.write_conditions(table)


class Holdings(NamedTuple):
    """What a folder holds of a study."""

    dataset: Dataset
    manifest: dict[str, Any] | None
    """None where there is nothing to go on with"""
    roll: Roll
    numbers: list[int | None]
    """for each condition of the study its number in the folder; None for one that is new"""


def look(study: Study, folder: Path, fresh: bool) -> Holdings:
    """What a folder holds of a study; nothing is changed.

    Raises InputError where it holds something else, or conditions or numbers that the study has not.
    """
    dataset, manifest = Dataset(folder, study.identity, study.keep), read_manifest(folder)
    refuse_foreign(folder, manifest)
    if manifest is None or fresh:
        return Holdings(dataset, None, Roll(), [None] * len(study.names))
    asked = study.size.model_dump(include={*FIXED}) | {"keep": study.keep}
    refuse_other(folder, manifest, study.identity, asked)
    require_fields(folder, manifest)
    roll = Roll.of(dataset)
    numbers = _match(folder, roll, study)
    if not isinstance(study.rule, Sequential) and manifest["replicates"] > study.size.replicates:
        raise InputError(
            f"{folder} has {manifest['replicates']:,} replicates, more than run.replicates={study.size.replicates}; "
            "give another out=, or fresh=true to replace what is there"
        )
    return Holdings(dataset, manifest, roll, numbers)


def _match(folder: Path, roll: Roll, study: Study) -> list[int | None]:
    """For each condition of the study its number in the folder. Raises InputError where the folder has others."""
    there: dict[str, list[int]] = defaultdict(list)
    for number in roll.wave(second=False):
        there[roll.keys[number]].append(number)
    found = [numbers.pop(0) if (numbers := there.get(study.key(at))) else None for at in range(len(study.names))]
    if left := [number for numbers in there.values() for number in numbers]:
        name, new = roll.names[min(left)], {study.names[at] for at, number in enumerate(found) if number is None}
        why = (
            f"was played with other values in {name}" if name in new
            else f"has conditions that this study lacks, such as {name}"
        )  # fmt: skip
        raise InputError(f"{folder} {why}; give another out=, or fresh=true to replace what is there")
    return found


def prepare(study: Study, folder: Path, fresh: bool) -> tuple[Dataset, dict[str, Any], Roll, list[int]]:
    """Make a folder ready, which is locked: its dataset, manifest and roll, and the number of each condition.

    With fresh, what is there of a study goes, and nothing else. Raises InputError as `look` does, and OSError.
    """
    dataset, manifest, roll, matched = look(study, folder, fresh)
    stayed = _cleared(folder, study) if manifest is None else []
    for table in (*dataset.tables, *(["searches"] if study.second_wave else [])):
        (folder / table).mkdir(parents=True, exist_ok=True)
    for place, number in enumerate(matched):
        if number is None:
            matched[place] = roll.add(study.names[place], study.key(place), study.changes(place), place)
        else:
            roll.places[number] = place
    numbers: list[int] = [each for each in matched if each is not None]
    before = [] if manifest is None else extents_of(manifest)
    extents = extend(before, numbers, study.size.replicates, study.leaders, study.keep)
    about = manifest_of(study) | {"extents": [list(each) for each in extents], "stayed": stayed}
    roll.write(dataset, study)
    if manifest is not None:
        about |= {name: manifest[name] for name in ("started", "seconds", "figures", "drawn") if name in manifest}
    write_manifest(folder, about)
    return dataset, about, roll, numbers


def _cleared(folder: Path, study: Study) -> list[str]:
    """Remove what a folder holds of a study, and return the names of what stays and is not asked for."""
    return [name for name in remove_study(folder) if name not in (*study.beside, WHY)]


def settle(roll: Roll, wanted: Sequence[tuple[str, str, Mapping[str, Any]]], first: int) -> list[int]:
    """The numbers of the conditions of the second wave, given as name, key and changes; others of it are gone.

    first: the place of the first of them.
    """
    known = {roll.keys[number]: number for number in roll.wave(second=True)}
    for number in known.values():
        roll.places[number] = GONE
    numbers = []
    for place, (name, key, changes) in enumerate(wanted, first):
        number = known.get(key)
        if number is None:
            number = roll.add(name, key, dict(changes), place)
        roll.places[number] = place
        numbers.append(number)
    return numbers


def manifest_of(study: Study) -> dict[str, Any]:
    """What is needed to know where results came from, and to go on with them."""
    return origin(study.command) | {
        **study.size.model_dump(),
        "keep": study.keep,
        "config": study.config,
        "schema_version": SCHEMA_VERSION,
        "identity": study.identity,
        "experiment": study.experiment,
        "design": study.design,
        "conditions": len(study.names),
        "across": list(study.across),
        "chosen": study.variation.names,
        "scenarios": study.scenarios,
        "strategies": study.strategies,
        "baseline": study.baseline,
        "smallest_effect": study.smallest_effect,
        **({"units": study.units._asdict()} if study.units.money else {}),
        "leaders": study.leaders,
        "endowment": study.endowment,
        "replication": {"rule": type(study.rule).__name__.lower(), **study.rule.model_dump(by_alias=True)},
        "runs": (len(study.names) + len(study.second_wave)) * study.size.replicates,
        "status": "unfinished",
    }
