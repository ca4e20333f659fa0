"""The same experiment under many assumptions: every setting plays the same hands, and what is finished is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from joblib import delayed
from numpy.typing import NDArray

from sim.ensemble import Store, chosen_engine
from sim.ensemble.engine import tables_by
from sim.ensemble.runner import LONGEST, in_parallel, workers
from sim.ensemble.shards import spans_of
from sim.scenario import Scenario, scenario_at, scenario_hash
from sim.study.assumptions import assumptions
from sim.study.signs import at_places, ends_of
from sim.talks.setup import Setup, prepare

__all__ = ["WEEKLY", "Progress", "differences", "ready", "settings_at", "values_at_ends"]

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

#: What is kept of a run: the value of its outcome is all that is read.
LEVEL = "summary"
#: Settings made ready that are remembered for those that differ from them in the weekly rules only.
REMEMBERED = 8
#: Numbers that only the weekly rules read, by section; what is made ready before the first week does not hang on them.
BY_SECTION = {
    "clock": "rounds patience extension discount_rate",
    "session": "power offers",
    "threat": "credibility",
    "united_states": "beta weight_sd toughness toughness_sd",
    "partners": "beta beta_sd resistance_sd price_level_sd skill reciprocity",
    "court": "hazard us_belief partner_belief",
    "mechanisms.attention": "strength absence",
    "mechanisms.attention.rush": "weeks sessions window text stakes drafts",
    "mechanisms.showcase": "strength value decay",
    "mechanisms.precedent": "strength",
    "mechanisms.parity": "strength clause similarity",
    "mechanisms.learning": "strength transparency noise",
    "mechanisms.diversion": "strength",
    "mechanisms.pressure": "strength growth cost haste",
    "politics": "reprice_step ratification ratification_noise election_weeks walk_after return_after",
    "announcements": "strength frequency noise spin",
}
WEEKLY = tuple(f"{section}.{name}" for section, names in BY_SECTION.items() for name in names.split())


def differences(
    settings: Sequence[Scenario], progress: Progress | None = None, *, root: Path | None = None, jobs: int | None = None
) -> Floats:
    """Value at the first place compared less value at the last (F1), twin by twin, under every setting.

    Parameters and errors as for :func:`values_at_ends`.

    Returns
    -------
    ndarray (S, R)
        USD bn, present value of the whole horizon, by setting and replication.
    """
    values = values_at_ends(settings, progress, root=root, jobs=jobs)
    return np.ascontiguousarray(values[:, :, 0] - values[:, :, 1])


def values_at_ends(
    settings: Sequence[Scenario], progress: Progress | None = None, *, root: Path | None = None, jobs: int | None = None
) -> Floats:
    """Value of the focal partner's outcome at the first and the last place compared, under every setting.

    Parameters
    ----------
    settings : sequence of Scenario
        S of them, at least one: one scenario with some numbers changed, of the same partners and R replications.
        Those that are equal are played once.
    progress : callable, optional
        Called with the replications that are kept and their number, over all different settings.
    root : Path, optional
        Folder of results; finished runs are kept there, and a second call plays only what is missing. A folder that
        is taken away again when silent.
    jobs : int, optional
        Threads or processes; the numbers do not depend on it.

    Returns
    -------
    ndarray (S, R, 2)
        USD bn, present value of the whole horizon.

    Raises
    ------
    KeyboardInterrupt
        When interrupted; what is finished is kept.
    StoreError
        When runs cannot be kept.
    """
    if root is None:
        with tempfile.TemporaryDirectory() as folder:
            return values_at_ends(settings, progress, root=Path(folder), jobs=jobs)
    ends = ends_of(prepare(settings[0]))
    compared = [at_places(setting, ends) for setting in settings]
    pairs = [(setting, Store.of(root, setting)) for setting in compared]
    _fill(list({store.folder: (setting, store) for setting, store in pairs}.values()), progress, jobs)
    return np.array([_read(store, setting.replications) for setting, store in pairs])


def settings_at(base: Scenario, points: pd.DataFrame) -> list[Scenario]:
    """Return one setting a row of a table that has a dotted key for every column.

    Raises
    ------
    ScenarioError
        When the scenario has no such number, or a value will not do.
    """
    rows = points.to_dict("records")
    return [scenario_at(base, {str(key): value for key, value in row.items()}) for row in rows]


def ready(settings: Iterable[Scenario]) -> Iterator[Setup]:
    """Make settings ready, one by one; those that differ in the weekly rules alone share what does not hang on them."""
    usual = {prior.key: prior.value(prior.point(prior.default)) for prior in assumptions(WEEKLY)}
    kept: dict[str, Setup] = {}
    for setting in settings:
        ground = scenario_hash(scenario_at(setting, usual))
        if ground not in kept:
            kept = dict([*kept.items()][1 - REMEMBERED :])
            kept[ground] = prepare(setting)
        yield replace(kept[ground], scenario=setting)


def _fill(pairs: list[tuple[Scenario, Store]], progress: Progress | None, jobs: int | None) -> None:
    """Play what the stores of some settings lack, each block kept as soon as it is finished."""
    missing = [store.missing(setting.replications, LEVEL) for setting, store in pairs]
    total, left = sum(setting.replications for setting, _ in pairs), sum(map(len, missing))
    if progress is not None:
        progress(total - left, total)
    work = [(*pair, block) for pair, gaps in zip(pairs, missing, strict=True) for block in spans_of(gaps, LONGEST)]
    if not work:
        return
    first = prepare(work[0][0])
    engine = chosen_engine(first, left, level=LEVEL)
    setups = ready(setting for setting, _, _ in work)
    tasks = (delayed(tables_by)(engine, setup, block, LEVEL) for setup, (*_, block) in zip(setups, work, strict=True))
    played = in_parallel(tasks, jobs or workers(first, left, engine), engine)
    for (_, store, block), tables in zip(work, played, strict=True):
        store.add(tables, block)
        left -= len(block)
        if progress is not None:
            progress(total - left, total)


def _read(store: Store, replications: int) -> Floats:
    """Values by replication at the first and the last place, ndarray (R, 2)."""
    rows = store.tables(range(replications), LEVEL)["summary"].sort_values(["replication", "position"])
    return rows["value"].to_numpy(dtype=float).reshape(replications, -1)[:, [0, -1]]
