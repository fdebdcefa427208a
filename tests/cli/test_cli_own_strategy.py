"""An eighth strategy, in a module and a conf folder of the user's own."""

import json
import sys
from pathlib import Path

import pytest
from tiny import SMALL, TINY

MODULE = '''
from commonweal.model.levers import Levers, PublicRecord
from commonweal.model.params import Factor
from commonweal.model.strategies.strategy import Strategy

print("a module of the user's own")


class Barbecue(Strategy):
    """Everyone eats together, once a season."""

    guests: Factor
    """convened encounters per leader in the month of the barbecue"""

    def act(self, seen: PublicRecord) -> Levers:
        return Levers(meetings=self.guests if seen.round % 3 == 0 else 0.0)
'''
MIXED = """
defaults:
  - portfolio
  - barbecue@members.barbecue
parts:
  barbecue: {intensity: 1.0, start: 1, end: 0, ramp: 0}
"""
EXPERIMENT = """
# @package _global_
experiment:
  name: mine
  strategies: [barbecue, with_barbecue, inclusion]
  scenarios: null
strategies:
  inclusion: {seats: 0.25}
"""


@pytest.fixture
def own(folder):
    """A folder with a module and a conf of one's own."""
    (folder / "my_strategies").mkdir()
    (folder / "my_strategies" / "__init__.py").touch()
    (folder / "my_strategies" / "barbecue.py").write_text(MODULE)
    for group in ("strategy", "experiment", "calibration"):
        (folder / "my_conf" / group).mkdir(parents=True)
    (folder / "my_conf" / "strategy" / "barbecue.yaml").write_text("guests: 4.0\n")
    (folder / "my_conf" / "strategy" / "with_barbecue.yaml").write_text(MIXED)
    (folder / "my_conf" / "experiment" / "mine.yaml").write_text(EXPERIMENT)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] in ("my_strategies", "helping")]:
        del sys.modules[name]


SCRIPT = (str(Path(sys.executable).with_name("commonweal")),)


@pytest.mark.parametrize("front", [("-m", "commonweal"), SCRIPT], ids=["module", "script"])
def test_alone_and_with_others_in_workers(own, process, front):
    """Found in the current folder, there too, without a word about paths."""
    done = process(
        "run", "--config-dir", "my_conf", "allow=[my_strategies]", "experiment=mine", *SMALL, "workers=2",
        "figures=false", "--json", front=front,
    )  # fmt: skip
    assert done.code == 0, done.err
    rows = json.loads(done.out)["scenarios"]["calm"]["full strength"]
    assert {row["strategy"] for row in rows} == {"laissez_faire", "barbecue", "with_barbecue", "inclusion"}
    assert "a module of the user's own" in done.err
    manifest = json.loads(next(own.glob("results/mine/*/manifest.json")).read_text())
    assert manifest["config"]["strategies"]["barbecue"] == {"guests": 4.0}
    assert manifest["config"]["strategies"]["inclusion"]["seats"] == 0.25


def test_the_current_folder_is_searched_for_what_is_allowed_and_last(own, command):
    for name in ("csv", "yaml", "helping"):
        (own / f"{name}.py").write_text('raise RuntimeError("imported")\n')
    words = ("run", "--config-dir", "my_conf", "strategy=barbecue", *TINY)
    assert command(*words, "allow=[csv,yaml,my_strategies]").code == 0
    assert "helping.barbecue cannot be imported: RuntimeError: imported" in command(*words, "allow=[helping]").sentence
    assert "no module commonweal.model.strategies.barbecue has a class" in command(*words).sentence


def test_a_module_that_another_needs_is_allowed_too(own, command):
    (own / "helping.py").write_text("GUESTS = 4.0\n")
    (own / "my_strategies" / "barbecue.py").write_text(f"import helping\n{MODULE}")
    words = ("run", "--config-dir", "my_conf", "strategy=barbecue", *TINY)
    refused = command(*words, "allow=[my_strategies]").sentence
    assert "needs the module helping, which is missing; install it, or allow it too" in refused
    assert command(*words, "allow=[my_strategies,helping]").code == 0


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("my_strategy", "there is no module 'my_strategy' in this folder, nor installed; make my_strategy.py or my_"),
        ("my_strategies.feast", "there is no module 'my_strategies.feast' in this folder, nor installed; make it in"),
        ("my-strategies", "'my-strategies' is not the name of a module"),
    ],
)
def test_a_module_that_is_not_there_is_refused(own, command, name, remedy):
    assert remedy in command("run", "--config-dir", "my_conf", f"allow=[{name}]", "strategy=barbecue", *TINY).sentence


def test_in_a_portfolio_from_the_command_line(own, command):
    member = ["+strategy@strategy.members.barbecue=barbecue"]
    part = ["+strategy.parts.barbecue={intensity: 1.0, start: 1, end: 0, ramp: 0}"]
    words = ["--config-dir", "my_conf", "allow=[my_strategies]", "strategy=portfolio", *member, *part]
    assert command("run", *words, *TINY).code == 0


def test_in_a_sweep(own, command):
    words = ["-m", "--config-dir", "my_conf", "allow=[my_strategies]", "strategy=barbecue,inclusion"]
    assert command("run", *words, *TINY, "quiet=true").code == 0


def test_a_strategy_of_ones_own_can_be_listed_changed_and_refused(own, command):
    words = ["run", "--config-dir", "my_conf", "allow=[my_strategies]", *TINY, "quiet=true"]
    assert command(*words, "experiment=mine", "strategies.barbecue.guests=1").code == 0
    assert "strategy.guests is -1" in command(*words, "strategy=barbecue", "strategy.guests=-1").err
    assert "did you mean barbecue?" in command(*words, "strategy=barbecu").err


def test_modules_must_be_allowed(own, command):
    done = command("run", "--config-dir", "my_conf", "strategy=barbecue", *TINY)
    assert done.code == 2
    assert done.sentence.startswith(
        "strategy=barbecue: no module commonweal.model.strategies.barbecue has a class for it"
    )
    assert "allow=[your_module]" in done.sentence


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("def broken(:\n", "cannot be imported: SyntaxError"),
        ("import no_such_thing\n", "needs the module no_such_thing, which is missing"),
        ("1 / 0\n", "cannot be imported: ZeroDivisionError"),
        (
            "from commonweal.model.strategies.strategy import Strategy\nclass A(Strategy):\n    pass\n",
            "A in my_strategies.odd has no act",
        ),
    ],
)
def test_modules_that_cannot_be_used(own, command, module, reason):
    (own / "my_strategies" / "odd.py").write_text(module)
    (own / "my_conf" / "strategy" / "odd.yaml").write_text("{}\n")
    done = command("run", "--config-dir", "my_conf", "allow=[my_strategies]", "strategy=odd", *TINY)
    assert done.code == 2 and reason in done.sentence


FORBIDDEN = {
    "hydra.callbacks is set": "hydra:\n  callbacks:\n    x: {_target_: subprocess.Popen, args: [touch, ran]}\n",
    "_target_ is subprocess.Popen": "hydra:\n  launcher:\n    _target_: subprocess.Popen\n",
    "people._target_ is set": "people:\n  _target_: subprocess.Popen\n  args: [touch, ran]\n",
    "people.nested is not a parameter": "people:\n  nested: 1\n",
    "nonsense is not a parameter": "nonsense: 1\n",
    "sweeper": "hydra:\n  sweeper:\n    _target_: subprocess.Popen\n",
}


@pytest.mark.parametrize("sweep", [[], ["-m", "scenario=calm,crisis"]], ids=["alone", "sweep"])
@pytest.mark.parametrize("reason", FORBIDDEN)
def test_a_conf_file_executes_nothing(own, command, reason, sweep):
    (own / "my_conf" / "calibration" / "odd.yaml").write_text("# @package _global_\n" + FORBIDDEN[reason])
    done = command("run", "--config-dir", "my_conf", "calibration=odd", *sweep, *TINY, "quiet=true")
    assert done.code == 2 and reason in done.sentence
    assert not (own / "ran").exists()


def test_a_conf_file_cannot_have_hydra_write_logs(own, command):
    log = "{version: 1, root: {handlers: [x]}, handlers: {x: {class: logging.FileHandler, filename: ran}}}"
    (own / "my_conf" / "calibration" / "odd.yaml").write_text(f"# @package _global_\nhydra:\n  job_logging: {log}\n")
    words = ["run", "--config-dir", "my_conf", "calibration=odd", *TINY, "quiet=true"]
    assert command(*words).code == 0
    assert command(*words, "-m", "scenario=calm,crisis").code == 0
    assert not (own / "ran").exists()


def test_modules_are_allowed_on_the_command_line_only(own, command):
    (own / "my_conf" / "other.yaml").write_text("defaults:\n  - config\n  - _self_\nallow: [my_strategies]\n")
    words = ["run", "--config-dir", "my_conf", "--config-name", "other", "strategy=inclusion", *TINY]
    done = command(*words)
    assert done.code == 2 and "modules are allowed on the command line only: allow=[your_module]" in done.sentence


def repeated(times: int) -> bytes:
    """A short file that comes to ten million values when what it repeats is written out."""
    lines = ["x0: &x0 [" + "1, " * 9 + "1]"]
    lines += [f"x{each}: &x{each} [{', '.join([f'*x{each - 1}'] * 10)}]" for each in range(1, times)]
    return "\n".join(lines).encode()


UNREADABLE = {
    "is not YAML: while parsing": b"guests: [4\n",
    "byte 11 is not UTF-8; save the file as UTF-8": b"guests: 4 #\xff\n",
    "values; it may come to 100,000": repeated(7),
    "is not YAML: expected a single document": b"guests: 4\n---\nguests: 5\n",
}


@pytest.mark.parametrize("flags", [(), ("--cfg", "job"), ("-m",)])
@pytest.mark.parametrize("reason", UNREADABLE)
def test_a_file_that_cannot_be_read_is_named(own, command, reason, flags):
    (own / "my_conf" / "strategy" / "barbecue.yaml").write_bytes(UNREADABLE[reason])
    done = command("run", "--config-dir", "my_conf", *flags, "allow=[my_strategies]", "strategy=barbecue", *TINY)
    assert done.code == 2
    assert done.sentence.startswith("my_conf/strategy/barbecue.yaml") and reason in done.sentence


@pytest.mark.parametrize("flags", [(), ("--cfg", "job"), ("-m",)])
def test_a_file_that_would_be_passed_over_is_refused(command, own, flags):
    """A shipped file comes first, so one of the same name would do nothing."""
    (own / "my_conf" / "strategy" / "inclusion.yaml").write_text("seats: 0.25\n")
    done = command("run", "--config-dir", "my_conf", *flags, "strategy=inclusion", *TINY)
    assert done.code == 2
    assert done.sentence == (
        "my_conf/strategy/inclusion.yaml has the name of a file that is there already; give it another name"
    )
