"""``python -m benchmarks.fuzz --scenarios 10000 --seed 1``: random valid scenarios, each run played and audited.

Scenarios are drawn from the schema (`sim.scenario.random_scenario`), every parameter over its whole range, and what
happened is checked by `sim.talks.audit`. Failures are printed with the seed of their scenario; ``--replay SEED`` plays
one again and prints it as a file. Ctrl-C or a termination signal stops and says what was found so far. The exit status
is 1 when a run failed, 130 when stopped. Ten thousand take about an hour of processor time; beside other work
put ``nice -n 10`` before it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sim.scenario import Scenario, dump, random_scenario
from sim.study import places
from sim.talks import Hand, Luck, TariffTalks, audit, prepare

#: Seeds of scenarios are this far apart from one seed of a series to the next.
SERIES = 1_000_000
#: One run in so many keeps all its offers for the audit; that takes as long again.
NARRATED = 3
SIZES = (1, 2, 4, 8, 12, 40, 80)
SHOWN = 30


@dataclass(frozen=True)
class Trial:
    """What became of one scenario."""

    seed: int
    findings: tuple[str, ...]
    partners: int
    rounds: int
    deals: int
    sessions: int
    seconds: float


def play(scenario: Scenario, narrate: bool = True) -> TariffTalks:
    """Play a scenario at its first place, with luck of its own seed."""
    setup = prepare(scenario)
    hand = Hand(setup, Luck(scenario.seed, scenario.seed % 1000))
    return TariffTalks(hand, places(setup)[0], collect=False, narrate=narrate).run()


def attempt(seed: int) -> Trial:
    """Draw, play and audit one scenario; whatever is raised or warned of is a finding."""
    started, scenario = time.process_time(), random_scenario(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        try:
            findings = audit(model := play(scenario, narrate=seed % NARRATED == 0))
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            finding = f"{type(error).__name__}: {error} ({os.path.basename(where.filename)}, line {where.lineno})"
            return Trial(seed, (finding,), 0, scenario.clock.rounds, 0, 0, time.process_time() - started)
    sessions = sum(partner.sessions for partner in model.partners)
    spent = time.process_time() - started
    return Trial(seed, tuple(findings), len(model.partners), model.round, len(model.us.deals), sessions, spent)


def trials(seeds: list[int], jobs: int) -> Iterator[Trial]:
    """Yield trials as they are done; processes leave Ctrl-C to this one."""
    attempt(seeds[0])  # compiles and fills the cache once, before the processes need it
    with multiprocessing.get_context("spawn").Pool(jobs, signal.signal, (signal.SIGINT, signal.SIG_IGN)) as pool:
        yield from pool.imap_unordered(attempt, seeds, chunksize=4)


def survey(seeds: list[int], jobs: int) -> tuple[list[Trial], bool]:
    """Play all seeds with progress on standard error; return what was done, and whether it was stopped."""
    done: list[Trial] = []
    started, said = time.perf_counter(), 0.0
    try:
        for trial in trials(seeds, jobs):
            done.append(trial)
            for finding in trial.findings[:3]:
                print(f"\nseed {trial.seed}: {finding}", flush=True)
            if time.perf_counter() - said > 2.0:
                said = time.perf_counter()
                failed = sum(bool(t.findings) for t in done)
                rate = len(done) / (said - started)
                print(
                    f"\r{len(done):6d} of {len(seeds)}, {failed} failed, {rate:.1f} a second", end="", file=sys.stderr
                )
    except KeyboardInterrupt:
        return done, True
    finally:
        print(file=sys.stderr)
    return done, False


def report(done: list[Trial], seconds: float) -> None:
    """Print counts, rate, sizes and failures."""
    if not done:
        print("stopped before the first scenario was done")
        return
    failed = [trial for trial in done if trial.findings]
    print(f"{len(done)} scenarios, {len(failed)} failed, {len(done) / seconds:.1f} a second")
    print(f"{sum(t.deals for t in done)} deals in {sum(t.sessions for t in done)} sessions; ", end="")
    print(f"{sum(t.deals > 0 for t in done)} scenarios with a deal")
    sizes = Counter(next(top for top in SIZES if trial.partners <= top) for trial in done if trial.partners)
    print("partners at most " + ", ".join(f"{top}: {sizes[top]}" for top in SIZES))
    weeks = sorted(trial.rounds for trial in done)
    print(f"rounds: median {weeks[len(weeks) // 2]}, from {weeks[0]} to {weeks[-1]}")
    slow = max(done, key=lambda trial: trial.seconds)
    print(
        f"slowest: seed {slow.seed}, {slow.seconds:.1f} s; all: {sum(t.seconds for t in done):.0f} s of processor time"
    )
    for trial in sorted(failed, key=lambda trial: trial.seed)[:SHOWN]:
        print(f"seed {trial.seed}: {len(trial.findings)} findings, the first: {trial.findings[0]}")


def replay(seed: int) -> int:
    """Play one scenario again; print it as a file, and what is wrong with its run."""
    scenario = random_scenario(seed)
    print(dump(scenario))
    findings = audit(play(scenario))
    print("\n".join(findings) or "all is well")
    return int(bool(findings))


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Play random valid scenarios and audit every run.")
    parser.add_argument("--scenarios", type=int, default=10_000, help="how many (10000)")
    parser.add_argument("--seed", type=int, default=1, help="which series of scenarios (1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (as many as cores)")
    parser.add_argument("--replay", type=int, metavar="SEED", help="play the scenario of one seed again")
    options = parser.parse_args()
    if options.replay is not None:
        return replay(options.replay)
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    started = time.perf_counter()
    seeds = [options.seed * SERIES + n for n in range(options.scenarios)]
    done, stopped = survey(seeds, options.jobs)
    report(done, time.perf_counter() - started)
    return 130 if stopped else int(any(trial.findings for trial in done))


if __name__ == "__main__":
    sys.exit(main())
