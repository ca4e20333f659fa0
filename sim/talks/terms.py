"""What lies on the table between the United States and one partner: issues, grids, and prior costs and benefits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.scenario import Scenario
from sim.scenario.preferences import IssueTerms
from sim.talks.value import effective_rate
from sim.world import Economy, PayoffTables

__all__ = ["AUTO", "TARIFF", "Apart", "Terms", "deficit_weight", "size_of", "terms_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Rows of the two rate issues; issues that add on top follow.
TARIFF, AUTO = 0, 1
RATE_STEP = 0.01


@dataclass(frozen=True, eq=False)
class Apart:
    """An issue that is negotiated on a track of its own, before anybody's private weights.

    Attributes
    ----------
    k : int
        Its place among the issues.
    values : ndarray (L,)
        Its grid in natural units.
    cost, benefit : ndarray (L,)
        (B1) and (B2) at unit weights, USD bn a year.
    sanction, price : float
        Yearly cost of having no agreement after the deadline, to the partner and to the United States, USD bn.
    """

    k: int
    values: Floats
    cost: Floats
    benefit: Floats
    sanction: float
    price: float


@dataclass(frozen=True, eq=False)
class Terms:
    """The domain of one bilateral before anybody's private weights.

    Attributes
    ----------
    economy : Economy
        Facts about the partner.
    issues : tuple of str
        The K issues; the general tariff and the auto tariff come first.
    units : tuple of str
        Unit of each issue's values.
    counts : ndarray (K,)
        Number of levels of each issue. Level 0 is what the partner likes best.
    grid : ndarray (K, L)
        Value of every level in natural units; columns beyond the count repeat the last.
    shares : ndarray (K, L)
        The same as z in [0, 1] of the issue's range.
    cost, benefit : ndarray (K, L)
        (B1) and (B2) with w = v = 1, USD bn a year. The general tariff acts through the tables only; the row of the
        auto tariff is what the sector's weight at home adds.
    gain, home : ndarray (rates, omegas)
        g_i and h_i plus the political weights on revenue and imports, USD bn a year.
    steps : ndarray (2,)
        Spacing of the rows and columns of both tables.
    bounds : ndarray (2,)
        Effective rates at the red line of the United States and at the rate of 2 April.
    duty : pair of float
        d (1 - s) and d s: the parts of what a partner sells that pay the general rate and the rate on autos.
    april : float
        Rate of 2 April, or that of the pause where it is higher: the threat before any letter.
    trade, importance : float
        Two-way trade in USD bn, and its power used as weight.
    to_close : int
        Sessions before a text can close.
    size : str
        "small", "middle" or "large", by trade.
    earmarks : tuple of pairs of int
        Issues that are part of another issue's amount, and that issue.
    supply : ndarray (K,)
        What there is of an issue for all partners together, in its unit; infinite where nothing limits it.
    apart : tuple of Apart
        Issues on tracks of their own.
    """

    economy: Economy
    issues: tuple[str, ...]
    units: tuple[str, ...]
    counts: Ints
    grid: Floats
    shares: Floats
    cost: Floats
    benefit: Floats
    gain: Floats
    home: Floats
    steps: Floats
    bounds: Floats
    duty: tuple[float, float]
    april: float
    trade: float
    importance: float
    to_close: int
    size: str
    earmarks: tuple[tuple[int, int], ...]
    supply: Floats
    apart: tuple[Apart, ...]

    @property
    def iso(self) -> str:
        """ISO code of the partner."""
        return self.economy.iso3

    @property
    def earmark_ties(self) -> Ints:
        """The earmarks as an array (T, 2)."""
        return np.array(self.earmarks, dtype=np.int64).reshape(-1, 2)

    def rate(self, tariff: float, auto_tariff: float) -> float:
        """Effective rate of a pair of rates."""
        return effective_rate(tariff, auto_tariff, self.duty)

    def package(self, levels: Ints) -> dict[str, float]:
        """Values by issue, in natural units, of a vector of levels."""
        return {issue: float(self.grid[k, levels[k]]) for k, issue in enumerate(self.issues)}


def terms_of(scenario: Scenario, economy: Economy, tables: PayoffTables) -> Terms:
    """Lay out the bilateral of one partner."""
    row = tables.iso.index(economy.iso3)
    april = max(economy.rate_april2, scenario.threat.pause_rate)
    tariffs = _rates(_floor(scenario, economy), max(april, *_letters(scenario, economy), april))
    autos = _rates(_auto_floor(scenario, economy), scenario.threat.auto_rate)
    specs = [scenario.issues[name] for name in scenario.value_issues]
    scales = [_scale(spec, economy) for spec in specs]
    values = [_values(spec, scale, economy) for spec, scale in zip(specs, scales, strict=True)]
    columns = [tariffs, autos, *values]
    cost, benefit = _prior(scenario, economy, columns, list(zip(specs, scales, strict=True)))
    trade = economy.us_imports + economy.us_exports
    duty = _duty(scenario, economy)
    issues = ("tariff", "auto_tariff", *scenario.value_issues)
    size = size_of(scenario, trade)
    return Terms(
        economy=economy,
        issues=issues,
        units=("share", "share", *(spec.unit for spec in specs)),
        counts=np.array([column.size for column in columns], dtype=np.int64),
        grid=_stack(columns),
        shares=_stack([np.linspace(0.0, 1.0, column.size) for column in columns]),
        cost=cost,
        benefit=benefit,
        gain=np.ascontiguousarray(tables.gain[row]),
        home=_political(scenario, tables, row, economy),
        steps=np.array([tables.rates[1] - tables.rates[0], tables.omegas[1] - tables.omegas[0]]),
        bounds=np.array(
            [effective_rate(tariffs[0], autos[0], duty), effective_rate(april, scenario.threat.auto_rate, duty)]
        ),
        duty=duty,
        april=april,
        trade=trade,
        importance=float(trade**scenario.mechanisms.attention.importance),
        to_close=int(getattr(scenario.session, f"to_close_{size}")),
        size=size,
        earmarks=tuple(
            (k, issues.index(spec.within)) for k, spec in enumerate(specs, AUTO + 1) if spec.within in issues
        ),
        supply=np.array([np.inf, np.inf, *(np.inf if spec.supply is None else spec.supply for spec in specs)]),
        apart=tuple(
            _apart(scenario, economy, k, spec)
            for k, spec in enumerate(specs, AUTO + 1)
            if spec.table == "separate" and _meant(spec, economy)
        ),
    )


def _duty(scenario: Scenario, economy: Economy) -> tuple[float, float]:
    """Parts of trade that pay the general rate and the rate on autos."""
    share = economy.duty_share if scenario.response.exemptions else 1.0
    return share * (1.0 - economy.auto_share), share * economy.auto_share


def _floor(scenario: Scenario, economy: Economy) -> float:
    """Red line on the general rate, never above a partner's rate of 2 April."""
    return min(scenario.united_states.tariff_floor, max(economy.rate_april2, 0.0))


def _auto_floor(scenario: Scenario, economy: Economy) -> float:
    """Red line on autos; the threat itself where nobody talks about autos."""
    if economy.auto_share < scenario.united_states.autos_from:
        return scenario.threat.auto_rate
    return min(scenario.united_states.auto_floor, scenario.threat.auto_rate)


def _letters(scenario: Scenario, economy: Economy) -> list[float]:
    """Rates that letters announce to a partner; an order comes as a surprise, and nobody bargains up to it."""
    return [e.rates[economy.iso3] for e in scenario.calendar if e.action == "letters" and economy.iso3 in e.rates]


def _rates(low: float, high: float) -> Floats:
    """Rates from low to high in steps of one point."""
    return np.linspace(low, high, 1 + max(0, round((high - low) / RATE_STEP)))


def _meant(spec: IssueTerms, economy: Economy) -> bool:
    """Whether the issue is one between the United States and this partner."""
    return spec.partners is None or economy.iso3 in spec.partners


def _dearer(spec: IssueTerms, economy: Economy) -> float:
    """How many times as much a concession costs this partner, for want of what makes it affordable."""
    able = spec.needs == "fixed" or getattr(economy, spec.needs) > 0.0
    return (1.0 if able else spec.dearer) / _capacity(spec, economy)


def _capacity(spec: IssueTerms, economy: Economy) -> float:
    """What a partner can carry of a concession, by its GDP per head; 1 where income does not matter."""
    if spec.least_capacity <= 0.0:
        return 1.0
    per_head = 1e6 * economy.gdp / economy.population  # USD 1,000
    return float(max(spec.least_capacity, min(1.0, per_head / spec.capacity_income) ** spec.capacity_power))


def _concerns(spec: IssueTerms, economy: Economy) -> bool:
    """Whether the issue is in this partner's package."""
    return spec.table in ("joint", "president") and _meant(spec, economy)


def _apart(scenario: Scenario, economy: Economy, k: int, spec: IssueTerms) -> Apart:
    """Lay out an issue on a track of its own."""
    z, scale = np.linspace(0.0, 1.0, spec.levels), _scale(spec, economy)
    cost, benefit = _dearer(spec, economy) * _cost(spec, scale, z), _benefit(spec, scale, z)
    tracks = scenario.tracks
    values = z if spec.unit == "share" else z * scale
    return Apart(k, values, cost, benefit, tracks.sanction * scale, tracks.sanction_price * scale)


def _cost(spec: IssueTerms, scale: float, z: Floats) -> Floats:
    """(B1) at unit weight, USD bn a year."""
    return np.asarray(spec.cost * scale * (z + spec.convexity * z**2 / 2))


def _benefit(spec: IssueTerms, scale: float, z: Floats) -> Floats:
    """(B2) at unit weight, USD bn a year."""
    return np.asarray(spec.benefit * scale * (z - spec.concavity * z**2 / 2))


def _scale(spec: IssueTerms, economy: Economy) -> float:
    """Scale m of an issue for a partner, USD bn."""
    return spec.scale * (1.0 if spec.basis == "fixed" else float(getattr(economy, spec.basis)))


def _values(spec: IssueTerms, scale: float, economy: Economy) -> Floats:
    """Grid of an issue in natural units; the single level 0 where it is not part of this partner's package."""
    top = 1.0 if spec.unit == "share" else scale
    return np.linspace(0.0, top, spec.levels if _concerns(spec, economy) else 1)


def _prior(
    scenario: Scenario, economy: Economy, columns: list[Floats], specs: list[tuple[IssueTerms, float]]
) -> tuple[Floats, Floats]:
    """(B1) and (B2) at unit weights for every level."""
    shape = (len(columns), max(column.size for column in columns))
    cost, benefit = np.zeros(shape), np.zeros(shape)
    rows = list(enumerate(specs, start=AUTO + 1))
    if "auto_tariff" in scenario.issues:
        spec = scenario.issues["auto_tariff"]
        rows.append((AUTO, (spec, _scale(spec, economy))))
    for k, (spec, scale) in rows:
        n = columns[k].size
        z = _used(scenario, columns[k], k)
        cost[k, :n], benefit[k, :n] = _dearer(spec, economy) * _cost(spec, scale, z), _benefit(spec, scale, z)
    return cost, benefit


def _used(scenario: Scenario, column: Floats, k: int) -> Floats:
    """Z of every level: the share of the issue's range; autos count from a rate of zero."""
    if k == AUTO:
        return column / max(scenario.threat.auto_rate, RATE_STEP)
    return np.linspace(0.0, 1.0, column.size)


def deficit_weight(scenario: Scenario, economy: Economy) -> float:
    """w_D r_i (B4): the weight on a dollar less of imports from a partner, as far as it follows the deficit with it."""
    us = scenario.united_states
    ratio = max(0.0, 1.0 - economy.us_exports / economy.us_imports)
    return us.deficit_weight * (1.0 + us.deficit_ratio * (ratio - 1.0))


def _political(scenario: Scenario, tables: PayoffTables, row: int, economy: Economy) -> Floats:
    """H_i (B4): h_i, revenue, imports kept out (against those at 10 per cent), and prices at home."""
    us = scenario.united_states
    imports = tables.imports[row]
    at_ten = np.array([np.interp(0.10, tables.rates, imports[:, m]) for m in range(imports.shape[1])])
    revenue = tables.rates[:, None] * imports
    kept_out = deficit_weight(scenario, economy) * (at_ten[None, :] - imports)
    home = tables.home[row] + us.revenue_weight * revenue + kept_out
    if us.price_weight > 0.0:
        home = home - us.price_weight * tables.prices[row]
    return np.ascontiguousarray(home)


def size_of(scenario: Scenario, trade: float) -> Literal["small", "middle", "large"]:
    """Size of a partner by its two-way trade, USD bn."""
    if trade >= scenario.session.large_trade:
        return "large"
    return "middle" if trade >= scenario.session.middle_trade else "small"


def _stack(columns: list[Floats]) -> Floats:
    """Rows of unequal length as one array; the tail repeats the last value."""
    stack = np.empty((len(columns), max(column.size for column in columns)))
    for row, column in zip(stack, columns, strict=True):
        row[: column.size], row[column.size :] = column, column[-1]
    return stack
