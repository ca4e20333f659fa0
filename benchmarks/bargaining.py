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
from typing import Any

import numpy as np

from sim.bargaining import Domain, negotiate
from sim.bargaining.tactics import Boulware
from sim.interop.negmas import to_negmas

ISSUES, ROUNDS = 6, 100
SIZES = (3, 5, 10)  # values an issue; 10^6 outcomes with ten
REPEATS = 25
BUDGET = 15.0  # seconds for a peer's negotiations of one size


def parts(seed: int, values: int) -> tuple[dict[str, tuple[int, ...]], list[dict[str, Any]]]:
    """Issues and utilities at random."""
    luck = np.random.default_rng(seed)
    issues = {f"issue {at}": tuple(range(values)) for at in range(ISSUES)}
    return issues, [{name: luck.random(values) for name in issues} for _ in (0, 1)]


def rate(work: Callable[[int], object], count: int) -> float:
    """Runs a second: the best of repeats of `count` runs each, after a first one that compiles.

    The best, since other work on the machine only ever slows a run.
    """
    work(0)
    rates = []
    for repeat in range(REPEATS):
        start = time.perf_counter()
        for at in range(count):
            work(1 + repeat * count + at)
        rates.append(count / (time.perf_counter() - start))
    return max(rates)


def fresh(values: int, count: int = 8) -> float:
    """Negotiations a second, a new domain each."""
    made = [Domain(*parts(seed, values)) for seed in range(REPEATS * count + 1)]
    return rate(lambda seed: negotiate(made[seed], Boulware(), Boulware(), ROUNDS).agreed_by, count)


def again(values: int, count: int = 20) -> float:
    """Negotiations a second on one domain."""
    domain = Domain(*parts(1, values))
    return rate(lambda _: negotiate(domain, Boulware(), Boulware(), ROUNDS).agreed_by, count)


def peer(values: int) -> float | None:
    """NegMAS's negotiations a second, or None when it is not installed or its outcomes are too many to list."""
    if find_spec("negmas") is None or values**ISSUES > 100_000:
        return None
    from negmas.sao import BoulwareTBNegotiator

    times: list[float] = []
    while sum(times) < BUDGET and len(times) < REPEATS:
        mechanism, utilities = to_negmas(Domain(*parts(len(times), values)), ROUNDS)
        start = time.perf_counter()
        for utility in utilities:
            mechanism.add(BoulwareTBNegotiator(), preferences=utility)
        mechanism.run()
        times.append(time.perf_counter() - start)
    return 1.0 / min(times)


def frontier_milliseconds(values: int) -> float:
    """Milliseconds for an exact Pareto frontier of a new domain."""
    domains = [Domain(*parts(seed, values)) for seed in range(REPEATS * 4 + 1)]
    for domain in domains:
        _ = domain.groups
    return 1000.0 / rate(lambda seed: domains[seed].pareto(), 4)


def measure() -> list[dict[str, Any]]:
    """One row a size."""
    rows = []
    for values in SIZES:
        row = {"outcomes": values**ISSUES, "fresh": fresh(values), "again": again(values), "negmas": peer(values)}
        rows.append({**row, "frontier_ms": frontier_milliseconds(values)})
    return rows


def main() -> None:
    """Print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print JSON")
    as_json = parser.parse_args().json
    rows = measure()
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    print(f"negotiations a second, Boulware against Boulware, {ISSUES} issues, {ROUNDS} rounds; the best of {REPEATS}")
    print(f"{'outcomes':>9} {'fresh':>9} {'again':>9} {'NegMAS':>9} {'fresh/NegMAS':>13} {'frontier, ms':>13}")
    for row in rows:
        known = row["negmas"]
        beside = f"{known:9.2f} {row['fresh'] / known:13.0f}" if known else f"{'-':>9} {'-':>13}"
        print(f"{row['outcomes']:9d} {row['fresh']:9.0f} {row['again']:9.0f} {beside} {row['frontier_ms']:13.2f}")
    slow = {key: rows[1][key] / rows[2][key] for key in ("fresh", "again")}
    print(f"a million outcomes against 5^6: {slow['fresh']:.2f} times slower fresh, {slow['again']:.2f} again")


if __name__ == "__main__":
    main()
