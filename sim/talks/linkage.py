"""What is lost when an issue leaves the package for a track of its own."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.bargaining import merge_frontiers, nash_index
from sim.scenario import Scenario
from sim.talks.model import TariffTalks
from sim.talks.packages import options_of
from sim.talks.setup import prepare
from sim.talks.table import Table

__all__ = ["linkage"]

Floats = NDArray[np.float64]

MEASURES = ("partner_best", "us_best", "joint_best", "nash_partner", "nash_us")


def linkage(scenario: Scenario, iso: str, issue: str, round_: int = 0) -> pd.DataFrame:
    """Compare the package with an issue in it and without it (Sebenius 1983: adding issues widens what can be agreed).

    Parameters
    ----------
    scenario : Scenario
        The experiment; the issue is put into the package whatever table it has there.
    iso : str
        The partner.
    issue : str
        The issue.
    round_ : int
        Week from whose values the comparison is made, the talks going on as usual until then.

    Returns
    -------
    DataFrame
        One row with the issue (`joint`), one without it (`apart`), one with the difference (`lost`). Columns: the most
        each side could get while the other is no worse off than without a deal, the largest sum of gains, and both
        gains at the Nash point; USD bn of present value. Nothing an own track may bring is counted.

    Raises
    ------
    KeyError
        If there is no such partner or issue.
    """
    table = _table(_joined(scenario, issue), iso, round_)
    k = table.terms.issues.index(issue) if issue in table.terms.issues else -1
    if k < 0:
        raise KeyError(issue)
    groups = options_of(table, inside=True)
    joint = _measures([group.gains for group in groups])
    apart = _measures([group.gains if k not in group.issues else _without(group.gains) for group in groups])
    rows = {"joint": joint, "apart": apart, "lost": joint - apart}
    return pd.DataFrame(rows, index=list(MEASURES)).T


def _joined(scenario: Scenario, issue: str) -> Scenario:
    """Return the scenario with an issue in the package."""
    terms = scenario.issues[issue].model_copy(update={"table": "joint"})
    return scenario.model_copy(update={"issues": {**scenario.issues, issue: terms}})


def _table(scenario: Scenario, iso: str, round_: int) -> Table:
    model = TariffTalks(prepare(scenario), collect=False)
    while model.round < round_:
        model.step()
    return model.table(model.partner(iso), model.look_around())


def _without(gains: Floats) -> Floats:
    """Keep the choice of conceding nothing, which adds nothing."""
    return np.zeros_like(gains[:1])


def _measures(gains: list[Floats]) -> Floats:
    """The most for each side, the largest sum, and the Nash point, among packages no worse than no deal for either."""
    front, _ = merge_frontiers(gains)
    rational = front[(front >= 0.0).all(axis=1)]
    if not len(rational):
        return np.zeros(len(MEASURES))
    nash = rational[int(nash_index(rational[:, 0], rational[:, 1], 0.5))]
    return np.array([*rational.max(axis=0), rational.sum(axis=1).max(), *nash])
