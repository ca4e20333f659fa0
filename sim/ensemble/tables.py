"""The tables that runs end in, whichever driver played them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sim.talks.queue import queue_order
from sim.talks.setup import Setup
from sim.world import START

__all__ = ["LEVELS", "SIGNED", "TABLES", "WEEKLY", "day", "natural_place"]

#: What is known of a run, table by table.
TABLES = ("outcomes", "partners", "weekly")

#: Which tables a level keeps, from least to most; `ends` is the one table of a question that is kept by itself.
LEVELS = {
    "summary": ("summary",),
    "focal": ("outcomes", "weekly"),
    "partners": TABLES,
    "trace": (*TABLES, "events"),
    "ends": ("ends",),
}

#: The rates of a text beside those in force, which the table of partners names `tariff` and `auto_tariff`.
SIGNED = {"tariff": "signed_tariff", "auto_tariff": "signed_auto_tariff"}

#: Columns of the weekly table after place and replication, as `sim.talks.record.Record` keeps them.
WEEKLY = ("round", "focal_rate", "average_rate", "deals", "omega", "spill", "answers", "paid")

PAUSE = date(2025, 4, 9)


def day(round_: Any) -> Any:
    """Days from the order of 9 April 2025 that began the pause to the middle of the week of a round, or of many."""
    return (START - PAUSE).days + 7.0 * round_ + 2.0


def natural_place(setup: Setup) -> int:
    """Place that the scenario's order gives the focal partner."""
    return [setup.terms[i].iso for i in queue_order(setup, None)].index(setup.scenario.queue.focal) + 1
