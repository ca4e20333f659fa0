"""Which mechanism makes it pay to be first: Shapley values over all sets of mechanisms (F3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.ensemble import Engine
from sim.ensemble.ends import ends_by
from sim.scenario import Scenario
from sim.scenario.mechanisms import MECHANISMS
from sim.study.advantage import mean_interval
from sim.study.asking import How, ask
from sim.study.signs import ends_of, only
from sim.talks.queue import opening_rounds
from sim.talks.setup import Setup, prepare

__all__ = ["ALL_SETS", "PATHS", "WAITING", "paths_of", "set_values", "sets_table", "shapley", "shapley_values"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Every twin is played under all 128 sets, or along one path from none to all seven.
ALL_SETS, PATHS = "all", "paths"
#: What is left of the advantage with all seven off, and the whole of it.
WAITING, ALL = "waiting", "all"
M = len(MECHANISMS)
NOTHING, EVERYTHING = 0, 2**M - 1
COLUMNS = ["replication", "set", "first", "last"]


def shapley(scenario: Scenario, sets: str = PATHS, how: How | None = None) -> pd.DataFrame:
    """Shapley value of every mechanism in the advantage of the first place over the last (F3).

    Parameters
    ----------
    scenario : Scenario
        Gives the focal partner, the places (the first and the last of them), strengths, and number of twins.
    sets : str
        `paths`: every twin walks from none to all seven in an order of its own, two twins each the same way forth and
        back, so that all sets are visited between them (Castro, Gomez and Tejada 2009); 16 runs a twin. `all`: every
        twin is played under all 128 sets; 256 runs a twin.
    how : How, optional
        With what, and where runs are kept.

    Returns
    -------
    DataFrame
        As :func:`shapley_values` says.
    """
    return shapley_values(set_values(scenario, sets, how))


def set_values(scenario: Scenario, sets: str = PATHS, how: How | None = None) -> pd.DataFrame:
    """Play the sets; parameters as for :func:`shapley`.

    Returns
    -------
    DataFrame
        `replication`, `set` (bits, in the order of `MECHANISMS`), `first`, `last`: value of the focal partner's
        outcome at the first and the last place, USD bn, present value. Along a path the sets are in its order.
    """
    setup = prepare(scenario)
    places = ends_of(setup)
    play = partial(_play, setup, np.array([opening_rounds(setup, place) for place in places]), sets)
    runs = 2 * (EVERYTHING + 1 if sets == ALL_SETS else M + 1)
    return ask(setup, "shapley", [sets, *places], play, how or How(), runs)


def paths_of(seed: int, replications: Sequence[int]) -> Ints:
    """Order in which each twin switches mechanisms on, ndarray (R, 7): twins 2k and 2k + 1 go opposite ways."""
    found = np.array([np.random.default_rng([seed, r // 2]).permutation(M) for r in replications], dtype=np.int64)
    back = np.array([r % 2 == 1 for r in replications])
    return np.where(back[:, None], found[:, ::-1], found)


def shapley_values(values: pd.DataFrame) -> pd.DataFrame:
    """Work the values out from runs.

    Parameters
    ----------
    values : DataFrame
        From :func:`set_values`, along paths or over all sets.

    Returns
    -------
    DataFrame
        `part`: waiting (all seven off), the seven, and all; `mean`, `low`, `high` (USD bn, present value, 95 per cent
        interval of the mean over twins, over pairs of twins where these walk opposite ways); `twins`. Waiting and the
        seven add up to all, twin by twin.
    """
    sets, gaps = _by_twin(values)
    shares = _along_paths(sets, gaps) if sets.shape[1] == M + 1 else _over_all(gaps)
    whole = gaps[sets == EVERYTHING]
    parts = {WAITING: gaps[sets == NOTHING]} | dict(zip(MECHANISMS, shares.T, strict=True)) | {ALL: whole}
    paired = sets.shape[1] == M + 1 and len(whole) % 2 == 0
    return pd.DataFrame([_row(name, part, paired) for name, part in parts.items()])


def sets_table(values: pd.DataFrame) -> pd.DataFrame:
    """Advantage under every set that was played: `set` in words, `size`, `mean`, `low`, `high` (USD bn), `twins`."""
    gaps = (values["first"] - values["last"]).groupby(values["set"])
    rows = []
    for bits, gap in gaps:
        number = int(str(bits))
        mean, low, high = mean_interval(gap.to_numpy(dtype=float))
        words = "+".join(name for k, name in enumerate(MECHANISMS) if number >> k & 1) or "none"
        rows.append(
            {"set": words, "size": number.bit_count(), "mean": mean, "low": low, "high": high, "twins": len(gap)}
        )
    return pd.DataFrame(rows)


def _play(setup: Setup, opens: Ints, sets: str, engine: Engine, block: range) -> pd.DataFrame:
    """Play a block of replications under their sets."""
    focal = [terms.iso for terms in setup.terms].index(setup.scenario.queue.focal)
    every = np.arange(EVERYTHING + 1)
    groups = (
        [(block, every)]
        if sets == ALL_SETS
        else [
            (range(r, r + 1), _sets_along(path))
            for r, path in zip(block, paths_of(setup.scenario.seed, block), strict=True)
        ]
    )
    frames, under = [], cache(partial(_under, setup))  # what is made ready for a set serves the whole block
    for replications, chosen in groups:
        setups = [under(int(bits)) for bits in chosen]
        value = ends_by(engine, setups, opens, replications).value[..., focal]
        frames.append(
            pd.DataFrame(
                {
                    "replication": np.repeat(np.asarray(replications), chosen.size),
                    "set": np.tile(chosen, len(replications)),
                    "first": value[:, :, 0].reshape(-1),
                    "last": value[:, :, 1].reshape(-1),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)[COLUMNS]


def _under(setup: Setup, bits: int) -> Setup:
    """Return the scenario with one set of mechanisms on."""
    names = [name for k, name in enumerate(MECHANISMS) if bits >> k & 1]
    return replace(setup, scenario=only(setup.scenario, *names))


def _sets_along(path: Ints) -> Ints:
    """Sets from none to all, ndarray (8,)."""
    return np.concatenate([[0], np.cumsum(2**path)])


def _by_twin(values: pd.DataFrame) -> tuple[Ints, Floats]:
    """Sets and advantages, ndarrays (R, S)."""
    twins = values["replication"].nunique()
    gaps = (values["first"] - values["last"]).to_numpy(dtype=float)
    return values["set"].to_numpy(dtype=np.int64).reshape(twins, -1), gaps.reshape(twins, -1)


def _along_paths(sets: Ints, gaps: Floats) -> Floats:
    """What each mechanism adds where its twin's path comes to it, ndarray (R, 7)."""
    added = np.log2(np.diff(sets, axis=1)).round().astype(np.int64)
    out = np.empty((len(gaps), M))
    np.put_along_axis(out, added, np.diff(gaps, axis=1), axis=1)
    return out


def _over_all(gaps: Floats) -> Floats:
    """Shapley values twin by twin over all sets in the order of their bits, ndarray (R, 7)."""
    every, out = np.arange(EVERYTHING + 1), np.zeros((len(gaps), M))
    size = np.array([int(bits).bit_count() for bits in every])
    for k in range(M):
        without = every[(every >> k & 1) == 0]
        weight = np.array([math.factorial(s) * math.factorial(M - 1 - s) for s in size[without]]) / math.factorial(M)
        out[:, k] = (gaps[:, without + 2**k] - gaps[:, without]) @ weight
    return out


def _row(name: str, part: Floats, paired: bool) -> dict[str, object]:
    """Mean of a part with its interval."""
    mean, low, high = mean_interval(part.reshape(-1, 2).mean(axis=1) if paired else part)
    return {"part": name, "mean": mean, "low": low, "high": high, "twins": len(part)}
