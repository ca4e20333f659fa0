"""Which negotiator sits where: as the scenario says, by side, group and partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from sim.luck import Purpose, uniform
from sim.scenario import Scenario
from sim.scenario.tactics import BUILT_IN, chosen_for, read_choice
from sim.talks.seats import Seat, TimedSeat
from sim.talks.situation import Side
from sim.talks.tactic_seat import TacticSeat
from sim.talks.terms import Terms, size_of

if TYPE_CHECKING:
    from sim.talks.model import TariffTalks

__all__ = ["seat_for", "tactic_at"]

SEEDS = 2**31


def seat_for(model: TariffTalks, terms: Terms, side: Side) -> Seat:
    """Make the negotiator of a side at a partner's table.

    What it draws comes from the run's luck, by partner and side, unless the scenario fixes its seed; twins share it.
    """
    name, options = tactic_at(model.experiment, terms, side)
    if name == BUILT_IN:
        return TimedSeat(model.experiment.partners.reciprocity)
    from sim.bargaining.tactics import Tactic
    from sim.interop.by_name import make_negotiator

    made = make_negotiator(name, options, _seed(model, terms, side))
    seat: Seat = TacticSeat(made) if isinstance(made, Tactic) else made
    return seat


def tactic_at(scenario: Scenario, terms: Terms, side: Side) -> tuple[str, dict[str, Any]]:
    """Return name and options of the tactic that the scenario gives a side at a partner's table."""
    whose: Literal["partner", "united_states"] = "partner" if side is Side.PARTNER else "united_states"
    listed = terms.economy.rate_april2 > scenario.threat.pause_rate
    return read_choice(chosen_for(scenario, whose, terms.iso, size_of(scenario, terms.trade), listed))


def _seed(model: TariffTalks, terms: Terms, side: Side) -> int:
    """Seed of what a tactic draws."""
    luck, which = model.luck, int(side is Side.US)
    return int(SEEDS * uniform(luck.seed, luck.replication, terms.economy.key, int(Purpose.TACTIC), which))
