"""The list of deliberate faults is of lines and tests that there are; plant.py holds the ones against the others."""

import pytest
from faults import FAULTS
from plant import ROOT


def test_there_are_enough_and_none_is_there_twice():
    assert len(FAULTS) >= 60 and len(set(FAULTS)) == len(FAULTS)


@pytest.mark.parametrize("file", sorted({each.file for each in FAULTS}))
def test_each_can_be_planted_and_its_tests_are_there(file):
    whole = (ROOT / "sim" / "commonweal" / file).read_text(encoding="utf-8")
    for fault in (each for each in FAULTS if each.file == file):
        assert whole.count(fault.old) == 1 and fault.new != fault.old, fault
        compile(whole.replace(fault.old, fault.new), file, "exec")
        for test in fault.tests.split():
            path, _, name = test.partition("::")
            assert f"def {name}" in (ROOT / "tests" / path).read_text(encoding="utf-8"), test
