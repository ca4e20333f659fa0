"""Value by place for all places (F1), and where it comes from (F2)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from sim.ensemble import Store, fill
from sim.scenario import Scenario
from sim.study.advantage import advantage
from sim.study.asking import How
from sim.study.split import Paths, may_be_ruled, paths_of, refuse_exact, split_runs, split_table
from sim.talks.queue import opening_rounds
from sim.talks.setup import Setup, prepare

__all__ = ["Openings", "like_places", "spread", "study_openings"]

LEVEL = "focal"


@dataclass(frozen=True, eq=False)
class Openings:
    """What every place in the queue is worth to the focal partner, compared with the last.

    Attributes
    ----------
    outcomes : DataFrame
        One row a run, at one place of those whose talks open in the same weeks, and at the last.
    advantage : DataFrame
        All places; columns as :func:`sim.study.advantage` has them.
    pairs : DataFrame
        `position`, `versus`, `replication`, `difference` and its four parts, USD bn, present value, at the places of
        `outcomes` but the last. Without the parts where the courts may strike the duties down.
    split : DataFrame
        All places but the last; columns as :func:`sim.study.split_table` has them. Empty without the parts.
    alike : dict
        For every place the one of `outcomes` that is the same.
    """

    outcomes: pd.DataFrame
    advantage: pd.DataFrame
    pairs: pd.DataFrame
    split: pd.DataFrame
    alike: dict[int, int]


def like_places(setup: Setup) -> dict[int, int]:
    """For every place the first one at which all talks open in the same weeks: to the partners they are the same."""
    first: dict[tuple[int, ...], int] = {}
    places = range(1, len(setup.terms) + 1)
    return {place: first.setdefault(tuple(opening_rounds(setup, place)), place) for place in places}


def study_openings(scenario: Scenario, how: How | None = None) -> Openings:
    """Play the focal partner at all places of the queue, and split what each is worth over the last.

    Places whose talks open in the same weeks are played once: with six a week, 80 places are 14 runs.

    Raises
    ------
    ResultsError
        When outcomes were settled by the trade model itself, see :func:`sim.study.split_runs`.
    """
    how = how or How()
    setup = prepare(scenario)
    refuse_exact(setup)
    alike = like_places(setup)
    last = alike[len(setup.terms)]
    queue = scenario.queue.model_copy(update={"position": tuple(sorted(set(alike.values())))})
    setup = replace(setup, scenario=scenario.model_copy(update={"queue": queue}))
    tables = _tables(setup.scenario, how)
    paths = paths_of(tables["outcomes"], tables["weekly"])
    found = [
        _pairs(setup, tables["outcomes"], place, last, _parts(setup, paths[place], paths[last]))
        for place in sorted(paths)
        if place != last
    ]
    pairs = pd.concat(found, ignore_index=True) if found else pd.DataFrame()
    rows = advantage(tables["outcomes"], scenario)
    return Openings(
        outcomes=tables["outcomes"],
        advantage=spread(rows, alike),
        pairs=pairs,
        split=spread(split_table(pairs), alike) if found and not may_be_ruled(setup) else pd.DataFrame(),
        alike=alike,
    )


def _tables(scenario: Scenario, how: How) -> dict[str, pd.DataFrame]:
    """Play what is missing, and read all of it."""
    if how.root is None:
        with tempfile.TemporaryDirectory() as folder:
            return _tables(scenario, replace(how, root=Path(folder)))
    store = Store.of(how.root, scenario)
    fill(scenario, store, how.progress, notice=how.notice, level=LEVEL, jobs=how.jobs, engine=how.engine)
    return store.tables(range(scenario.replications), LEVEL)


def _parts(setup: Setup, one: Paths, other: Paths) -> pd.DataFrame:
    """Split the differences of twins; no columns where they cannot be split."""
    return pd.DataFrame(index=range(len(one.signed))) if may_be_ruled(setup) else split_runs(setup, one, other)


def _pairs(setup: Setup, outcomes: pd.DataFrame, place: int, last: int, parts: pd.DataFrame) -> pd.DataFrame:
    """Twin differences of one place with their parts."""
    values = outcomes.pivot_table(index="replication", columns="position", values="value")
    gap = (values[place] - values[last]).to_numpy(dtype=float)
    return parts.assign(position=place, versus=len(setup.terms), replication=values.index, difference=gap)


def spread(table: pd.DataFrame, alike: dict[int, int]) -> pd.DataFrame:
    """Give every place the row of the one it is like; compared with the last of all.

    Parameters
    ----------
    table : DataFrame
        A row a place in column `position`, others as they come.
    alike : dict
        From :func:`like_places`.
    """
    by_place = {int(row["position"]): row for row in table.to_dict("records")}
    rows = [
        {**by_place[one], "position": place, "versus": max(alike)} for place, one in alike.items() if one in by_place
    ]
    return pd.DataFrame(rows)
