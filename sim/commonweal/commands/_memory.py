"""The memory that a process may take at all, looked at before what playing needs is imported."""

LOADING, PLAYING = 400 * 2**20, 1200 * 2**20
"""bytes of addresses that any command takes, and one that plays: measured, 300 and 1,000 MiB are too few"""


def refuse_too_little(least: int) -> None:
    """Raise MemoryError where the limit on a process's addresses (ulimit -v) is below this.

    Libraries that run out of memory while they are loaded end the process by themselves, with words of their own.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit != resource.RLIM_INFINITY and limit < least:
        raise MemoryError(f"{limit} bytes of addresses")
