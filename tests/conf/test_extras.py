"""Extras: what is not installed is said in a sentence, with a command that installs it."""

import shlex
import sys
import tomllib
from pathlib import Path

import pytest
from hydra.errors import MissingConfigException

from commonweal import extras
from commonweal.__main__ import main
from commonweal.configuration.refusal import sentence
from commonweal.errors import InputError
from commonweal.validation import report

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OVER = "design.over.learn.public=[0.2,0.8]"
SMALL = ("run.replicates=2", "run.rounds=3", "community.leaders=8", "workers=1", "quiet=true")


def test_every_extra_is_known_by_what_it_installs():
    declared = PROJECT["optional-dependencies"]
    assert set(declared) == set(extras.MODULES)
    core = " ".join(PROJECT["dependencies"]).lower()
    for extra, modules in extras.MODULES.items():
        packages = " ".join(declared[extra]).lower()
        for module in modules:
            assert module.lower().replace("_", "-") in packages and module.lower().replace("_", "-") not in core


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("dashboard", ["dashboard", "--no-open"]),
        ("notebooks", ["notebook", "order", "--dry-run"]),
        ("notebooks", ["notebook", "--html", "x.ipynb"]),
        ("sensitivity", ["calibrate"]),
        ("sensitivity", ["validate", "--quick", "--screen", "out=here"]),
        ("sensitivity", ["run", "design=sobol", OVER, *SMALL]),
        ("sensitivity", ["run", "design=morris", OVER, *SMALL]),
    ],
)
def test_a_verb_without_its_extra_says_what_to_install(tmp_path, monkeypatch, capsys, extra, words):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(extras.MODULES, extra, ("no_such_module",))
    assert main(words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"needs the extra {extra}, which is not installed; install it with: " in line
    assert list(tmp_path.iterdir()) == []


def test_a_second_wave_needs_its_extra_before_anything_is_measured(tmp_path, monkeypatch):
    monkeypatch.setitem(extras.MODULES, "sensitivity", ("no_such_module",))
    monkeypatch.setattr(report, "is_there", lambda _: True)
    with pytest.raises(InputError, match=r"second wave of the estuaries needs the extra sensitivity"):
        next(report.measured(report.QUICK, pytest.fail, tmp_path))


@pytest.mark.parametrize("launcher", ["submitit_slurm", "submitit_local"])
def test_a_launcher_of_an_extra_that_is_not_there_says_what_to_install(launcher, monkeypatch):
    missing = MissingConfigException("no file", missing_cfg_file=f"hydra/launcher/{launcher}")
    said = sentence(missing, [])
    assert said.startswith(
        f"hydra/launcher={launcher} needs the extra cluster, which is not installed; install it with: "
    )


def test_the_command_names_the_packages_and_this_python(monkeypatch):
    told = ["mesa>=3", 'SALib>=1.5; extra == "sensitivity"', 'solara>=1.57.3,<1.58; extra == "dashboard"']
    monkeypatch.setattr(extras, "requires", lambda _: told)
    monkeypatch.setattr(extras, "find_spec", lambda _: True)
    words = shlex.split(extras.command("dashboard"))
    assert words == [sys.executable, "-m", "pip", "install", "solara>=1.57.3,<1.58"]
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    words = shlex.split(extras.command("sensitivity"))
    assert words == ["uv", "pip", "install", "--python", sys.executable, "SALib>=1.5"]
    with pytest.raises(InputError, match=r"^x needs the extra cluster, .*'commonweal\[cluster\]'$"):
        extras.need("cluster", "x")


def test_all_that_is_not_of_the_core_stands_in_an_extra():
    """What is imported only where it is needed must not be needed by run and report."""
    names = {"jupytext", "nbclient", "nbconvert", "nbformat", "optuna", "SALib", "ema_workbench", "statsmodels"}
    places = {
        path.relative_to(ROOT / "sim" / "commonweal").as_posix()
        for path in (ROOT / "sim" / "commonweal").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.split()[:1] in (["import"], ["from"]) and line.split()[1].partition(".")[0] in names
        if not line.startswith(" ")
    }
    assert places == {"validation/search.py"}  # which its verb imports when it has looked
