"""The numbers of a scenario that belong to no partner."""

from __future__ import annotations

from typing import Any

from sim.ensemble.kernel.records import dtype_of, filled
from sim.mechanisms import signal_variance, weekly_capacity
from sim.talks.closing import pledge_of
from sim.talks.setup import Setup
from sim.talks.value import weekly_factor

__all__ = ["LAW", "law_of"]

#: Fields of the record; what is not a number of its own section of the scenario is explained in :func:`law_of`.
LAW = dtype_of(
    whole=(
        "seed focal rounds horizon patience offers capacity closings window pledge walk_after return_after "
        "track_interval limited answering"
    ),
    real=(
        "delta gamma credibility pause_rate auto_rate showcase showcase_value showcase_decay precedent parity clause "
        "learning signal_noise price_noise diversion pressure pressure_growth pressure_cost pressure_haste reprice "
        "reprice_step ratification ratification_noise said said_frequency said_noise said_spin toughness toughness_sd "
        "us_beta price_level_sd beta_sd resistance_sd weight_sd skill delegation escalation ceiling"
    ),
)


def law_of(setup: Setup) -> Any:
    """Lay out the numbers of a scenario, a record array (1,).

    Capacity, window and closings are those that hold in a week once attention's strength is counted; `limited` is 1
    when there is only so much of an issue, `answering` when somebody would answer with duties.
    """
    s, n = setup.scenario, len(setup.terms)
    row = {**_clock(setup), **_mechanisms(setup), **_politics(setup)}
    row |= {
        "limited": float((setup.terms[0].supply < float("inf")).any()),
        "answering": float(setup.answers.any),
        "escalation": setup.answers.escalation,
        "ceiling": setup.answers.ceiling,
        "focal": [terms.iso for terms in setup.terms].index(s.queue.focal),
        "capacity": weekly_capacity(s.mechanisms.attention.strength, s.mechanisms.attention.capacity, n),
        "closings": weekly_capacity(s.mechanisms.attention.strength, s.mechanisms.attention.closings, n),
        "window": s.mechanisms.attention.window if s.mechanisms.attention.strength > 0.0 else n,
        "pledge": pledge_of(setup.terms[0]),
    }
    return filled(LAW, [row])


def _clock(setup: Setup) -> dict[str, float]:
    s = setup.scenario
    return {
        "seed": s.seed,
        "rounds": s.clock.rounds,
        "horizon": s.clock.horizon,
        "patience": s.clock.patience,
        "delta": float(weekly_factor(s.clock.discount_rate)),
        "offers": s.session.offers,
        "gamma": s.partners.reciprocity,
        "credibility": s.threat.credibility,
        "pause_rate": s.threat.pause_rate,
        "auto_rate": s.threat.auto_rate,
        "track_interval": s.tracks.interval,
    }


def _mechanisms(setup: Setup) -> dict[str, float]:
    m = setup.scenario.mechanisms
    return {
        "showcase": m.showcase.strength,
        "showcase_value": m.showcase.value,
        "showcase_decay": m.showcase.decay,
        "precedent": m.precedent.strength,
        "parity": m.parity.strength,
        "clause": m.parity.clause,
        "learning": m.learning.strength,
        "signal_noise": signal_variance(m.learning.noise, m.learning.transparency),
        "price_noise": signal_variance(m.learning.noise, 1.0),
        "diversion": m.diversion.strength,
        "pressure": m.pressure.strength,
        "pressure_growth": m.pressure.growth,
        "pressure_cost": m.pressure.cost,
        "pressure_haste": m.pressure.haste,
    }


def _politics(setup: Setup) -> dict[str, float]:
    s = setup.scenario
    return {
        "walk_after": s.politics.walk_after,
        "return_after": s.politics.return_after,
        "reprice": s.politics.reprice,
        "reprice_step": s.politics.reprice_step,
        "ratification": s.politics.ratification,
        "ratification_noise": s.politics.ratification_noise,
        "said": s.announcements.strength,
        "said_frequency": s.announcements.frequency,
        "said_noise": s.announcements.noise,
        "said_spin": s.announcements.spin,
        "toughness": s.united_states.toughness,
        "toughness_sd": s.united_states.toughness_sd,
        "us_beta": s.united_states.beta,
        "weight_sd": s.united_states.weight_sd,
        "price_level_sd": s.partners.price_level_sd,
        "beta_sd": s.partners.beta_sd,
        "resistance_sd": s.partners.resistance_sd,
        "skill": s.partners.skill,
        "delegation": s.united_states.delegation.strength,
    }
