"""Who may be hurt by whose file (DESIGN, 26): every place is listed and has its test, some of them here."""

import ast
import json
import re
from pathlib import Path

import pytest

import commonweal
from commonweal.analysis.results import Results
from commonweal.commands import _drawing, _sweep, resume
from commonweal.errors import InputError
from commonweal.model import cache
from commonweal.study.dataset import Dataset

ROOT = Path(__file__).parents[2]
PACKAGE = Path(commonweal.__file__).parent
HARMFUL = {"unlink", "rmtree", "rmdir", "truncate", "import_module", "execve", "Popen", "exec", "eval", "system"}
OF_MODULES = {"os.replace", "os.rename", "os.remove", "subprocess.run", "shutil.move"}


REFUSED = ("allow=[evil]", "++allow=[evil]", "+allow=[evil]", "allow@_global_=[evil]", "--config-dir=evil", "-cd=evil",
           "--config-path=evil", "-m")  # fmt: skip
PASSED_OVER = ("out=elsewhere", "++out=elsewhere", "fresh=true", "executor=dask", "executor.address=x", "yes=true",
               "hydra.run.dir=x", "hydra/launcher=x", "+hydra.callbacks.x=1", "dry_run=true")  # fmt: skip


def rows() -> list[list[str]]:
    text = (ROOT / "sim" / "DESIGN.md").read_text(encoding="utf-8")
    section = re.search(r"^## 26\..*?^## 27\.", text, re.MULTILINE | re.DOTALL)
    assert section
    lines = [line.strip("|") for line in section[0].splitlines() if line[:1] == "|"]
    return [[cell.strip() for cell in line.split(" | ")] for line in lines[2:]]


def harms(path: Path) -> list[str]:
    """What is removed, moved onto, imported or started in a file."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    names = [name for call in calls if (name := ast.unparse(call)) != "platform.system"]
    return [each for each in names if each.rpartition(".")[2] in HARMFUL or each in OF_MODULES]


def test_every_place_that_could_do_harm_is_listed():
    places = " ".join(row[0] for row in rows())
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        assert not harms(path) or f"`{name}`" in places, (name, harms(path))


def test_every_place_is_there_and_has_its_test():
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for place, *_, tested in rows():
        for each in re.findall(r"`([\w/]+(?:\.py)?)`", place):
            assert (PACKAGE / each).exists(), each
        names = re.findall(r"`(test_\w+)`", tested)
        assert names and all(f"def {name}(" in tests for name in names), (place, tested)


@pytest.mark.parametrize(
    ("word", "taken"),
    [(word, False) for word in REFUSED] + [(word, None) for word in PASSED_OVER] + [("run.seed=3", True)],
)  # fmt: skip
def test_a_recorded_command_chooses_neither_code_nor_place(tmp_path, word, taken):
    """taken: False where it is refused, None where it is passed over."""
    manifest = {"identity": "0" * 32, "schema_version": "1", "numbers": "1", "status": "finished"}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"command": ["commonweal", "run", word]}))
    if taken is False:
        with pytest.raises(InputError, match=r"if they may be imported, add|give that command again"):
            resume.recorded(tmp_path, [])
    else:
        assert resume.recorded(tmp_path, []) == ([word] if taken else [])


def test_only_a_studys_own_temporary_files_go(tmp_path):
    for name in ("runs", "mine", "figures"):
        (tmp_path / name).mkdir()
    names = ("mine/.notes.tmp", "figures/.x.tmp", "notes.tmp", "runs/x.tmp")
    ours, theirs = tmp_path / "runs" / ".x.parquet.1.tmp", [tmp_path / name for name in names]
    for path in (ours, *theirs):
        path.write_text("")
    Dataset(tmp_path, "0" * 32, "runs").sweep_up()
    assert not ours.exists() and all(path.exists() for path in theirs)


def test_figures_of_ones_own_stay(tmp_path):
    texts = {"figures/mine.png": "mine", "figures/old.png": "old", "notes.png": "mine", "scratch/new.png": ""}
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    listed = {"figures": ["old.png", "../notes.png", "/etc/hostname", "..", 7]}
    _drawing._put([tmp_path / "scratch" / "new.png"], tmp_path / "figures", Results(tmp_path, listed))
    assert sorted(path.name for path in (tmp_path / "figures").iterdir()) == ["mine.png", "new.png"]
    assert (tmp_path / "notes.png").read_text() == (tmp_path / "figures" / "mine.png").read_text() == "mine"


def test_a_sweep_removes_the_word_of_its_jobs_alone(tmp_path):
    from commonweal.configuration.compose import parsed

    for name in ("0/outcome.json", "0/mine.json", "outcome.json", "a/b/outcome.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    with _sweep._scratch(parsed([f"hydra.sweep.dir='{tmp_path}'"])):
        left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.json"))
    assert left == ["0/mine.json", "a/b/outcome.json", "outcome.json"]


def test_nothing_but_the_environment_names_the_cache(tmp_path, monkeypatch):
    """Compiled kernels are run as they are: no folder of results and no conf says where they lie."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMMONWEAL_CACHE", str(tmp_path / "own"))
    assert cache._cache_folder().parent == tmp_path / "own"  # pyright: ignore
    for path in sorted(PACKAGE.rglob("*.py")):
        if "NUMBA_CACHE_DIR" in (text := path.read_text(encoding="utf-8")) or "COMMONWEAL_CACHE" in text:
            assert path.name in ("cache.py", "_kernels.py", "_bytecode.py"), path
