"""``python -m benchmarks.rhythm``: whether the value of a place alternates from one opening week to the next.

A queue in which a partner meets every second week can make the parity of its opening week decide whether it meets just
before a deadline. Twin by twin, the value of every opening week is held against the mean of its neighbours; the
contrast of even and odd weeks is the mean of these gaps with alternating signs. Without a rhythm it is zero.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim import __version__
from sim.ensemble import Engine
from sim.ensemble.engine import tables_by
from sim.scenario import load_scenario
from sim.study.advantage import mean_interval
from sim.talks import prepare

Floats = NDArray[np.float64]
TWINS = 2000


@dataclass(frozen=True)
class Rhythm:
    """Value by opening week, and its alternation; USD bn of present value.

    Attributes
    ----------
    mean, low, high : float
        Contrast of even and odd weeks, with its 95 per cent interval.
    by_week : tuple of float
        Value of each opening week less that of the last.
    """

    mean: float
    low: float
    high: float
    by_week: tuple[float, ...]


def contrast(values: Floats) -> Floats:
    """Alternation of values (R, W) by week around the mean of both neighbours, run by run.

    >>> contrast(np.array([[1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 0.0, 1.0]])).tolist()
    [0.0, -1.0]
    """
    gaps = values[:, 1:-1] - (values[:, :-2] + values[:, 2:]) / 2.0
    signs = np.where(np.arange(1, values.shape[1] - 1) % 2 == 0, 1.0, -1.0)
    return np.asarray((gaps * signs).mean(axis=1))


def rhythm(name: str, twins: int) -> Rhythm:
    """Play a scenario with its focal partner at the first place of every opening week."""
    scenario = load_scenario(name)
    setup = prepare(scenario)
    places = tuple(range(1, len(setup.terms) + 1, scenario.queue.per_week))
    queue = scenario.queue.model_copy(update={"position": places})
    setup = prepare(scenario.model_copy(update={"queue": queue}))
    table: pd.DataFrame = tables_by(Engine.COMPILED, setup, range(twins), "focal")["outcomes"]
    values = table.pivot_table(index="replication", columns="position", values="value").to_numpy()
    found = mean_interval(contrast(values))
    return Rhythm(*map(float, found), tuple(map(float, (values - values[:, -1:]).mean(axis=0))))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="japan_first", help="name of the scenario")
    parser.add_argument("--twins", type=int, default=TWINS, help=f"twins ({TWINS})")
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    asked = parser.parse_args()
    found = rhythm(asked.scenario, asked.twins)
    if asked.json:
        print(json.dumps({**asdict(found), "twins": asked.twins, "scenario": asked.scenario, "version": __version__}))
        return
    print("Value by opening week less that of the last, USD bn over four years:")
    print("  " + " ".join(f"{value:+.2f}" for value in found.by_week))
    print(f"Even against odd weeks: {found.mean:+.3f} [{found.low:+.3f}, {found.high:+.3f}]")
    print(f"{asked.scenario}, {asked.twins} twins, version {__version__}")


if __name__ == "__main__":
    main()
