"""What all runs of a scenario have in common, and what all twins of a replication share."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.mechanisms import by_importance, similarity, world_states
from sim.scenario import Scenario
from sim.talks.answers import Answers, answers_of
from sim.talks.clock import Timeline
from sim.talks.delegation import PRESIDENT, Bench, bench_of
from sim.talks.home import Home, WinSet, home_of
from sim.talks.ladders import Ladder, open_levels, partner_ladder, us_ladder
from sim.talks.preferences import Luck, Preferences, draw_preferences
from sim.talks.terms import Terms, terms_of
from sim.talks.value import gain_curves, home_curves
from sim.world import PayoffTables, World, load_calendar, load_world
from sim.world.outlook import Outlook, outlook_of
from sim.world.response import Response

__all__ = ["Hand", "Seating", "Setup", "prepare", "response_of", "tables_for"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Market = tuple[Floats, Floats, Floats, Floats]


@dataclass(frozen=True, eq=False)
class Setup:
    """A scenario made ready: the bilaterals, who resembles whom, and the calendar.

    Attributes
    ----------
    scenario : Scenario
        The experiment.
    terms : tuple of Terms
        One bilateral per partner, in the order of the facts.
    alike : ndarray (N, N)
        Similarity of partners.
    timeline : Timeline
        Dated events.
    openings : dict
        Round in which talks opened in 2025, by ISO code, where known.
    market : tuple of ndarray
        What makes a state of the world among these partners, from `PayoffTables.market`.
    homes : tuple of Home
        Whose consent each partner needs.
    benches : tuple of Bench
        The principals of the United States as they face each partner.
    answers : Answers
        What the partners' own duties would do.
    """

    scenario: Scenario
    terms: tuple[Terms, ...]
    alike: Floats
    timeline: Timeline
    openings: dict[str, int]
    market: Market
    homes: tuple[Home, ...]
    benches: tuple[Bench, ...]
    answers: Answers

    @cached_property
    def start(self) -> Floats:
        """State of the world in round 0 as each partner meets it: omega, spill and tilt, ndarray (N, 3)."""
        alone = np.column_stack([np.ones(self.pause.size), np.zeros((self.pause.size, 2))])
        return world_states(1.0, alone, self.pause, self.outlook)

    @cached_property
    def outlook(self) -> Outlook:
        """What states of the world among these partners are read from."""
        return outlook_of(self.market)

    @cached_property
    def pause(self) -> Floats:
        """Effective rates in force in round 0, ndarray (N,)."""
        threat = self.scenario.threat
        return np.array([terms.rate(threat.pause_rate, threat.auto_rate) for terms in self.terms])

    @cached_property
    def start_curves(self) -> tuple[Floats, Floats]:
        """g_i and h_i by own rate in round 0, ndarrays (N, rates)."""
        return gain_curves(self.gain, self.steps, self.start), home_curves(self.home, self.steps, self.start)

    @property
    def steps(self) -> Floats:
        """Spacing of own rates and of omega in all tables, ndarray (2,)."""
        return self.terms[0].steps

    @cached_property
    def comparable(self) -> list[list[bool]]:
        """Who counts as a peer of whom."""
        alike = self.alike >= self.scenario.mechanisms.parity.similarity
        np.fill_diagonal(alike, False)
        return list(alike.tolist())

    @cached_property
    def bounds(self) -> Floats:
        """Effective rates at the red line and at the rate of 2 April, ndarray (N, 2)."""
        return np.array([terms.bounds for terms in self.terms])

    @cached_property
    def imports(self) -> Floats:
        """US imports from each partner, USD bn a year, ndarray (N,)."""
        return np.array([terms.economy.us_imports for terms in self.terms])

    @cached_property
    def importance(self) -> Floats:
        """Weights in the choice of whom to meet, ndarray (N,)."""
        return np.array([terms.importance for terms in self.terms])

    @cached_property
    def by_importance(self) -> Ints:
        """Partners by falling importance, ndarray (N,)."""
        return by_importance(self.importance)

    @cached_property
    def headline(self) -> Floats:
        """How far a deal with each partner makes a headline: two-way trade against that of a large one, at most 1."""
        large = self.scenario.session.large_trade
        return np.array([min(1.0, terms.trade / large) if large > 0.0 else 1.0 for terms in self.terms])

    @cached_property
    def scales(self) -> Floats:
        """Yearly benefit of the United States from the whole of an issue at unit weights, ndarray (N, K), USD bn."""
        return np.array([terms.benefit.max(axis=1) for terms in self.terms])

    @cached_property
    def gain(self) -> Floats:
        """g_i of all partners, ndarray (N, rates, omegas), USD bn a year."""
        return np.array([terms.gain for terms in self.terms])

    @cached_property
    def home(self) -> Floats:
        """h_i with political weights of all partners, ndarray (N, rates, omegas), USD bn a year."""
        return np.array([terms.home for terms in self.terms])

    def agenda(self, president: bool) -> NDArray[np.bool_]:
        """Whether each issue may be conceded, ndarray (K,); some only with the President at the table."""
        kept_back = {name for name, spec in self.scenario.issues.items() if spec.table == "president"}
        return np.array([president or issue not in kept_back for issue in self.terms[0].issues])


@dataclass(frozen=True, eq=False)
class Seating:
    """A bilateral as those at the table value it.

    Attributes
    ----------
    values : Preferences
        Of both sides, the delegation's weights mixed.
    ladders : (Ladder, Ladder)
        Of the partner and of the United States.
    headlines : float
        What a political win weighs with those present.
    """

    values: Preferences
    ladders: tuple[Ladder, Ladder]
    headlines: float


@dataclass(eq=False)
class Hand:
    """What luck has dealt in one replication; all twins of the replication play the same hand."""

    setup: Setup
    luck: Luck
    _values: dict[int, Preferences] = field(default_factory=dict)
    _seatings: dict[tuple[int, int, bytes, bytes], Seating] = field(default_factory=dict)

    def values(self, i: int) -> Preferences:
        """Private values of the i-th bilateral, principals weighing alike."""
        if i not in self._values:
            self._values[i] = draw_preferences(self.setup.scenario, self.setup.terms[i], self.luck)
        return self._values[i]

    def seating(self, i: int, present: int, win_set: WinSet) -> Seating:
        """Values and concession ladders of the i-th bilateral.

        Parameters
        ----------
        i : int
            The partner.
        present : int
            Bits of the principals at the table.
        win_set : WinSet
            What the partner can carry home. It concedes no more than it can this week; the United States ask for what
            it will be able to once an election is over.
        """
        key = (i, present, win_set.top.tobytes(), win_set.lasting.tobytes())
        if key not in self._seatings:
            self._seatings[key] = self._seat(i, present, win_set)
        return self._seatings[key]

    def _seat(self, i: int, present: int, win_set: WinSet) -> Seating:
        setup = self.setup
        terms, ties = setup.terms[i], setup.homes[i].ties
        mix = setup.benches[i].mix(present)
        values = self.values(i).before(mix[:-1])
        gain, home = setup.start_curves
        agenda, flows = setup.agenda(bool(present & PRESIDENT)), (gain[i], home[i])
        ladders = (
            partner_ladder(terms, values, flows, open_levels(terms.counts, win_set.top, agenda), ties),
            us_ladder(terms, values, flows, open_levels(terms.counts, win_set.lasting, agenda), ties),
        )
        return Seating(values, ladders, float(mix[-1]))


def response_of(scenario: Scenario) -> Response:
    """How trade answers tariffs in a scenario."""
    response = scenario.response
    return Response(response.short_run, response.long_run, response.years)


def tables_for(scenario: Scenario, world: World) -> PayoffTables:
    """Payoff tables at the response of trade that a scenario assumes, on average over its horizon (E10)."""
    return world.tables_over(response_of(scenario), scenario.clock.horizon)


def prepare(scenario: Scenario, world: World | None = None) -> Setup:
    """Make a scenario ready to run.

    Raises
    ------
    ValueError
        If the scenario names a partner that the facts do not know.
    """
    world = load_world() if world is None else world
    chosen = scenario.partners.include
    economies = [e for e in world.partners if chosen is None or e.iso3 in chosen]
    tables = tables_for(scenario, world)
    terms = tuple(terms_of(scenario, economy, tables) for economy in economies)
    alike = similarity(
        np.log(np.array([t.trade for t in terms])),
        np.array([t.economy.rate_april2 for t in terms]),
        np.array([t.economy.auto_share for t in terms]),
        scenario.mechanisms.reach,
    )
    openings = {fact.iso: max(0, fact.round) for fact in load_calendar() if fact.kind == "talks_open"}
    market = tables.market([e.iso3 for e in economies])
    timeline = Timeline.of(scenario.calendar)
    homes = tuple(home_of(scenario, t, timeline) for t in terms)
    benches = tuple(bench_of(scenario, t.issues, t.size) for t in terms)
    answers = answers_of(scenario, economies, tables)
    return Setup(scenario, terms, alike, timeline, openings, market, homes, benches, answers)
