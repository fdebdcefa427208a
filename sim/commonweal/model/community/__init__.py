"""Communities: who the leaders are and how they are tied, before the first round. One file per kind.

- community: what every kind has in common
- people: sectors, groups and their needs, dispositions
- labels: what leaders, sectors, groups and issues are called
- populate: from parameters to the state before the first round
- draw: luck for all at once
- groups: whom leaders serve
- hub: dealing through the best-connected leader
- community_of_roster: what is in common to those whose leaders and ties are known
"""
