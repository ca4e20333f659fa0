"""The numbers of a scenario that belong to no partner."""

from __future__ import annotations

from typing import Any

from sim.ensemble.kernel.records import dtype_of, filled
from sim.mechanisms import signal_variance, weekly_capacity
from sim.talks.closing import pledge_of
from sim.talks.court import dated_ruling
from sim.talks.setup import Setup
from sim.talks.value import weekly_factor

__all__ = ["LAW", "law_of"]

#: Fields of the record; what is not a number of its own section of the scenario is explained in :func:`law_of`.
LAW = dtype_of(
    whole=(
        "seed focal rounds horizon patience extension offers capacity closings window pledge walk_after return_after "
        "track_interval limited answering rush_weeks rush_capacity rush_window rush_closings ruling"
    ),
    real=(
        "delta gamma credibility pause_rate auto_rate showcase showcase_value showcase_decay precedent parity clause "
        "learning signal_noise price_noise diversion pressure pressure_growth pressure_cost pressure_haste reprice "
        "reprice_step ratification ratification_noise said said_frequency said_noise said_spin toughness toughness_sd "
        "us_beta price_level_sd beta_sd resistance_sd weight_sd skill delegation escalation ceiling "
        "absence rush_text rush_stakes rush_drafts common drawn_opener hazard us_hazard partner_hazard"
    ),
)


def law_of(setup: Setup) -> Any:
    """Lay out the numbers of a scenario, a record array (1,).

    Capacity, window and closings are those that hold in a week once attention's strength is counted; `limited` is 1
    when there is only so much of an issue, `answering` when somebody would answer with duties; `ruling` is the round of
    a dated ruling, -1 without one.
    """
    s = setup.scenario
    row = {**_clock(setup), **_attention(setup), **_mechanisms(setup), **_politics(setup)}
    row |= {
        "limited": float((setup.terms[0].supply < float("inf")).any()),
        "answering": float(setup.answers.any),
        "escalation": setup.answers.escalation,
        "ceiling": setup.answers.ceiling,
        "focal": [terms.iso for terms in setup.terms].index(s.queue.focal),
        "ruling": dated_ruling(s),
        "hazard": s.court.hazard,
        "us_hazard": s.court.us_belief,
        "partner_hazard": s.court.partner_belief,
        "pledge": pledge_of(setup.terms[0]),
    }
    return filled(LAW, [row])


def _attention(setup: Setup) -> dict[str, float]:
    a, n = setup.scenario.mechanisms.attention, len(setup.terms)
    on = a.strength > 0.0
    return {
        "capacity": weekly_capacity(a.strength, a.capacity, n),
        "closings": weekly_capacity(a.strength, a.closings, n),
        "window": a.window if on else n,
        "absence": a.absence,
        "rush_weeks": a.rush.weeks if on else 0,
        "rush_capacity": weekly_capacity(a.strength, a.rush.sessions, n),
        "rush_closings": weekly_capacity(a.strength, a.rush.closings, n),
        "rush_window": a.rush.window if on else n,
        "rush_text": a.rush.text,
        "rush_stakes": a.rush.stakes,
        "rush_drafts": a.rush.drafts,
    }


def _clock(setup: Setup) -> dict[str, float]:
    s = setup.scenario
    return {
        "seed": s.seed,
        "rounds": s.clock.rounds,
        "horizon": s.clock.horizon,
        "patience": s.clock.patience,
        "extension": s.clock.extension,
        "common": float(s.clock.common),
        "drawn_opener": float(s.session.opener == "drawn"),
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
