"""Notebooks: parameters are checked, the executed copy is whole, and what cannot be used is refused in a sentence."""

import json
import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import nbformat
import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from commonweal.__main__ import main
from commonweal.errors import InputError
from commonweal.report.light_pictures import DPI, light
from commonweal.report.notebook import execute, find_notebook, parsed
from commonweal.report.notebook_files import write
from commonweal.report.notebook_page import page, plots

EXPERIMENTS = Path(__file__).parents[2] / "experiments"
HEAD = '# %% tags=["parameters"]\nresults_folder = "nowhere"\ntimes = 2\nshare = 0.5\n\n'
FIGURE = "# %%\nfrom commonweal.figures.panels import panels\n\npanels(1, 1, 2, 1, 'a title', left=0.3)[0]\n"


def written(folder: Path, body: str, head: str = HEAD) -> Path:
    path = folder / "mine.py"
    path.write_text(head + body)
    return path


def test_the_executed_copy_holds_values_outputs_and_plots(tmp_path):
    source = written(tmp_path, "# %%\nprint(results_folder * times)\n\n" + FIGURE)
    paths = execute(source, tmp_path / "out", results_folder="<b>here</b>", times=3)
    assert [path.name for path in paths] == ["mine.ipynb", "mine.html", "mine_1.png"]
    cells = json.loads(paths[0].read_text())["cells"]
    assert "<b>here</b>" * 3 in "".join(cells[2]["outputs"][0]["text"])
    page = paths[1].read_text()
    assert "&lt;b&gt;here" in page and "data:image/png;base64" in page and 'alt="a title.' in page
    assert not re.search(r'(src|href)="https?://', page)
    assert paths[2].read_bytes().startswith(b"\x89PNG")


def test_the_page_is_an_article_with_its_code_folded_away():
    """Titled by its heading, and without the counts of cells."""
    said = [nbformat.v4.new_output("display_data", {"text/plain": "two"})]
    code = [nbformat.v4.new_code_cell("1 + 1", outputs=said) for _ in range(2)]
    text = page(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Who <gains>?"), *code]))
    assert "<title>Who &lt;gains&gt;?</title>" in text
    assert text.count('<details class="code"><summary>code</summary>') == text.count("</details>") == 2
    folded = re.sub(r"(?s)<details class.*?</details>", "", text)
    assert "two" in folded and "highlight" not in folded.partition("<body")[2]
    assert not re.search(r"(In|Out)\s*(&nbsp;)?\[", folded.partition("<body")[2])


def test_plots_are_light_in_the_notebook_and_as_drawn_beside_it(tmp_path):
    executed, _, beside = execute(written(tmp_path, FIGURE), tmp_path / "out")
    (plot,) = plots(nbformat.read(executed, 4))
    png = b64decode(plot.data["image/png"])
    assert light(png) == png and len(png) < len(beside.read_bytes())
    with Image.open(BytesIO(png)) as inside, Image.open(beside) as drawn:
        assert (inside.mode, round(inside.info["dpi"][0])) == ("P", DPI)
        inches = [each.width / each.info["dpi"][0] for each in (inside, drawn)]
        assert inches[0] == pytest.approx(inches[1], abs=0.01)


def test_a_light_picture_has_the_colours_and_texts_of_the_heavy_one():
    """A thin bar of all colours in a wide ground of one colour's tints, above what is transparent."""
    picture = np.full((300, 400, 4), 255, np.uint8)
    tints = np.random.default_rng(1).integers(0, 256, (300, 400, 1))
    picture[..., :3] = 255 - tints * np.array([1, 0.5, 0.1])
    picture[10:13, :256, :3] = np.stack([np.arange(256), 255 - np.arange(256), np.full(256, 90)], axis=1)
    picture[200:, :, 3] = 0
    told, heavy = PngInfo(), BytesIO()
    told.add_text("Title", "what it shows")
    Image.fromarray(picture).save(heavy, "PNG", dpi=(200, 200), pnginfo=told)
    same, small = (Image.open(BytesIO(light(heavy.getvalue(), dpi))) for dpi in (200, 100))
    assert (same.size, small.size) == ((400, 300), (200, 150))
    assert same.info["Title"] == small.info["Title"] == "what it shows"
    seen = np.asarray(same.convert("RGB")).astype(int)
    assert np.abs(seen[:200] - picture[:200, :, :3]).max() < 5 and (seen[200:] == 255).all()


def test_pages_of_executed_notebooks_are_written_beside_them(tmp_path, capsys):
    executed = [tmp_path / name / "notebook.ipynb" for name in ("one", "two")]
    for path in executed:
        path.parent.mkdir()
        cell = nbformat.v4.new_markdown_cell(f"# Of {path.parent.name}")
        path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])))
    assert main(["notebook", "--html", *map(str, executed)]) == 0
    assert capsys.readouterr().out.count("wrote ") == 2
    for path in executed:
        assert f"<title>Of {path.parent.name}</title>" in path.with_suffix(".html").read_text()


def test_what_is_no_executed_notebook_has_no_page(tmp_path, capsys):
    for name, text, says in (
        ("a.py", "1", "a.py is not an executed notebook: its name does not end in .ipynb"),
        ("b.ipynb", "{", "b.ipynb is not an executed notebook"),
        ("c.ipynb", '{"nbformat": 4, "nbformat_minor": 5, "cells": 3}', "c.ipynb is not an executed notebook"),
        ("d.ipynb", None, "d.ipynb cannot be read: No such file"),
    ):
        if text is not None:
            (tmp_path / name).write_text(text)
        assert main(["notebook", "--html", str(tmp_path / name)]) == 2
        error = capsys.readouterr().err
        assert says in error and error.count("\n") == 1
    assert main(["notebook", "--html", "d.ipynb", "--results", "here"]) == 2
    assert "--results is not for --html" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.html"))


@pytest.mark.parametrize(("given", "says"), [
    ({"tims": 3}, "no parameter tims; did you mean times"),
    ({"times": "3"}, "times is '3'; it must be like 2"),
    ({"times": 2.5}, "times is 2.5"),
    ({"times": True}, "times is True"),
])  # fmt: skip
def test_parameters_are_strict(tmp_path, given, says):
    with pytest.raises(InputError, match=says):
        execute(written(tmp_path, ""), tmp_path / "out", **given)
    assert not (tmp_path / "out").exists()


def test_a_whole_number_will_do_for_a_share(tmp_path):
    execute(written(tmp_path, "# %%\nassert share == 1"), tmp_path / "out", share=1)


@pytest.mark.parametrize(("body", "head", "says"), [
    ("# %%\n1 / 0", HEAD, "failed: ZeroDivisionError"),
    ("# %%\nprint(1)", "", "no cell tagged parameters"),
    ("# %%\n", '# %% tags=["parameters"]\nx = (', "not a notebook"),
])  # fmt: skip
def test_a_notebook_that_cannot_be_used_leaves_nothing(tmp_path, body, head, says):
    with pytest.raises(InputError, match=says):
        execute(written(tmp_path, body, head), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_values_are_python_literals_or_text():
    assert [parsed(each) for each in ("3", "0.5", "'a'", "results/x", "__import__('os')")] == [
        3, 0.5, "a", "results/x", "__import__('os')",
    ]  # fmt: skip


def test_studies_are_found_by_name_and_by_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    there = EXPERIMENTS / "which_strategy" / "notebook.py"
    assert find_notebook("which_strategy") == find_notebook(str(there)) == find_notebook(str(there.parent)) == there
    with pytest.raises(InputError, match="did you mean which_strategy"):
        find_notebook("which_strategi")


@pytest.fixture
def results(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    size = ("run.replicates=2", "run.rounds=2", "community.leaders=8", "workers=1", "figures=false", "quiet=true")
    assert main(["run", "strategy=inclusion", "out=here", *size]) == 0
    return tmp_path / "here"


def test_results_of_another_kind_missing_unfinished_or_newer(results, capsys):
    for change, says in (
        ({}, "holds results of the experiment single; the notebook of which_strategy"),
        ({"status": "unfinished"}, "is unfinished"),
        ({"schema_version": "99"}, "schema 99"),
    ):
        manifest = json.loads((results / "manifest.json").read_text())
        (results / "manifest.json").write_text(json.dumps(manifest | change))
        assert main(["notebook", "which_strategy", "--results", "here"]) == 2
        error = capsys.readouterr().err
        assert says in error and error.count("\n") == 1
        (results / "manifest.json").write_text(json.dumps(manifest))
    assert main(["notebook", "which_strategy"]) == 2
    assert "no finished results in results/which_strategy" in capsys.readouterr().err
    for given in ([], ["--results", "here"]):
        assert main(["notebook", "validation", *given]) == 2
        error = capsys.readouterr().err
        assert "commonweal validate out=DIR" in error and "experiment=validation" not in error
    assert main(["notebook", "which_strategy", "--results", "empty"]) == 2
    assert "empty holds no results" in capsys.readouterr().err


def test_the_newest_results_are_taken(results, tmp_path, capsys):
    manifest = json.loads((results / "manifest.json").read_text()) | {"experiment": "which_strategy"}
    for started in ("2026-01-01", "2026-03-01", "2026-02-01"):
        folder = tmp_path / "results" / "which_strategy" / started
        folder.mkdir(parents=True)
        for path in results.glob("*.*"):
            (folder / path.name).write_bytes(path.read_bytes())
        (folder / "manifest.json").write_text(json.dumps(manifest | {"started": started}))
    study = tmp_path / "experiments" / "which_strategy"
    study.mkdir(parents=True)
    (study / "notebook.py").write_text(HEAD + "# %%\nprint(results_folder)\n")
    assert main(["notebook", "which_strategy"]) == 0
    assert "2026-03-01/notebook.ipynb" in capsys.readouterr().out


def test_pictures_of_an_earlier_copy_with_more_plots_go(tmp_path):
    for file in ("notebook_1.png", "notebook_mine.png", "other_1.png"):
        (tmp_path / file).write_bytes(b"")
    write(nbformat.v4.new_notebook(), tmp_path, "notebook")
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"notebook.ipynb", "notebook.html", "notebook_mine.png", "other_1.png"}


def test_a_published_copy_without_its_runs_is_called_so(capsys):
    published = EXPERIMENTS.parent / "results" / "which_strategy" / "published"
    assert main(["notebook", "which_strategy", "--results", str(published)]) == 2
    assert "published lacks runs.parquet: it is a published copy" in capsys.readouterr().err
