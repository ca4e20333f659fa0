"""What goes on beside the talks: tracks of their own, announcements, retaliation."""

from __future__ import annotations

from sim.scenario.fields import Section, param

__all__ = ["Announcements", "Retaliation", "Tracks"]


class Tracks(Section):
    """Sessions of their own for issues on a `separate` table, such as the currency among finance ministers.

    Nothing is linked there: without an agreement at the deadline the United States impose a sanction on the issue
    alone, such as naming a manipulator or billing for troops.
    """

    interval: int = param(
        4,
        "Weeks between two sessions of a track",
        unit="weeks",
        bounds=(1, 52),
        source="finance ministers met on 24 April and 21 May 2025",
    )
    sanction: float = param(
        0.8,
        "Yearly cost to the partner of having no agreement after the deadline, as a share of the issue's scale",
        unit="1/yr",
        bounds=(0.0, 5.0),
    )
    sanction_price: float = param(0.1, "The same cost to the United States", unit="1/yr", bounds=(0.0, 5.0))


class Announcements(Section):
    """What is said in public after a session, and what others make of it."""

    strength: float = param(
        1.0, "How far other partners take statements into account; 0: nobody listens", bounds=(0.0, 1.0)
    )
    frequency: float = param(0.3, "Probability that a session ends with a statement", bounds=(0.0, 1.0))
    noise: float = param(1.0, "Noise of one statement about the toughness of the United States", bounds=(0.05, 10.0))
    spin: float = param(
        0.05, "How much tougher than they are the United States make themselves sound", bounds=(-0.5, 0.5)
    )


class Retaliation(Section):
    """Duties on US goods while a partner bears the threat, and what the United States add to it."""

    partners: tuple[str, ...] = param((), "ISO codes that answer a threat that has been carried out")
    strength: float = param(1.0, "Multiplies the duty they levy", bounds=(0.0, 1.0))
    rate: float = param(0.15, "Duty on US goods", unit="fraction", bounds=(0.0, 0.5))
    escalation: float = param(
        0.5, "What the United States add to the threatened rate per point of that duty", bounds=(0.0, 2.0)
    )
    ceiling: float = param(0.5, "Highest rate they go to in answer", unit="fraction", bounds=(0.0, 1.0))
