"""Enough runs: add replications until the answer is as sharp as was asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from sim.ensemble import Store, fill
from sim.scenario import Scenario
from sim.study.advantage import per_year
from sim.study.results import Results, results_of

__all__ = ["FEWEST", "MOST", "headline_interval", "run_until", "wanted_next"]

Progress = Callable[[int, int], None]

#: With fewer twins an interval is no guide to how many more are needed; beyond these somebody should think again.
FEWEST, MOST = 8, 1_000_000
#: No step grows the number of twins by more than this, because the first widths are themselves uncertain.
GROWTH = 4.0
#: A little more than the square law asks for saves a last small step.
MARGIN = 1.05


def headline_interval(results: Results) -> tuple[float, float]:
    """Return the 95 per cent interval of the headline in USD bn a year.

    The headline is the advantage of the first place compared over the last, or the value of the outcome when the
    scenario compares no places.
    """
    rows: list[dict[Any, Any]] = results.advantage.to_dict("records")
    if len(rows) > 1:
        return float(rows[0]["low_per_year"]), float(rows[0]["high_per_year"])
    only = results.positions.to_dict("records")[0]
    factor = per_year(results.scenario)
    return float(only["value_low"]) * factor, float(only["value_high"]) * factor


def wanted_next(replications: int, width: float, target: float) -> int:
    """Twins to have next, given how wide the interval is with those at hand: it narrows with their square root.

    >>> wanted_next(100, 2.0, 1.5)
    187
    >>> wanted_next(100, 2.0, 0.1)
    400
    """
    if math.isnan(width):
        return max(FEWEST, 2 * replications)
    needed = MARGIN * replications * (width / target) ** 2
    return math.ceil(min(GROWTH * replications, max(replications + 1, needed)))


def run_until(
    scenario: Scenario,
    store: Store,
    target: float,
    progress: Progress | None = None,
    *,
    most: int = MOST,
    **how: Any,
) -> Results:
    """Add twins until the interval of the headline is no wider than a target.

    How many it takes depends on the scenario, its seed and the number it starts with alone. To stop when an interval is
    narrow makes it, over many such runs, cover the truth a little less often than 95 times in a hundred; with the
    hundreds of twins it takes the difference is small.

    Parameters
    ----------
    scenario : Scenario
        Its number of replications is where the run starts, at least :data:`FEWEST`.
    store : Store
        Keeps what is played.
    target : float
        Width, from the low to the high end, USD bn a year; > 0.
    progress : callable, optional
        As for :func:`sim.ensemble.fill`.
    most : int
        Twins at which to give up.
    **how
        As for :func:`sim.ensemble.fill`: jobs, cluster, engine, notice.

    Returns
    -------
    Results
        Its scenario says how many twins it took.

    Raises
    ------
    ValueError
        For a width that nothing reaches.
    """
    if not target > 0.0:
        raise ValueError("the width of an interval is more than 0")
    replications = min(most, max(FEWEST, scenario.replications))
    while True:
        grown = scenario.model_copy(update={"replications": replications})
        fill(grown, store, progress, **how)
        results = results_of(grown, store)
        low, high = headline_interval(results)
        if high - low <= target or replications >= most:
            return results
        replications = min(most, wanted_next(replications, high - low, target))
