"""Order: places sorted by a value. numpy's sorts take seconds to compile into kernels, this one a quarter of one."""

import numpy as np

from commonweal.model.kernel import allocating_kernel


@allocating_kernel
def ordered(values):
    """(n,) int64, the places of `values` from the lowest up; of equals the first place comes first."""
    order = np.empty(values.shape[0], np.int64)
    for place in range(values.shape[0]):
        order[place] = place
    sort_by(order, values)
    return order


@allocating_kernel
def sort_by(order, values):
    """Put places in the order of their values, from the lowest up; equals stay as they are.

    Runs of a few are sorted by insertion, then merged.
    """
    n, width = order.shape[0], 8
    merged = np.empty(n, np.int64)
    for begin in range(0, n, width):
        for place in range(begin + 1, min(begin + width, n)):
            held, at = order[place], place
            while at > begin and values[order[at - 1]] > values[held]:
                order[at] = order[at - 1]
                at -= 1
            order[at] = held
    while width < n:
        for begin in range(0, n, 2 * width):
            middle, end = min(begin + width, n), min(begin + 2 * width, n)
            one, other = begin, middle
            for place in range(begin, end):
                if one < middle and (other == end or values[order[one]] <= values[order[other]]):
                    merged[place] = order[one]
                    one += 1
                else:
                    merged[place] = order[other]
                    other += 1
        for place in range(n):
            order[place] = merged[place]
        width *= 2
