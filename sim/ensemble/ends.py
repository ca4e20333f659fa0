"""How runs end for every partner, for questions that open talks otherwise than by the place of the focal partner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.engine import Engine, facts_kept
from sim.ensemble.errors import StoreError
from sim.talks.preferences import Luck
from sim.talks.setup import Hand, Setup

__all__ = ["Ends", "ends_by"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Ends(NamedTuple):
    """What runs are worth.

    Attributes
    ----------
    value, us_value : ndarray (B, S, Q, N)
        Present value of the whole horizon to each partner, and of each partner to the United States, USD bn: by
        replication, setting and openings.
    """

    value: Floats
    us_value: Floats


def ends_by(engine: Engine, setups: Sequence[Setup], opens: Ints, block: range) -> Ends:
    """Play the replications of a block under S settings with Q openings each, all with the luck of the replication.

    Parameters
    ----------
    engine : Engine
        Which driver; the numbers are the same.
    setups : sequence of Setup
        The settings; they differ in the strengths of their mechanisms and in nothing else.
    opens : ndarray (Q, N)
        Rounds in which the talks of each partner open.
    block : range
        Replications.

    Raises
    ------
    StoreError
        When both drivers play and do not agree to the last bit.
    """
    if engine is Engine.MESA:
        return _by_agents(setups, opens, block)
    found = _by_arrays(setups, opens, block)
    if engine is Engine.BOTH:
        other = _by_agents(setups, opens, block)
        if not all(np.array_equal(one, two) for one, two in zip(found, other, strict=True)):
            raise StoreError(f"--engine both: replications {block[0]} to {block[-1]} end differently")
    return found


def _by_arrays(setups: Sequence[Setup], opens: Ints, block: range) -> Ends:
    from sim.ensemble.kernel.law import law_of
    from sim.ensemble.kernel.play import new_outcomes, play_block
    from sim.ensemble.kernel.talks import new_talks

    facts, laws = facts_kept(setups[0]), np.concatenate([law_of(setup) for setup in setups])
    outcomes = new_outcomes(facts, len(block) * len(laws) * len(opens))
    play_block(new_talks(facts), laws, np.ascontiguousarray(opens), block[0], outcomes)
    shape = len(block), len(laws), len(opens), opens.shape[1]
    return Ends(*(outcomes.partners[name].reshape(shape) for name in Ends._fields))


def _by_agents(setups: Sequence[Setup], opens: Ints, block: range) -> Ends:
    from sim.talks.model import TariffTalks

    found = np.empty((2, len(block), len(setups), *opens.shape))
    for b, replication in enumerate(block):
        for s, setup in enumerate(setups):
            hand = Hand(setup, Luck(setup.scenario.seed, replication))
            for q, rounds in enumerate(opens.tolist()):
                partners = TariffTalks(hand, opens=rounds, collect=False).run().partners
                found[:, b, s, q] = [[p.value for p in partners], [p.us_value for p in partners]]
    return Ends(*found)
