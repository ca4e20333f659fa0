"""Why order may matter: seven mechanisms, one file each, as rules that compile; each is absent at strength 0.

Beside them a lever of the talks, retaliation, under the same rule.
"""

from sim.mechanisms.attention import (
    by_importance,
    close_texts,
    rush_priority,
    rushes,
    seat_talks,
    sessions_needed,
    waited,
    weekly_capacity,
)
from sim.mechanisms.diversion import world_states
from sim.mechanisms.learning import bounded_mean, bounded_variance, revise_mean, revise_variance, signal_variance
from sim.mechanisms.parity import levelled, raised_reservation, same_terms
from sim.mechanisms.precedent import EXPECTED_CUT, precedent_cost, precedent_slope, precedent_weights, similarity
from sim.mechanisms.pressure import hastened, pain, pressure
from sim.mechanisms.retaliation import answering_duty, escalated_rate
from sim.mechanisms.showcase import fading, headlines_so_far, showcase_value, showcase_worth

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # attention
    "by_importance",
    "close_texts",
    "rush_priority",
    "rushes",
    "seat_talks",
    "sessions_needed",
    "waited",
    "weekly_capacity",
    # diversion
    "world_states",
    # learning
    "bounded_mean",
    "bounded_variance",
    "revise_mean",
    "revise_variance",
    "signal_variance",
    # parity
    "levelled",
    "raised_reservation",
    "same_terms",
    # precedent
    "EXPECTED_CUT",
    "precedent_cost",
    "precedent_slope",
    "precedent_weights",
    "similarity",
    # pressure
    "hastened",
    "pain",
    "pressure",
    # showcase
    "fading",
    "headlines_so_far",
    "showcase_value",
    "showcase_worth",
    # retaliation, a lever
    "answering_duty",
    "escalated_rate",
]
