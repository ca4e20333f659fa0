"""What runs cost: by agents, compiled on one thread and on two, and as partners, rounds, issues and runs grow.

All figures of one call are measured side by side; those that say something on another machine are ratios.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from numba import njit

from sim.ensemble import Engine, Store, fill, places
from sim.ensemble.kernel.facts import facts_of, openings_of
from sim.ensemble.kernel.play import new_outcomes, play_block
from sim.ensemble.kernel.talks import new_talks
from sim.scenario import Scenario, load_scenario
from sim.talks import Hand, Luck, Setup, TariffTalks, prepare

__all__ = ["bare_loop", "by_agents", "by_arrays", "growth", "memory", "negmas_bilateral", "start_up", "threads"]

REPEATS = 5
ONE_PLACE = "queue.position=1"


def by_agents(setup: Setup, runs: int = 3) -> float:
    """Processor seconds a run of the Mesa driver, median; every run has luck of its own."""
    TariffTalks(Hand(setup, Luck(1, 0)), 1, collect=False).run()
    return _median(
        lambda at: [TariffTalks(Hand(setup, Luck(1, at * runs + n)), 1, collect=False).run() for n in range(runs)], runs
    )


def by_arrays(setup: Setup, runs: int = 200) -> float:
    """Processor seconds a run of the compiled driver on one thread, median."""
    facts, opens = facts_of(setup), openings_of(setup, places(setup))
    talks, outcomes = new_talks(facts), new_outcomes(facts, runs * len(opens))
    play_block(talks, facts.law, opens, 0, outcomes)
    return _median(lambda at: play_block(talks, facts.law, opens, at * runs, outcomes), runs * len(opens))


def bare_loop(setup: Setup) -> float:
    """Processor seconds of a loop that does nothing but touch every partner's state once a round."""
    partners, rounds = new_talks(facts_of(setup)).state.partners, setup.scenario.clock.rounds
    runs = 2000
    _touch(partners, rounds, 1)
    return _median(lambda _: _touch(partners, rounds, runs), runs)


@njit  # type: ignore[misc]
def _touch(partners: Any, rounds: int, runs: int) -> None:
    for _ in range(runs):
        for _ in range(rounds):
            for i in range(partners.size):
                partners[i].value += partners[i].rate


def threads(scenario: Scenario, count: int, replications: int = 400) -> float:
    """Runs a second, wall clock, of the whole of `fill` at level `summary`: playing, tables and files."""
    few = scenario.model_copy(update={"replications": replications})
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        fill(few, Store.of(Path(folder), few), level="summary", jobs=count, engine=Engine.COMPILED)
        return replications * len(places(prepare(few))) / (time.perf_counter() - start)


def growth() -> dict[str, list[tuple[int, float]]]:
    """Milliseconds a run of the compiled driver by partners, rounds and issues, everything else as in the headline."""
    isos = [terms.iso for terms in prepare(load_scenario("japan_first")).terms]
    ordered = ["JPN", *(iso for iso in isos if iso != "JPN")]
    more = {f"extra_{n}": {"scale": 10.0, "cost": 1.0, "benefit": 0.8, "unit": "USD bn"} for n in range(8)}

    def cost(*settings: str, **issues: Any) -> float:
        scenario = load_scenario("japan_first", [ONE_PLACE, *settings])
        if issues:
            scenario = Scenario.model_validate({**scenario.model_dump(), "issues": {**scenario.issues, **issues}})
        return 1e3 * by_arrays(prepare(scenario))

    return {
        "partners": [(n, cost(f"partners.include=[{','.join(ordered[:n])}]")) for n in (10, 20, 40, 80)],
        "rounds": [(n, cost(f"clock.rounds={n}")) for n in (20, 40, 80, 150)],
        "issues": [(6 + n, cost(**dict(list(more.items())[:n]))) for n in (0, 2, 4, 8)],
    }


def replications_grow(scenario: Scenario) -> list[tuple[int, float]]:
    """Milliseconds a replication, wall clock, as there are more of them."""
    return [(n, 1e3 * len(places(prepare(scenario))) / threads(scenario, 2, n)) for n in (100, 400, 1600)]


def memory(scenario: str, replications: int) -> tuple[float, float]:
    """Peak memory in MB and wall seconds of a process that plays so many replications at level `summary`."""
    code = (
        "import sys, tempfile; from pathlib import Path; from sim.ensemble import Store, fill\n"
        "from sim.scenario import load_scenario\n"
        f"s = load_scenario({scenario!r}, ['replications={replications}'])\n"
        "with tempfile.TemporaryDirectory() as d: fill(s, Store.of(Path(d), s), level='summary', engine='compiled')\n"
        "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024.0, time.perf_counter() - start


def start_up() -> dict[str, float]:
    """Wall seconds of the command line: for help, and for the classroom with nothing kept but everything compiled."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sim.cli"]
        run = [*command, "run", "classroom", "--out", folder, "--fresh", "--engine", "compiled"]
        return {
            "--help": _wall([*command, "--help"]),
            "run classroom --no-figures": _wall([*run, "--no-figures"]),
            "run classroom": _wall(run),
        }


def negmas_bilateral(setup: Setup) -> float:
    """Processor seconds of one negotiation of NegMAS about Japan's table of the first week, as long as a talk.

    Raises
    ------
    ModuleNotFoundError
        When NegMAS is not installed.
    """
    from negmas.sao import BoulwareTBNegotiator

    from sim.interop.negmas import to_negmas
    from sim.talks.bilateral import bilateral_domain

    model = TariffTalks(setup, 1, collect=False)
    domain = bilateral_domain(model, "JPN")
    offers = setup.scenario.session.offers * model.partner("JPN").terms.to_close

    def once(_: int) -> None:
        mechanism, utilities = to_negmas(domain, offers)
        for utility in utilities:
            mechanism.add(BoulwareTBNegotiator(), preferences=utility)
        mechanism.run()

    once(0)
    return _median(once, 1)


def _median(work: Callable[[int], object], runs: int) -> float:
    """Processor seconds a run, median of repeats."""
    found = []
    for at in range(1, REPEATS + 1):
        start = time.process_time()
        work(at)
        found.append((time.process_time() - start) / runs)
    return median(found)


def _wall(command: list[str]) -> float:
    found = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        found.append(time.perf_counter() - start)
    return median(found)
