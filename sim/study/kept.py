"""The results of earlier runs, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.scenario import Scenario
from sim.study.advantage import mean_interval, per_year
from sim.study.results import Results, ResultsError, plain

__all__ = ["changed", "compare", "list_results", "plain"]

COLUMNS = ("scenario", "seed", "replications", "version", "place", "versus", "mean", "low", "high", "folder")


def list_results(root: Path) -> pd.DataFrame:
    """List the runs below a folder, by name of the scenario and time of writing.

    Returns
    -------
    DataFrame
        `scenario`, `seed`, `replications`, `version`; `place` and `versus`, the places of the headline, with its
        `mean`, `low` and `high` (USD bn a year, blank where no places are compared); `folder`.
    """
    manifests = sorted(root.glob("*/*/manifest.json"), key=lambda path: (path.parts[-3], path.stat().st_mtime))
    return pd.DataFrame([_row(path) for path in manifests], columns=list(COLUMNS))


def compare(one: Results, two: Results) -> pd.DataFrame:
    """What the second run gives the focal partner more than the first, place by place.

    Runs with the same seed share their luck: the difference is taken replication by replication, and its interval is
    that of the mean of paired differences. Otherwise the two are independent.

    Returns
    -------
    DataFrame
        `place`, `one`, `two`, `mean`, `low`, `high` of the difference (USD bn a year), `paired`, `twins`.

    Raises
    ------
    ResultsError
        When the two have no place, or no focal partner, in common.
    """
    if one.scenario.queue.focal != two.scenario.queue.focal:
        raise ResultsError(f"{one.scenario.queue.focal} and {two.scenario.queue.focal} are not the same partner")
    paired = one.scenario.seed == two.scenario.seed
    factors = per_year(one.scenario), per_year(two.scenario)
    values = [
        results.outcomes.pivot_table(index="replication", columns="position", values="value") * factor
        for results, factor in zip((one, two), factors, strict=True)
    ]
    places = [place for place in values[0].columns if place in values[1].columns]
    if not places:
        raise ResultsError("the two runs have no place in the queue in common")
    return pd.DataFrame([_difference(values[0][place], values[1][place], int(place), paired) for place in places])


def changed(one: Scenario, two: Scenario) -> list[tuple[str, str, str]]:
    """List the parameters in which two scenarios differ: key, and the value in either (blank where it has none)."""
    here, there = (dict(_leaves(scenario.model_dump(mode="json"), "")) for scenario in (one, two))
    keys = [*here, *(key for key in there if key not in here)]
    found = [(key, here.get(key, ""), there.get(key, "")) for key in keys if here.get(key) != there.get(key)]
    return [row for row in found if row[0] not in ("name", "title", "description")]


def _leaves(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Walk through nested parameters to the single ones."""
    if isinstance(value, dict) and value:
        for name, inside in value.items():
            yield from _leaves(inside, f"{key}.{name}" if key else str(name))
    else:
        yield key, json.dumps(value)


def _difference(one: pd.Series[float], two: pd.Series[float], place: int, paired: bool) -> dict[str, Any]:
    """Difference of the means of two runs at a place."""
    if paired:
        both = pd.concat([one, two], axis=1, join="inner").to_numpy(dtype=float)
        mean, low, high = mean_interval(both[:, 1] - both[:, 0])
        first, second, twins = float(both[:, 0].mean()), float(both[:, 1].mean()), len(both)
    else:
        (first, low_1, _), (second, low_2, _) = (mean_interval(np.asarray(v, dtype=np.float64)) for v in (one, two))
        half = ((first - low_1) ** 2 + (second - low_2) ** 2) ** 0.5
        mean, twins = second - first, min(len(one), len(two))
        low, high = mean - half, mean + half
    row = {"place": place, "one": first, "two": second, "mean": mean, "low": low, "high": high}
    return row | {"paired": paired, "twins": twins}


def _row(path: Path) -> dict[str, Any]:
    """One run as its manifest tells it."""
    told = json.loads(path.read_text(encoding="utf-8"))
    head = told["advantage"][0] if len(told["advantage"]) > 1 else {}
    return {
        "scenario": told["scenario"],
        "seed": told["seed"],
        "replications": told["replications"],
        "version": told["version"],
        "place": head.get("position"),
        "versus": head.get("versus"),
        "mean": head.get("mean_per_year"),
        "low": head.get("low_per_year"),
        "high": head.get("high_per_year"),
        "folder": str(path.parent),
    }
