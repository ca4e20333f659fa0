"""Twins: runs that share their luck and differ only in the focal partner's place in the queue."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from joblib import Parallel, delayed

from sim.ensemble.sealed import checked
from sim.ensemble.tables import SIGNED, TABLES, WEEKLY, day, natural_place
from sim.scenario import Scenario
from sim.talks.preferences import Luck
from sim.talks.queue import opening_rounds
from sim.talks.setup import Hand, Setup, prepare

if TYPE_CHECKING:
    from sim.talks.agents import Partner
    from sim.talks.model import TariffTalks

__all__ = [
    "SIGNED",
    "TABLES",
    "Twin",
    "places",
    "processes",
    "replicate",
    "run_twins",
    "tables_of",
    "twin_of",
    "work_of",
]

#: Runs below this many partner-rounds finish sooner in one process than it takes to start another.
WORTH_A_PROCESS = 60_000


@dataclass(frozen=True)
class Twin:
    """One run of one replication, as rows for the tables.

    Attributes
    ----------
    outcome : dict
        The focal partner's outcome.
    partners : list of dict
        Terms and value of every partner.
    weekly : list of dict
        Rates and deals by week.
    """

    outcome: dict[str, Any]
    partners: list[dict[str, Any]]
    weekly: list[dict[str, Any]]


def places(setup: Setup) -> tuple[int | None, ...]:
    """Places of the focal partner to compare, `last` resolved; (None,) when the scenario keeps the order."""
    position = setup.scenario.queue.position
    n = len(setup.terms)
    if position is None:
        return (None,)
    wanted = position if isinstance(position, tuple) else (position,)
    return tuple(dict.fromkeys(n if place == "last" else min(int(place), n) for place in wanted))


def run_twins(
    scenario: Scenario, progress: Callable[[int, int], None] | None = None, jobs: int | None = None
) -> Iterator[list[Twin]]:
    """Run every replication at every place, one list of twins per replication, in order.

    Parameters
    ----------
    scenario : Scenario
        The experiment.
    progress : callable, optional
        Called with the replications done and their number.
    jobs : int, optional
        Processes; by default as many as there are cores when the work is worth it. The numbers do not depend on it.
    """
    setup = prepare(scenario)
    jobs = jobs or processes(setup, scenario.replications)
    tasks = (delayed(replicate)(setup, replication) for replication in range(scenario.replications))
    replicate(setup, 0)  # compiled and cached once, before the processes need it
    for done, twins in enumerate(checked(Parallel(n_jobs=jobs, return_as="generator"), tasks), start=1):
        if progress is not None:
            progress(done, scenario.replications)
        yield twins


def processes(setup: Setup, replications: int, faster: int = 1) -> int:
    """How many processes so many replications are worth: one when starting more would take longer than the work.

    `faster` is how many times as fast as agents they are played.
    """
    return 1 if work_of(setup, replications) < WORTH_A_PROCESS * faster else os.cpu_count() or 1


def work_of(setup: Setup, replications: int) -> int:
    """How much there is to play, in partner-rounds: every replication at every place."""
    return len(setup.terms) * setup.scenario.clock.rounds * len(places(setup)) * replications


def tables_of(twins: Sequence[Twin]) -> dict[str, pd.DataFrame]:
    """Gather the rows of runs into the tables of :data:`TABLES`, in the order of the runs."""
    return {
        "outcomes": pd.DataFrame([twin.outcome for twin in twins]),
        "partners": pd.DataFrame([row for twin in twins for row in twin.partners]),
        "weekly": pd.DataFrame([row for twin in twins for row in twin.weekly]),
    }


def replicate(setup: Setup, replication: int) -> list[Twin]:
    """Play one hand of luck at every place; places whose talks open in the same weeks are one run."""
    from sim.talks.model import TariffTalks

    hand, played, twins = Hand(setup, Luck(setup.scenario.seed, replication)), {}, []
    for place in places(setup):
        opens = tuple(opening_rounds(setup, place))
        if opens not in played:
            played[opens] = TariffTalks(hand, place, collect=False).run()
        twins.append(twin_of(played[opens], place, replication))
    return twins


def twin_of(model: TariffTalks, place: int | None, replication: int) -> Twin:
    """Read the rows of a finished run."""
    key = {"position": natural_place(model.setup) if place is None else place, "replication": replication}
    focal = model.partner(model.experiment.queue.focal)
    return Twin(
        outcome={**key, **_outcome(focal)},
        partners=[
            {**key, **_terms(partner), **text} for partner, text in zip(model.partners, _texts(model), strict=True)
        ],
        weekly=[{**key, **dict(zip(WEEKLY, week, strict=True))} for week in model.record.weekly],
    )


def _outcome(focal: Partner) -> dict[str, Any]:
    """Signing, package and value of the focal partner; blanks where there is no deal."""
    deal, nothing = focal.deal, float("nan")
    package = focal.package or dict.fromkeys(focal.terms.issues, nothing)
    return {
        "iso": focal.iso,
        "deal": deal is not None,
        "round": nothing if deal is None else float(deal.round),
        "day": nothing if deal is None else day(deal.round),
        "sessions": focal.sessions,
        "repriced": deal is not None and deal.repriced,
        **package,
        "effective_rate": focal.effective_rate,
        "value": focal.value,
        "gain": nothing if deal is None else deal.gain,
        "us_gain": nothing if deal is None else deal.us_gain,
    }


def _terms(partner: Partner) -> dict[str, Any]:
    """What the table of all partners holds."""
    return {
        "iso": partner.iso,
        "deal": partner.deal is not None,
        "opened": day(partner.opens),
        "round": float("nan") if partner.deal is None else float(partner.deal.round),
        "day": float("nan") if partner.deal is None else day(partner.deal.round),
        "sessions": partner.sessions,
        "tariff": partner.tariff,
        "auto_tariff": partner.auto_tariff,
        "effective_rate": partner.effective_rate,
        "value": partner.value,
        "us_value": partner.us_value,
        "gain": float("nan") if partner.deal is None else partner.deal.gain,
        "us_gain": float("nan") if partner.deal is None else partner.deal.us_gain,
    }


def _texts(model: TariffTalks) -> list[dict[str, float]]:
    """Every partner's package as it was signed, whatever a clause made of it later; blanks without a deal."""
    signed = {event["partner"]: event["package"] for event in model.record.log if event["event"] == "deal"}
    blank = dict.fromkeys(model.partners[0].terms.issues, float("nan"))
    texts = [signed.get(partner.iso, blank) for partner in model.partners]
    return [{SIGNED.get(issue, issue): value for issue, value in text.items()} for text in texts]
