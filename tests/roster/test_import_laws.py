"""Laws over all inputs: what is drafted is accepted, what is written reads back, what is unused is named."""

import re
from functools import cache

import pytest
from cases import CASES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_import_formats import READ
from test_import_forms import same, written
from test_import_kinds import KINDS
from test_import_signs import SIGNS

from commonweal.roster import import_files, read_roster
from commonweal.roster.importer import write_import
from commonweal.roster.kinds import read_file

INPUTS = {kind: {name: content} for kind, (name, content, *_) in KINDS.items()}
INPUTS |= {case: files for case, (files, *_) in CASES.items()}
INPUTS |= {f"format: {kind}": {name: content} for kind, (name, content, *_) in READ.items()}
INPUTS |= {f"sign: {case}": files for case, files in SIGNS.items()}


@pytest.fixture(scope="module")
def brought(tmp_path_factory):
    """The files of an input, and what comes of them; each is written and imported once."""

    @cache
    def brought(kind):
        contents = {name: text.encode() if isinstance(text, str) else text for name, text in INPUTS[kind].items()}
        paths = written(tmp_path_factory.mktemp("input"), contents)
        return paths, import_files(paths)

    return brought


@pytest.mark.parametrize("kind", INPUTS)
def test_the_draft_is_accepted_unchanged_with_the_same_result(brought, tmp_path, kind):
    paths, done = brought(kind)
    if done.draft is None:
        return
    (tmp_path / "mapping.yaml").write_text(done.draft, encoding="utf-8")
    again = import_files(paths, mapping=tmp_path / "mapping.yaml")
    assert same(done.roster, again.roster)
    assert again.draft is None or again.draft == done.draft


@pytest.mark.parametrize("kind", INPUTS)
def test_what_is_written_reads_back_as_the_same(brought, tmp_path, kind):
    _, done = brought(kind)
    paths = [path for path in write_import(done, tmp_path / "out") if path.suffix == ".csv"]
    assert same(done.roster, read_roster(*paths))
    assert same(done.roster, import_files(paths).roster)


@pytest.mark.parametrize("kind", INPUTS)
def test_check_reads_it_as_import_does(brought, kind):
    paths, done = brought(kind)
    assert same(read_roster(*paths), done.roster)


@pytest.mark.parametrize("kind", INPUTS)
def test_every_note_is_in_the_log(brought, kind):
    _, done = brought(kind)
    own = [note for note in done.roster.notes if note.startswith("a.")]
    assert {*own} <= {*done.log}


@pytest.mark.parametrize("kind", INPUTS)
def test_every_column_is_used_or_named(brought, kind):
    """A heading with cells below it stands in the log, unless it is the name of a leader, or of what two share."""
    paths, done = brought(kind)
    told = " ".join(done.log)
    for sheet in (sheet for path in paths for sheet in read_file(path).sheets):
        named = {*done.roster.names, *done.roster.ids, "source", "target", "type", sheet.name}
        for at, heading in enumerate(sheet.headings):
            if heading and any(row[at] for row in sheet.rows) and sheet.kind != "two modes":
                used = (
                    heading in told
                    or heading in named
                    or f"'{sheet.name}'" in told
                    or "read as ties" in told
                    or "it was read as" in told
                )
                assert used or f"sheet {sheet.name}: it is no table" in told, heading


ROW = st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.sampled_from(["", "0", "0.5", "1"]))


@given(st.lists(ROW, min_size=1, max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_row_of_ties_is_accounted_for(tmp_path, rows):
    """Rows less loops, zeros and doubles, and those mirrored, are the ties there are."""
    (tmp_path / "leaders.csv").write_text("id\na\nb\nc\nd\n")
    (tmp_path / "ties.csv").write_text("source,target,strength\n" + "".join(",".join(row) + "\n" for row in rows))
    roster = read_roster(tmp_path / "leaders.csv", tmp_path / "ties.csv")
    told = " ".join(roster.notes)
    count = {word: int(n) for n, word in re.findall(r"(\d+) rows? (tying|of strength 0|repeating|mirrored)", told)}
    lost = sum(n for word, n in count.items() if word != "mirrored")
    assert len(roster.source) == len(rows) - lost + count.get("mirrored", 0)
