"""``python -m benchmarks.trade [--json] [--source FOLDER]``: what a solve of the trade model costs.

Medians of wall time on one core, the steps each solve took, and the ratio to a yardstick measured in the same run (a
hundred thousand additions in a Python loop, about 4 ms on an ordinary machine), so that slow machines can be compared.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from sim.world import TradeWorld, april2_vector, load_economies
from sim.world.markets import Markets

BATCH = 256
ORDINARY_YARDSTICK = 4.0
"""Milliseconds of the yardstick on an ordinary machine of 2024."""


def yardstick() -> int:
    """A fixed piece of work for the interpreter."""
    total = 0
    for k in range(100_000):
        total += k
    return total


def interleaved(works: list[Callable[[], object]], repeats: int) -> list[float]:
    """Median milliseconds of each work, taken in turns so that all see the same load."""
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(repeats):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(1000.0 * (time.perf_counter() - start))
    return [statistics.median(taken) for taken in times]


def steps(work: Callable[[], object]) -> int:
    """Evaluations of the markets during a piece of work."""
    count, plain = 0, Markets.step

    def counted(self: Markets, z: np.ndarray) -> np.ndarray:
        nonlocal count
        count += 1
        return plain(self, z)

    Markets.step = counted  # type: ignore[method-assign]
    try:
        work()
    finally:
        Markets.step = plain  # type: ignore[method-assign]
    return count


def measure(world: TradeWorld, duties: np.ndarray, name: str, repeats: int) -> list[dict[str, Any]]:
    """Measure one case, one case with retaliation, and a batch."""
    batch = np.random.default_rng(0).uniform(0.0, 0.6, (len(world.iso), BATCH))
    cases: dict[str, tuple[Callable[[], object], int, int]] = {
        "2 April": (lambda: world.solve(duties), repeats, 1),
        "2 April, answered alike": (lambda: world.solve(duties, duties), repeats, 1),
        f"batch of {BATCH}, each": (lambda: world.solve(batch), max(3, repeats // 10), BATCH),
    }
    rows = []
    for case, (work, times, size) in cases.items():
        base, taken = interleaved([yardstick, work], times)
        ratio = taken / size / base
        rows.append(
            {
                "world": name,
                "economies": len(world.iso),
                "case": case,
                "ms": taken / size,
                "ratio": ratio,
                "ordinary_ms": ratio * ORDINARY_YARDSTICK,
                "steps": steps(work) / max(1, size // 64),
            }
        )
    return rows


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--source", type=Path, help="folder with the tables of the source, for 194 economies")
    parser.add_argument("--repeats", type=int, default=41)
    options = parser.parse_args()
    world = TradeWorld.default()
    rows = measure(world, world.vector(april2_vector(load_economies())), "shipped", options.repeats)
    if options.source:
        files = [options.source / f"{name}.csv" for name in ("trade_cepii", "gdp", "country_labels")]
        duties = np.maximum(0.10, np.genfromtxt(options.source / "tariffs.csv", skip_header=1))
        rows += measure(TradeWorld.from_tables(*files), duties, "source", options.repeats)
    if options.json:
        print(json.dumps(rows, indent=2))
        return
    print("world      case                         ms here   ratio to yardstick   ms, ordinary machine   steps")
    for row in rows:
        numbers = f"{row['ms']:8.2f} {row['ratio']:20.3f} {row['ordinary_ms']:22.2f} {row['steps']:7.1f}"
        print(f"{row['world']:10} {row['case']:26} {numbers}")


if __name__ == "__main__":
    main()
