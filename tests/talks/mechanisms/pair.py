"""A world so small that the talks can be worked by hand.

Partners open one a week, texts close in one session, nobody's private weights are drawn, and money (`notes`) moves
between the two sides at par. Under the protocol of theory a deal then shares what there is to share: half each.
"""

from __future__ import annotations

from typing import Any

from sim.scenario import MECHANISMS, Scenario
from sim.talks import TariffTalks

#: Half of the smallest step of money over four years, which every share is rounded to.
COIN = 0.003
NOTES = {"cost": 1.0, "benefit": 1.0, "convexity": 0.0, "concavity": 0.0, "levels": 101, "unit": "USD bn/yr"}
OFF = {issue: {"table": "off"} for issue in ("auto_tariff", "defence", "fx", "investment", "market_access")}


def world(*isos: str, mechanisms: dict[str, dict[str, Any]] | None = None, **changes: Any) -> Scenario:
    """Lay out a scenario of a few partners with the given mechanisms on and all others off."""
    base: dict[str, Any] = {
        "name": "by_hand",
        "title": "Worked by hand",
        "clock": {"rounds": 6, "discount_rate": 0.0},
        "queue": {"focal": isos[0], "per_week": 1, "order": list(isos)},
        "session": {"protocol": "nash", "to_close_small": 1, "to_close_middle": 1, "to_close_large": 1},
        "threat": {"credibility": 1.0},
        "partners": {"include": list(isos), "resistance_sd": 0.0, "price_level_sd": 0.0, "beta_sd": 0.0},
        "united_states": {"weight_sd": 0.0, "toughness_sd": 0.0, "deficit_floor": 0.10},
        "politics": {"reprice": 0.0},
        "issues": {**OFF, "notes": {"scale": 14.0, **NOTES}, "coins": {"scale": 0.14, **NOTES}},
        "calendar": [{"date": "2025-07-09", "action": "snap"}],
    }
    for key, value in changes.items():
        base[key] = {**base[key], **value} if isinstance(value, dict) else value
    off = {name: {"strength": 0.0} for name in MECHANISMS}
    on = {name: {"strength": 1.0, **settings} for name, settings in (mechanisms or {}).items()}
    return Scenario.model_validate({**base, "mechanisms": {**off, **on}})


def talks(*isos: str, mechanisms: dict[str, dict[str, Any]] | None = None, **changes: Any) -> TariffTalks:
    """Hold the talks of such a world."""
    return TariffTalks(world(*isos, mechanisms=mechanisms, **changes), collect=False).run()


def deals(model: TariffTalks) -> dict[str, tuple[int, float]]:
    """Week of signing and general rate, by ISO code."""
    return {d.iso: (d.round, round(model.partner(d.iso).tariff, 2)) for d in model.us.deals}
