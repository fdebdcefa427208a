"""The front door in tests: no compilation beforehand, an empty folder."""

import pytest

from commonweal.commands import _kernels


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(_kernels, "compile_model", lambda *_: None)
    monkeypatch.chdir(tmp_path)
