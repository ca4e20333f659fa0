"""``python -m benchmarks``: what a run of the Mesa driver costs, in medians and in ratios of one run of the command."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from sim.scenario import load_scenario
from sim.talks import Hand, Luck, Setup, TariffTalks, prepare

REPEATS = 5


def median_seconds(work: Callable[[int], object]) -> float:
    """Median wall time over repeats, after one warm-up that compiles."""
    work(0)
    times = []
    for repeat in range(1, REPEATS + 1):
        start = time.perf_counter()
        work(repeat)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def one_run(setup: Setup) -> Callable[[int], object]:
    """Run with fresh luck."""
    return lambda replication: TariffTalks(Hand(setup, Luck(1, replication)), 1, collect=False).run()


def main() -> None:
    """Print medians, and each as a ratio to the classroom."""
    cases = {
        "classroom, 6 partners, 16 weeks": prepare(load_scenario("classroom")),
        "headline, 80 partners, 20 weeks": prepare(load_scenario("japan_first", ["clock.rounds=20"])),
        "headline, 80 partners, 40 weeks": prepare(load_scenario("japan_first")),
    }
    seconds = {name: median_seconds(one_run(setup)) for name, setup in cases.items()}
    base = next(iter(seconds.values()))
    print(f"one run of the Mesa driver, median of {REPEATS}; ratio to the first row")
    for name, value in seconds.items():
        print(f"{name:34} {1000 * value:9.1f} ms {value / base:6.1f}")


if __name__ == "__main__":
    main()
