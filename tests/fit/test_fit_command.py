"""`commonweal fit`: what it prints and writes, and what it refuses in one sentence."""

import re
import shutil

import pandas as pd
import pytest
from towns import SMALL

import commonweal as cw
from commonweal.__main__ import main
from commonweal.commands import _kernels
from commonweal.fitting import batches
from commonweal.fitting.markup import as_html, harmless
from commonweal.fitting.report import _called, _difference, _of
from commonweal.fitting.rivals import Difference
from commonweal.units import Units, told_in


@pytest.fixture
def give(tmp_path, harbour, monkeypatch, capsys):
    """`commonweal ...` in a folder with the town in my_town; the code, and what was printed."""
    shutil.copytree(harbour, tmp_path / "my_town")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(_kernels, "compile_model", lambda *_: None)
    monkeypatch.setattr("commonweal.fitting.fit.QUICK", SMALL)

    def give(*words: str) -> tuple[int, str, str]:
        code = main(list(words))
        told = capsys.readouterr()
        return code, told.out, told.err

    return give


def test_a_fit_from_files_to_advice(give, tmp_path):
    words = ("fit", "my_town/", "observed=my_town/log.csv", "--quick", "run.rounds=6", "workers=1")
    code, out, err = give(*words)
    assert code == 0
    for part in ("What each strategy brings", "The next question", "Results: my_town/fit"):
        assert part in out
    assert "8 leaders, 136 numbers that are not known" in err
    report = (tmp_path / "my_town" / "fit" / "report.md").read_text()
    for part in ("What was observed", "How alike the worlds are", "What was learnt", "What would change the answer",
                 "What stays unknown", "share of months with an agreed agenda"):  # fmt: skip
        assert part in report, part
    page = (tmp_path / "my_town" / "fit" / "report.html").read_text()
    assert page.startswith("<!DOCTYPE html>") and "<table>" in page
    again = give(*words)
    assert again[0] == 0 and again[1] == out
    found = cw.fit("my_town", observed="my_town/log.csv", quick=True, rounds=6, workers=1)
    assert found.worlds["weight"].sum() == pytest.approx(1) and str(found) == report
    assert {"effect", "best_in"} <= set(found.effects) and {"worth", "told"} <= set(found.worth)


def test_a_fit_tells_what_it_takes_and_asks_before_it_takes_much(give, tmp_path, monkeypatch):
    words = ("fit", "my_town/", "observed=my_town/log.csv", "--quick", "run.rounds=4", "workers=1")
    code, _, err = give(*words, "--dry-run")
    assert code == 0 and re.search(r"strategies: about \d+ s on this machine, [\d,]+ MB of memory and \d+ MB on", err)
    monkeypatch.setattr("commonweal.commands._before.DAY", 0.0)
    code, out, err = give(*words)
    assert code == 2 and out == "" and "add yes=true to play it all the same" in err
    assert not (tmp_path / "my_town" / "fit").exists()
    assert give(*words, "yes=true")[0] == 0
    assert give(*words)[0] == 0  # it was begun: then it was asked


def nothing_to_do(tasks, _):
    assert not list(tasks), "played again"
    return iter(())


def test_a_fit_is_told_in_units_and_nothing_is_played_again(give, tmp_path, monkeypatch):
    words = ("fit", "my_town/", "--quick", "run.rounds=4", "workers=1")
    assert give(*words)[0] == 0
    folder = tmp_path / "my_town" / "fit"
    before = {name: (folder / name).read_bytes() for name in ("effects.csv", "worth.csv", "worlds.parquet")}
    monkeypatch.setattr("commonweal.fitting.batches.perform", nothing_to_do)
    code, out, err = give(*words, "units.money=EUR", "units.hour=40")
    assert "1 MU is 6.4 EUR" in err
    assert code == 0 and "doing nothing, EUR per person and year, mean" in out and "MU per" not in out
    assert {name: (folder / name).read_bytes() for name in before} == before
    best = pd.read_csv(folder / "effects.csv").iloc[0]
    assert f"| {76.8 * best['effect']:+,.3f} |"[:6] in (folder / "report.md").read_text()
    assert "EUR per person and year (the fit in my_town/fit)" in give("roster", "check", "my_town/leaders.csv")[1]
    assert give(*words, "units.mu=3")[0] == 2


def test_a_fit_that_is_stopped_again_and_again_loses_nothing(give, tmp_path, monkeypatch):
    """By Ctrl-C after every batch: what was played is not played again, and the fit is the same to the byte."""
    words = ("fit", "my_town/", "observed=my_town/log.csv", "--quick", "run.rounds=4", "workers=1")
    perform, played = batches.perform, []

    def stopped(tasks, workers):
        for task, result in perform(tasks, workers):
            played.append(task)
            yield task, result
            raise KeyboardInterrupt

    folder = tmp_path / "my_town" / "fit"
    monkeypatch.setattr(batches, "perform", perform_counted(perform, whole := []))
    assert give(*words)[0] == 0
    alone = {path.name: path.read_bytes() for path in folder.glob("*.*") if path.suffix in (".csv", ".md", ".parquet")}
    shutil.rmtree(folder)
    monkeypatch.setattr(batches, "perform", stopped)
    codes = [give(*words)[0]]
    while codes[-1] == 130 and len(codes) < 10:
        codes.append(give(*words)[0])
    assert codes == [130] * len(whole) + [0] and len(played) == len(whole) > 2
    assert alone and {name: (folder / name).read_bytes() for name in alone} == alone


def perform_counted(perform, played):
    """`perform`, with each task kept that was carried out."""

    def counted(tasks, workers):
        for task, result in perform(tasks, workers):
            played.append(task)
            yield task, result

    return counted


def test_numbers_in_mu_are_told_in_units_and_others_are_not():
    price = {"name": "convener.prices.seats.money", "words": "MU of the convener's money, per unit"}
    ratio = {"name": "game.multiplier", "words": "MU of joint output per MU pooled"}
    assert (_called(price), _of(price["name"], 10.5)) == (f"{price['words']} (`{price['name']}`)", "10.5")
    with told_in(Units("EUR", 6.4)):
        assert (_called(price), _of(price["name"], 10.5)) == (
            "EUR of the convener's money, per unit (`convener.prices.seats.money`)", "67.2"
        )  # fmt: skip
        assert (_called(ratio), _of(ratio["name"], 3.2)) == (f"{ratio['words']} (`{ratio['name']}`)", "3.2")


def test_numbers_are_told_as_people_write_them_and_equal_ones_not_at_all():
    people, match = "people.people_per_leader", "game.multiplier"
    assert (
        _difference(Difference(people, "people", 1111.0, 1294.4)) == f"people (`{people}`) is 1,294 rather than 1,111"
    )
    assert _difference(Difference(people, "people", 1111.2, 1110.9)) == ""
    assert _difference(Difference(match, "output", 2.92, 3.1249)).endswith("is 3.12 rather than 2.92")


def test_a_check_says_what_it_would_be_worth_to_know_what_is_left_out(give, tmp_path):
    """Of a fit beside the leaders, if it is theirs; else which command makes one."""
    check = ("roster", "check", "my_town/leaders.csv", "my_town/ties.csv")
    pointer = "what it would be worth to know them: commonweal fit my_town"
    assert give(*check)[1].splitlines()[-1] == pointer
    assert give("fit", "my_town/", "--quick", "run.rounds=4", "workers=1")[0] == 0
    table = tmp_path / "my_town" / "fit" / "worth.csv"
    assert "endowment of each leader" in table.read_text()
    told = give(*check)[1]
    assert "MU per person and month (the fit in my_town/fit)" in told and pointer not in told
    (tmp_path / "my_town" / "leaders.csv").write_text("id\nleader 01\nsomebody else\n")
    assert give("roster", "check", "my_town/leaders.csv")[1].splitlines()[-1] == pointer


def test_what_would_be_played_is_said_and_nothing_is_written(give, tmp_path):
    code, out, err = give("fit", "my_town/", "observed=my_town/log.csv", "--dry-run")
    assert (code, out) == (0, "") and "the results go to my_town/fit" in err
    assert not (tmp_path / "my_town" / "fit").exists()


def test_names_of_users_are_no_markup(give, tmp_path):
    (tmp_path / "my_town" / "log.csv").write_text(
        "month,what,who,value\n1,gave,leader 01,0.2\n1,<script>alert(1)</script> | *x*,leader 02,\n"
    )
    code, _, err = give("fit", "my_town/", "observed=my_town/log.csv", "--dry-run")
    note = next(line for line in err.splitlines() if "<script>" in line)
    assert code == 0 and "ignored" in note
    page = as_html(f"| a | b |\n| --- | --- |\n| {harmless(note)} | {harmless('![x](y) <b> `c` #')} |\n")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; | *x*" in page and page.count("<td>") == 2
    assert not [tag for tag in ("<script", "<b>", "<img", "<code>", "<em>") if tag in page]


REFUSED = {
    "no community": ([], "needs a community"),
    "no such place": (["nowhere/"], "there is no nowhere/"),
    "a folder without leaders": (["empty/"], "has no leaders.csv"),
    "two communities": (["my_town/", "empty/"], "write observed=FILE"),
    "no such log": (["my_town/", "observed=nothing.csv"], "nothing.csv: there is no such file"),
    "an empty word": (["my_town/", "observed="], "observed= is empty"),
    "twice": (["my_town/", "month=1", "month=2"], "month= is given twice"),
    "a month of nothing": (["my_town/", "month=12"], "month= is given without later=FILE"),
    "ties of no month": (["my_town/", "later=my_town/ties.csv"], "later= is given without month=N"),
    "a month that is none": (["my_town/", "later=my_town/ties.csv", "month=x"], "month is x; write the whole number"),
    "month 0": (["my_town/", "later=my_town/ties.csv", "month=0"], "month is 0"),
    "an unknown key": (["my_town/", "observe=my_town/log.csv"], "observe"),
    "a parameter out of range": (["my_town/", "people.endowment=-5"], "people.endowment is -5"),
    "several pasts": (["my_town/", "experiment=which_strategy"], "a fit is to one past"),
    "a design": (["my_town/", "design=factorial"], "design=factorial is of many; leave out design="),
    "an ensemble": (["my_town/", "ensemble=assumed"], "give the fit's folder to the run after it"),
    "a file for a folder": (["my_town/", "out=my_town/log.csv"], "is a file, not a folder"),
    "giving above 1": (["my_town/", "observed=wrong.csv"], "wrong.csv, line 2, column gave: '1.5' is not a number"),
    "no roster": (["community=small_world"], "a fit needs leaders who can be observed"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(give, tmp_path, case):
    words, part = REFUSED[case]
    (tmp_path / "empty").mkdir()
    (tmp_path / "wrong.csv").write_text("month,who,gave\n1,leader 01,1.5\n")
    before = sorted(tmp_path.rglob("*"))
    code, out, err = give("fit", *words)
    assert code == 2 and out == "" and part in err and len(err.strip().splitlines()) == 1, err
    assert sorted(tmp_path.rglob("*")) == before
