"""How students are dealt to places in the queue."""

from __future__ import annotations

import re

from sim.lab.refused import Refused

__all__ = ["DEALS", "places_of"]

#: Ready-made deals in words.
DEALS = {
    "halves": "first and last in turn",
    "first": "everybody first",
    "last": "everybody last",
    "each": "all places in turn",
}
#: Most places that a list of one's own can name.
LISTED = 60


def places_of(words: str, partners: int) -> tuple[int, ...]:
    """Return the places that are dealt in turn, from 1.

    Parameters
    ----------
    words : str
        A key of :data:`DEALS`, or places as ``1, 3, last``.
    partners : int
        How many partners are in the queue.

    Raises
    ------
    Refused
        When it names no places of this queue.

    >>> places_of("halves", 6), places_of("1, 3, last", 6)
    ((1, 6), (1, 3, 6))
    """
    ready = {"halves": (1, partners), "first": (1,), "last": (partners,), "each": tuple(range(1, partners + 1))}
    if words in ready:
        return ready[words]
    listed = [word for word in re.split(r"[\s,;]+", words.strip().lower()) if word]
    if not 1 <= len(listed) <= LISTED:
        raise Refused(f"Name between one and {LISTED} places, as in: 1, 3, last.")
    return tuple(_place(word, partners) for word in listed)


def _place(word: str, partners: int) -> int:
    """Read one place."""
    if word == "last":
        return partners
    if not re.fullmatch(r"[0-9]{1,3}", word) or not 1 <= int(word) <= partners:
        raise Refused(f"{word[:20]} is no place in this queue: they go from 1 to {partners}, and last.")
    return int(word)
