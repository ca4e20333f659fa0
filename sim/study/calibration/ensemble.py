"""One point of the assumptions, played many times: what its runs show of the numbers that are looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.twins import places
from sim.scenario import Scenario, ScenarioError, scenario_at
from sim.study.benchmarks import income
from sim.study.calibration.targets import COUNTED, Framework, Target, load_frameworks, targets
from sim.talks.setup import Setup, prepare
from sim.world import round_of

__all__ = ["FEW", "PARTS", "ROUNDS", "Simulator", "Talks", "base_scenario", "gather"]

Floats = NDArray[np.float64]
Values = Mapping[str, float | int]

#: Weeks of talks: nothing is looked at after the week of 1 August, which is round 15.
ROUNDS = round_of(COUNTED["deals_1_august"]) + 1
#: Rows of what `gather` returns: mean and standard deviation over runs, runs that have the number, and the first run.
PARTS = ("mean", "sd", "count", "first")
#: In fewer runs than this a number is not measured.
FEW = 3
#: GDP per head, USD, of a poor partner; a pledge below this, USD bn, is none.
POOR, NONE = 10_000.0, 1.0


class Simulator(Protocol):
    """Plays a point of the assumptions."""

    def __call__(self, values: Values, first: int, runs: int) -> NDArray[np.float32]:
        """Return what runs show, ndarray (4, T) in the order of `PARTS`; blank where nothing can be played.

        Parameters
        ----------
        values : mapping
            Assumptions by dotted key.
        first, runs : int
            The replications that are played; the same ones have the same luck at every point.
        """


def base_scenario(scenario: Scenario) -> Scenario:
    """Shorten the talks to what is looked at; one run at the first place."""
    place = scenario.queue.position
    queue = scenario.queue.model_copy(update={"position": place[0] if isinstance(place, tuple) else place})
    clock = scenario.clock.model_copy(update={"rounds": min(ROUNDS, scenario.clock.rounds)})
    return scenario.model_copy(update={"queue": queue, "clock": clock, "replications": 1})


class Deals(NamedTuple):
    """How the talks of an ensemble ended, run by run and partner by partner.

    Attributes
    ----------
    isos : tuple of str
        The N partners.
    poor : ndarray (N,)
        Whose income per head is below `POOR`.
    week : ndarray (R, N)
        Week of signing; blank without a deal by 1 August.
    rate, autos, pledge : ndarray (R, N)
        Terms as signed, in per cent and USD bn; blank without a deal by then.
    sessions : ndarray (R, N)
        Sessions held.
    """

    isos: tuple[str, ...]
    poor: NDArray[np.bool_]
    week: Floats
    rate: Floats
    autos: Floats
    pledge: Floats
    sessions: Floats


@dataclass(frozen=True)
class Talks:
    """The talks of a scenario by the compiled driver, without a table in between.

    Attributes
    ----------
    base : Scenario
        What the assumptions are laid over, from `base_scenario`.
    """

    base: Scenario

    @cached_property
    def asked(self) -> tuple[Framework, ...]:
        """The deals of 2025 with partners of the scenario."""
        chosen = self.base.partners.include
        return tuple(deal for deal in load_frameworks() if chosen is None or deal.iso in chosen)

    @cached_property
    def looked_at(self) -> tuple[Target, ...]:
        """What is measured."""
        return targets(self.asked)

    def __call__(self, values: Values, first: int, runs: int) -> NDArray[np.float32]:
        """Play a point and measure it; see `Simulator`."""
        try:
            deals = self.deals(values, first, runs)
        except ScenarioError:
            return np.full((len(PARTS), len(self.looked_at)), np.nan, dtype=np.float32)
        return gather(self.measured(deals))

    def deals(self, values: Values, first: int, runs: int) -> Deals:
        """Play a point.

        Raises
        ------
        ScenarioError
            If the assumptions do not go together.
        """
        return played(prepare(scenario_at(self.base, dict(values))), first, runs)

    def measured(self, deals: Deals) -> Floats:
        """Read what is looked at from every run, ndarray (R, T), blank where a run has no such number."""
        shown = _shown(deals, [deal.iso for deal in self.asked])
        return np.column_stack([shown[target.name] for target in self.looked_at])


def played(setup: Setup, first: int, runs: int) -> Deals:
    """Play replications of a scenario compiled, and read the deals by 1 August from its arrays."""
    from sim.ensemble.kernel.facts import facts_of, openings_of
    from sim.ensemble.kernel.play import new_outcomes, play_block
    from sim.ensemble.kernel.talks import new_talks

    facts = facts_of(setup)
    outcomes = new_outcomes(facts, runs)
    play_block(new_talks(facts), facts.law, openings_of(setup, places(setup)[:1]), first, outcomes)
    issues, grid = setup.terms[0].issues, facts.bilaterals.grid
    ended = outcomes.partners
    signed = (ended["signed"] >= 0) & (ended["signed"] < ROUNDS)

    def text(issue: str, unit: float) -> Floats:
        k = issues.index(issue)
        value = unit * grid[np.arange(len(setup.terms)), k, outcomes.signed[:, :, k]]
        return np.where(signed, value, np.nan)

    return Deals(
        isos=tuple(terms.iso for terms in setup.terms),
        poor=np.array([income(terms.economy) < POOR for terms in setup.terms]),
        week=np.where(signed, ended["signed"], np.nan),
        rate=text("tariff", 100.0),
        autos=text("auto_tariff", 100.0),
        pledge=text("investment", 1.0),
        sessions=ended["sessions"].astype(float),
    )


def _shown(deals: Deals, asked: Sequence[str]) -> dict[str, Floats]:
    """All numbers by name, ndarray (R,) each."""
    signed = np.isfinite(deals.week)
    shown: dict[str, Floats] = {}
    pledge = np.where(deals.pledge < NONE, 0.0, deals.pledge)
    column = {iso: i for i, iso in enumerate(deals.isos)}
    for iso in asked:
        i = column[iso]
        shown |= {
            f"{iso}.signed": signed[:, i].astype(float),
            f"{iso}.rate": deals.rate[:, i],
            f"{iso}.autos": deals.autos[:, i],
            f"{iso}.pledge": np.log1p(pledge[:, i]),
            f"{iso}.week": deals.week[:, i],
        }
    shown |= {name: (deals.week <= round_of(day)).sum(axis=1).astype(float) for name, day in COUNTED.items()}
    shown["signers"] = signed[:, [column[iso] for iso in asked]].sum(axis=1).astype(float)
    shown["poor.pledge"] = np.log1p(np.nansum(pledge[:, deals.poor], axis=1))
    if "JPN" in asked:
        japan = column["JPN"]
        shown["JPN.sessions"] = np.where(signed[:, japan], deals.sessions[:, japan], np.nan)
    return shown


def gather(runs: Any) -> NDArray[np.float32]:
    """Sum up runs (R, T) as in `PARTS`; numbers that fewer than `FEW` runs have are blank but for their count."""
    runs = np.asarray(runs, dtype=float)
    there = np.isfinite(runs)
    count = there.sum(axis=0)
    enough = count >= FEW
    n = np.maximum(count, FEW)
    mean = np.where(there, runs, 0.0).sum(axis=0) / n
    squares = np.where(there, (runs - mean) ** 2, 0.0).sum(axis=0)
    sd = np.sqrt(squares / (n - 1))
    blank = np.where(enough, 0.0, np.nan)
    return np.array([mean + blank, sd + blank, count, runs[0]], dtype=np.float32)
