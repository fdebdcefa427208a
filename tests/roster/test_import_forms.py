"""The same network in any form is the same roster, bit for bit; written and read again it is the same once more."""

from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from forms import FORMS, files_of, graph_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.roster import Roster, import_files, read_roster
from commonweal.roster.written import tables_of

NAMES = ["Mayor", "Clinic", "Old Town parish", "Café Ü", "42nd Street", "tenants"]
TIES = {("Mayor", "Clinic"): 0.5, ("Clinic", "Mayor"): 0.25, ("Mayor", "tenants"): 1.0, ("Café Ü", "Clinic"): 0.1,
        ("42nd Street", "Old Town parish"): 0.7}  # fmt: skip


def written(folder: Path, files: dict[str, bytes]) -> list[Path]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


def same(one: Roster, other: Roster) -> bool:
    """Whether all that a roster holds is the same; what was noted about the files may differ."""
    values = [(getattr(one, each.name), getattr(other, each.name)) for each in fields(Roster) if each.name != "notes"]
    return all(a.tobytes() == b.tobytes() if isinstance(a, np.ndarray) else a == b for a, b in values)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_network_in_any_form(tmp_path, form):
    paths = written(tmp_path, files_of(form, NAMES, TIES))
    roster = import_files(paths).roster
    graph = graph_of(NAMES, TIES)
    assert roster.ids == tuple(graph.nodes)
    pairs = {
        (roster.ids[i], roster.ids[j]): strength
        for i, j, strength in zip(roster.source, roster.target, roster.strength, strict=True)
    }
    assert pairs == TIES
    assert same(roster, import_files(written(tmp_path, files_of("our tables", NAMES, TIES))).roster)
    assert same(roster, read_roster(*paths))


WORDS = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8).map(str.strip).filter(
    lambda word: word and word.casefold() not in ("id", "na", "none", "null", "nan", "x", "y")
)  # fmt: skip


@st.composite
def networks(draw):
    letters = draw(st.lists(WORDS, min_size=3, max_size=6, unique_by=str.casefold))
    names = [f"L{at} {word}" for at, word in enumerate(letters)]
    pairs = st.sampled_from([(i, j) for i in names for j in names if i != j])
    weights = st.floats(0.001, 0.999).map(lambda weight: round(weight, 3))
    ties = {pair: draw(weights) for pair in draw(st.lists(pairs, min_size=1, max_size=10, unique=True))}
    # Where names stand in ties alone, leaders come in the order in which ties name them.
    return names, ties


@given(networks(), st.sampled_from(sorted(FORMS)))
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_network_in_any_form_and_back(network, form):
    with TemporaryDirectory() as folder:
        one = import_files(written(Path(folder), files_of(form, *network))).roster
        other = import_files(written(Path(folder), files_of("our tables", *network))).roster
        assert same(one, other), form
        again = written(Path(folder), {name: text.encode() for name, text in tables_of(one).items()})
        assert same(one, read_roster(*again))
