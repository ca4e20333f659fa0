"""The queue: whose talks open when. This is the treatment of the study."""

from __future__ import annotations

from sim.talks.setup import Setup

__all__ = ["opening_rounds", "queue_order"]


def queue_order(setup: Setup, position: int | None) -> list[int]:
    """Partners in queue order, as indices.

    The order of the others never depends on where the focal partner stands, so that twins differ in nothing else.

    Parameters
    ----------
    setup : Setup
        The scenario made ready.
    position : int, optional
        Place of the focal partner, from 1; places beyond the end mean the last. None leaves it where the order puts it.
    """
    queue = setup.scenario.queue
    isos = [terms.iso for terms in setup.terms]
    order = list(range(len(isos)))
    if queue.order != "listed":
        order.sort(key=lambda i: (-setup.terms[i].trade, isos[i]))
    if isinstance(queue.order, tuple):
        first = {iso: place for place, iso in enumerate(queue.order)}
        order.sort(key=lambda i: first.get(isos[i], len(first)))
    if position is not None:
        focal = isos.index(queue.focal)
        order.remove(focal)
        order.insert(min(position, len(isos)) - 1, focal)
    return order


def opening_rounds(setup: Setup, position: int | None) -> list[int]:
    """Round in which each partner's talks open, by index."""
    queue = setup.scenario.queue
    opens = [0] * len(setup.terms)
    if queue.opens == "together":
        return opens
    for place, i in enumerate(queue_order(setup, position)):
        opens[i] = place // queue.per_week
        iso = setup.terms[i].iso
        moved = iso == queue.focal and position is not None
        if queue.opens == "calendar" and iso in setup.openings and not moved:
            opens[i] = setup.openings[iso]
    return opens
