"""What the textbook says of the queue: one hub that deals with identical partners one after the other."""

from __future__ import annotations

import pandas as pd

from sim.bargaining.theory import sequential_hub

__all__ = ["CURVES", "theory_curves"]

#: V(n) of n deals among N as a power of n / N, by the name of its shape.
CURVES = {"concave: each deal adds less": 0.5, "linear": 1.0, "convex: each deal adds more": 2.0}


def theory_curves(partners: int) -> pd.DataFrame:
    """Solve the sequential hub for three shapes of its value of deals, all split evenly.

    With two partners the first gets V(2)/4 and the second (V(2) - V(1))/2: being first pays where V is concave, is
    worth nothing where it is linear, and costs where it is convex.

    Parameters
    ----------
    partners : int
        N, places in the queue.

    Returns
    -------
    DataFrame
        `curve`, `place`, `advantage`: what the partner at a place gets more than the one at the last, as a share of
        V(N).
    """
    rows = []
    for curve, power in CURVES.items():
        shares = sequential_hub([(n / partners) ** power for n in range(partners + 1)], partners).shares
        rows += [
            {"curve": curve, "place": place, "advantage": share - shares[-1]}
            for place, share in enumerate(shares, start=1)
        ]
    return pd.DataFrame(rows)
