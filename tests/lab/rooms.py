"""A class of the scenario `classroom`, and the plan it is made of."""

from __future__ import annotations

from dataclasses import replace

from sim.lab.plan import Plan, new_room
from sim.lab.room import Room
from sim.scenario import catalogue

TEXT = catalogue()["classroom"].read_text(encoding="utf-8")


def a_plan(**changes: object) -> Plan:
    return replace(Plan(TEXT), **changes)


def a_room(**changes: object) -> Room:
    return replace(new_room(a_plan(), "ABC234", "2025-04-14T09:00:00+00:00"), **changes)
