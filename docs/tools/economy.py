"""Tables of the page of the economy that are worked out anew whenever the page is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.horizon import FLOWS, SHOWN, Closeness, closeness
from docs.tools.marks import table
from sim.world import load_world

__all__ = ["horizon_table"]


def horizon_table() -> str:
    """Return how close the mean over the horizon is to a response carried from week to week."""
    found = closeness(load_world())
    head = ["", "for", "PV, USD bn", "PV off by, %", "USD bn", "week 8 less 15: carried", "mean", "off by, %"]
    return table(head, (line for flow in FLOWS for line in _lines(flow, [one for one in found if one.flow == flow])))


def _lines(flow: str, found: Sequence[Closeness]) -> Iterator[list[object]]:
    for one in (one for one in found if one.iso3 in SHOWN):
        apart = (" / ".join(f"{bn:.2f}" for bn in values) for values in (one.earlier, one.averaged))
        off, between = (f"{100 * share:.1f}" for share in (one.share, one.error()))
        yield [one.iso3, FLOWS[flow], f"{one.value:.1f}", off, f"{one.money:.2f}", *apart, between]
    for words, point in (("median of 80", 0.5), ("ninth decile", 0.9)):
        off, money, between = (
            float(np.quantile([measure(one) for one in found], point))
            for measure in (lambda one: one.share, lambda one: one.money, Closeness.error)
        )
        yield [words, FLOWS[flow], "", f"{100 * off:.1f}", f"{money:.2f}", "", "", f"{100 * between:.1f}"]
