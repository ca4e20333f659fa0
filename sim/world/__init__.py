"""Facts and economy: who is at the table, when, and what a tariff does.

>>> from sim.world import load_world
>>> world = load_world()
>>> japan = world.partner("JPN")
>>> japan.rate_april2
0.24
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from sim.world.answer_tables import AnswerTables
from sim.world.bank import PayoffBank, load_bank, load_tables
from sim.world.calendar import START, Event, date_of, load_calendar, round_of, weeks_until
from sim.world.deals import FrameworkDeal, load_deals
from sim.world.errors import ConvergenceError, WorldDataError
from sim.world.history import SignedTerm, load_history
from sim.world.partners import Economy, load_economies, requesting
from sim.world.payoffs import PayoffTables, april2_vector, build_tables
from sim.world.response import Response
from sim.world.shelf import tables_of

if TYPE_CHECKING:
    from sim.world.answers import answer_change
    from sim.world.blocs import blocs_of
    from sim.world.choice import Choice
    from sim.world.equilibrium import Equilibrium
    from sim.world.lookup import interpolate
    from sim.world.optimal import OptimalTariff, retaliation_formula
    from sim.world.players import Players
    from sim.world.trade import TradeWorld

__all__ = [
    "START",
    "AnswerTables",
    "Choice",
    "ConvergenceError",
    "Economy",
    "Equilibrium",
    "Event",
    "FrameworkDeal",
    "OptimalTariff",
    "PayoffBank",
    "PayoffTables",
    "Players",
    "Response",
    "SignedTerm",
    "TradeWorld",
    "World",
    "WorldDataError",
    "answer_change",
    "april2_vector",
    "blocs_of",
    "build_tables",
    "date_of",
    "interpolate",
    "load_bank",
    "load_calendar",
    "load_deals",
    "load_economies",
    "load_history",
    "load_tables",
    "load_world",
    "requesting",
    "retaliation_formula",
    "round_of",
    "tables_of",
    "weeks_until",
]

_LAZY = {
    "Choice": "sim.world.choice",
    "Equilibrium": "sim.world.equilibrium",
    "OptimalTariff": "sim.world.optimal",
    "Players": "sim.world.players",
    "TradeWorld": "sim.world.trade",
    "answer_change": "sim.world.answers",
    "blocs_of": "sim.world.blocs",
    "interpolate": "sim.world.lookup",
    "retaliation_formula": "sim.world.optimal",
}


def __getattr__(name: str) -> Any:
    """Import the solver and the compiled lookup only when they are asked for."""
    if name not in _LAZY:
        raise AttributeError(f"module 'sim.world' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)


@dataclass(frozen=True, eq=False)
class World:
    """The facts of one run.

    Attributes
    ----------
    economies : tuple of Economy
        All economies of the table.
    partners : tuple of Economy
        Those that asked for talks; row k of every payoff table is partner k.
    bank : PayoffBank
        What rates are worth, by how strongly trade answers them.
    """

    economies: tuple[Economy, ...]
    partners: tuple[Economy, ...]
    bank: PayoffBank

    @property
    def tables(self) -> PayoffTables:
        """What rates are worth in the source's setting, a trade elasticity of 4 from the first day."""
        return self.bank.source

    def tables_over(self, response: Response, weeks: float) -> PayoffTables:
        """Return what rates are worth a year on average over the first weeks; see `PayoffBank.over`."""
        return self.bank.over(response, weeks)

    @cached_property
    def index(self) -> dict[str, int]:
        """Place of each partner among the partners and in the tables."""
        return {partner.iso3: k for k, partner in enumerate(self.partners)}

    def partner(self, iso3: str) -> Economy:
        """Return the partner with a code; raise KeyError if it did not ask for talks."""
        return self.partners[self.index[iso3]]


@cache
def load_world() -> World:
    """Read the world shipped with the package, once.

    Raises
    ------
    WorldDataError
        If the payoff tables were made from other facts than those beside them.
    """
    economies, bank = load_economies(), load_bank()
    bank.check(economies)
    return World(economies, requesting(economies), bank)
