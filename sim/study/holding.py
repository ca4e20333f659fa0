"""When to sign: the value of opening early and that of signing late, told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from sim.ensemble import Engine
from sim.ensemble.ends import ends_by
from sim.scenario import Scenario
from sim.study.advantage import mean_interval
from sim.study.asking import How, ask
from sim.talks.queue import opening_rounds
from sim.talks.setup import Setup, prepare

__all__ = ["hold_back", "opening_and_signing", "signing_grid_of", "usual_rounds"]

#: Places compared, as shares of the queue, and rounds before which nothing is signed.
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
STEP = 4


def usual_rounds(scenario: Scenario) -> tuple[int, ...]:
    """Rounds before which nothing is signed: none, and every fourth from then on to the last of the talks."""
    return (0, *range(STEP, scenario.clock.rounds, STEP))


def hold_back(
    scenario: Scenario, places: Sequence[int] = (), rounds: Sequence[int] = (), how: How | None = None
) -> pd.DataFrame:
    """Play the focal partner at some places of the queue, holding its signature back to some round.

    Parameters
    ----------
    scenario : Scenario
        The experiment.
    places, rounds : sequence of int
        Where it opens, and the rounds before which it signs nothing; five places and :func:`usual_rounds` when silent.
    how : How, optional
        With what, and where runs are kept.

    Returns
    -------
    DataFrame
        `replication`, `position`, `sign_from`, `value`: USD bn, present value of the whole horizon.
    """
    setup = prepare(scenario)
    n = len(setup.terms)
    places = tuple(places) or tuple(dict.fromkeys(1 + round(share * (n - 1)) for share in SHARES))
    rounds = tuple(rounds) or usual_rounds(scenario)
    play = partial(_play, setup, places, rounds)
    return ask(setup, "holding", [places, rounds], play, how or How(), len(places) * len(rounds))


def signing_grid_of(runs: pd.DataFrame) -> pd.DataFrame:
    """Compare all cells with opening first and signing when ready.

    Returns
    -------
    DataFrame
        `position`, `sign_from`, `mean`, `low`, `high` (paired, USD bn), `reference`, `twins`.
    """
    table = runs.pivot_table(index="replication", columns=["position", "sign_from"], values="value")
    cells = [(int(cell[0]), int(cell[1])) for cell in table.columns]
    reference, rows = cells[0], []
    for place, start in cells:
        same = (place, start) == reference
        mean, low, high = mean_interval((table[place, start] - table[reference]).to_numpy(dtype=float))
        interval = {"mean": mean, "low": float("nan") if same else low, "high": float("nan") if same else high}
        rows.append({"position": place, "sign_from": start, **interval, "reference": same, "twins": len(table)})
    return pd.DataFrame(rows)


def opening_and_signing(runs: pd.DataFrame, late: int) -> pd.DataFrame:
    """Split the advantage of the first place over the last into what waiting does and what opening does.

    Parameters
    ----------
    runs : DataFrame
        From :func:`hold_back`.
    late : int
        A round to hold back to, one of those played.

    Returns
    -------
    DataFrame
        `part`, `mean`, `low`, `high` (USD bn), `twins`: `sign_late_first` and `sign_late_last`, what holding back to
        that round is worth at either place; `open_early`, what opening first rather than last is worth when both hold
        back; and `total`, what it is worth when neither does, which is open_early - sign_late_first + sign_late_last.
    """
    table = runs.pivot_table(index="replication", columns=["position", "sign_from"], values="value")
    places = table.columns.get_level_values(0)
    first, last = int(places.min()), int(places.max())
    parts = {
        "sign_late_first": table[first, late] - table[first, 0],
        "sign_late_last": table[last, late] - table[last, 0],
        "open_early": table[first, late] - table[last, late],
        "total": table[first, 0] - table[last, 0],
    }
    rows = []
    for name, part in parts.items():
        mean, low, high = mean_interval(part.to_numpy(dtype=float))
        rows.append({"part": name, "mean": mean, "low": low, "high": high, "twins": len(part)})
    return pd.DataFrame(rows)


def _play(setup: Setup, places: Sequence[int], rounds: Sequence[int], engine: Engine, block: range) -> pd.DataFrame:
    """Play a block of replications at all places, holding back to all rounds."""
    focal = [terms.iso for terms in setup.terms].index(setup.scenario.queue.focal)
    opens = np.array([opening_rounds(setup, place) for place in places])
    frames = []
    for start in rounds:
        queue = setup.scenario.queue.model_copy(update={"sign_from": start})
        held = replace(setup, scenario=setup.scenario.model_copy(update={"queue": queue}))
        value = ends_by(engine, [held], opens, block).value[:, 0, :, focal]
        keys = {"replication": np.repeat(np.asarray(block), len(places)), "position": list(places) * len(block)}
        frames.append(pd.DataFrame({**keys, "sign_from": start, "value": value.reshape(-1)}))
    return pd.concat(frames, ignore_index=True).sort_values("replication", kind="stable", ignore_index=True)
