"""Why order may matter: seven mechanisms, one file each, as rules that compile; each is absent at strength 0.

Beside them a lever of the talks, retaliation, under the same rule.
"""

from sim.mechanisms.attention import close_texts, seat_talks, weekly_capacity
from sim.mechanisms.diversion import world_states
from sim.mechanisms.learning import bounded_mean, bounded_variance, revise_mean, revise_variance, signal_variance
from sim.mechanisms.parity import levelled, raised_reservation, same_terms
from sim.mechanisms.precedent import EXPECTED_CUT, precedent_cost, precedent_slope, precedent_weights, similarity
from sim.mechanisms.pressure import hastened, pain, pressure
from sim.mechanisms.retaliation import answering_duty, escalated_rate
from sim.mechanisms.showcase import headlines_so_far, showcase_value

__all__ = [  # noqa: RUF022  (grouped, as the reference page is)
    # attention
    "close_texts",
    "seat_talks",
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
    "headlines_so_far",
    "showcase_value",
    # retaliation, a lever
    "answering_duty",
    "escalated_rate",
]
