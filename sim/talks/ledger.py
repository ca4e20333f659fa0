"""A run written down again from its log and its calendar: every week's rates, and what each partner's horizon is worth.

Plain and slow on purpose. It shares the tables and the equations with the model, and none of its bookkeeping.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.talks.settlement import exact_flows
from sim.talks.terms import AUTO, TARIFF
from sim.world import START, answer_change

if TYPE_CHECKING:
    from datetime import date

    from sim.talks.agents import Partner
    from sim.talks.model import TariffTalks

__all__ = ["Ledger", "level_of"]

Floats = NDArray[np.float64]
WEEKS_A_YEAR = 52.0
HIGHEST_OMEGA = 4.0
HALVINGS = 60


class Ledger:
    """The books of a finished run.

    Parameters
    ----------
    model : TariffTalks
        The run; it need not have been narrated.

    Attributes
    ----------
    deals : dict
        The event of signing by ISO code, the first where there are several.
    moves : list of (int, str, (float, float), (float, float))
        Round, partner, and both rates before and after every clause that carried a rate over.
    rates : ndarray (R, N, 2), or (R + 1, N, 2)
        General and auto rates in force on every partner at the end of every round; and those after a ruling of the
        courts that comes once the talks are over.
    """

    def __init__(self, model: TariffTalks) -> None:
        self._model, self._setup = model, model.setup
        self.deals: dict[str, dict[str, Any]] = {}
        for event in model.record.log:
            if event["event"] == "deal":
                self.deals.setdefault(event["partner"], event)
        self.moves: list[tuple[int, str, tuple[float, float], tuple[float, float]]] = []
        self.rates = self._written_again()

    # ------------------------------------------------------------------ rates

    def _written_again(self) -> Floats:
        """Walk through the rounds: calendar, deals, clauses."""
        threat = self._model.experiment.threat
        now = np.array([[threat.pause_rate, threat.auto_rate] for _ in self._model.partners])
        threats = np.array([p.terms.april for p in self._model.partners])
        rounds, fired = self._model.experiment.clock.rounds, self._snaps()
        book = np.empty((rounds + (self._ruling >= rounds), *now.shape))
        for n in range(rounds):
            self._letters(n, threats)
            if n == self._ruling:
                self._strike_down(n, now)
            for i, partner in enumerate(self._model.partners):
                deal = self.deals.get(partner.iso)
                if n in fired and (deal is None or deal["round"] >= n):
                    now[i, TARIFF] = self._threatened(partner, threats[i])
                if deal is not None and deal["round"] == n:
                    now[i] = deal["package"]["tariff"], deal["package"]["auto_tariff"]
            self._clauses(n, now)
            book[n] = now
        if len(book) > rounds:
            self._strike_down(self._ruling, now)
            book[rounds] = now
        return book

    @property
    def _ruling(self) -> int:
        """Round in which the courts strike the duties down; -1 when they stand."""
        return self._model.ruling

    def _strike_down(self, n: int, now: Floats) -> None:
        for i, partner in enumerate(self._model.partners):
            deal = self.deals.get(partner.iso)
            if deal is None or deal["round"] >= n:
                now[i, TARIFF] = 0.0

    def _threatened(self, partner: Partner, threat: float) -> float:
        """The threat, and what is added to it for a partner that answers."""
        lever = self._model.experiment.retaliation
        return max(threat, min(threat + lever.escalation * self._duty(partner), lever.ceiling))

    def _duty(self, partner: Partner) -> float:
        """What a partner would levy on goods from the United States."""
        lever = self._model.experiment.retaliation
        return lever.strength * lever.rate if partner.iso in lever.partners else 0.0

    @cached_property
    def answers(self) -> Floats:
        """Duties on goods from the United States at the end of every round, ndarray (R, N)."""
        first = min(self._snaps(), default=len(self.rates))
        book = np.zeros(self.rates.shape[:2])
        for i, partner in enumerate(self._model.partners):
            signed = self.deals[partner.iso]["round"] if partner.iso in self.deals else len(book)
            last = min(signed, self._ruling) if 0 <= self._ruling < len(book) else signed
            book[first : max(first, last), i] = self._duty(partner)
        if self._ruling >= self._model.experiment.clock.rounds:
            book[-1] = 0.0
        return book

    def _snaps(self) -> set[int]:
        """Rounds in which the threat is carried out, found by living through the calendar week by week."""
        calendar = self._model.experiment.calendar
        pending = [_round(event.date) for event in calendar if event.action == "snap"]
        fired = set()
        for n in range(self._model.experiment.clock.rounds):
            for event in calendar:
                if event.action == "extend" and event.until is not None and _round(event.date) == n:
                    until = _round(event.until)
                    pending = [until if n <= when < until else when for when in pending]
            fired |= {n} & set(pending)
        return {n for n in fired if self._ruling < 0 or n < self._ruling}

    def _letters(self, n: int, threats: Floats) -> None:
        for event in self._model.experiment.calendar:
            if event.announces and _round(event.date) == n:
                for i, partner in enumerate(self._model.partners):
                    threats[i] = event.rates.get(partner.iso, threats[i])

    def _clauses(self, n: int, now: Floats) -> None:
        """Carry the rates of this round's deals over to earlier comparable ones with a clause."""
        parity = self._model.experiment.mechanisms.parity
        if parity.strength <= 0.0:
            return
        for newest in [self._model.partner(iso) for iso, deal in self.deals.items() if deal["round"] == n]:
            for i, partner in enumerate(self._model.partners):
                deal, alike = self.deals.get(partner.iso), self._setup.alike[i, newest.index] >= parity.similarity
                clause = partner.deal is not None and partner.deal.clause
                if deal is None or deal["round"] >= n or not clause or not alike:
                    continue
                before = tuple(now[i].tolist())
                theirs = self._own_terms(partner, newest)
                now[i] = np.minimum(now[i], theirs)
                if tuple(now[i].tolist()) != before:
                    self.moves.append((n, partner.iso, before, tuple(now[i].tolist())))

    def _own_terms(self, partner: Partner, newest: Partner) -> Floats:
        """Both rates of a peer's deal as the same share of one's own ranges, to the nearest level."""
        package, own = self.deals[newest.iso]["package"], []
        for k, issue in ((TARIFF, "tariff"), (AUTO, "auto_tariff")):
            theirs = newest.terms.grid[k, : newest.terms.counts[k]]
            share = newest.terms.shares[k, level_of(theirs, package[issue])]
            own.append(partner.terms.grid[k, math.floor(share * (partner.terms.counts[k] - 1) + 0.5)])
        return np.array(own)

    # ------------------------------------------------------------------ values

    @cached_property
    def effective(self) -> Floats:
        """Effective rates at the end of every round, ndarray (R, N)."""
        duty = np.array([partner.terms.duty for partner in self._model.partners])
        return duty[:, 0] * self.rates[:, :, TARIFF] + duty[:, 1] * self.rates[:, :, AUTO]

    def values(self) -> tuple[Floats, Floats]:
        """Add up every partner's weeks (V1).

        Returns
        -------
        values, sizes : ndarray (N,)
            Present values, USD bn, and the same sums of absolute amounts, by which to judge rounding.
        """
        clock = self._model.experiment.clock
        weights = (1.0 + clock.discount_rate) ** (-np.arange(clock.horizon) / WEEKS_A_YEAR) / WEEKS_A_YEAR
        rounds, flows = clock.rounds, self._flows()
        values, sizes = np.zeros(len(self._model.partners)), np.zeros(len(self._model.partners))
        for week, weight in enumerate(weights.tolist()):
            n = rounds if week >= self._ruling >= rounds else min(week, rounds - 1)
            costs = np.array([self._cost(partner, n) for partner in self._model.partners])
            values += weight * (flows[n] - costs)
            sizes += weight * (np.abs(flows[n]) + np.abs(costs))
        return values, sizes

    def _cost(self, partner: Partner, n: int) -> float:
        """What a partner pays a year beyond its tariffs, USD bn: concessions or a lever in use, and its tracks."""
        deal, terms = self.deals.get(partner.iso), partner.terms
        apart = self._cost_apart(partner, n)
        if deal is None or n < deal["round"]:
            politics = self._model.experiment.politics
            used = politics.treasuries == "used" and partner.iso == self._model.experiment.queue.focal
            return apart + (politics.treasuries_price * terms.economy.treasury_holdings if used else 0.0)
        signed = {**deal["package"]}
        signed["auto_tariff"] = self.rates[n, partner.index, AUTO]
        cost, total = self._model.hand.values(partner.index).cost, 0.0
        for k, issue in enumerate(terms.issues):
            if issue != "tariff":
                total += cost[k, level_of(terms.grid[k], signed[issue])]
        return float(total) + apart

    def _cost_apart(self, partner: Partner, n: int) -> float:
        """What a partner pays a year for what was agreed on tracks of their own, or for nothing having been."""
        agreed = {e["issue"]: e for e in self._model.record.log
                  if e["event"] == "track_deal" and e["partner"] == partner.iso and e["round"] <= n}  # fmt: skip
        snapped = n >= min(self._snaps(), default=n + 1)
        weights, total = self._model.hand.values(partner.index).weights[0], 0.0
        for apart in partner.terms.apart:
            deal = agreed.get(partner.terms.issues[apart.k])
            if deal is not None:
                total += weights[apart.k] * apart.cost[level_of(apart.values, deal["value"])]
            elif snapped:
                total += apart.sanction
        return float(total)

    def _flows(self) -> Floats:
        """g_i at the rates and answers of every round, ndarray (R, N), USD bn a year."""
        n = self.effective.shape[1]
        cases, where = np.unique(np.hstack([self.effective, self.answers]), axis=0, return_inverse=True)
        if self._model.experiment.settlement == "exact":
            return exact_flows(self._setup, cases[:, :n], cases[:, n:])[where.reshape(-1)]
        return np.array([self._from_tables(case[:n], case[n:]) for case in cases])[where.reshape(-1)]

    def _from_tables(self, rates: Floats, duties: Floats) -> Floats:
        """g_i from the payoff tables, by the two nearest columns and rows, plus the spill of unlike duties."""
        strength, steps = self._model.experiment.mechanisms.diversion.strength, self._setup.steps
        begun, out = self._states(self._setup.pause), np.empty(rates.size)
        states = begun + strength * (self._states(rates) - begun)
        for i, partner in enumerate(self._model.partners):
            table = partner.terms.gain
            omegas = np.arange(table.shape[1]) * steps[1]
            row = min(int(rates[i] / steps[0]), table.shape[0] - 2)
            near = [np.interp(states[i, 0], omegas, table[row + step]) for step in (0, 1)]
            out[i] = np.interp(rates[i] / steps[0] - row, (0.0, 1.0), near) + states[i, 1]
            if duties[i] > 0.0:
                out[i] += self._answered(i, rates[i], states[i, 0], duties[i])
        return out

    def _answered(self, i: int, rate: float, omega: float, duty: float) -> float:
        """What a partner's answer adds to its flow: between the rates of its tables, as everything else is."""
        answers = self._setup.answers
        k = min(int(rate / self._setup.steps[0]), answers.rates.size - 2)
        near = [answer_change(answers.gain[i], answers.steps, r, omega, duty) for r in answers.rates[k : k + 2]]
        return float(np.interp(rate, answers.rates[k : k + 2], near))

    def _states(self, rates: Floats) -> Floats:
        """Omega by halving, and the spill, as each partner meets the others, ndarray (N, 2)."""
        april, trade, spills, _ = self._setup.market
        others = ~np.eye(rates.size, dtype=bool)
        low, high = np.zeros(rates.size), np.full(rates.size, HIGHEST_OMEGA)
        weights = np.where(others & (trade * april > 0.0), trade, 0.0)
        goal = weights @ _lost(rates)
        for _ in range(HALVINGS):
            middle = (low + high) / 2.0
            short = (weights * _lost(np.outer(middle, april))).sum(axis=1) < goal
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        spill = (spills * np.where(others, _lost(rates)[None, :] - _lost(np.outer(high, april)), 0.0)).sum(axis=1)
        alone = weights.sum(axis=1) == 0.0
        return np.column_stack([np.where(alone, 1.0, high), np.where(alone, 0.0, spill)])


def _lost(rates: Floats) -> Floats:
    """Share of sales to the United States that is lost at a duty."""
    return np.asarray(1.0 - (1.0 + rates) ** -6.0)


def level_of(grid: Floats, value: float) -> int:
    """First level of a value; the nearest, should it be on none."""
    return int(np.abs(grid - value).argmin())


def _round(day: date) -> int:
    """First round that begins on or after a day."""
    return max(0, math.ceil((day - START).days / 7))
