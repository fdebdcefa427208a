"""Every study's notebook runs on results of the right kind, at smoke size, in one kernel, and says no to others."""

import json
import re
import shutil
from base64 import b64decode
from pathlib import Path

import nbformat
import pytest

from commonweal.__main__ import main
from commonweal.errors import InputError
from commonweal.report.light_pictures import light
from commonweal.report.notebook import check_results, experiments_read, find_notebook, prepared, run
from commonweal.report.notebook_page import plots

SIZE = ("run.replicates=2", "run.rounds=3", "workers=1", "figures=false", "quiet=true")
SMALL = ("community.leaders=8", *SIZE)
EUR = ("units.money=EUR", "units.hour=40")
IN_EUR = ("your_community", "strategies_together", "under_a_budget")
"""notebooks whose results are told in units here"""
SCENARIOS = "design.across={scenario:[calm,broken_trust]}"
RUNS = {
    "which_strategy": (
        "experiment.scenarios=[calm]", "run.sums=[40]", "ensemble=assumed", "ensemble.worlds=2",
        "ensemble.replicates=1", *SMALL,
    ),
    "broken_trust": SMALL,
    "your_community": ("experiment.scenarios=[calm]", *SIZE, *EUR),
    "strategies_together": (SCENARIOS, *SMALL, *EUR),
    "order": (SCENARIOS, *SMALL),
    "inclusion": (SCENARIOS, *SMALL),
}  # fmt: skip
"""per experiment what is played, the size of a few seconds together"""
BESIDE = ("validation", "fit_calibration")
"""notebooks that are published besides those of the studies"""
PLOTS = {
    "which_strategy": 5, "broken_trust": 5, "your_community": 5, "strategies_together": 4, "under_a_budget": 3,
    "order": 3, "inclusion": 5,
}  # fmt: skip


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> Path:
    """A folder with tiny results of every experiment."""
    folder = tmp_path_factory.mktemp("studies")
    for name, overrides in RUNS.items():
        assert main(["run", f"experiment={name}", *overrides, f"out={folder / name}"]) == 0
    return folder


def test_every_notebook_runs_and_shows_its_figures(played):
    whole, owners = None, []
    for study in PLOTS:
        source = find_notebook(study)
        reads = experiments_read(source)
        assert reads
        folder = played / reads[0]
        check_results(folder, study, reads)
        more = {"order_folder": str(played / "order")} if study == "under_a_budget" else {}
        notebook = prepared(source, results_folder=str(folder), **more)
        owners += [study] * len(notebook.cells)
        if whole is None:
            whole = notebook
        else:
            whole.cells += notebook.cells
    assert whole is not None
    for number, cell in enumerate(whole.cells):
        cell["id"] = f"cell-{number}"
    run(whole, Path("notebooks"))
    plots = dict.fromkeys(PLOTS, 0)
    for study, cell in zip(owners, whole.cells, strict=True):
        for output in cell.get("outputs", []):
            assert output["output_type"] != "stream", f"{study} prints {output}"
            if "image/png" in output.get("data", {}):
                plots[study] += 1
                assert output.metadata["image/png"]["alt"]
    assert plots == PLOTS
    texts = {study: [] for study in PLOTS}
    for study, cell in zip(owners, whole.cells, strict=True):
        said = [cell.source] if cell.cell_type == "markdown" else [str(each.get("data")) for each in cell.outputs]
        texts[study].append("\n".join(said))
    for study, said in texts.items():
        told = "\n".join(said)
        assert ("EUR per person and year" in told and "1 MU is 6.4 EUR" in told) == (study in IN_EUR), study
        assert ("MU per person and round" in told) == (study not in IN_EUR), study
    (budgets,) = [each for each in texts["under_a_budget"] if "with money per leader" in each.lower()]
    assert "from 64 EUR doing nothing" in budgets and not re.search(r"\bMU\b", budgets)


def test_the_proof_of_the_fit_plays_its_towns_itself():
    source = find_notebook("fit_calibration")
    assert not experiments_read(source)
    notebook = prepared(source, towns=3, months=2, first=40, later=5, worlds=15)
    run(notebook, Path("notebooks"))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output["output_type"] == "error"]
    assert "alibrated, as the plan has it: of the 95 % intervals" in outputs[0].data["text/markdown"]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 1


def test_the_study_of_the_rule_of_choice_plays_its_games_itself():
    source = find_notebook("structure")
    assert not experiments_read(source)
    notebook = prepared(source, waves=1, lucks=2, sessions=4, towns=2)
    run(notebook, Path("notebooks"))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output["output_type"] in ("stream", "error")]
    assert len([output for output in outputs if "image/png" in output.get("data", {})]) == 5


def test_every_study_has_a_plan_and_a_notebook_without_functions():
    experiments = find_notebook("which_strategy").parents[1]
    for study in PLOTS:
        assert "## Decision rule" in (experiments / study / "plan.md").read_text()
        text = (experiments / study / "notebook.py").read_text()
        assert "def " not in text and "would change the answer" in text


def test_what_is_said_of_a_study_is_what_its_published_notebook_computed():
    results = find_notebook("which_strategy").parents[2] / "results"
    said = (results / "README.md").read_text(encoding="utf-8")
    for study in (*PLOTS, *BESIDE):
        folder = results / study / "published"
        notebook = nbformat.read(folder / "notebook.ipynb", 4)
        (conclusion,) = [cell for cell in notebook.cells if "conclusion" in cell.metadata.get("tags", [])]
        text = conclusion.outputs[0].data["text/markdown"]
        assert f"| {study.replace('_', ' ')} | {text} |" in said
        published, ours = (
            [cell.source for cell in each.cells if cell.cell_type == "code"]
            for each in (notebook, prepared(find_notebook(study)))
        )
        given = [cell for cell in published if cell not in ours]
        assert len(published) == len(ours) and len(given) <= 1
        assert all("_folder = " in cell or cell.startswith("workers = ") for cell in given)


def test_every_published_notebook_opens_with_its_answer_and_its_picture():
    results = find_notebook("which_strategy").parents[2] / "results"
    for study in (*PLOTS, *BESIDE):
        cells = nbformat.read(results / study / "published" / "notebook.ipynb", 4).cells
        said = [cell.source for cell in cells if cell.cell_type == "markdown"]
        assert said[0].startswith("# ") and said[1] == "## What it says", study
        first, second, *_ = [output for cell in cells for output in cell.get("outputs", [])]
        assert "text/markdown" in first.get("data", {}) and "image/png" in second.get("data", {}), study


def test_published_results_are_light():
    """Where they are not: `light_pictures` makes pictures so; pages are made anew of the notebooks."""
    results = find_notebook("which_strategy").parents[2] / "results"
    published = [path for path in results.glob("*/published/**/*") if path.is_file() and path.suffix != ".html"]
    notebooks = {path.parents[1].name: path for path in published if path.suffix == ".ipynb"}
    assert set(notebooks) == {*PLOTS, *BESIDE}
    assert [path for path in notebooks.values() if path.stat().st_size >= 400_000] == []
    assert sum(path.stat().st_size for path in published) < 6_000_000
    assert {path.suffix for path in published} <= {".csv", ".ipynb", ".json", ".parquet", ".png"}
    assert [path for path in published if re.fullmatch(r"notebook_\d+\.png", path.name)] == []
    for notebook in notebooks.values():
        for plot in plots(nbformat.read(notebook, 4)):
            png = b64decode(plot.data["image/png"])
            assert light(png) == png, notebook


def test_results_that_are_of_another_kind_or_not_whole_are_refused(played, tmp_path, capsys):
    whole = tmp_path / "order"
    shutil.copytree(played / "order", whole)
    manifest = json.loads((whole / "manifest.json").read_text())
    for change, says in (
        ({"experiment": "inclusion"}, "holds results of the experiment inclusion; the notebook of order reads"),
        ({"schema_version": 99}, "has results of schema 99"),
        ({"status": "unfinished"}, f"is unfinished; commonweal resume {whole}"),
    ):
        (whole / "manifest.json").write_text(json.dumps(manifest | change))
        refused(["notebook", "order", "--results", str(whole)], says, capsys)
    (whole / "manifest.json").write_text(json.dumps(manifest))
    part = next((whole / "runs").glob("*.parquet"))
    content = part.read_bytes()
    part.write_bytes(content[:-9])
    refused(["notebook", "order", "--results", str(whole)], "is not what was written; commonweal resume", capsys)
    part.unlink()
    refused(["notebook", "order", "--results", str(whole)], "lacks 1 of its blocks of runs", capsys)
    part.write_bytes(content)
    refused(["notebook", "order", "--results", str(whole), "gap=3"], "has no parameter gap", capsys)
    refused(["notebook", "order", "--results", str(whole), "results_folder=3"], "results_folder is 3", capsys)
    (tmp_path / "empty").mkdir()
    refused(["notebook", "order", "--results", str(tmp_path / "empty")], "holds no results", capsys)
    refused(["notebook", "which_strategy", "--results", str(whole)], "holds results of the experiment order", capsys)
    assert not list(whole.glob("notebook*"))


def refused(command: list[str], says: str, capsys) -> None:
    assert main(command) == 2
    error = capsys.readouterr().err
    assert says in error and error.count("\n") == 1


def test_a_factorial_named_otherwise_will_do(played, tmp_path):
    source = find_notebook("under_a_budget")
    assert experiments_read(source) == experiments_read(find_notebook("strategies_together"))
    whole = tmp_path / "here"
    shutil.copytree(played / "strategies_together", whole)
    manifest = json.loads((whole / "manifest.json").read_text())
    (whole / "manifest.json").write_text(json.dumps(manifest | {"experiment": "factorial"}))
    check_results(whole, "under_a_budget", experiments_read(source))
    with pytest.raises(InputError, match="the notebook of broken_trust reads"):
        check_results(whole, "broken_trust", experiments_read(find_notebook("broken_trust")))
