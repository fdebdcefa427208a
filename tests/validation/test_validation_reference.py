"""A reference table with a missing column, an impossible value or a wrong unit is refused by name."""

import shutil

import pytest

from commonweal.errors import InputError
from commonweal.validation import reference

FG = reference.FISCHBACHER_GAECHTER


@pytest.fixture
def tables(tmp_path):
    for file in reference.folder().glob("*.csv"):
        shutil.copy(file, tmp_path)
    return tmp_path


def edited(folder, name, old, new):
    file = folder / f"{name}.csv"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))
    return folder


def test_the_shipped_tables_are_read():
    for name in (*reference.COLUMNS, reference.EFFECTS):
        assert len(reference.table(name)) >= 8


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (FG, "mean_belief", "belief", "no column mean_belief"),
        (FG, "7.8929", "789.29", "line 2: mean_contribution is 789.29; it must be tokens of 20"),
        (FG, "0.2357", "23.57", "share_zero is 23.57; it must be a share"),
        (FG, "7.8929", "", "mean_contribution is nan"),
        (FG, "7.8929", "many", "mean_contribution is many"),
        (reference.ANDREOZZI, "51.493", "514.93", "uc is 514.93; it must be points of 100"),
        (reference.EFFECTS, "half_width", "width", "no column half_width"),
        (reference.EFFECTS, "0.51,,d", "0.51,,percent", "the unit of reward is percent"),
        (reference.EFFECTS, "0.51,,d", "51,,d", "reward is 51.0; in d it must be -5 to 5"),
        (reference.EFFECTS, "0.56,0.19", "0.56,-0.19", "half_width of group_goal is -0.19"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused(tables, name, old, new, said):
    with pytest.raises(InputError, match=name) as refused:
        reference.table(name, edited(tables, name, old, new))
    assert said in str(refused.value)


def test_a_table_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"effects\.csv cannot be read"):
        reference.table(reference.EFFECTS, tmp_path)
