"""The figures of a debrief, each with its data and with words for those who do not see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from sim.lab.debrief import Debrief
from sim.plots import offer_path, percentile_strip, twin_openings, utility_space, value_left
from sim.plots.page import Size
from sim.plots.style import Provenance

__all__ = ["FIGURES", "NARROW", "Plate", "on_phone"]

#: Width of figures on a phone, inches.
NARROW = 3.7


@dataclass(frozen=True)
class Plate:
    """One figure of a debrief.

    Attributes
    ----------
    stem, heading : str
        Name of its files, and the question above it.
    draw : callable
        Makes the figure, as wide as told or as wide as it likes.
    data : callable
        The numbers in it.
    alt : callable
        What it shows, in words.
    instead : callable
        What to say in place of the figure where there is nothing to draw; nothing as a rule.
    """

    stem: str
    heading: str
    draw: Callable[[Debrief, Provenance, Size | None], Figure]
    data: Callable[[Debrief], pd.DataFrame]
    alt: Callable[[Debrief], str]
    instead: Callable[[Debrief], str] = lambda found: ""


def _space(found: Debrief, origin: Provenance, size: Size | None) -> Figure:
    return utility_space(found.trace, origin, size=size or (7.2, 5.6))


def _path(found: Debrief, origin: Provenance, size: Size | None) -> Figure:
    return offer_path(found.offers, origin, name=found.name, size=size or (7.2, 4.6))


def _left(found: Debrief, origin: Provenance, size: Size | None) -> Figure:
    return value_left(_left_rows(found), origin, name=found.name, size=size or (7.2, 4.4))


def _strip(found: Debrief, origin: Provenance, size: Size | None) -> Figure:
    return percentile_strip(found.value, found.simulated, origin, week=found.signed, size=size or (7.2, 3.9))


def _twins(found: Debrief, origin: Provenance, size: Size | None) -> Figure:
    return twin_openings(found.twins, origin, size=size or (7.2, 4.2))


def _left_rows(found: Debrief) -> pd.DataFrame:
    columns = ["issue", "signed", "better", "own", "us"]
    return pd.DataFrame([vars(line) for line in found.left], columns=columns)


def _space_alt(found: Debrief) -> str:
    offers, deal = len(found.trace.offers), found.trace.deal
    end = "no deal" if deal is None else f"a deal worth {deal[0]:.1f} to {found.name} and {deal[1]:.1f} to the US"
    return f"Gains of both sides: {offers} offers, the frontier, the Nash point, and {end}, USD bn."


def _path_alt(found: Debrief) -> str:
    return f"Offers of {found.name} and of the United States by week, one panel for each issue."


def _left_alt(found: Debrief) -> str:
    return f"Value left on the table issue by issue: USD {found.left_total:.1f} bn for {found.name}."


def _nothing_left(found: Debrief) -> str:
    """Say why there is no value left on the table to draw."""
    if found.left:
        return ""
    if found.trace.deal is None:
        return "No package would have been better than no deal for both sides in your last session."
    return "Nothing: no other package would have been better for you and no worse for the United States."


def _strip_alt(found: Debrief) -> str:
    return f"Your value of USD {found.value:.1f} bn is above {100 * found.percentile:.0f} % of simulated negotiators."


def _twins_alt(found: Debrief) -> str:
    rows = [f"{row.who}, opened in week {row.opened}: {row.value:.1f}" for row in found.twins.itertuples()]
    return f"Value by week of opening, USD bn. {'; '.join(rows)}."


#: The figures of a debrief, in the order in which they are looked at.
FIGURES = (
    Plate("utility_space", "What was there to agree on?", _space, lambda found: found.trace.offers, _space_alt),
    Plate("offer_path", "Who moved, when, and on what?", _path, lambda found: found.offers, _path_alt),
    Plate("value_left", "What did you leave on the table?", _left, _left_rows, _left_alt, _nothing_left),
    Plate("percentile", "How would others have done?", _strip, lambda found: found.simulated, _strip_alt),
    Plate("twins", "And in another week?", _twins, lambda found: found.twins, _twins_alt),
)


def on_phone(plate: Plate, found: Debrief, origin: Provenance) -> Figure:
    """Draw a figure for a narrow screen."""
    return plate.draw(found, origin, (NARROW, 5.0))
