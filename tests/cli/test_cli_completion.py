"""Tab completion: verbs by us, the rest of `run` by Hydra."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def offered(command, monkeypatch):
    def ask(line: str) -> list[str]:
        monkeypatch.setenv("COMP_LINE", line)
        monkeypatch.setenv("COMP_POINT", str(len(line)))
        done = command("-sc", "query=bash")
        assert (done.code, done.err) == (0, "")
        return done.out.split()

    return ask


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("commonweal ", {"run", "roster", "table"}),
        ("commonweal ro", {"roster"}),
        ("commonweal roster ", {"template", "check", "import"}),
        ("commonweal run strategy=in", {"strategy=inclusion", "strategy=incentives"}),
        ("commonweal run strategy=inclusion strategy.s", {"strategy.seats="}),
        ("commonweal run run.re", {"run.replicates="}),
        ("commonweal run -m scenario=c", {"scenario=calm", "scenario=crisis"}),
    ],
)
def test_candidates(offered, line, some):
    assert some <= set(offered(line))


@pytest.mark.parametrize(
    ("line", "all_"),
    [
        ("commonweal table -", ["--all", "--json", "--help"]),
        ("commonweal query x --c", ["--csv"]),
        ("commonweal run strategy=inclusion --dry", ["--dry-run"]),
        ("commonweal --ver", ["--version"]),
        ("commonweal nothing -", []),
    ],
)
def test_options(offered, line, all_):
    assert offered(line) == all_


def test_folders_of_results(offered, folder):
    for name in ("results/town/one", "results/sweep", "results/sweep/a=1", "results/.hidden", "results/my town"):
        (folder / name).mkdir(parents=True)
        (folder / name / "manifest.json").touch()
    (folder / "results" / "notes").mkdir()
    assert offered("commonweal table res") == ["results/"]
    assert offered("commonweal table results/") == ["results/sweep", "results/town/"]
    assert offered("commonweal versus results/sweep results/sweep/") == ["results/sweep/a=1"]
    assert offered("commonweal notebook which_strategy --results results/t") == ["results/town/"]
    assert offered("commonweal table nowhere/") == []


def test_file_names_are_left_to_the_shell_but_for_fish(offered, folder, command):
    (folder / "leaders.csv").touch()
    assert offered("commonweal roster check lea") == []
    done = command("-sc", "query=fish")
    assert done.out == "leaders.csv\n"


def test_fish_is_told_a_line_each(offered, command):
    offered("commonweal r")
    assert command("-sc", "query=fish").out.splitlines() == ["run", "resume", "report", "roster"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_for_shells(command, shell):
    done = command("run", "-sc", f"install={shell}")
    assert done.code == 0 and "commonweal" in done.out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_in_bash_itself(folder):
    bin_ = Path(sys.executable).parent
    line = "commonweal run strategy=in"
    script = f"""
        PATH={bin_}:$PATH
        eval "$(commonweal run -sc install=bash)"
        COMP_LINE="{line}"; COMP_WORDS=({line}); COMP_CWORD=2; COMP_POINT={len(line)}
        hydra_bash_completion
        echo "${{COMPREPLY[@]}}"
    """
    if not (bin_ / "commonweal").exists():
        pytest.skip("the console script is not installed")
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["strategy=incentives", "strategy=inclusion"], done.stderr


@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish")
def test_in_fish_itself(folder):
    bin_ = Path(sys.executable).parent
    if not (bin_ / "commonweal").exists():
        pytest.skip("the console script is not installed")
    script = f"set -x PATH {bin_} $PATH; commonweal run -sc install=fish | source; complete -C 'commonweal "
    for line, offered in (("run strategy=in", ["strategy=incentives", "strategy=inclusion"]), ("rep", ["report"])):
        done = subprocess.run(["fish", "-c", f"{script}{line}'"], capture_output=True, text=True, timeout=60)
        assert done.stdout.split() == offered, done.stderr
