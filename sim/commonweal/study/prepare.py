"""Making a folder ready for a survey: a new one, or one that holds some of it, in the order in which it does."""

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from commonweal.errors import InputError
from commonweal.study.blocks import Block
from commonweal.study.comparison import provenance
from commonweal.study.dataset import CONDITIONS, PARTS, Dataset, conditions_table
from commonweal.study.folder import holds_else, read_manifest, refuse_other, require_fields, write_manifest
from commonweal.study.progress import extend
from commonweal.study.replication.rule import Sequential
from commonweal.study.schema import SCHEMA_VERSION
from commonweal.study.survey import Survey


class Found(NamedTuple):
    """What a folder holds of a survey."""

    dataset: Dataset
    manifest: dict[str, Any] | None
    """None where there is nothing to go on with"""
    order: list[int]
    """of the survey's conditions: those that the folder has, as it has them, then the others"""


def look(survey: Survey, folder: Path, fresh: bool) -> Found:
    """What a folder holds of a survey; nothing is changed.

    Raises InputError where it holds something else, or conditions or numbers that the survey has not.
    """
    dataset, order = Dataset(folder, survey.identity), list(range(len(survey.names)))
    manifest = read_manifest(folder)
    if manifest is None and holds_else(folder, (PARTS, CONDITIONS)):
        raise InputError(f"{folder} holds something else; give an empty or new folder with out=")
    if manifest is None or fresh:
        return Found(dataset, None, order)
    refuse_other(folder, manifest, "design", survey.identity, survey.size.model_dump(include={"rounds", "seed"}))
    require_fields(folder, manifest)
    order = _match(dataset, survey)
    if not isinstance(survey.rule, Sequential) and manifest["replicates"] > survey.size.replicates:
        raise InputError(
            f"{folder} has {manifest['replicates']:,} replicates, more than run.replicates={survey.size.replicates}; "
            "give another out=, or fresh=true to replace what is there"
        )
    return Found(dataset, manifest, order)


def prepare(survey: Survey, folder: Path, fresh: bool) -> tuple[Dataset, Survey, dict[str, Any]]:
    """Make a folder ready: its dataset, the survey in the order of conditions that the folder has, and its manifest.

    Raises InputError as `look` does.
    """
    dataset, manifest, order = look(survey, folder, fresh)
    if manifest is None:
        dataset.clear()
    extents = [] if manifest is None else [Block(*each) for each in manifest["extents"]]
    survey = survey.in_order(order)
    dataset.parts.folder.mkdir(parents=True, exist_ok=True)
    extents = extend(extents, len(order), survey.size.replicates)
    about = provenance(survey.size, survey.config, survey.command) | {
        "schema_version": SCHEMA_VERSION,
        "kind": "design",
        "identity": survey.identity,
        "experiment": survey.experiment,
        "design": survey.design,
        "conditions": len(order),
        "across": list(survey.across),
        "chosen": survey.variation.names,
        "leaders": survey.leaders,
        "replication": {"rule": type(survey.rule).__name__.lower(), **survey.rule.model_dump(by_alias=True)},
        "extents": [list(each) for each in extents],
        "status": "unfinished",
    }
    if manifest is None or len(order) != manifest["conditions"] or order != sorted(order):
        dataset.write_conditions(conditions_table(survey.names, survey.columns, order))
    if manifest is not None:
        about |= {"started": manifest["started"], "seconds": manifest.get("seconds", 0.0)}
    write_manifest(folder, about)
    return dataset, survey, about


def _match(dataset: Dataset, survey: Survey) -> list[int]:
    """For each condition in the folder its place in the design, then the places of those that are new."""
    kept = dataset.conditions()["changes"].to_pylist()
    places: dict[tuple[str, int], int] = {}
    count: Counter[str] = Counter()
    for place in range(len(survey.names)):
        key = json.dumps(survey.changes(place))
        places[key, count[key]] = place
        count[key] += 1
    order, count = [], Counter()
    for key in kept:
        place = places.pop((key, count[key]), None)
        if place is None:
            raise InputError(
                f"{dataset.folder} has conditions that this design lacks, such as {key}; "
                "give another out=, or fresh=true to replace them"
            )
        count[key] += 1
        order.append(place)
    return [*order, *places.values()]
