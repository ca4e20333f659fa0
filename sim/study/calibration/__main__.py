"""``python -m sim.study.calibration``: set the assumptions to the talks of 2025, and say what was found."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from sim.ensemble import StoreError, chosen_engine
from sim.ensemble.code import code_version, facts_digest
from sim.scenario import Scenario, ScenarioError, load_scenario, scenario_hash
from sim.study.calibration.bank import Bank
from sim.study.calibration.calibrate import calibrate, seek
from sim.study.calibration.design import Space
from sim.study.calibration.distance import Ruler
from sim.study.calibration.ensemble import Talks, base_scenario
from sim.study.calibration.page import results_page
from sim.study.calibration.plan import Plan
from sim.study.calibration.posterior import POSTERIOR
from sim.study.calibration.priors import Prior, load_priors
from sim.study.calibration.progress import shown
from sim.study.calibration.search import best_of
from sim.talks.setup import prepare

BAD_INPUT, INTERRUPTED = 2, 130
MISSING = "cma and emcee are needed; pip install 'first-mover[calibration]' brings them"
#: With more parameters than this the deals of one summer say little about any of them.
MANY = 15
#: Options that do not change the numbers.
NO_MATTER = ("settings", "jobs", "out", "kept", "search_only")


def main(words: Sequence[str] | None = None) -> int:
    """Calibrate from the command line; return the exit status."""
    asked = _parser().parse_args(words)
    try:
        base = base_scenario(load_scenario(asked.scenario, [*asked.settings, f"seed={asked.seed}"]))
        _run(base, _chosen(load_priors(asked.priors), asked.keys), asked)
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
    parser.add_argument("--luck", type=_share, default=0.0, help="share of the variance between runs that is an error")
    parser.add_argument("--seed", type=int, default=2025, help="seed of all draws")
    parser.add_argument("--jobs", type=_count, default=2, help="processes; the numbers do not depend on it")
    parser.add_argument("--out", type=Path, default=POSTERIOR.parent, help="folder for the posterior and its tables")
    parser.add_argument("--kept", type=Path, default=Path("results/.calibration"), help="where ensembles are kept")
    parser.add_argument("--search-only", action="store_true", help="stop after the search, and print the best point")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is below 1")
    return number


def _positive(text: str) -> float:
    number = float(text)
    if not 0.0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return number


def _share(text: str) -> float:
    number = float(text)
    if not 0.0 <= number <= 1.0:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return number


def _chosen(priors: tuple[Prior, ...], keys: Sequence[str] | None) -> tuple[Prior, ...]:
    """Return the priors that are moved."""
    known = {prior.key: prior for prior in priors}
    for key in keys or ():
        if key not in known:
            raise ScenarioError(f"no prior of {key!r}", file="--keys", allowed=tuple(known))
    chosen = tuple(known[key] for key in keys) if keys else priors
    if len(chosen) > MANY:
        print(
            f"calibration: {len(chosen)} parameters are more than the data carry; --keys moves fewer", file=sys.stderr
        )
    return chosen


def _run(base: Scenario, priors: tuple[Prior, ...], asked: argparse.Namespace) -> None:
    import cma  # noqa: F401  (before the work rather than after it)
    import emcee  # noqa: F401

    chosen_engine(prepare(base), asked.runs, "compiled")  # refuses what only agents can play
    space, talks = Space(priors), Talks(base)
    ruler = Ruler.of(talks.looked_at, asked.luck)
    plan = Plan(asked.minutes, asked.runs, len(priors), asked.seed)
    talks({}, 0, 1)  # compiled and cached once, before the processes need it
    with shown(plan.played) as said:
        bank = Bank(_kept_in(asked.kept, base, space), space, talks, asked.jobs, said.told)
        if asked.search_only:
            found = best_of(bank, ruler, [seek(bank, ruler, plan, said).found], plan.hunt)
            bank.write()
        else:
            written = calibrate(bank, talks, ruler, plan, _about(base, asked), said).write(asked.out)
    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False, markup=False, soft_wrap=True)
    if asked.search_only:
        console.print(f"# log-likelihood {found.log_likelihood[0]:.2f} with fresh luck")
        for key, value in space.overrides(space.values(found.cube[:1])[0]).items():
            console.print(f"{key}={value:.6g}")
        return
    console.print(results_page(asked.out))
    for path in written:
        console.print(str(path))


def _about(base: Scenario, asked: argparse.Namespace) -> dict[str, str]:
    """Say where it comes from, for the header of all files."""
    return {
        "command": shlex.join(["python", "-m", "sim.study.calibration", *_said(asked)]),
        "scenario": f"{base.name}, hash {scenario_hash(base)}",
        "facts": f"hash {facts_digest()}",
        "seed": str(asked.seed),
        "version": code_version(),
        "date": dt.date.today().isoformat(),
    }


def _said(asked: argparse.Namespace) -> list[str]:
    """The options that decide the numbers, as words."""
    kept = {key: value for key, value in vars(asked).items() if key not in NO_MATTER and value is not None}
    words = []
    for key, value in kept.items():
        words += [f"--{key}", *(map(str, value) if isinstance(value, list) else [str(value)])]
    return words + [word for setting in asked.settings for word in ("--set", setting)]


def _kept_in(root: Path, base: Scenario, space: Space) -> Path:
    """Folder of the ensembles of these assumptions over this scenario under these rules and facts."""
    said = "\n".join([scenario_hash(base), str(base.seed), code_version(), facts_digest(), *space.keys])
    return root / f"{base.name}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


if __name__ == "__main__":
    sys.exit(main())
