"""Laws over all inputs: what is drafted is accepted, what is written reads back, what is unused is named."""

import pytest
from test_import_forms import same
from test_import_kinds import KINDS

from commonweal.roster import import_files, read_roster
from commonweal.roster.importer import write_import


def brought(tmp_path, kind):
    name, content, *_ = KINDS[kind]
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_the_draft_is_accepted_unchanged_with_the_same_result(tmp_path, kind):
    path = brought(tmp_path, kind)
    done = import_files([path])
    if done.draft is None:
        return
    (tmp_path / "mapping.yaml").write_text(done.draft, encoding="utf-8")
    again = import_files([path], mapping=tmp_path / "mapping.yaml")
    assert same(done.roster, again.roster)
    assert again.draft is None or again.draft == done.draft


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_reads_back_as_the_same(tmp_path, kind):
    done = import_files([brought(tmp_path, kind)])
    paths = [path for path in write_import(done, tmp_path / "out") if path.suffix == ".csv"]
    assert same(done.roster, read_roster(*paths))
    assert same(done.roster, import_files(paths).roster)


@pytest.mark.parametrize("kind", KINDS)
def test_check_reads_it_as_import_does(tmp_path, kind):
    path = brought(tmp_path, kind)
    assert same(read_roster(path), import_files([path]).roster)


@pytest.mark.parametrize("kind", KINDS)
def test_every_note_is_in_the_log(tmp_path, kind):
    done = import_files([brought(tmp_path, kind)])
    own = [note for note in done.roster.notes if note.startswith("a.")]
    assert {*own} <= {*done.log}
