"""The outcomes of a class before those of simulated negotiators in the same seat."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
from matplotlib.figure import Figure

from sim.ensemble.engine import Engine, chosen_engine, tables_by
from sim.lab.room import Room, name_of, scenario_of
from sim.plots import Provenance, class_overlay
from sim.plots.page import Size
from sim.talks.setup import prepare

__all__ = ["overlay_of", "simulated"]

#: Simulated negotiators at every place, by either driver.
RUNS = {Engine.COMPILED: 200, Engine.MESA: 20}
KEPT = 16


@lru_cache(maxsize=KEPT)
def simulated(text: str, iso: str, places: tuple[int, ...]) -> pd.DataFrame:
    """Return what simulated negotiators get in a seat.

    Parameters
    ----------
    text, iso : str
        Scenario as YAML, and the partner.
    places : tuple of int
        Places in the queue, from 1.

    Returns
    -------
    DataFrame
        A row a run: place, value (USD bn, present value of the whole horizon).
    """
    scenario = scenario_of(text)
    queue = scenario.queue.model_copy(update={"focal": iso, "position": places})
    setup = prepare(scenario.model_copy(update={"queue": queue}))
    engine = chosen_engine(setup, RUNS[Engine.COMPILED])
    outcomes = tables_by(engine, setup, range(RUNS[engine]), "partners")["outcomes"]
    return outcomes[["position", "value"]].rename(columns={"position": "place"})


def overlay_of(room: Room, students: pd.DataFrame, size: Size = (7.2, 4.2), *, names: bool = False) -> Figure:
    """Draw the class overlay of a room; `students` is from :func:`sim.lab.roster.class_frame`."""
    behind = simulated(room.text, room.iso, tuple(sorted(set(room.places))))
    runs = int(behind.groupby("place").size().max())
    provenance = Provenance.of(scenario_of(room.text), runs)
    return class_overlay(students, behind, provenance, size=size, name=name_of(room.iso), show_names=names)
