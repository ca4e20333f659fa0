"""Search among sums of table entries without listing them: meet in the middle.

The groups of a domain are cut in two (Horowitz and Sahni 1974). The utilities of either part are listed and sorted:
twice a thousand entries for a million outcomes. The lowest sum that reaches a target is found by walking the two lists
towards each other, from where the target can first be met: a target near the top costs little.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

__all__ = ["Halves", "lowest_reaching", "make_halves", "worth_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Halves(NamedTuple):
    """Utilities of one side, in two parts.

    Attributes
    ----------
    first, second : ndarray
        Distinct utilities of each part, rising.
    first_keys, second_keys : ndarray
        Which combination of options has them (of several the first), counting the last group fastest.
    first_worth, second_worth : ndarray
        Utility of every combination of each part.
    noise : float
        Differences up to this are rounding.
    """

    first: Floats
    second: Floats
    first_keys: Ints
    second_keys: Ints
    first_worth: Floats
    second_worth: Floats
    noise: float


@compiled
def merge_runs(values: Floats, keys: Ints, run: int) -> tuple[Floats, Ints]:
    """Merge sorted runs of equal length into one sorted list."""
    n = values.size
    while run < n:
        merged, moved = np.empty(n), np.empty(n, np.int64)
        for low in range(0, n, 2 * run):
            i, middle, high = low, min(low + run, n), min(low + 2 * run, n)
            j = middle
            for at in range(low, high):
                if j >= high or (i < middle and values[i] <= values[j]):
                    merged[at], moved[at] = values[i], keys[i]
                    i += 1
                else:
                    merged[at], moved[at] = values[j], keys[j]
                    j += 1
        values, keys, run = merged, moved, 2 * run
    return values, keys


@compiled
def sort_sums(worths: Floats, starts: Ints, first: int, last: int) -> tuple[Floats, Ints]:
    """Sort the sums of one entry each of groups first ... last - 1.

    Parameters
    ----------
    worths : ndarray
        Entries of all groups, one after the other.
    starts : ndarray (G + 1,)
        Where each group begins.
    first, last : int
        The groups.

    Returns
    -------
    sums : ndarray
        All sums, rising.
    keys : ndarray
        The combination of options of each, counting the last group fastest.
    """
    sums, keys = np.zeros(1), np.zeros(1, np.int64)
    for g in range(first, last):
        options, run = starts[g + 1] - starts[g], sums.size
        more, labels = np.empty(options * run), np.empty(options * run, np.int64)
        for option in range(options):
            entry = worths[starts[g] + option]
            for r in range(run):
                more[option * run + r] = sums[r] + entry
                labels[option * run + r] = keys[r] * options + option
        sums, keys = merge_runs(more, labels, run)
    return sums, keys


@compiled
def drop_equals(sums: Floats, keys: Ints, noise: float) -> tuple[Floats, Ints]:
    """Keep one of each run of sums that are equal up to rounding: the combination with the smallest key."""
    kept, labels, n = np.empty_like(sums), np.empty_like(keys), 0
    for at in range(sums.size):
        if n > 0 and sums[at] - kept[n - 1] <= noise:
            labels[n - 1] = min(labels[n - 1], keys[at])
        else:
            kept[n], labels[n] = sums[at], keys[at]
            n += 1
    return kept[:n].copy(), labels[:n].copy()


@compiled
def make_halves(worths: Floats, starts: Ints, cut: int, noise: float) -> Halves:
    """List and sort the utilities of groups before the cut and from it on.

    Parameters
    ----------
    worths, starts : ndarray
        Entries of all groups, and where each begins.
    cut : int
        First group of the second part.
    noise : float
        Differences that are rounding.
    """
    one, one_keys = sort_sums(worths, starts, 0, cut)
    two, two_keys = sort_sums(worths, starts, cut, starts.size - 1)
    one_worth, two_worth = np.empty_like(one), np.empty_like(two)
    one_worth[one_keys] = one
    two_worth[two_keys] = two
    first, first_keys = drop_equals(one, one_keys, noise)
    second, second_keys = drop_equals(two, two_keys, noise)
    return Halves(first, second, first_keys, second_keys, one_worth, two_worth, noise)


@compiled
def worth_of(halves: Halves, first_key: int, second_key: int) -> float:
    """Utility of an outcome, given the combination of options in each part."""
    return float(halves.first_worth[first_key] + halves.second_worth[second_key])


@compiled
def walk(a: Floats, b: Floats, target: float) -> tuple[int, int, float, float]:
    """Walk two rising lists towards each other to the lowest sum that reaches a target.

    Every step goes down the first list or up the second by arithmetic rather than by branching, which a processor could
    not foresee.

    Returns
    -------
    i, j : int
        Entries with the lowest sum, -1 when none reaches the target.
    best, second : float
        That sum, and the lowest found in another row of the first list.
    """
    i, j, width = a.size - 1, 0, b.size
    while width > 0:  # the first entry that reaches the target with the largest of the other list, by halving
        half = width // 2
        short = j + half < b.size and a[i] + b[j + half] < target
        j, width = (j + half + 1, width - half - 1) if short else (j, half)
    at, partner, best, second = -1, -1, np.inf, np.inf
    while i >= 0 and j < b.size:
        total = a[i] + b[j]
        reached = total >= target
        found = total if reached else np.inf
        better = found < best
        second = min(second, max(best, found))
        best = found if better else best
        at = i if better else at
        partner = j if better else partner
        i -= reached
        j += not reached
    return at, partner, best, second


@compiled
def lowest_reaching(halves: Halves, target: float) -> tuple[int, int]:
    """Find the outcome with the lowest utility of at least the target.

    Returns
    -------
    first_key, second_key : int
        Its parts, -1 when no outcome reaches the target. Of several with the same utility it is the first in the order
        of outcomes.
    """
    a, b, close = halves.first, halves.second, halves.noise
    i, j, best, second = walk(a, b, target)
    if i < 0:
        return -1, -1
    first, partner = halves.first_keys[i], halves.second_keys[j]
    if second > best + close:
        return first, partner
    j = 0
    for row in range(a.size - 1, -1, -1):  # there are others with this utility
        while j < b.size and a[row] + b[j] < target:
            j += 1
        if j == b.size:
            break
        one, two = halves.first_keys[row], halves.second_keys[j]
        if a[row] + b[j] <= best + close and (one < first or (one == first and two < partner)):
            first, partner = one, two
    return first, partner
