"""One assumption at a time, from one end of its plausible range to the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sim.scenario import Scenario, scenario_at
from sim.study.advantage import mean_interval
from sim.study.assumptions import assumptions, label_of
from sim.study.calibration import Prior
from sim.study.settings import Progress, differences

__all__ = ["swings"]


def swings(
    scenario: Scenario,
    priors: Sequence[Prior] = (),
    progress: Progress | None = None,
    *,
    root: Path | None = None,
    jobs: int | None = None,
) -> pd.DataFrame:
    """Advantage of being first with each assumption at either end of its range and all others as the scenario has them.

    Parameters
    ----------
    scenario, priors, progress, root, jobs
        As for :func:`sim.study.sensitivity.morris`; 1 + 2 K settings are played.

    Returns
    -------
    DataFrame
        `parameter`, `label`, `low_value`, `high_value` (the ends); `at_low`, `at_high` (the advantage there) with 95
        per cent intervals `at_low_low`, `at_low_high`, `at_high_low`, `at_high_high`; `base`, the advantage of the
        scenario itself. USD bn, present value; the widest swing first.
    """
    varied = tuple(priors) or assumptions()
    ends = [(prior.key, end) for prior in varied for end in _ends(prior)]
    settings = [scenario, *(scenario_at(scenario, {key: end}) for key, end in ends)]
    found = differences(settings, progress, root=root, jobs=jobs)
    base, at = float(found[0].mean()), [mean_interval(sample) for sample in found[1:]]
    rows = [
        {"parameter": prior.key, "label": label_of(prior.key)}
        | dict(zip(("low_value", "high_value"), map(float, _ends(prior)), strict=True))
        | dict(zip(("at_low", "at_low_low", "at_low_high"), low, strict=True))
        | dict(zip(("at_high", "at_high_low", "at_high_high"), high, strict=True))
        for prior, low, high in zip(varied, at[::2], at[1::2], strict=True)
    ]
    frame = pd.DataFrame(rows).assign(base=base)
    widest = (frame["at_high"] - frame["at_low"]).abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[widest].reset_index(drop=True)


def _ends(prior: Prior) -> tuple[float | int, float | int]:
    """Both ends of a range, as the schema wants them."""
    return (round(prior.low), round(prior.high)) if prior.whole else (prior.low, prior.high)
