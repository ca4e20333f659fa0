"""``python -m sim.study.calibration``: screen the assumptions, set those that matter, and say what has changed."""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sim import __version__
from sim.scenario import Scenario, ScenarioError, load_scenario, scenario_hash
from sim.study.calibration.distance import base_scenario, distance, observed_patterns
from sim.study.calibration.posterior import POSTERIOR, Posterior
from sim.study.calibration.predictive import predict, run_at
from sim.study.calibration.priors import Prior, load_priors
from sim.study.calibration.report import before_and_after, influence_table
from sim.study.calibration.screening import influence, most_influential, screen

BAD_INPUT, INTERRUPTED = 2, 130
FEW = 20
TOO_FEW = (
    "That is too few for intervals: set fewer parameters (--most), keep more particles, or stop at fewer populations."
)
MISSING = "pyABC is not installed; pip install 'first-mover[calibration]' brings it"


def main(words: Sequence[str] | None = None) -> int:
    """Calibrate from the command line; return the exit status."""
    asked = _parser().parse_args(words)
    try:
        base = base_scenario(load_scenario(asked.scenario, [*asked.settings, f"seed={asked.seed}"]))
        _calibrate(base, load_priors(asked.priors), asked)
    except (ScenarioError, ModuleNotFoundError, OSError) as error:
        said = MISSING if isinstance(error, ModuleNotFoundError) else error
        print(f"calibration: {said}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("calibration: interrupted before anything was finished; nothing was written", file=sys.stderr)
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sim.study.calibration", description=__doc__)
    parser.add_argument("--scenario", default="april_2025", help="name or path of the scenario to set")
    parser.add_argument("--set", dest="settings", action="append", default=[], metavar="KEY=VALUE", help="lay over it")
    parser.add_argument("--priors", type=Path, help="table of priors; the one shipped when silent")
    parser.add_argument("--screening", type=_count, default=600, help="runs to find what matters")
    parser.add_argument("--most", type=_count, default=12, help="parameters to set; the others stay as they are")
    parser.add_argument("--particles", type=_count, default=200, help="accepted points a population")
    parser.add_argument("--populations", type=int, default=6, help="populations; 0 stops after the screening")
    parser.add_argument("--evaluations", type=_count, default=20_000, help="runs after which no population is begun")
    parser.add_argument("--predictive", type=_count, default=200, help="runs before and after")
    parser.add_argument("--seed", type=int, default=2025, help="seed of all draws")
    parser.add_argument("--jobs", type=_count, help="processes; all cores when silent; the numbers do not depend on it")
    parser.add_argument("--out", type=Path, default=POSTERIOR, help="where to write the posterior")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is below 1")
    return number


def _calibrate(base: Scenario, priors: tuple[Prior, ...], asked: argparse.Namespace) -> None:
    if asked.populations > 0:
        import pyabc  # noqa: F401  (before the work rather than after it)
    console = Console(width=None if sys.stdout.isatty() else 150)
    run_at(base, {}, 0)  # compiled and cached once, before the processes need it
    with _bar("screening") as (bar, task):
        points, measured = screen(base, priors, asked.screening, _advance(bar, task), asked.jobs)
    chosen = _chosen(priors, influence(points, measured), asked, console)
    if asked.populations == 0:
        console.print(before_and_after({"priors": measured}, f"seed {asked.seed}, version {__version__}"))
        return
    found = _move(base, chosen, asked)
    found.write(asked.out)
    _tell(base, chosen, found, {"priors": measured}, asked, console)


def _chosen(
    priors: tuple[Prior, ...], found: pd.DataFrame, asked: argparse.Namespace, console: Console
) -> tuple[Prior, ...]:
    """Pick the parameters that matter, and print how much each does."""
    names = most_influential(found, asked.most)
    console.print(influence_table(found, names, f"seed {asked.seed}, {asked.screening} runs, version {__version__}"))
    return tuple(prior for prior in priors if prior.key in names)


def _move(base: Scenario, priors: tuple[Prior, ...], asked: argparse.Namespace) -> Posterior:
    """Run the populations, and gather the last one with all that says where it comes from."""
    from sim.study.calibration.smc import Plan, calibrate

    plan = Plan(asked.particles, asked.populations, asked.evaluations, asked.seed, asked.jobs)
    seen = observed_patterns()
    with _bar("population 0") as (bar, task):

        def report(population: int, accepted: int, wanted: int) -> None:
            name = "first distances" if population < 0 else f"population {population + 1} of {plan.populations}"
            bar.update(task, description=name, completed=accepted, total=wanted)

        cloud = calibrate(priors, _Simulator(base), _Distance(seen), plan, report)
    about = {
        "weighted particles": "assumptions whose runs come near the talks of 2025 as known by 22 July",
        "command": shlex.join(["python", "-m", "sim.study.calibration", *_said(asked)]),
        "scenario": f"{base.name}, hash {scenario_hash(base)}",
        "seed": str(asked.seed),
        "version": __version__,
        "date": dt.date.today().isoformat(),
        "populations": f"{len(cloud.epsilon)} of {plan.populations}, {cloud.evaluations} runs",
        "largest distance accepted": ", ".join(f"{e:.3f}" for e in cloud.epsilon) + " tolerances a pattern",
    }
    found = Posterior(cloud.points, cloud.weights, about)
    about["effective particles"] = f"{found.effective:.1f} of {len(found.points)}"
    return found


class _Simulator:
    """One run at given assumptions; a class so that processes can be sent it."""

    def __init__(self, base: Scenario) -> None:
        self.base = base

    def __call__(self, values: dict[str, float | int], replication: int) -> dict[str, float]:
        return run_at(self.base, values, replication)


class _Distance:
    def __init__(self, seen: dict[str, float]) -> None:
        self.seen = seen

    def __call__(self, values: Any) -> float:
        return distance(values, self.seen)


def _tell(
    base: Scenario,
    priors: tuple[Prior, ...],
    found: Posterior,
    ensembles: dict[str, pd.DataFrame],
    asked: argparse.Namespace,
    console: Console,
) -> None:
    """Print what has become of the assumptions and of the patterns."""
    n = asked.predictive
    unmoved: list[dict[str, float | int]] = [{}] * n
    cases = {"defaults": unmoved, "posterior": found.draw(n, asked.seed), "its medians": [found.medians(priors)] * n}
    for name, points in cases.items():
        with _bar(f"runs at {name}") as (bar, task):
            ensembles[name] = predict(base, points, _advance(bar, task), asked.jobs)
    console.print(before_and_after(ensembles, f"seed {asked.seed}, {n} runs each, version {__version__}"))
    for name, measured in ensembles.items():
        console.print(f"mean distance, {name}: {_mean_distance(measured):.3f} tolerances a pattern", highlight=False)
    console.print(f"effective particles: {found.effective:.1f} of {len(found.points)}", highlight=False)
    if found.effective < FEW:
        console.print(TOO_FEW, highlight=False)
    console.print("\nkey: default -> posterior median [5 %, 95 %]", highlight=False)
    for line in found.lines(priors):
        console.print(line, highlight=False, markup=False)
    console.print(f"\n{asked.out}", highlight=False, soft_wrap=True)


def _mean_distance(measured: pd.DataFrame) -> float:
    seen = observed_patterns()
    rows = [{str(name): float(value) for name, value in row.items()} for row in measured.to_dict("records")]
    return float(np.mean([distance(row, seen) for row in rows]))


def _said(asked: argparse.Namespace) -> list[str]:
    """The options that decide the numbers, as words; where things are written and by how many processes is left out."""
    kept = {k: v for k, v in vars(asked).items() if k not in ("settings", "jobs", "out") and v is not None}
    words = [word for key, value in kept.items() for word in (f"--{key}", str(value))]
    return words + [word for setting in asked.settings for word in ("--set", setting)]


@contextmanager
def _bar(title: str) -> Iterator[tuple[Progress, Any]]:
    """Show how far a stage is, and how long the rest of it may take."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar, bar.add_task(title, total=None)


def _advance(bar: Progress, task: Any) -> Any:
    def advance(done: int, total: int) -> None:
        bar.update(task, completed=done, total=total)

    return advance


if __name__ == "__main__":
    sys.exit(main())
