"""Names of anybody's making reach no terminal raw, no file's name, and are no formula to a spreadsheet."""

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TINY

import commonweal
from commonweal import harmless

CLEAR = "\x1b[2J"
FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-x", "@SUM(1)", "＝1", "'=x"]
NUMBERS = ["-0.5", "+3", "-1e-3", "7"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (f"people.issues=[jobs,'{CLEAR}']", "an override is \"people.issues=[jobs,'\\x1b[2J']\", which holds"),
        ("people.sectors=['a\u202eb']", "an override is \"people.sectors=['a\\u202eb']\", which holds"),
        (f"out=x{CLEAR}", "holds a control character; delete it"),
        (f"strategy='{CLEAR}'", "holds a control character; delete it"),
        (f"+people.kinds={{'a{CLEAR}':{{share:0}}}}", "holds a control character; delete it"),
        (f"{CLEAR}=3", "holds a control character; delete it"),
        (f"--{CLEAR}", "\\x1b[2J"),
    ],
)  # fmt: skip
def test_control_characters_are_refused_and_shown_escaped(command, folder, words, says):
    done = command("run", words, *TINY)
    assert done.code == 2 and says in done.sentence and "\x1b" not in done.err + done.out and "\u202e" not in done.err
    assert not any(folder.iterdir())


def test_names_in_conf_hold_none_either(command, folder):
    (folder / "conf" / "people").mkdir(parents=True)
    (folder / "conf" / "people" / "mine.yaml").write_text('defaults: [field]\nissues: [jobs, "\\e[2J"]\n')
    said = command("run", "--config-dir", "conf", "people=mine", *TINY).sentence
    assert said == "people.issues is '\\x1b[2J', which holds a control character; delete it"


@pytest.mark.parametrize("text", [f"name,learn.public\n{CLEAR},0.2\n", f"learn.public,people.sectors\n0.2,[{CLEAR}]\n",
                                  f"learn.public{CLEAR}\n0.2\n", 'name,learn.public\n"a\nb",0.2\n'])  # fmt: skip
def test_names_of_conditions_hold_no_control_characters(command, folder, text):
    (folder / "mine.csv").write_text(text)
    said = command("run", "design=csv", "design.file=mine.csv", *TINY).sentence
    assert re.match(r"mine\.csv line [12]: a cell is '.*', which holds a control character; delete it", said)


def test_a_file_of_conf_has_a_name_that_can_be_part_of_a_files_name(command, folder):
    for name in ("=x", "a b", "-x", ".x"):
        (folder / "conf" / "scenario").mkdir(parents=True, exist_ok=True)
        (folder / "conf" / "scenario" / f"{name}.yaml").write_text("defaults: [calm]\n")
        done = command("run", "--config-dir", "conf", f"scenario='{name}'", *TINY, "out=here")
        assert done.code == 2 and "is not a name: use letters, digits and underscores" in done.sentence


@pytest.fixture
def named(command, folder):
    """A study whose conditions are called like formulas."""
    with (folder / "mine.csv").open("w", newline="") as file:
        rows = [[harmless.cell(name), 0.01 * at] for at, name in enumerate([*FORMULAS, *NUMBERS], 1)]
        csv.writer(file).writerows([["name", "learn.public"], *rows])
    assert command("run", "design=csv", "design.file=mine.csv", *TINY, "out=here", "quiet=true").code == 0
    return folder


def test_a_spreadsheet_meets_no_formula_and_numbers_stay_numbers(command, named):
    asked = 'SELECT name, min(-learn_public) AS "=low" FROM runs GROUP BY name, learn_public ORDER BY learn_public'
    out = command("query", "here", asked, "--csv").out
    header, *rows = csv.reader(io.StringIO(out))
    assert header == ["name", "'=low"]
    assert [name for name, _ in rows] == [f"'{name}" for name in FORMULAS] + NUMBERS
    assert [float(low) for _, low in rows] == pytest.approx([-0.01 * at for at in range(1, 11)])
    (named / "again.csv").write_text(out.replace("'=low", "learn.public").replace(",-0.", ",0."))
    assert command("run", "design=csv", "design.file=again.csv", *TINY, "out=again", "quiet=true").code == 0
    names = json.loads(command("query", "again", "SELECT name FROM conditions ORDER BY condition", "--json").out)
    assert [each["name"] for each in names] == FORMULAS + NUMBERS
    assert command("analyse", "here").code == 0
    for path in (named / "here" / "analysis").glob("*.csv"):
        with path.open(newline="") as file:
            cells = [each for row in csv.reader(file) for each in row]
        assert not [each for each in cells if harmless.cell(each) != each and not each.startswith("'")]
        numeric = pd.read_csv(path).select_dtypes("number").columns
        assert {"effect", "low", "high"} <= {*numeric} or path.stem == "front"


@given(st.text(alphabet=st.sampled_from("'=+-@\t1.ex ＝"), max_size=6))
def test_what_was_made_a_cell_reads_back(text):
    assert harmless.uncelled(harmless.cell(text)) == text
    assert not re.match(r"[=@\t＝]", harmless.cell(text))


def test_every_table_that_is_written_has_cells():
    """Only tables whose texts are all the project's own are written without."""
    own = {"evidence.py", "calibrate.py", "validate.py", "branch.py"}
    for path in sorted(Path(commonweal.__file__).parent.rglob("*.py")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if ".to_csv(" in line or ".writerow" in line:
                assert "cell" in line or path.name in own, (path.name, line)


def test_a_terminal_is_sent_no_control_characters_of_others(folder, command):
    """A folder of somebody else's, whose names and messages hold some: each verb that shows them, on a terminal."""
    assert command("run", "strategy=inclusion", *TINY, "quiet=true", "out=here").code == 0
    manifest = folder / "here" / "manifest.json"
    found = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(found | {"numbers": CLEAR, "figures": [CLEAR], "experiment": CLEAR}))
    (folder / CLEAR).mkdir()
    for words in (["status", "here"], ["query", "here", "SELECT '\x1b[2J' AS x, chr(155) AS y"], ["table", CLEAR],
                  ["roster", "template", f"{CLEAR}/x"]):  # fmt: skip
        head, tail = pty.openpty()
        done = subprocess.Popen([sys.executable, "-m", "commonweal", *words], stdout=tail, stderr=tail, stdin=tail)
        os.close(tail)
        seen = b""
        while True:
            try:
                seen += os.read(head, 65536)
            except OSError:
                break
        done.wait()
        os.close(head)
        assert words[0] == "query" or b"\\x1b[2J" in seen
        assert b"\x1b[2J" not in seen and b"\xc2\x9b" not in seen, (words, seen)
