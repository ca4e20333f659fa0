"""``python -m sim.study.strength``: how hard each pattern is to meet, measured by settings drawn from the priors.

Every draw is an ensemble of the scenario at assumptions drawn evenly from the priors of the calibration. A pattern that
nearly all of them hit says nothing for any of them.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from sim import __version__
from sim.scenario import Scenario, ScenarioError, load_scenario, scenario_at, scenario_hash
from sim.study.decided import STRENGTH, WEAK
from sim.study.patterns import PATTERNS
from sim.study.scores import run_patterns, scores

__all__ = ["ROUNDS", "drawn_ensembles", "hit_shares", "main", "write_strength"]

#: Weeks of talks; no pattern looks further.
ROUNDS = 18
BAD_INPUT = 2


def hit_shares(ensembles: Iterable[pd.DataFrame]) -> dict[str, float]:
    """Return by pattern the share of ensembles that hit it.

    Parameters
    ----------
    ensembles : iterable of DataFrame
        Of each, a row a run and a column a pattern, as `sim.study.run_patterns` returns them.
    """
    hits = pd.DataFrame([{one.pattern.name: one.hit for one in scores(measured)} for measured in ensembles])
    return {pattern.name: float(hits[pattern.name].mean()) for pattern in PATTERNS}


def drawn_ensembles(base: Scenario, draws: int, runs: int) -> Iterator[pd.DataFrame]:
    """Play a scenario at assumptions spread evenly over the priors.

    Parameters
    ----------
    base : Scenario
        What is played; its seed decides the draws too.
    draws, runs : int
        Settings, and runs of each.
    """
    from sim.study.calibration.design import design
    from sim.study.calibration.priors import load_priors

    clock = base.clock.model_copy(update={"rounds": min(ROUNDS, base.clock.rounds)})
    short = base.model_copy(update={"clock": clock, "replications": runs})
    for point in design(load_priors(), draws, base.seed).to_dict("records"):
        yield run_patterns(scenario_at(short, {str(key): value for key, value in point.items()}))


def write_strength(shares: dict[str, float], path: Path, about: dict[str, str]) -> Path:
    """Write the shares, hardest first, under a head that says whence."""
    text = io.StringIO()
    text.writelines(f"# {key}: {value}\n" for key, value in about.items())
    rows = sorted(shares.items(), key=lambda row: (row[1], row[0]))
    csv.writer(text, lineterminator="\n").writerows([("name", "share"), *((name, f"{x:.3g}") for name, x in rows)])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def main(words: Sequence[str] | None = None) -> int:
    """Measure from the command line; return the exit status."""
    asked = _parser().parse_args(words)
    try:
        base = load_scenario(asked.scenario, [*asked.settings, f"seed={asked.seed}"])
    except ScenarioError as error:
        print(f"strength: {error}", file=sys.stderr)
        return BAD_INPUT
    shares = hit_shares(_told(drawn_ensembles(base, asked.draws, asked.runs), asked.draws))
    about = {
        "share of settings drawn from the priors that hit each pattern": f"weak from {WEAK:g} on",
        "command": shlex.join(["python", "-m", "sim.study.strength", *_said(asked)]),
        "scenario": f"{base.name}, hash {scenario_hash(base)}",
        "draws": f"{asked.draws} of {asked.runs} runs, seed {asked.seed}",
        "version": __version__,
        "date": dt.date.today().isoformat(),
    }
    print(write_strength(shares, asked.out, about))
    return 0


def _said(asked: argparse.Namespace) -> list[str]:
    """The options that decide the numbers, as words."""
    kept = [f"--{name}={getattr(asked, name)}" for name in ("scenario", "draws", "runs", "seed")]
    return [*kept, *(f"--set={setting}" for setting in asked.settings)]


def _told(ensembles: Iterator[pd.DataFrame], draws: int) -> Iterator[pd.DataFrame]:
    """Say how far it is."""
    for n, measured in enumerate(ensembles, 1):
        print(f"\r{n} of {draws} settings", end="\n" if n == draws else "", file=sys.stderr, flush=True)
        yield measured


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sim.study.strength", description=__doc__)
    parser.add_argument("--scenario", default="april_2025", help="name or path of the scenario")
    parser.add_argument("--set", dest="settings", action="append", default=[], metavar="KEY=VALUE", help="lay over it")
    parser.add_argument("--draws", type=_count, default=100, help="settings drawn from the priors")
    parser.add_argument("--runs", type=_count, default=40, help="runs of each")
    parser.add_argument("--seed", type=int, default=2025, help="seed of all draws")
    parser.add_argument("--out", type=Path, default=STRENGTH, help="where to write")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is below 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
