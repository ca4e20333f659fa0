"""The numbers of each partner."""

from __future__ import annotations

from typing import Any

from sim.ensemble.kernel.records import dtype_of, filled
from sim.scenario import Scenario
from sim.talks.levers import lever_costs
from sim.talks.setup import Setup
from sim.talks.terms import Terms

__all__ = ["CARD", "cards_of"]

#: `general` and `autos` are the parts of trade that pay either rate, `bite`, `price` and `paid` the costs of the
#: Treasury lever, `duty` an answer once it is given, `threat` the rate that a snap brings before any letter.
CARD = dtype_of(
    whole="key to_close sessions_before sign_from",
    real="us_imports general autos beta threat bite price paid duty red_line april",
)


def cards_of(setup: Setup) -> Any:
    """Lay out the numbers of all partners, a record array (N,)."""
    duties = setup.answers.duties
    return filled(CARD, [_card(setup.scenario, terms, duties[i]) for i, terms in enumerate(setup.terms)])


def _card(scenario: Scenario, terms: Terms, duty: float) -> dict[str, float]:
    override = scenario.partners.overrides.get(terms.iso)
    bite, price, paid = lever_costs(scenario, terms.economy)
    own = None if override is None else override.beta
    return {
        "key": terms.economy.key,
        "to_close": terms.to_close,
        "sessions_before": 0 if override is None else override.sessions_before,
        "us_imports": terms.economy.us_imports,
        "general": terms.duty[0],
        "autos": terms.duty[1],
        "sign_from": scenario.queue.sign_from if terms.iso == scenario.queue.focal else 0,
        "beta": scenario.partners.beta if own is None else own,
        "threat": terms.april,
        "bite": bite,
        "price": price,
        "paid": paid,
        "duty": duty,
        "red_line": terms.bounds[0],
        "april": terms.bounds[1],
    }
