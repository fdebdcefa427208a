"""What a plan predicted, and what was found, as a table in a notebook."""

from commonweal.report.predictions import in_scenarios, predictions


def test_each_prediction_is_a_row_in_the_order_of_the_plan():
    table = predictions(
        [("giving decays", True, "from .5 to .3"), ("talk helps", False, ""), ("money helps", None, "")]
    )
    assert table.splitlines()[2:] == [
        "| 1 | giving decays | yes | from .5 to .3 |",
        "| 2 | talk helps | no |  |",
        "| 3 | money helps | not known here |  |",
    ]


def test_it_is_true_where_it_is_so_in_every_scenario():
    assert in_scenarios([True, True]) == (True, "in 2 of 2 scenarios")
    assert in_scenarios(each > 0 for each in (1, -1, 2)) == (False, "in 2 of 3 scenarios")
