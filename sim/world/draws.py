"""Random duties: what the payoff tables are fitted to, and what they are held against."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.world.partners import Economy, requesting
from sim.world.payoffs import BASELINE, april2_vector
from sim.world.trade import TradeWorld

__all__ = ["KINDS", "Kind", "random_duties"]

Array = npt.NDArray[np.float64]
Kind = Literal["even", "talks"]
KINDS: tuple[Kind, ...] = ("even", "talks")
OTHERS = (0.4, 1.2)
"""Range of the multiple of 2 April at which the economies outside the talks stand."""
DEALS = (0.10, 0.20)
"""Range of the rates that deals end at."""


def random_duties(
    world: TradeWorld, economies: tuple[Economy, ...], draws: int, seed: int, kind: Kind = "even"
) -> Array:
    """Draw vectors of effective duties.

    Parameters
    ----------
    world, economies
        Whose players to tax, and the table of partners.
    draws, seed : int
        Number of vectors, and of the generator.
    kind : {"even", "talks"}
        "even": every partner's duty evenly between 0.10 and 1.25 times its rate of 2 April, each on its own. "talks":
        every partner at 0.10, at a deal's rate (evenly between 0.10 and 0.20) or at its rate of 2 April, a third each.
        The economies outside the talks stand at those of 2 April times one draw from 0.4 to 1.2.

    Returns
    -------
    ndarray of shape (J, draws)
        By player, in the order of the world.
    """
    rng = np.random.default_rng(seed)
    april = world.player_vector(april2_vector(economies))
    duties = april[:, None] * rng.uniform(*OTHERS, draws)
    rows = np.array([world.players.index(partner.iso3) for partner in requesting(economies)])
    threat = np.maximum(BASELINE, april[rows])[:, None]
    shape = (len(rows), draws)
    if kind == "even":
        duties[rows] = rng.uniform(BASELINE, 1.25 * threat, shape)
    else:
        standing = rng.integers(0, 3, shape)
        duties[rows] = np.choose(standing, [BASELINE, rng.uniform(*DEALS, shape), threat])
    return np.asarray(duties)
