"""The page as Python serves it: guarded as the command's is."""

import subprocess

import pytest

import commonweal as cw
from commonweal import extras
from commonweal.commands import dashboard
from commonweal.errors import InputError


@pytest.fixture
def served(monkeypatch):
    """What the process that serves is told, none being started."""
    told = {}

    class Nothing:
        def __init__(self, command, executable, env) -> None:
            told.update(env)

        def terminate(self) -> None: ...

    monkeypatch.setattr(subprocess, "Popen", Nothing)
    monkeypatch.setattr(dashboard, "_free", lambda *_: None)
    monkeypatch.setitem(extras.MODULES, "dashboard", ())
    monkeypatch.setattr("commonweal.commands._kernels.compile_model", lambda *_, **__: None)
    monkeypatch.delenv("COMMONWEAL_VISITORS", raising=False)
    return told


@pytest.mark.parametrize(
    ("keywords", "hosts", "visitors"),
    [({}, "127.0.0.1", None), ({"allow_host": "lab.example.org"}, "127.0.0.1 lab.example.org", None),
     ({"host": "0.0.0.0", "allow_host": ["a", "b.c"], "visitors": 3}, "0.0.0.0 a b.c", "3")],
)  # fmt: skip
def test_the_guard_is_told_as_by_the_command(served, keywords, hosts, visitors):
    cw.dashboard(browser=False, **keywords)
    assert (served["COMMONWEAL_HOSTS"], served.get("COMMONWEAL_VISITORS")) == (hosts, visitors)


@pytest.mark.parametrize("keywords", [{"allow_host": ["http://x/"]}, {"allow_host": "a b"}, {"visitors": 0}])
def test_what_the_guard_cannot_be_told_is_refused_before_anything_is_served(served, keywords):
    with pytest.raises(InputError, match="is "):
        cw.dashboard(browser=False, **keywords)
    assert not served
