"""The seven reasons why order may matter, each off at strength 0."""

from __future__ import annotations

from sim.scenario.fields import Section, param

__all__ = [
    "MECHANISMS",
    "Attention",
    "Diversion",
    "Learning",
    "Mechanisms",
    "Parity",
    "Precedent",
    "Pressure",
    "Rush",
    "Showcase",
]

MECHANISMS = ("attention", "showcase", "precedent", "parity", "learning", "diversion", "pressure")


class Rush(Section):
    """The last weeks before a deadline, in which the delegation works through.

    Hours and closings rise, texts get short, and whoever has much at stake or a draft that lies ready goes first.
    """

    weeks: int = param(1, "Last weeks before a deadline in which it does so; 0 never", unit="weeks", bounds=(0, 20))
    sessions: int = param(28, "Sessions a week then", unit="sessions/week", bounds=(1, 200))
    window: int = param(200, "How many open talks are scheduled then", unit="partners", bounds=(1, 200))
    closings: int = param(
        14,
        "Deals that can be closed in a week then",
        unit="deals/week",
        bounds=(1, 100),
        source="eight frameworks in the last week of July 2025",
    )
    text: float = param(0.1, "Share of its usual sessions that a text takes then", bounds=(0.0, 1.0))
    stakes: float = param(
        6.83,
        "Exponent of the threatened rate over the rate of the pause in the choice of whom to meet",
        bounds=(0.0, 10.0),
    )
    drafts: float = param(
        4.0, "How many times as much a text agreed in principle weighs in that choice", bounds=(1.0, 100.0)
    )


class Attention(Section):
    """The United States can hold few sessions a week."""

    strength: float = param(
        1.0, "0: every open talk meets every week; 1: capacity binds; between: capacity / strength", bounds=(0.0, 1.0)
    )
    capacity: int = param(
        7,
        "C: sessions a week",
        unit="sessions/week",
        bounds=(1, 100),
        source="6 partners a week planned, 18 in three weeks (press, 25 April 2025)",
    )
    window: int = param(
        18,
        "W: how many open talks are scheduled at one time",
        unit="partners",
        bounds=(1, 200),
        source="18 important relationships (press, 25 April and 6 May 2025)",
    )
    closings: int = param(
        2,
        "Deals that can be closed in a week: every text crosses the President's desk",
        unit="deals/week",
        bounds=(1, 100),
        source="never more than two in a week up to 22 July 2025",
    )
    importance: float = param(0.35, "Exponent of two-way trade in a partner's importance", bounds=(0.0, 2.0))
    absence: float = param(
        0.8,
        "Spread (log scale) of a draw a week on each partner's waiting time: holidays, illness, other business",
        bounds=(0.0, 3.0),
    )
    rush: Rush = Rush()


class Showcase(Section):
    """An early deal is a political win."""

    strength: float = param(1.0, "Multiplies the value of the win", bounds=(0.0, 5.0))
    value: float = param(
        8.0,
        "v0: what the first deal with a large partner is worth to the United States, once",
        unit="USD bn",
        bounds=(0.0, 100.0),
    )
    decay: float = param(
        3.0, "n0: number of deals with large partners over which the win fades by e", unit="deals", bounds=(0.2, 50.0)
    )


class Precedent(Section):
    """What is granted to one is asked for by the rest."""

    strength: float = param(
        0.0432, "pi: share of what the others would ask for that the delegation counts", bounds=(0.0, 1.0)
    )


class Parity(Section):
    """Nobody takes less than a comparable peer."""

    strength: float = param(
        0.25, "eta: share of the best comparable terms that enters the reservation value", bounds=(0.0, 1.0)
    )
    clause: float = param(
        0.25, "Probability that a deal carries a clause levelling it to later comparable ones", bounds=(0.0, 1.0)
    )
    similarity: float = param(0.4, "Similarity from which a peer counts as comparable", bounds=(0.0, 1.0))


class Learning(Section):
    """The record teaches both sides."""

    strength: float = param(1.0, "Share of the Bayesian revision that is made", bounds=(0.0, 1.0))
    transparency: float = param(0.5, "1 - opacity: how much of the terms is published", bounds=(0.0, 1.0))
    noise: float = param(0.25, "Noise of one deal's signal at half transparency", bounds=(0.01, 5.0))


class Diversion(Section):
    """Rivals' tariffs move my trade."""

    strength: float = param(
        1.0, "0: the state of the world stays where it began; 1: it follows tariffs in force", bounds=(0.0, 1.0)
    )


class Pressure(Section):
    """The pain of tariffs accumulates."""

    strength: float = param(1.0, "Multiplies both effects", bounds=(0.0, 5.0))
    growth: float = param(
        0.35, "Growth of pressure per tariff-week at a rate of 100 per cent", unit="1/week", bounds=(0.0, 5.0)
    )
    cost: float = param(
        0.795, "Rise in the yearly cost of no deal at full pressure, as a share of the duties paid", bounds=(0.0, 2.0)
    )
    haste: float = param(0.2, "Rise in beta at full pressure (log scale)", bounds=(0.0, 3.0))


class Mechanisms(Section):
    """All seven; `strength: 0` turns one off."""

    reach: float = param(1.0, "How far likeness of partners stretches, in precedent and parity", bounds=(0.1, 10.0))
    attention: Attention = Attention()
    showcase: Showcase = Showcase()
    precedent: Precedent = Precedent()
    parity: Parity = Parity()
    learning: Learning = Learning()
    diversion: Diversion = Diversion()
    pressure: Pressure = Pressure()
