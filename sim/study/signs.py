"""The sign of every mechanism: what it alone does to the advantage of being first."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
from joblib import delayed

from sim.ensemble.code import code_version, own_tactics
from sim.ensemble.engine import Engine, chosen_engine, tables_by
from sim.ensemble.runner import block_length, in_parallel, workers
from sim.ensemble.shards import spans_of
from sim.ensemble.twins import places
from sim.scenario import Scenario, scenario_hash
from sim.scenario.mechanisms import MECHANISMS
from sim.study.advantage import mean_interval
from sim.talks.setup import Setup, prepare

__all__ = [
    "ALL",
    "NONE",
    "at_places",
    "effects_of",
    "ends_of",
    "mechanism_effects",
    "mechanism_values",
    "only",
    "runs_file",
    "values_of",
]

Progress = Callable[[int, int], None]

#: The two settings that every mechanism is set against.
NONE, ALL = "none", "all"
KEYS = ["setting", "position", "replication"]
#: Replications after which what is finished is put on disk.
BATCH = 50


def only(scenario: Scenario, *names: str) -> Scenario:
    """Return the scenario with the named mechanisms at their strength and all others at 0."""
    off = {
        name: getattr(scenario.mechanisms, name).model_copy(update={"strength": 0.0})
        for name in MECHANISMS
        if name not in names
    }
    return scenario.model_copy(update={"mechanisms": scenario.mechanisms.model_copy(update=off)})


def mechanism_effects(
    scenario: Scenario,
    mechanisms: Sequence[str] = MECHANISMS,
    progress: Progress | None = None,
    *,
    jobs: int | None = None,
    keep: Path | None = None,
) -> pd.DataFrame:
    """What each mechanism, alone, adds to the focal partner's advantage of being first.

    Parameters
    ----------
    scenario : Scenario
        Gives the focal partner, the places to compare (the first and the last of them; place 1 and the last place when
        it keeps the order), the strengths, and the number of replications.
    mechanisms : sequence of str
        Those to switch on alone.
    progress : callable, optional
        Called with the replications done and their number.
    jobs : int, optional
        Processes; the numbers do not depend on it.
    keep : Path, optional
        Parquet file of the runs done so far; what is in it is not run again, what is new is added.

    Returns
    -------
    DataFrame
        As :func:`effects_of` says.
    """
    return effects_of(values_of(scenario, mechanisms, progress, jobs=jobs, keep=keep))


def values_of(
    scenario: Scenario,
    mechanisms: Sequence[str] = MECHANISMS,
    progress: Progress | None = None,
    *,
    jobs: int | None = None,
    keep: Path | None = None,
) -> pd.DataFrame:
    """Run, or read from `keep`, every replication; parameters as in :func:`mechanism_effects`.

    Returns
    -------
    DataFrame
        `setting`, `position`, `replication`, `value` (USD bn, present value of the whole horizon) and `rate`, `round`.
        An interrupt keeps the replications that are finished.
    """
    done = pd.read_parquet(keep) if keep is not None and keep.is_file() else None
    known = set() if done is None else set(done["replication"])
    asked = [r for r in range(scenario.replications) if r not in known]
    frames, total = [] if done is None else [done], scenario.replications
    try:
        for frame in mechanism_values(scenario, mechanisms, asked, jobs):
            frames.append(frame)
            if progress is not None:
                progress(sum(part["replication"].nunique() for part in frames), total)
            if keep is not None:
                _write(pd.concat(frames, ignore_index=True), keep)
    except KeyboardInterrupt:
        if not frames:
            raise
        if keep is not None:
            _write(pd.concat(frames, ignore_index=True), keep)
    found = pd.concat(frames, ignore_index=True)
    return found[found["replication"] < total].sort_values(KEYS, kind="stable", ignore_index=True)


def mechanism_values(
    scenario: Scenario, mechanisms: Sequence[str], replications: Sequence[int], jobs: int | None = None
) -> Iterator[pd.DataFrame]:
    """Play replications first and last under every setting, a block at a time; luck is the same under all of them."""
    found, wanted = prepare(scenario), [NONE, *mechanisms, ALL]
    ends = ends_of(found)
    settings = {name: at_places(_setting(scenario, name), ends) for name in wanted}
    setups = {name: replace(found, scenario=setting) for name, setting in settings.items()}
    engine = chosen_engine(setups[ALL], len(wanted) * len(replications))
    jobs = jobs or workers(setups[ALL], len(wanted) * len(replications), engine)
    blocks = spans_of(replications, min(BATCH, block_length(len(replications), jobs)))
    return in_parallel((delayed(_block)(setups, block, engine) for block in blocks), jobs, engine)


def effects_of(values: pd.DataFrame) -> pd.DataFrame:
    """Differences in differences, replication by replication.

    Parameters
    ----------
    values : DataFrame
        `setting`, `position`, `replication`, `value`.

    Returns
    -------
    DataFrame
        One row per setting, :data:`NONE` first and :data:`ALL` last: `setting`; `mean`, `low`, `high` of the advantage
        of the first place over the last (F1) under it; `effect`, `effect_low`, `effect_high`, that advantage less the
        one with all seven off; `moved`, the share of twins in which it differs at all; `twins`. USD bn, present value,
        with 95 per cent intervals.
    """
    table = values.pivot_table(index="replication", columns=["setting", "position"], values="value")
    ends = sorted(set(values["position"]))
    found = [name for name in (NONE, *MECHANISMS, ALL) if name in set(values["setting"])]
    by_setting = {name: table[name][ends[0]] - table[name][ends[-1]] for name in found}
    rows = []
    for name in found:
        mean, low, high = mean_interval(by_setting[name].to_numpy(dtype=float))
        gap = (by_setting[name] - by_setting[NONE]).to_numpy(dtype=float)
        effect, effect_low, effect_high = mean_interval(gap)
        row = {"setting": name, "mean": mean, "low": low, "high": high, "effect": effect, "effect_low": effect_low}
        rows.append(row | {"effect_high": effect_high, "moved": float((gap != 0.0).mean()), "twins": len(table)})
    return pd.DataFrame(rows)


def runs_file(root: Path, scenario: Scenario) -> Path:
    """Return where the runs of a scenario are kept: the same for any number of replications, so that they add up.

    Those of other rules or facts lie elsewhere.
    """
    one, made = scenario.model_copy(update={"replications": 1}), f"{code_version()}{own_tactics(scenario)}"
    return root / scenario.name / f"mechanisms-{scenario_hash(one)}-seed{scenario.seed}-{made}" / "runs.parquet"


def ends_of(setup: Setup) -> tuple[int, int]:
    """Return the first and the last of the places compared; of all places when the scenario keeps the order."""
    found = [place for place in places(setup) if place is not None]
    return (found[0], found[-1]) if len(found) > 1 else (1, len(setup.terms))


def at_places(scenario: Scenario, ends: tuple[int, int]) -> Scenario:
    """Return the scenario at these places of the focal partner."""
    return scenario.model_copy(update={"queue": scenario.queue.model_copy(update={"position": ends})})


def _setting(scenario: Scenario, name: str) -> Scenario:
    return scenario if name == ALL else only(scenario, name)


def _block(setups: dict[str, Setup], block: range, engine: Engine) -> pd.DataFrame:
    """Play a block of replications at both ends of the queue under every setting."""
    frames = []
    for name, setup in setups.items():
        outcomes = tables_by(engine, setup, block, "focal")["outcomes"]
        kept = outcomes[["position", "replication", "value", "effective_rate", "round"]]
        frames.append(kept.rename(columns={"effective_rate": "rate"}).assign(setting=name))
    return pd.concat(frames, ignore_index=True)


def _write(frame: pd.DataFrame, path: Path) -> None:
    """Put a table on disk, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".parquet", delete=False) as draft:
        frame.to_parquet(draft.name, index=False)
    Path(draft.name).chmod(0o644)
    Path(draft.name).replace(path)
