"""Python's search for garbage passes over what a command has imported, and goes on afterwards."""

import gc

import pytest

from commonweal.commands._garbage import passed_over


@pytest.fixture(autouse=True)
def as_before():
    yield
    gc.unfreeze()
    gc.enable()


def test_what_is_there_is_passed_over_and_what_comes_is_not():
    before = gc.get_freeze_count()
    with passed_over():
        assert not gc.isenabled()
        stays = [[each] for each in range(1000)]
    assert gc.isenabled() and gc.get_freeze_count() >= before + len(stays)
    knot = [[]]
    knot[0].append(knot)
    del knot
    assert gc.collect() >= 1


def test_who_searches_for_none_is_left_alone_and_a_refusal_ends_it():
    gc.disable()
    with passed_over():
        pass
    assert not gc.isenabled()
    gc.enable()
    with pytest.raises(ValueError), passed_over():
        raise ValueError
    assert gc.isenabled()
