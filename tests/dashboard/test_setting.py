"""The page's settings are the command line's, its numbers a study's, and its uploads are refused by the reader."""

import base64
import io
import itertools
import json
import re
import shlex
import shutil
import socket
import threading
import time
import zipfile
from dataclasses import replace

import numpy as np
import openpyxl
import pytest

from commonweal import extras
from commonweal.__main__ import main
from commonweal.agents.cooperation import Cooperation
from commonweal.agents.diary import month
from commonweal.analysis.results import load
from commonweal.commands import dashboard
from commonweal.configuration.conf import options, session
from commonweal.configuration.request import read
from commonweal.dashboard import ensemble, past, picture, story, upload
from commonweal.dashboard.setting import COMMUNITIES, SCENARIOS, Setting, of_query
from commonweal.errors import InputError
from commonweal.model.measures import MEASURES
from commonweal.model.run import RUN_MEASURES, simulate
from commonweal.model.strategies import STRATEGIES
from commonweal.report.verdicts import verdicts
from commonweal.roster import write_template

SMALL = Setting(portfolios=({"inclusion": 0.5, "communication": 1.0}, {}), budget=300.0, replicates=4, rounds=4)


def test_the_command_makes_the_very_world_of_the_page():
    parts = SMALL.portfolios[0]
    words = shlex.split(SMALL.command(parts))
    assert words[:2] == ["commonweal", "run"]
    with session():
        study = read(words[2:]).study
    assert study.world(1).fingerprint() == SMALL.world(parts).fingerprint()
    assert study.world(0).fingerprint() == SMALL.world(None).fingerprint()
    assert (study.size.replicates, study.size.rounds, study.size.seed) == (4, 4, 1)


def test_the_file_makes_the_very_world_too(tmp_path):
    parts = SMALL.portfolios[0]
    *words, folder, chosen = shlex.split(SMALL.command_of_conf("mine"))
    assert words == ["commonweal", "run", "--config-dir"]
    (tmp_path / folder / "experiment").mkdir(parents=True)
    (tmp_path / folder / "experiment" / "mine.yaml").write_text(SMALL.conf(parts))
    with session(also=str(tmp_path / folder)):
        study = read([chosen]).study
    assert study.world(1).fingerprint() == SMALL.world(parts).fingerprint()
    assert (study.size.replicates, study.size.rounds, study.size.seed) == (4, 4, 1)


def test_the_command_gives_the_numbers_of_the_page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = shlex.split(SMALL.command(SMALL.portfolios[0]))[1:]
    assert main([*words, "out=here", "workers=1", "figures=false", "quiet=true"]) == 0
    written = load("here").effects.set_index("measure")
    for each in ensemble.effects(ensemble.play(SMALL, 0), ensemble.play(SMALL, None), SMALL.smallest_effect):
        row = written.loc[each.measure]
        np.testing.assert_allclose([row["effect"], row["low"], row["high"]], each[1:4], rtol=1e-7, atol=1e-9)
        (expected,) = verdicts(written.loc[[each.measure]], RUN_MEASURES[each.measure].better or 1)
        assert each.verdict == expected


PLACES = list(zip(itertools.cycle(COMMUNITIES), SCENARIOS, strict=False))


def test_the_page_offers_every_scenario_of_conf():
    with session():
        assert set(SCENARIOS) == set(options("scenario"))


@pytest.mark.parametrize(("community", "scenario"), PLACES)
def test_every_community_and_scenario_is_the_command_lines(community, scenario):
    chosen = Setting(community=community, scenario=scenario)
    with session():
        study = read(chosen.overrides(chosen.portfolios[0])).study
    assert study.world(1).fingerprint() == chosen.world(chosen.portfolios[0]).fingerprint()
    assert study.world(0).fingerprint() == chosen.world(None).fingerprint()


def test_the_ensemble_is_a_studys_and_effects_are_paired():
    played, nothing = ensemble.play(SMALL, 0), ensemble.play(SMALL, None)
    outcome = simulate(SMALL.world(SMALL.portfolios[0]), 1, range(4), 4)
    np.testing.assert_array_equal(played.runs, outcome.runs)
    giving = outcome.rounds[:, :, list(MEASURES).index("cooperation")]
    np.testing.assert_allclose(played.spreads["cooperation"].mean, giving.mean(axis=1))
    assert {each.effect for each in ensemble.effects(nothing, nothing, 0.01)} == {0.0}
    found = {each.measure: each for each in ensemble.effects(played, nothing, 0.01)}
    assert found["spend"].effect > 0 and found["spend"].low <= found["spend"].effect <= found["spend"].high
    assert ensemble.play(SMALL, 0) is played
    assert ensemble.play(replace(SMALL, seed=2), 0) is not played


def test_doing_nothing_is_the_same_under_any_budget():
    poor, free = replace(SMALL, budget=0.0), replace(SMALL, budget=None)
    assert ensemble.play(poor, None) is ensemble.play(free, None)
    outcomes = [simulate(each.world(None), 1, range(4), 4) for each in (poor, SMALL, free)]
    for other in outcomes[1:]:
        np.testing.assert_array_equal(outcomes[0].rounds, other.rounds)


def test_answers_come_in_two_parts_and_stop_where_nobody_waits(monkeypatch):
    monkeypatch.setattr(ensemble, "FIRST", 2)
    asked = replace(SMALL, seed=4)
    first, whole = ensemble.answers(asked, ("A", "B"), lambda: True)
    assert list(first) == list(whole) == ["nothing", "A"]  # B is empty
    assert [len(each.runs) for each in (*first.values(), *whole.values())] == [2, 2, 4, 4]
    np.testing.assert_array_equal(whole["A"].runs, ensemble.play(asked, 0).runs)
    wanted = iter([True] * 3)
    stopped = ensemble.answers(replace(asked, seed=5), ("A", "B"), lambda: next(wanted, False))
    assert [len(each["A"].runs) for each in stopped] == [2]


def test_a_first_answer_of_a_large_community_is_of_fewer_replicates():
    assert list(map(ensemble.first_replicates, (2, 30, 60, 120, 400))) == [40, 40, 20, 10, 8]


def test_a_first_answer_is_the_beginning_of_the_whole_one():
    few = replace(SMALL, seed=3)
    first, nothing = ensemble.play(few, 0, least=2), ensemble.play(few, None)
    assert len(first.runs) == 2 and len(nothing.runs) == 4
    assert {each.measure: each.effect for each in ensemble.effects(first, nothing, 0.01)}["spend"] > 0
    then = ensemble.play(few, 0)
    at_once = simulate(SMALL.world(SMALL.portfolios[0]), 3, range(4), 4)
    np.testing.assert_array_equal(then.runs, at_once.runs)
    np.testing.assert_array_equal(first.runs, at_once.runs[:2])
    trust = at_once.rounds[:, :, list(MEASURES).index("trust")]
    np.testing.assert_array_equal(then.spreads["trust"].mean, trust.mean(axis=1))
    assert ensemble.play(few, 0, least=2) is then


def test_what_visitors_will_ask_for_is_played_while_nobody_waits(monkeypatch):
    few, waits = replace(SMALL, seed=6, replicates=3, rounds=2), object()
    monkeypatch.setattr(ensemble, "FIRST", 2)
    monkeypatch.setattr(ensemble, "_kept", {})
    ensemble._asking.add(waits)
    ahead = threading.Thread(target=ensemble.play_ahead, args=(few,))
    ahead.start()
    time.sleep(0.1)
    assert not ensemble._kept
    ensemble._asking.discard(waits)
    ahead.join(60)
    monkeypatch.setattr(ensemble, "simulate", None)  # nothing is left to play
    for community, scenario in itertools.product(COMMUNITIES, SCENARIOS):
        assert len(ensemble.play(replace(few, community=community, scenario=scenario), None).runs) == 3
    *_, whole = ensemble.answers(few, ("A", "B"), lambda: True)
    outcome = simulate(few.world(few.portfolios[0]), 6, range(3), 2)
    np.testing.assert_array_equal(whole["A"].runs, outcome.runs)
    assert not ensemble._asking


def test_a_picture_has_the_strongest_ties_and_whom_a_leader_trusts_most(monkeypatch):
    model = Cooperation(world=SMALL.world(None), seed=1, replicate=0, rounds=2)
    at = picture.places(model)
    every, trusted = picture.community(model, at)["ties"], picture.leader(model.leaders[0])["trusts"]
    monkeypatch.setattr(picture, "TIES", 20)
    monkeypatch.setattr(picture, "TRUSTED", 2)
    few = picture.community(model, at)["ties"]
    assert len(few) == 20 < len(every) and max(tie["from"] for tie in few) > 15  # not the first leaders' alone
    assert min(tie["strength"] for tie in few) >= max(tie["strength"] for tie in every if tie not in few)
    assert all(any((other["to"], other["from"]) == (tie["from"], tie["to"]) for other in few) for tie in few)
    assert picture.leader(model.leaders[0])["trusts"] == [*trusted[:2], ["others less", str(len(trusted) - 2)]]


def coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("leaders.csv", "id\na\n")
    return out.getvalue()


@pytest.mark.parametrize(("kind", "name", "content", "says"), [
    ("leaders", "big.csv", "A" * (50 * 2**20), "big.csv: it is larger than 2 MiB"),
    ("leaders", "x.csv", coded(zipped()), "x.csv: this is a zip file, not a workbook; unpack it first"),
    ("leaders", "x.csv", coded(b"\x80\x04\x95cposix\nsystem\n"), "x.csv"),
    ("leaders", "x.csv", coded(b""), "x.csv: the file is empty"),
    ("leaders", "x.csv", coded(b"id\n" + b"".join(b"%d\n" % at for at in range(401))), "x.csv: it has 401 leaders"),
    ("leaders", "x.csv", "not base64!", "did not arrive whole"),
    ("../../etc", "x.csv", coded(b"id\na\n"), "is no file of a roster"),
    ("groups", "x.csv", coded(b"source,target\na,b\n"), "a roster needs leaders"),
])  # fmt: skip
def test_uploads_are_refused_in_a_sentence(tmp_path, kind, name, content, says):
    with pytest.raises(InputError, match=re.escape(says)) as refused:
        upload.read({kind: upload.keep(kind, name, content, tmp_path)}, 100.0, {kind: name})
    assert str(tmp_path) not in str(refused.value)
    assert all(path.parent == tmp_path for path in tmp_path.rglob("*"))


def test_a_roster_is_read_and_played(tmp_path):
    write_template(tmp_path / "town")
    kept = {
        kind: upload.keep(kind, "../x.csv", coded((tmp_path / "town" / f"{kind}.csv").read_bytes()), tmp_path)
        for kind in upload.KINDS
    }
    files, said = upload.read(kept, 100.0, {"leaders": "my leaders; $(x).csv"})
    assert "12 leaders" in said
    own = replace(SMALL, files=files)
    assert own.world(None).community.size == 12
    assert own.people == "" and "1,000 people are assumed" in SMALL.people
    assert ensemble.play(own, 0).runs.shape[0] == 4
    assert "my leaders; $(x).csv" in " ".join(shlex.split(own.command({})))
    plain = replace(own, files=replace(files, called=(("leaders", "town.csv"),)))
    assert "community.leaders_file=town.csv " in plain.command({})


@pytest.mark.parametrize(("name", "content"), [
    ("town.gml", b'graph [ node [ id 0 label "a" ] node [ id 1 label "b" ] edge [ source 0 target 1 ] ]'),
    ("ties.csv", b"From,To\na,b\n"),
    ("town.xlsx", workbook({"leaders": [["id"], ["a"], ["b"]], "ties": [["from", "to"], ["a", "b"]]})),
])  # fmt: skip
def test_any_file_is_read(tmp_path, name, content):
    _, said = upload.read({"leaders": upload.keep("leaders", name, coded(content), tmp_path)}, 100.0, {"leaders": name})
    assert said.startswith("2 leaders: a, b\n2 directed ties")


PAIR = '<nodes><node id="a" label="a"/><node id="b" label="b"/></nodes><edges><edge source="a" target="b"/></edges>'
GEXF = (
    f'<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="directed">{PAIR}</graph></gexf>'
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("town.gexf", GEXF),
        ("TOWN.GML", 'graph [ directed 1 node [ id 0 label "a" ] node [ id 1 label "b" ] edge [ source 0 target 1 ] ]'),
        ("town.dl", "dl n=2 format=edgelist1\nlabels:\na,b\ndata:\n1 2\n"),
        ("town.net", '*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2\n'),
        ("town.paj", '*Network town\n*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2\n'),
        (
            "town.json",
            '{"directed": true, "nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "a", "target": "b"}]}',
        ),
        ("matrix.csv", ",a,b\na,0,1\nb,0,0\n"),
        ("no_ending", "dl n=2 format=edgelist1\nlabels:\na,b\ndata:\n1 2\n"),
    ],
)
def test_a_network_of_any_program_is_read_and_played(tmp_path, name, content):
    path = upload.keep("leaders", name, coded(content.encode()), tmp_path)
    files, said = upload.read({"leaders": path}, 1000.0, {"leaders": name})
    assert said.startswith("2 leaders: a, b\n1 directed tie") and "leaders." not in said, said
    assert replace(SMALL, files=files).world(None).community.size == 2


def test_two_files_in_the_words_of_their_program(tmp_path):
    elements, connections = b"Label,Type\nClinic,health\nParish,faith\n", b"From,To,Direction\nClinic,Parish,mutual\n"
    kept = {
        kind: upload.keep(kind, f"{kind}.csv", coded(data), tmp_path)
        for kind, data in (("leaders", elements), ("ties", connections))
    }
    called = {"leaders": "elements.csv", "ties": "connections.csv"}
    _, said = upload.read(kept, 1000.0, called)
    assert said.startswith("2 leaders: Clinic, Parish\n2 sectors: faith, health\n2 directed ties")
    assert "elements.csv: headings read" in said and "connections.csv" in said and str(tmp_path) not in said


def test_ties_alone_name_their_leaders(tmp_path):
    path = upload.keep("ties", "edges.csv", coded(b"source,target\na,b\n"), tmp_path)
    files, said = upload.read({"ties": path}, 1000.0, {"ties": "edges.csv"})
    assert said.startswith("2 leaders: a, b") and "edges.csv: there is no table of leaders" in said
    assert replace(SMALL, files=files).world(None).community.size == 2
    assert dict(files.called) == {"leaders": "edges.csv"}


def test_leaders_that_do_not_go_with_the_ties_of_before_begin_anew(tmp_path):
    uploads = upload.Uploads(tmp_path)
    uploads.take("leaders", "x.csv", coded(b"id\na\nb\n"), 1000.0)
    uploads.take("ties", "old_ties.csv", coded(b"source,target\na,b\n"), 1000.0)
    files, said = uploads.take("leaders", "new.csv", coded(b"id\nclinic\nparish\n"), 1000.0)
    assert [*uploads.files] == ["leaders"] and files.ties is None
    assert said.startswith("old_ties.csv, uploaded before, does not go with it and was left out\n2 leaders")


def test_files_are_called_what_their_owner_calls_them_in_whatever_order_they_come(tmp_path):
    uploads = upload.Uploads(tmp_path)
    files, _ = uploads.take("ties", "my links.csv", coded(b"source,target\na,b\n"), 1000.0)
    assert dict(files.called) == {"leaders": "my links.csv"}
    with pytest.raises(InputError, match=r"people.csv: there is only one leader"):
        uploads.take("leaders", "people.csv", coded(b"id\na\n"), 1000.0)
    files, said = uploads.take("leaders", "people.csv", coded(b"id\na\nb\n"), 1000.0)
    assert "my links.csv: 1 row mirrored" in said and str(tmp_path) not in said
    words = shlex.split(replace(SMALL, files=files).command({}))
    assert "community.ties_file=my links.csv" in " ".join(words).replace("'", "").replace("\\", "")
    assert str(tmp_path) not in " ".join(words)


def test_what_is_said_of_rows_that_count_both_ways_can_be_done_on_the_page(tmp_path):
    uploads = upload.Uploads(tmp_path)
    _, said = uploads.take("ties", "links.csv", coded(b"source,target\na,b\n"), 1000.0)
    assert "say so in a column type of the ties, directed in each such row" in said and "--directed" not in said
    _, said = uploads.take("ties", "links.csv", coded(b"source,target,type\na,b,directed\n"), 1000.0)
    assert "1 directed tie" in said and "mirrored" not in said


def test_a_visitor_uploads_so_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(upload, "MOST", 1)
    uploads = upload.Uploads(tmp_path)
    uploads.take("leaders", "x.csv", coded(b"id\na\nb\n"), 1000.0)
    with pytest.raises(InputError, match=r"y.csv: there were 1 files before it; open the page anew"):
        uploads.take("leaders", "y.csv", coded(b"id\na\nb\n"), 1000.0)


def test_a_port_in_use_and_a_missing_extra(capsys, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["dashboard", "--port", str(taken.getsockname()[1])]) == 2
    assert main(["dashboard", "--port", "99999"]) == 2
    monkeypatch.setitem(extras.MODULES, "dashboard", ("no_such_module",))
    assert main(["dashboard"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3 and "cannot be used" in lines[0] and "needs the extra dashboard" in lines[2]


@pytest.mark.parametrize("given", [["--results", "nowhere"], ["--results="], ["--results", "file"]])
def test_a_folder_of_results_that_is_named_must_be_there(tmp_path, monkeypatch, capsys, given):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(dashboard.os, "execve", lambda *_: pytest.fail("the page is served"))
    monkeypatch.setattr("commonweal.commands._kernels.compile_model", lambda _, quiet: None)
    assert main(["dashboard", "--no-open", *given]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "there is no such folder" in said


@pytest.mark.parametrize(("given", "host"), [([], "127.0.0.1"), (["--host", "0.0.0.0"], "0.0.0.0")])
def test_the_page_is_for_this_machine_alone_unless_told_otherwise(monkeypatch, capsys, given, host):
    started = []
    monkeypatch.setattr(dashboard, "_free", lambda *where: started.append(where))
    monkeypatch.setattr(dashboard.os, "execve", lambda path, command, environment: started.append(command))
    monkeypatch.setattr("commonweal.commands._kernels.compile_model", lambda _, quiet: None)
    dashboard.main([*given, "--no-open"])
    asked, command = started
    assert asked == (host, 8765)
    assert command[command.index("--host") + 1] == host
    assert "-P" in command  # a folder called sim, where the page is started, is not imported
    assert "http" not in capsys.readouterr().out  # the server says where it is, once it is there


def test_past_studies_are_those_under_the_root(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    size = ("run.replicates=2", "run.rounds=2", "community.leaders=8", "workers=1", "figures=false", "quiet=true")
    assert main(["run", "strategy=inclusion", *size, "out=results/single/one"]) == 0
    (tmp_path / "results" / "single" / "two").mkdir()
    (tmp_path / "results" / "single" / "two" / "manifest.json").write_text("{")
    published = tmp_path / "results" / "single" / "published"
    published.mkdir()
    for name in ("manifest.json", "effects.csv"):  # the tables of runs and rounds are not published
        (published / name).write_bytes((tmp_path / "results" / "single" / "one" / name).read_bytes())
    design = tmp_path / "results" / "single" / "design"
    shutil.copytree(published, design)
    manifest = json.loads((design / "manifest.json").read_text())
    (design / "manifest.json").write_text(json.dumps(manifest | {"kind": "design"}))
    for name, change in (("newer", {"schema_version": "99"}), ("half", {"status": "running"})):
        shutil.copytree(published, tmp_path / "results" / "single" / name)
        (tmp_path / "results" / "single" / name / "manifest.json").write_text(json.dumps(manifest | change))
    cut = (published / "effects.csv").read_bytes()[:-9]
    for name, table in (("empty", b""), ("other", b"a,b\n1,2\n"), ("cut", cut)):
        shutil.copytree(published, tmp_path / "results" / "single" / name)
        (tmp_path / "results" / "single" / name / "effects.csv").write_bytes(table)
    shutil.copytree(published, tmp_path / "results" / "single" / "told")
    (tmp_path / "results" / "single" / "told" / "effects.csv").unlink()
    (tmp_path / "results" / "single" / "told" / "notebook.html").write_text("")
    shutil.copytree(published, tmp_path / "results" / "single" / "untold")
    (tmp_path / "results" / "single" / "untold" / "effects.csv").unlink()
    (tmp_path / "results" / "single" / "untold" / "notebook.ipynb").write_text("")
    found, left_out = past.studies()
    assert sorted(found) == ["single/cut", "single/design", "single/one", "single/published"]
    said = dict(zip(("empty", "half", "newer", "other", "told", "two", "untold"), left_out, strict=True))
    for name, says in (
        ("empty", "cannot be read"), ("half", "is unfinished"), ("newer", "of schema 99"),
        ("other", "has no column basis"), ("told", "notebook.html in a browser"), ("two", "cannot be read"),
        ("untold", "notebook --html results/single/untold/notebook.ipynb"),
    ):  # fmt: skip
        assert f"results/single/{name}" in said[name] and says in said[name]
    found = past.ranked("single/published")
    assert found == past.ranked("single/one") == past.ranked("single/design")
    assert list(found) == ["calm, full strength"] and [row[0] for row in found["calm, full strength"]] == ["inclusion"]
    with pytest.raises(InputError, match="is damaged"):
        past.ranked("single/cut")
    for place, name in (("results/single/one", "one"), (str(published), "published")):  # itself a study
        monkeypatch.setenv("COMMONWEAL_RESULTS", place)
        assert past.studies() == ([name], []) and past.ranked(name) == found
    monkeypatch.delenv("COMMONWEAL_RESULTS")
    for name in ("single/two", "../../etc", "/etc"):
        with pytest.raises(InputError, match="no finished study"):
            past.ranked(name)


def test_an_address_makes_the_very_setting_again():
    for setting in (Setting(), SMALL, replace(SMALL, community="one_hub", scenario="crisis", budget=None)):
        again = of_query(setting.query())
        assert again == replace(setting, portfolios=again.portfolios, replicates=200, rounds=60)
        assert again.query() == setting.query() and again.portfolios[0] == setting.portfolios[0]
    assert of_query("") == Setting()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("community=smal_world", "The address has 'smal_world', which is not there; did you mean small_world?"),
        ("scenario=<script>", "The address has '<script>', which is not there; known are: "),
        ("A=inclusoin:1", "The address has 'inclusoin', which is no strategy; did you mean inclusion?"),
        ("A=inclusion:2", "The address has '2' for inclusion; it must be a number from 0 to 1"),
        ("budget=nan", "The address has 'nan' for the budget; it must be a number from 0 to 1e+09"),
        ("A=inclusion", "The address has '' for inclusion; it must be a number from 0 to 1"),
    ],
)
def test_an_address_that_is_wrong_is_told_of(query, says):
    with pytest.raises(InputError, match=f"^{re.escape(says)}"):
        of_query(query)


@pytest.fixture
def invitation():
    pytest.importorskip("solara")
    from commonweal.dashboard import invitation

    return invitation


def test_the_first_screen_is_about_the_community_that_is_played(invitation):
    assert Setting().world(None).community.size == 30 and invitation.QUESTION.startswith("Thirty leaders")
    sentences = invitation.in_a_sentence()
    assert len(sentences) == len(set(sentences)) == len(STRATEGIES)
    assert all(each.count(". ") == 0 and each.endswith(".") and len(each) < 260 for each in sentences)


def test_a_story_is_the_community_of_mesa_month_by_month():
    setting = story.alone("communication")
    drawn = json.loads(story.story("communication"))
    model = Cooperation(setting.world(setting.portfolios[0]), seed=setting.seed, rounds=setting.rounds)
    model.step()
    giving = [round(100 * each.contribution) for each in model.leaders]
    assert drawn["frames"][1]["giving"] == giving and len(drawn["frames"]) == setting.rounds + 1
    assert {each["name"] for each in drawn["sectors"]} == {each.sector for each in model.leaders}
    assert drawn["frames"][1]["told"] == "; ".join(month(model.state, model.labels)[:2])


def test_the_answer_says_what_was_found_and_whether_it_was_guessed(invitation):
    nothing, much = (np.ones((200, len(RUN_MEASURES))) * each for each in (1.0, 1.2))
    played = {"nothing": ensemble.EnsembleResult({}, nothing), "A": ensemble.EnsembleResult({}, much)}
    said = invitation.answer("inclusion", "helps", played)
    assert said.startswith("In 200 towns like this one it helps: inclusion changes what people have by +20 % (+20 %), ")
    assert said.endswith("You guessed so.")
    assert invitation.answer("inclusion", "harms", played).endswith("You guessed otherwise.")
    assert invitation.answer("inclusion", "", played).endswith("that it costs.")
