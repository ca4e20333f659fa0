"""Where the difference between two twins comes from: coverage, timing, terms, world (F2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.advantage import mean_interval
from sim.study.results import ResultsError
from sim.talks.setup import Setup
from sim.talks.value import annuity, flow, gains_along, weekly_factor

__all__ = ["PARTS", "Paths", "may_be_ruled", "paths_of", "refuse_exact", "split_runs", "split_table", "value_along"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Moves = dict[str, tuple[int, ...]]

#: A deal in one twin only; the same terms on another date; other terms on one date; the same deal in another world.
PARTS = ("coverage", "timing", "terms", "world")
DATE, DEAL, WORLD = 0, 1, 2
NEVER = np.inf


@dataclass(frozen=True, eq=False)
class Paths:
    """Runs week by week, as far as the focal partner's value hangs on them; R runs of T weeks.

    Attributes
    ----------
    signed : ndarray (R,)
        Round of signing; infinite without a deal.
    rate, paid : ndarray (R, T)
        Effective rate, and what is paid a year beyond it, USD bn.
    omega, spill : ndarray (R, T)
        The world as the focal partner meets it.
    answers : ndarray (R, T)
        Whether it levies duties of its own.
    """

    signed: Floats
    rate: Floats
    paid: Floats
    omega: Floats
    spill: Floats
    answers: Bools


def paths_of(outcomes: pd.DataFrame, weekly: pd.DataFrame) -> dict[int, Paths]:
    """Read the runs of every place off the tables of a run, replications in their order."""
    return {int(str(place)): _paths(ends, weekly) for place, ends in outcomes.groupby("position", sort=True)}


def split_runs(setup: Setup, one: Paths, other: Paths) -> pd.DataFrame:
    """Split the value of one set of runs less that of their twins, run by run (F2).

    The runs are put together from three things: when a deal is signed (and what is borne until then), what it says
    from then on, and the world around. Each part is what exchanging its thing changes, on average over the orders in
    which the three can be exchanged, so that the parts of (one, other) are those of (other, one) with their signs
    turned, and add up to the difference. With a deal in one twin only, date and deal go together: that is coverage.
    Without any deal all of the difference is the world.

    Parameters
    ----------
    setup : Setup
        What was played; settled by the payoff tables.
    one, other : Paths
        R runs each, twin by twin.

    Returns
    -------
    DataFrame
        `coverage`, `timing`, `terms`, `world`: R rows, USD bn, present value.

    Raises
    ------
    ResultsError
        When outcomes were settled by the trade model itself, whose flows cannot be read off one partner's tables, or
        when a ruling may change them after the last week of the talks.
    """
    refuse_exact(setup)
    if may_be_ruled(setup):
        raise ResultsError("runs that a court may change after the talks cannot be split; set court.hazard to 0")
    parts = pd.DataFrame(np.zeros((len(one.signed), len(PARTS))), columns=list(PARTS))
    both, neither = np.isfinite(one.signed) & np.isfinite(other.signed), np.isinf(one.signed) & np.isinf(other.signed)
    cases: tuple[tuple[Bools, Moves], ...] = (
        (both, {"timing": (DATE,), "terms": (DEAL,), "world": (WORLD,)}),
        (~both & ~neither, {"coverage": (DATE, DEAL), "world": (WORLD,)}),
        (neither, {"world": (DATE, DEAL, WORLD)}),
    )
    for rows, moves in cases:
        if rows.any():
            pair = _some(one, rows), _some(other, rows)
            for name, change in _shares(setup, pair, moves):
                parts.loc[rows, name] += change
    return parts


def refuse_exact(setup: Setup) -> None:
    """Raise ResultsError for outcomes that the payoff tables do not give."""
    if setup.scenario.settlement != "tables":
        raise ResultsError("settlement: exact cannot be split, since the parts are read off the payoff tables")


def may_be_ruled(setup: Setup) -> bool:
    """Whether the courts may strike the duties down: then the weeks of the talks do not hold all that is borne."""
    return setup.scenario.court.hazard > 0.0 or setup.scenario.court.date is not None


def value_along(setup: Setup, date: Paths, deal: Paths, world: Paths) -> Floats:
    """Value of runs put together from the dates of some, the deals of others, and the worlds of yet others.

    USD bn, present value of the whole horizon (V1), ndarray (R,). Until the date of signing what the first
    bore is borne; then what the second says holds, from before its own date on if need be.
    """
    week = np.arange(date.rate.shape[1])[None, :]
    signed, held = week >= date.signed[:, None], _held(deal)
    rate, paid = np.where(signed, held[0], date.rate), np.where(signed, held[1], date.paid)
    flows = _flows(setup, rate, world, date.answers & ~signed)
    return np.asarray((_weights(setup) * (flows - paid)).sum(axis=1))


def split_table(splits: pd.DataFrame) -> pd.DataFrame:
    """Average the splits by place.

    Parameters
    ----------
    splits : DataFrame
        `position`, `versus`, and the four parts, twin by twin.

    Returns
    -------
    DataFrame
        `position`, `versus`; each part and the `total`, with `_low` and `_high` (95 per cent), USD bn, present value;
        `twins`.
    """
    rows = []
    for (place, versus), group in splits.groupby(["position", "versus"], sort=True):
        row: dict[str, object] = {"position": place, "versus": versus, "twins": len(group)}
        columns = {name: group[name].to_numpy(dtype=float) for name in PARTS}
        for name, part in {**columns, "total": np.sum(list(columns.values()), axis=0)}.items():
            row |= dict(zip((name, f"{name}_low", f"{name}_high"), mean_interval(part), strict=True))
        rows.append(row)
    return pd.DataFrame(rows)


def _paths(ends: pd.DataFrame, weekly: pd.DataFrame) -> Paths:
    """Runs of one place."""
    ends = ends.sort_values("replication")
    rows = weekly[weekly["position"] == ends["position"].iloc[0]].sort_values(["replication", "round"], kind="stable")
    columns = {name: rows[name].to_numpy(dtype=float).reshape(len(ends), -1) for name in ("omega", "spill", "paid")}
    return Paths(
        signed=ends["round"].fillna(NEVER).to_numpy(dtype=float),
        rate=rows["focal_rate"].to_numpy(dtype=float).reshape(len(ends), -1),
        answers=rows["answers"].to_numpy().reshape(len(ends), -1) > 0,
        **columns,
    )


def _some(paths: Paths, rows: Bools) -> Paths:
    return Paths(**{name: part[rows] for name, part in paths.__dict__.items()})


def _shares(setup: Setup, pair: tuple[Paths, Paths], moves: Moves) -> Iterator[tuple[str, Floats]]:
    """What each move changes on its way from the second of the pair to the first, over all orders of the moves."""
    known: dict[tuple[int, ...], Floats] = {}

    def value(made_of: tuple[int, ...]) -> Floats:
        if made_of not in known:
            known[made_of] = value_along(setup, *(pair[n] for n in made_of))
        return known[made_of]

    orders = list(permutations(moves))
    for order in orders:
        at = [1, 1, 1]
        for name in order:
            before = value(tuple(at))
            for thing in moves[name]:
                at[thing] = 0
            yield name, (value(tuple(at)) - before) / len(orders)


def _held(deal: Paths) -> tuple[Floats, Floats]:
    """Rate and payments that a deal says, in all weeks: before its date those of its date, ndarrays (R, T)."""
    weeks = deal.rate.shape[1]
    first = np.where(np.isfinite(deal.signed), deal.signed, 0.0).astype(np.int64)
    when = np.maximum(np.arange(weeks)[None, :], np.minimum(first, weeks - 1)[:, None])
    return np.take_along_axis(deal.rate, when, axis=1), np.take_along_axis(deal.paid, when, axis=1)


def _weights(setup: Setup) -> Floats:
    """Present value of USD 1 a year by week, ndarray (T,); the last week stands for all that is left of the horizon."""
    clock = setup.scenario.clock
    delta, last = float(weekly_factor(clock.discount_rate)), clock.rounds - 1
    ends = [min(t + 1, clock.horizon) for t in range(last)] + [clock.horizon]
    return np.array([float(annuity(t, end, delta)) for t, end in enumerate(ends)])


def _flows(setup: Setup, rate: Floats, world: Paths, answers: Bools) -> Floats:
    """g_i of the focal partner at some rates in some worlds, ndarray (R, T), USD bn a year."""
    i = [terms.iso for terms in setup.terms].index(setup.scenario.queue.focal)
    flows: Floats = gains_along(setup.gain[i], setup.steps, world.omega, world.spill, rate)
    for run, week in np.argwhere(answers):
        flows[run, week] += _answer(setup, i, rate[run, week], world.omega[run, week])
    return flows


def _answer(setup: Setup, i: int, rate: float, omega: float) -> float:
    """What its own duties add to the flow of the i-th partner, USD bn a year."""
    flat, one = np.zeros((len(setup.terms), setup.answers.rates.size)), np.full(len(setup.terms), omega)
    return float(flow(setup.answers.curves(flat, flat, one)[0][i], setup.steps, rate))
