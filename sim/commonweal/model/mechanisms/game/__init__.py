"""Games: how what was pooled becomes joint output. One file each."""
