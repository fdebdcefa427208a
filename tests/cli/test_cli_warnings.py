"""Warnings are for those who write programs: none reaches a user's terminal, and none is of a call of ours."""

import re

import pytest
from tiny import TINY

ASKED = [
    ("run", *TINY, "strategy=inclusion", "out=out"),
    ("run", "-m", *TINY, "strategy=inclusion,incentives", "out=out"),
    ("run", "--cfg", "job"),
    ("run", "--info", "plugins"),
    ("-sc", "query=bash"),
]
EVERY = ("-W", "always", "-W", "ignore:overflow encountered in scalar:RuntimeWarning")
"""all warnings but those of arithmetic that wraps around on purpose, which the compiler does in silence"""
HIDDEN = ("DeprecationWarning", "PendingDeprecationWarning", "ImportWarning", "ResourceWarning")
"""what Python shows to nobody who has not asked"""


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_no_warning_is_of_our_making_or_shown(process, words):
    done = process(*words, front=(*EVERY, "-m", "commonweal"), COMP_LINE="commonweal run strategy=inc")
    assert done.code == 0
    said = re.findall(r"^(\S+):\d+: (\w*Warning): (.*)", done.err, re.MULTILINE)
    assert not [each for each in said if "/commonweal/" in each[0] or each[1] not in HIDDEN]
