"""The results of earlier runs, side by side."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sim.scenario import Scenario
from sim.study.advantage import gap_interval, mean_interval, per_year
from sim.study.results import MANIFEST, Results, ResultsError, plain, read_manifest

__all__ = ["changed", "compare", "damaged_results", "list_results", "plain"]

COLUMNS = ("scenario", "seed", "replications", "version", "place", "versus", "mean", "low", "high", "folder")


def list_results(root: Path) -> pd.DataFrame:
    """List the runs below a folder, by name of the scenario and time of writing; damaged ones are left out.

    Returns
    -------
    DataFrame
        `scenario`, `seed`, `replications`, `version`; `place` and `versus`, the places of the headline, with its
        `mean`, `low` and `high` (USD bn a year, blank where no places are compared); `folder`.
    """
    found = [(folder, told) for folder, told in _manifests(root) if not isinstance(told, ResultsError)]
    return pd.DataFrame([_row(folder, told) for folder, told in found], columns=list(COLUMNS))


def damaged_results(root: Path) -> list[str]:
    """Say of every folder of results below a folder whose manifest cannot be read what is wrong with it."""
    return [str(told) for _, told in _manifests(root) if isinstance(told, ResultsError)]


def _manifests(root: Path) -> Iterator[tuple[Path, dict[str, Any] | ResultsError]]:
    """Folders of results, by name of the scenario and time of writing, with what they say, or why they say nothing."""
    dated = []
    for path in root.glob(f"*/[!.]*/{MANIFEST}"):
        with contextlib.suppress(OSError):  # taken away meanwhile
            dated.append((path.parts[-3], path.stat().st_mtime, path.parent))
    for _, _, folder in sorted(dated):
        try:
            yield folder, read_manifest(folder)
        except ResultsError as error:
            yield folder, error


def compare(one: Results, two: Results) -> pd.DataFrame:
    """What the second run gives the focal partner more than the first, place by place.

    Runs with the same seed share their luck: the difference is taken replication by replication, and its interval is
    that of the mean of paired differences. Otherwise the two are independent (Welch).

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
        values = [np.asarray(v, dtype=np.float64) for v in (two, one)]
        mean, low, high = gap_interval(*values)
        (second, first), twins = (float(v.mean()) for v in values), min(map(len, values))
    row = {"place": place, "one": first, "two": second, "mean": mean, "low": low, "high": high}
    return row | {"paired": paired, "twins": twins}


def _row(folder: Path, told: dict[str, Any]) -> dict[str, Any]:
    """One run as its manifest tells it."""
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
        "folder": str(folder),
    }
