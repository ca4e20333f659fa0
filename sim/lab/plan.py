"""What a teacher chooses, and the room that is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from sim.ensemble.code import code_version
from sim.lab.hints import HINTS
from sim.lab.places import places_of
from sim.lab.refused import Refused
from sim.lab.room import LuckRule, Pace, Room, beginning, scenario_of
from sim.scenario import Scenario
from sim.scenario.codes import requesting

__all__ = ["KINDS", "Plan", "new_room"]

#: Most characters of a title, and most kinds of luck.
TITLE, KINDS = 80, 1_000_000


@dataclass(frozen=True)
class Plan:
    """What a teacher chooses.

    Attributes
    ----------
    text : str
        A scenario as YAML.
    title : str
        What the class is called; the title of the scenario when empty.
    iso : str
        Partner whose seat everybody plays; the focal partner of the scenario when empty.
    places : str
        How students are dealt to places in the queue: a key of :data:`sim.lab.places.DEALS`, or a list as ``1, 3, 6``.
    luck, replication, pace, hints
        As in :class:`sim.lab.room.Room`.
    """

    text: str
    title: str = ""
    iso: str = ""
    places: str = "halves"
    luck: LuckRule = "same"
    replication: int = 0
    pace: Pace = "together"
    hints: int = HINTS


def new_room(plan: Plan, code: str, created: str) -> Room:
    """Make the room of a plan.

    Raises
    ------
    Refused
        When it cannot be played; the text says what is wrong with the plan.
    """
    scenario = _scenario(plan)
    if not 0 <= plan.hints <= HINTS:
        raise Refused(f"A student may have 0 to {HINTS} hints.")
    if not 0 <= plan.replication < KINDS:
        raise Refused(f"The number of the luck goes from 0 to {KINDS - 1}.")
    if plan.luck not in ("same", "own") or plan.pace not in ("together", "free"):
        raise Refused("Luck is same or own, the pace together or free.")
    partners = len(requesting() if scenario.partners.include is None else scenario.partners.include)
    return Room(
        code=code,
        title=" ".join(plan.title.split())[:TITLE] or scenario.title[:TITLE],
        text=plan.text,
        iso=plan.iso or scenario.queue.focal,
        places=places_of(plan.places, partners),
        luck=plan.luck,
        pace=plan.pace,
        replication=plan.replication,
        hints=plan.hints,
        created=created,
        version=code_version(),
    )


def _scenario(plan: Plan) -> Scenario:
    """Read the scenario of a plan, and see to it that the seat is one of it."""
    scenario = scenario_of(plan.text)
    if scenario.session.protocol != "offers":
        raise Refused("This scenario has no offers to make: it is settled by theory (protocol nash).")
    beginning(plan.text, plan.iso or scenario.queue.focal)
    return scenario
