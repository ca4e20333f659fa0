"""``python -m sim.study.calibration``: set the assumptions to the talks of 2025."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sim.ensemble import StoreError, chosen_engine
from sim.ensemble.code import code_version
from sim.scenario import Scenario, ScenarioError, load_scenario, scenario_hash
from sim.study.calibration.bank import Bank
from sim.study.calibration.design import Space, sobol
from sim.study.calibration.distance import Ruler
from sim.study.calibration.ensemble import Talks, base_scenario
from sim.study.calibration.plan import Plan
from sim.study.calibration.priors import Prior, load_priors
from sim.study.calibration.search import best_of, search
from sim.talks.setup import prepare

BAD_INPUT, INTERRUPTED = 2, 130
MISSING = "cma and emcee are needed; pip install 'first-mover[calibration]' brings them"


def main(words: Sequence[str] | None = None) -> int:
    """Calibrate from the command line; return the exit status."""
    asked = _parser().parse_args(words)
    try:
        base = base_scenario(load_scenario(asked.scenario, [*asked.settings, f"seed={asked.seed}"]))
        _calibrate(base, _chosen(load_priors(asked.priors), asked.keys), asked)
    except (ScenarioError, StoreError, ModuleNotFoundError, OSError) as error:
        said = MISSING if isinstance(error, ModuleNotFoundError) else error
        print(f"calibration: {said}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("calibration: interrupted; what was played is kept, and the same command goes on", file=sys.stderr)
        return INTERRUPTED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sim.study.calibration", description=__doc__)
    parser.add_argument("--scenario", default="april_2025", help="name or path of the scenario to set")
    parser.add_argument("--set", dest="settings", action="append", default=[], metavar="KEY=VALUE", help="lay over it")
    parser.add_argument("--priors", type=Path, help="table of priors instead of the one that is shipped")
    parser.add_argument("--keys", nargs="+", metavar="KEY", help="move only these; the others keep their defaults")
    parser.add_argument("--minutes", type=_positive, default=60.0, help="how long about, on two cores")
    parser.add_argument("--runs", type=_count, default=64, help="replications a point")
    parser.add_argument(
        "--luck", type=float, default=0.0, help="share of the variance between runs that counts as error"
    )
    parser.add_argument("--seed", type=int, default=2025, help="seed of all draws")
    parser.add_argument("--jobs", type=_count, default=2, help="processes; the numbers do not depend on it")
    parser.add_argument("--kept", type=Path, default=Path("results/.calibration"), help="where ensembles are kept")
    parser.add_argument("--search-only", action="store_true", help="stop after the search")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is below 1")
    return number


def _positive(text: str) -> float:
    number = float(text)
    if not number > 0.0:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return number


def _chosen(priors: tuple[Prior, ...], keys: Sequence[str] | None) -> tuple[Prior, ...]:
    """Return the priors that are moved."""
    known = {prior.key: prior for prior in priors}
    for key in keys or ():
        if key not in known:
            raise ScenarioError(f"no prior of {key!r}", file="--keys", allowed=tuple(known))
    return tuple(known[key] for key in keys) if keys else priors


def _calibrate(base: Scenario, priors: tuple[Prior, ...], asked: argparse.Namespace) -> None:
    import cma  # noqa: F401  (before the work rather than after it)

    chosen_engine(prepare(base), asked.runs, "compiled")
    space, talks = Space(priors), Talks(base)
    ruler = Ruler.of(talks.looked_at, asked.luck)
    plan = Plan(asked.minutes, asked.runs, len(priors), asked.seed)
    talks({}, 0, 1)  # compiled and cached once, before the processes need it
    console = Console(width=None if sys.stdout.isatty() else 150)
    with _bar(plan.ensembles) as bar:
        bank = Bank(_kept_in(asked.kept, base, space), space, talks, asked.jobs, bar.advanced)
        seeds = np.vstack([space.defaults()[None], sobol(len(priors), plan.priors, asked.seed)])
        found = search(bank, ruler, plan.hunt, seeds, bar.say)
        finalists, value = best_of(bank, ruler, found, plan.hunt)
        bank.write()
    at_defaults = ruler.log_likelihood(bank.ensembles(seeds[:1], 0, asked.runs))[0]
    console.print(f"log-likelihood at the defaults {at_defaults:.2f}, at the best point {value[0]:.2f} (fresh luck)")
    for key, number in space.overrides(space.values(finalists[:1])[0]).items():
        console.print(f"{key}={number:.6g}", highlight=False, markup=False)


def _kept_in(root: Path, base: Scenario, space: Space) -> Path:
    """Folder of the ensembles of these assumptions over this scenario under these rules and facts."""
    said = "\n".join([scenario_hash(base), str(base.seed), code_version(), *space.keys])
    return root / f"{base.name}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


class _Bar:
    """How many ensembles are played, and how long the rest may take."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.task = progress, progress.add_task("ensembles of the priors", total=total)

    def say(self, words: str) -> None:
        """Say what is under way."""
        self.progress.update(self.task, description=words)

    def advanced(self, n: int) -> None:
        """Count what was played."""
        self.progress.advance(self.task, n)


@contextmanager
def _bar(total: int) -> Iterator[_Bar]:
    """Show how far the whole is."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress, total)


if __name__ == "__main__":
    sys.exit(main())
