"""What a deal is worth, and when: (V1) to (V4) as small functions that compile.

All money is USD bn; a flow is per year, a gain is a present value at round 0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.mechanisms import precedent_cost
from sim.mechanisms.precedent import EXPECTED_CUT
from sim.world.lookup import along, between, cell
from sim.world.state import grip

__all__ = [
    "Numbers",
    "annuity",
    "average_rate",
    "effective_rate",
    "flow",
    "gain_at",
    "gain_curves",
    "gains_along",
    "grips_of",
    "home_at",
    "home_curves",
    "no_deal",
    "one_off",
    "one_off_at",
    "outlook_without",
    "package_rate",
    "package_sum",
    "partner_gain",
    "read_gain",
    "read_home",
    "relative_cut",
    "stake_of",
    "stakes_of",
    "us_gain",
    "value_without",
    "weekly_factor",
    "weighted_sum",
    "yearly_flows",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: A handful of numbers: an array, or a tuple where none need be made.
Numbers = NDArray[np.float64] | tuple[float, ...]


@compiled
def weekly_factor(discount_rate: float) -> float:
    """Discount factor of one week, (1 + r)**(-1/52)."""
    return float((1.0 + discount_rate) ** (-1.0 / 52.0))


@compiled
def annuity(start: float, end: float, delta: float) -> float:
    """Present value at week 0 of USD 1 a year paid in weeks `start` to `end` - 1; 0 when the span is empty.

    A(a, b) = sum of delta**s / 52.
    """
    if end <= start:
        return 0.0
    if delta >= 1.0:
        return (end - start) / 52.0
    return float(delta**start - delta**end) / (1.0 - delta) / 52.0


@compiled
def effective_rate(tariff: float, auto_tariff: float, duty: Numbers) -> float:
    """E = d [(1 - s) t + s a]; `duty` is d (1 - s) and d s, the parts of trade that pay either rate."""
    return duty[0] * tariff + duty[1] * auto_tariff


@compiled
def package_rate(grid: Floats, levels: Ints, duty: Numbers) -> float:
    """Effective rate of a package; rows 0 and 1 of the grid are the two rates."""
    return effective_rate(grid[0, levels[0]], grid[1, levels[1]], duty)


@compiled
def package_sum(rows: Floats, levels: Ints) -> float:
    """Sum over issues of the value at the package's levels, in the order of the issues."""
    total = 0.0
    for k in range(levels.size):
        total += rows[k, levels[k]]
    return total


@compiled
def weighted_sum(weights: Floats, rows: Floats, levels: Ints) -> float:
    """:func:`package_sum` of rows (K, L) that are still to be multiplied by weights (K,)."""
    total = 0.0
    for k in range(levels.size):
        total += weights[k] * rows[k, levels[k]]
    return total


@compiled
def gain_curves(tables: Floats, steps: Floats, states: Floats) -> Floats:
    """g_i by own rate in the state of the world that each partner meets, ndarray (N, K), USD bn a year.

    Parameters
    ----------
    tables : ndarray (N, K, M)
        g_i by own rate and omega, USD bn a year.
    steps : ndarray (2,)
        Spacing of own rates and of omega.
    states : ndarray (N, 3)
        Omega, spill and tilt of each partner, as `world_states` gives them.
    """
    out = np.empty(tables.shape[:2])
    for i in range(tables.shape[0]):
        read_gain(tables[i], steps, states[i], out[i])
    return out


@compiled
def home_curves(tables: Floats, steps: Floats, states: Floats) -> Floats:
    """h_i by own rate, like :func:`gain_curves`; the tilt acts with the grip of the own rate."""
    out, grips = np.empty(tables.shape[:2]), grips_of(steps, tables.shape[1])
    for i in range(tables.shape[0]):
        read_home(tables[i], steps, grips, states[i], out[i])
    return out


@compiled
def grips_of(steps: Floats, rates: int) -> Floats:
    """How far a tilt acts on h at each of so many own rates."""
    out = np.empty(rates)
    for k in range(rates):
        out[k] = grip(k * steps[0])
    return out


@compiled
def read_gain(table: Floats, steps: Floats, state: Floats, out: Floats) -> None:
    """Put g_i by own rate into `out` (K,); `table` (K, M) and `state` (3,) are those of one partner."""
    m, y = cell(state[0], steps[1], table.shape[1])
    spill = state[1]
    for k in range(out.size):
        out[k] = between(table[k], m, y) + spill


@compiled
def read_home(table: Floats, steps: Floats, grips: Floats, state: Floats, out: Floats) -> None:
    """Put h_i by own rate into `out` (K,), like :func:`read_gain`; `grips` is from :func:`grips_of`."""
    m, y = cell(state[0], steps[1], table.shape[1])
    tilt = state[2]
    for k in range(out.size):
        out[k] = between(table[k], m, y) + grips[k] * tilt


@compiled
def gain_at(table: Floats, steps: Floats, state: Numbers, rate: float) -> float:
    """g_i at one own rate: to the bit what :func:`flow` reads off the curve of :func:`gain_curves`.

    `table` is that of one partner (K, M), `state` its omega and spill, and whatever follows.
    """
    m, y = cell(state[0], steps[1], table.shape[1])
    k, x = cell(rate, steps[0], table.shape[0])
    ends = between(table[k], m, y) + state[1], between(table[k + 1], m, y) + state[1]
    return between(ends, 0, x)


@compiled
def gains_along(table: Floats, steps: Floats, omega: Floats, spill: Floats, rates: Floats) -> Floats:
    """:func:`gain_at` at many rates, each in a world of its own: all (R, T), USD bn a year."""
    out = np.empty(rates.shape)
    for run in range(rates.shape[0]):
        for week in range(rates.shape[1]):
            out[run, week] = gain_at(table, steps, (omega[run, week], spill[run, week]), rates[run, week])
    return out


@compiled
def home_at(table: Floats, steps: Floats, grips: Floats, state: Floats, rate: float) -> float:
    """h_i at one own rate, like :func:`gain_at`; `grips` is from :func:`grips_of`."""
    m, y = cell(state[0], steps[1], table.shape[1])
    k, x = cell(rate, steps[0], table.shape[0])
    low, high = between(table[k], m, y), between(table[k + 1], m, y)
    return between((low + grips[k] * state[2], high + grips[k + 1] * state[2]), 0, x)


@compiled
def flow(curve: Floats, steps: Numbers, rate: float) -> float:
    """Yearly flow, USD bn, at an effective rate; `curve` (K,) is by own rate, `steps[0]` apart."""
    return along(curve, rate, steps[0])


@compiled
def yearly_flows(curves: Floats, steps: Floats, rates: Floats) -> Floats:
    """Flows of all partners at their own rates, ndarray (N,); `curves` is (N, K)."""
    out = np.empty(rates.size)
    for i in range(rates.size):
        out[i] = flow(curves[i], steps, rates[i])
    return out


@compiled
def outlook_without(now: float, turn: float, end: float, delta: float, hazard: float) -> tuple[float, float, float]:
    """Split the time ahead without a deal: A(t, D), A(D, S), and what is left of A(t, S) once the duties have fallen.

    Parameters
    ----------
    now, turn, end : float
        t, D and S, weeks.
    delta : float
        Discount factor of a week.
    hazard : float
        Rate a year at which a side believes that the courts strike the duties down: they stand in week s with
        probability exp(-hazard (s - t) / 52).
    """
    if hazard <= 0.0:
        return annuity(now, turn, delta), annuity(turn, end, delta), 0.0
    standing = delta * np.exp(-hazard / 52.0)
    scale = np.exp(hazard * now / 52.0)
    before, after = scale * annuity(now, turn, standing), scale * annuity(turn, end, standing)
    return before, after, annuity(now, end, delta) - before - after


@compiled
def no_deal(spans: Numbers, credibility: float, flows: Numbers, pain: float) -> float:
    """Value of not signing (V2), less the pain of going on.

    Parameters
    ----------
    spans : ndarray (3,)
        From :func:`outlook_without`.
    credibility : float
        rho, the believed probability that the threat is carried out at D.
    flows : ndarray (3,)
        Yearly flows at the rate in force, at the threatened one, and once the duties have fallen, USD bn.
    pain : float
        Yearly cost of having no deal beyond the tariffs (pressure, levers), USD bn.
    """
    before, after, fallen = spans[0], spans[1], spans[2]
    later = credibility * flows[1] + (1.0 - credibility) * flows[0]
    return float(before * flows[0] + after * later - (before + after) * pain + fallen * flows[2])


@compiled
def value_without(
    curves: tuple[Floats, Floats], steps: Numbers, rates: Numbers, spans: Numbers, credibility: float, pain: float
) -> float:
    """:func:`no_deal` of a side whose flows by own rate are given: today's, and those once the threat is carried out.

    `rates` are the effective rate in force, the threatened one, and that which stays when the duties fall.
    """
    today, then = flow(curves[0], steps, rates[0]), flow(curves[1], steps, rates[1])
    fallen = flow(curves[0], steps, rates[2]) if spans[2] > 0.0 else 0.0
    return no_deal(spans, credibility, (today, then, fallen), pain)


@compiled
def partner_gain(a: float, yearly: float, cost: float, without: float) -> float:
    """G_i (V3): A (g - cost) - N, USD bn."""
    return a * (yearly - cost) - without


@compiled
def us_gain(a: float, yearly: float, benefit: float, without: float) -> float:
    """G_US,i (V4) before one-off effects: A (h + benefit) - N, USD bn."""
    return a * (yearly + benefit) - without


@compiled
def relative_cut(rate: float, floor: float, threat: float) -> float:
    """How far a rate lies from the threat (0) to the red line (1); 1 where the two coincide."""
    if threat - floor <= 1e-12:
        return 1.0
    return (threat - rate) / (threat - floor)


@compiled
def one_off(effects: Numbers, rate: float, bounds: Numbers, a: float) -> float:
    """One-off effects of a deal on the United States, USD bn.

    Parameters
    ----------
    effects : ndarray (3,)
        Showcase, strength of precedent, and slope of precedent.
    rate : float
        Effective rate of the package.
    bounds : ndarray (2,)
        Effective rates at the red line and at the threat.
    a : float
        A(t, S).
    """
    return one_off_at(effects, relative_cut(rate, bounds[0], bounds[1]), a)


@compiled
def one_off_at(effects: Numbers, cut: float, a: float) -> float:
    """:func:`one_off` at a relative cut."""
    return float(effects[0] - precedent_cost(effects[1], effects[2], cut, a))


@compiled
def stake_of(table: Floats, steps: Floats, grips: Floats, state: Floats, bounds: Numbers) -> float:
    """What the United States lose a year per unit of relative cut beyond the expected one with one partner, USD bn.

    `table` is h by own rate and omega (K, M), `state` the partner's (3,), `bounds` (2,) the effective rates at the red
    line and at the threat.
    """
    expected = bounds[1] - EXPECTED_CUT * (bounds[1] - bounds[0])
    at_expected = home_at(table, steps, grips, state, expected)
    at_full = home_at(table, steps, grips, state, bounds[0])
    return (at_expected - at_full) / (1.0 - EXPECTED_CUT)


@compiled
def stakes_of(tables: Floats, steps: Floats, states: Floats, bounds: Floats) -> Floats:
    """:func:`stake_of` for all partners, ndarray (N,)."""
    out, grips = np.empty(bounds.shape[0]), grips_of(steps, tables.shape[1])
    for i in range(bounds.shape[0]):
        out[i] = stake_of(tables[i], steps, grips, states[i], bounds[i])
    return out


@compiled
def average_rate(rates: Floats, imports: Floats) -> float:
    """Mean of effective rates weighted by US imports, a fraction."""
    paid = total = 0.0
    for i in range(rates.size):
        paid += imports[i] * rates[i]
        total += imports[i]
    return paid / total
