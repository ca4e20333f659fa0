"""``python -m benchmarks.bargaining [--json]``: negotiations a second, one thread, beside NegMAS if installed.

Boulware against Boulware, six issues, 100 rounds, random utilities. *fresh*: every negotiation has a new domain, and
all preparation is in the time, as it is for NegMAS; writing down issues and utilities is not, for either. *again*: one
domain is negotiated many times.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from importlib.util import find_spec
from statistics import median
from typing import Any

import numpy as np

from sim.bargaining import Domain, negotiate
from sim.bargaining.tactics import Boulware
from sim.interop.negmas import to_negmas

ISSUES, ROUNDS = 6, 100
SIZES = (3, 5, 10)  # values an issue; 10^6 outcomes with ten
REPEATS = 24


def parts(seed: int, values: int) -> tuple[dict[str, tuple[int, ...]], list[dict[str, Any]]]:
    """Issues and utilities at random."""
    luck = np.random.default_rng(seed)
    issues = {f"issue {at}": tuple(range(values)) for at in range(ISSUES)}
    return issues, [{name: luck.random(values) for name in issues} for _ in (0, 1)]


def negotiations(made: list[Domain]) -> Callable[[int], object]:
    """One negotiation a call, on the next domain of a list."""
    return lambda at: negotiate(made[at % len(made)], Boulware(), Boulware(), ROUNDS).agreed_by


def peer(values: int) -> Callable[[int], object]:
    """One negotiation of NegMAS a call; what is returned is run, so that setting up its issues is not in the time."""
    from negmas.sao import BoulwareTBNegotiator

    def prepare(at: int) -> Callable[[], object]:
        mechanism, utilities = to_negmas(Domain(*parts(at, values)), ROUNDS)

        def run() -> object:
            for utility in utilities:
                mechanism.add(BoulwareTBNegotiator(), preferences=utility)
            return mechanism.run()

        return run

    return prepare


def seconds(work: Callable[[int], object], first: int, count: int) -> float:
    """Processor seconds a run, whatever else the machine does; what a run prepares is not in the time."""
    start = time.process_time()
    for at in range(first, first + count):
        prepared = work(at)
        if callable(prepared):
            start = time.process_time()
            prepared()
    return (time.process_time() - start) / count


def cases(values: int) -> dict[str, tuple[Callable[[int], object], int]]:
    """Kinds of work on domains of a size, and how many runs to time together."""
    fresh = [Domain(*parts(seed, values)) for seed in range(8 * REPEATS + 1)]
    fronts = [Domain(*parts(seed, values)) for seed in range(4 * REPEATS + 1)]
    work: dict[str, tuple[Callable[[int], object], int]] = {
        "fresh": (negotiations(fresh), 8),
        "again": (negotiations(fresh[:1]), 20),
        "frontier": (lambda at: fronts[at % len(fronts)].pareto(), 4),
    }
    if find_spec("negmas") is not None and values**ISSUES < 100_000:
        work["negmas"] = peer(values), 1
    return work


def measure() -> list[dict[str, Any]]:
    """One row a size: runs a second of each kind of work, the median of many repeats.

    Sizes and kinds take turns, so that all meet the same quiet moments of the machine.
    """
    work = {values: cases(values) for values in SIZES}
    times: dict[tuple[int, str], list[float]] = {(values, kind): [] for values in SIZES for kind in work[values]}
    for values, kind in times:
        work[values][kind][0](0)  # compile
    for repeat in range(REPEATS):
        for values, kind in times:
            run, count = work[values][kind]
            if kind != "negmas" or repeat % 3 == 0:
                times[values, kind].append(seconds(run, 1 + repeat * count, count))
    return [
        {"outcomes": values**ISSUES, **{kind: 1.0 / median(times[values, kind]) for kind in work[values]}}
        for values in SIZES
    ]


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print JSON")
    as_json = parser.parse_args().json
    rows = measure()
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    print(f"negotiations a second, Boulware against Boulware, {ISSUES} issues, {ROUNDS} rounds; median of {REPEATS}")
    print(f"{'outcomes':>9} {'fresh':>9} {'again':>9} {'NegMAS':>9} {'fresh/NegMAS':>13} {'frontier, ms':>13}")
    for row in rows:
        known = row.get("negmas")
        beside = f"{known:9.2f} {row['fresh'] / known:13.0f}" if known else f"{'-':>9} {'-':>13}"
        print(f"{row['outcomes']:9d} {row['fresh']:9.0f} {row['again']:9.0f} {beside} {1000 / row['frontier']:13.2f}")
    slow = {key: rows[1][key] / rows[2][key] for key in ("fresh", "again")}
    print(f"a million outcomes against 5^6: {slow['fresh']:.2f} times slower fresh, {slow['again']:.2f} again")


if __name__ == "__main__":
    main()
