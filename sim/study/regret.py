"""What a partner may come to regret: its choices over many worlds, none of which it knows to be the one it is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.scenario import PartnerOverride, Scenario, load_scenario
from sim.study.assumptions import assumptions
from sim.study.calibration import Prior
from sim.study.calibration.design import design
from sim.study.settings import Progress, settings_at, values_at_ends

__all__ = ["option_values", "regrets", "stances", "with_stance"]

Floats = NDArray[np.float64]

#: Worlds of a study, and samples of the bootstrap.
WORLDS, RESAMPLES = 200, 2000
#: A partner in a rush gives way evenly over the time it has.
LINEAR = 1.0
#: Names of the two places.
EARLY, LATE = "early", "late"
COLUMNS = ("mean", "p90", "worst", "best_share")


def stances() -> dict[str, PartnerOverride]:
    """Return the two stances a partner can choose between: in a rush, or that of the scenario `no_rush`."""
    no_rush = load_scenario("no_rush")
    return {"in a rush": PartnerOverride(beta=LINEAR), "no rush": no_rush.partners.overrides[no_rush.queue.focal]}


def with_stance(scenario: Scenario, stance: PartnerOverride) -> Scenario:
    """Return the scenario with what a stance says laid over what it says of the focal partner."""
    partners, focal = scenario.partners, scenario.queue.focal
    usual = partners.overrides.get(focal, PartnerOverride())
    taken = usual.model_copy(update={name: getattr(stance, name) for name in stance.model_fields_set})
    changed = partners.model_copy(update={"overrides": {**partners.overrides, focal: taken}})
    return scenario.model_copy(update={"partners": changed})


def option_values(
    scenario: Scenario,
    priors: Sequence[Prior] = (),
    progress: Progress | None = None,
    *,
    worlds: int = WORLDS,
    root: Path | None = None,
    jobs: int | None = None,
) -> pd.DataFrame:
    """Play every choice of the focal partner, where to open and with what stance, in worlds spread over assumptions.

    Parameters
    ----------
    scenario, priors, progress, root, jobs
        As for :func:`sim.study.sensitivity.morris`; early and late are the first and the last of the places compared.
    worlds : int
        How many; the sample is that of :func:`sim.study.discovery.cases`.

    Returns
    -------
    DataFrame
        One row a world, one column an option, as in ``early, no rush``: the mean value of the outcome over the twins,
        USD bn, present value.
    """
    points = design(tuple(priors) or assumptions(), worlds, scenario.seed)
    settings, choices = settings_at(scenario, points), stances()
    played = [with_stance(setting, stance) for stance in choices.values() for setting in settings]
    values = values_at_ends(played, progress, root=root, jobs=jobs).mean(axis=1)
    by_stance: Mapping[str, Floats] = dict(zip(choices, values.reshape(len(choices), worlds, 2), strict=True))
    return pd.DataFrame(
        {f"{when}, {name}": by_stance[name][:, end] for end, when in enumerate((EARLY, LATE)) for name in choices}
    )


def regrets(values: pd.DataFrame, seed: int = 0) -> pd.DataFrame:
    """Regret of every option: how much better the best choice would have been, world by world (Savage 1951).

    Parameters
    ----------
    values : DataFrame
        One row a world, one column an option, USD bn.
    seed : int
        Of the bootstrap over worlds.

    Returns
    -------
    DataFrame
        One row an option, the least mean regret first: `option`; `mean`, `p90` (the ninetieth percentile) and `worst`
        of its regret, USD bn; `best_share`, the share of worlds in which it is the best, ties shared out; each with a
        95 per cent bootstrap interval, as in `mean_low`, `mean_high`. That of `worst` says only how much it hangs on a
        few worlds, since no sample has a worse case than all of them.
    """
    table = values.to_numpy(dtype=float)
    best = table.max(axis=1, keepdims=True)
    wins = (table == best) / (table == best).sum(axis=1, keepdims=True)
    drawn = np.random.default_rng(seed).integers(len(table), size=(RESAMPLES, len(table)))
    found = _figures(best - table, wins)
    spread = [_figures((best - table)[rows], wins[rows]) for rows in drawn]
    low, high = np.quantile(spread, [0.025, 0.975], axis=0)
    frame = pd.DataFrame({"option": [str(name) for name in values.columns]})
    for n, name in enumerate(COLUMNS):
        frame = frame.assign(**{name: found[n], f"{name}_low": low[n], f"{name}_high": high[n]})
    return frame.sort_values("mean", kind="stable", ignore_index=True)


def _figures(regret: Floats, wins: Floats) -> Floats:
    """Mean, ninetieth percentile and worst of regrets, and the share of wins, ndarray (4, options)."""
    return np.array([regret.mean(axis=0), np.quantile(regret, 0.9, axis=0), regret.max(axis=0), wins.mean(axis=0)])
