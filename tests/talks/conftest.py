from __future__ import annotations

import pytest

from sim.scenario import Scenario
from sim.talks import Hand, Luck, Setup, TariffTalks, prepare

SIX = ["JPN", "EUU", "KOR", "VNM", "IND", "GBR"]
ALL_OFF = {
    name: {"strength": 0.0}
    for name in ("attention", "showcase", "precedent", "parity", "learning", "diversion", "pressure")
}


def small(**changes: object) -> Scenario:
    """Six partners, eighteen weeks, one of them opening each week."""
    base = {
        "name": "small",
        "title": "Six partners",
        "clock": {"rounds": 18},
        "queue": {"focal": "JPN", "per_week": 1},
        "partners": {"include": SIX},
    }
    for key, value in changes.items():
        known = base.get(key)
        base[key] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value
    return Scenario.model_validate(base)


def play(scenario: Scenario | Setup, position: int | None = None, replication: int = 0, **options: bool) -> TariffTalks:
    setup = prepare(scenario) if isinstance(scenario, Scenario) else scenario
    hand = Hand(setup, Luck(setup.scenario.seed, replication))
    return TariffTalks(hand, position, collect=options.pop("collect", False), **options).run()


def state(model: TariffTalks) -> dict[str, tuple]:
    """All that matters of every partner at the end, exactly."""
    return {
        p.iso: (p.value, p.tariff, p.auto_tariff, p.sessions, p.deal and (p.deal.round, tuple(p.deal.levels)))
        for p in model.partners
    }


@pytest.fixture(scope="session")
def headline() -> Setup:
    """All eighty partners with every mechanism on."""
    return prepare(Scenario(name="headline", title="All partners", clock={"rounds": 30}))


@pytest.fixture(scope="session")
def runs(headline: Setup) -> list[TariffTalks]:
    """Runs of the headline at three places with different luck."""
    return [play(headline, place, replication) for replication, place in enumerate((1, 20, 80))]
