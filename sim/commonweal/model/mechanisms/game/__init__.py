"""Games: how what was pooled becomes joint output. One file each.

- game: what every game has in common: teams and pools
"""
