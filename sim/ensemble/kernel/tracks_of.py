"""Issues on tracks of their own, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.talks.setup import Setup

__all__ = ["TrackFacts", "track_facts_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class TrackFacts(NamedTuple):
    """`sim.talks.terms.Apart` of all T tracks, partner by partner.

    Attributes
    ----------
    partner, issue, levels : ndarray (T,)
        Whose it is, about which issue, and how many levels there are.
    cost, benefit, units : ndarray (T, L)
        By level, the last in the issue's own unit; beyond the last level, zeros.
    sanction, price : ndarray (T,)
        Yearly cost of having no agreement after the deadline to the partner, and to the United States.
    first : ndarray (N + 1,)
        First track of each partner, and the end.
    """

    partner: Ints
    issue: Ints
    levels: Ints
    cost: Floats
    benefit: Floats
    units: Floats
    sanction: Floats
    price: Floats
    first: Ints


def track_facts_of(setup: Setup) -> TrackFacts:
    """Lay out all tracks."""
    tracks = [(i, apart) for i, terms in enumerate(setup.terms) for apart in terms.apart]
    width = max((apart.values.size for _, apart in tracks), default=1)

    def rows(field: str) -> Floats:
        out = np.zeros((len(tracks), width))
        for n, (_, apart) in enumerate(tracks):
            row = getattr(apart, field)
            out[n, : row.size] = row
        return out

    return TrackFacts(
        partner=np.array([i for i, _ in tracks], dtype=np.int64),
        issue=np.array([apart.k for _, apart in tracks], dtype=np.int64),
        levels=np.array([apart.values.size for _, apart in tracks], dtype=np.int64),
        cost=rows("cost"),
        benefit=rows("benefit"),
        units=rows("values"),
        sanction=np.array([apart.sanction for _, apart in tracks], dtype=np.float64),
        price=np.array([apart.price for _, apart in tracks], dtype=np.float64),
        first=np.cumsum([0, *(len(terms.apart) for terms in setup.terms)]).astype(np.int64),
    )
