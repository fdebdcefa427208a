"""The diary says of a month what can be read off the state."""

import numpy as np
import pytest
from worlds import world

from commonweal.agents.cooperation import Cooperation
from commonweal.agents.diary import month, remember


@pytest.fixture
def community():
    """A community after its first month, in which all is well: agreed, nobody pledged."""
    model = Cooperation(world("community.leaders=8", "community.degree=2"), rounds=12)
    model.step()
    model.state.islands.agreed[:] = True
    model.state.leaders.pledged[:] = False
    return model


def told(model, before):
    return month(model.state, model.labels, before)


def test_a_quiet_month_has_nothing_to_tell(community):
    assert told(community, remember(community.state)) == []


def test_an_agenda_that_is_refused_is_told_with_the_sector_that_refused_most(community):
    state, before = community.state, remember(community.state)
    state.islands.agreed[:] = False
    state.leaders.seated[:] = True
    state.leaders.accepts[:] = np.arange(8) > 2
    state.leaders.sector[:] = 0
    assert told(community, before) == [f"the agenda was refused, most by {community.labels.sectors[0]}"]
    state.islands.agreed[:] = True
    assert told(community, before._replace(agreed=False)) == ["an agenda was agreed"]


def test_pledges_are_counted_and_the_largest_that_was_kept_is_named(community):
    state, before = community.state, remember(community.state)
    state.leaders.accepts[:] = True
    state.leaders.pledged[:3] = True
    state.leaders.pledge[:3] = 0.9, 0.5, 0.6
    state.leaders.contribution[:] = 0.55
    before = remember(state)
    assert told(community, before) == ["1 of 3 kept their pledge, Leader 2 the largest"]
    state.leaders.contribution[:] = 0.0
    assert told(community, before)[0] == "Leader 1 gave less than pledged"


def test_who_joins_and_how_giving_moves_is_told(community):
    state = community.state
    state.leaders.contribution[:] = 0.5
    before = remember(state)._replace(there=(False, False, False, *(True,) * 5), giving=0.2)
    assert told(community, before) == ["Leader 1 and 2 others joined", "giving rose to 50%"]
    assert told(community, before._replace(there=(True,) * 8, giving=0.9)) == ["giving fell to 50%"]
