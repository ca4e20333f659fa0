"""``python -m benchmarks [--write FILE]``: what runs cost by either driver; `make bench` writes RESULTS.md here."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks import ensemble
from sim import __version__
from sim.scenario import load_scenario
from sim.talks import prepare

COMMAND = "make bench"
MANY = 1_000_000


def lines(million: bool) -> Iterator[str]:
    """Measure, and say it a line at a time."""
    headline = load_scenario("japan_first", [ensemble.ONE_PLACE])
    setup = prepare(headline)
    yield "# What runs cost"
    yield ""
    yield (
        f"`{COMMAND}`, {dt.date.today():%d %B %Y}, version {__version__}, {os.cpu_count()} cores. Medians; the "
        f"scenario is `japan_first` with all mechanisms on, {len(setup.terms)} partners, {headline.clock.rounds} "
        "rounds. Ratios carry over to other machines roughly, seconds do not."
    )
    yield ""
    agents, arrays, bare = ensemble.by_agents(setup), ensemble.by_arrays(setup), ensemble.bare_loop(setup)
    twins = ensemble.by_arrays(prepare(load_scenario("japan_first")), 50)
    yield "| driver | ms a run | runs a second and core | against agents |"
    yield "|---|---:|---:|---:|"
    for name, cost in (
        ("agents (Mesa)", agents),
        ("compiled", arrays),
        ("compiled, six places a hand", twins),
        ("a loop that only touches every partner once a round", bare),
    ):
        yield f"| {name} | {1e3 * cost:.3f} | {1.0 / cost:,.0f} | {agents / cost:,.1f} |"
    if find_spec("negmas") is not None:
        one = ensemble.negmas_bilateral(setup)
        yield f"| NegMAS, Japan's bilateral alone | {1e3 * one:.3f} | {1.0 / one:,.0f} | {agents / one:,.1f} |"
    yield ""
    yield "| threads | runs a second, files and tables included | against one |"
    yield "|---|---:|---:|"
    wide = load_scenario("japan_first")
    speeds = [ensemble.threads(wide, count) for count in (1, 2)]
    for count, speed in zip((1, 2), speeds, strict=True):
        yield f"| {count} | {speed:,.0f} | {speed / speeds[0]:.2f} |"
    yield ""
    yield "| what grows | to | ms a run | against the first |"
    yield "|---|---:|---:|---:|"
    grown = {**ensemble.growth(), "replications": ensemble.replications_grow(wide)}
    for name, rows in grown.items():
        for size, cost in rows:
            yield f"| {name} | {size:,} | {cost:.3f} | {cost / rows[0][1]:.2f} |"
    yield ""
    yield "| start | seconds |"
    yield "|---|---:|"
    for name, cost in ensemble.start_up().items():
        yield f"| `firstmover {name}` | {cost:.2f} |"
    yield ""
    yield "| replications at level `summary` | scenario | peak MB | seconds |"
    yield "|---:|---|---:|---:|"
    for count in (10_000, MANY) if million else (10_000,):
        size, took = ensemble.memory("classroom", count)
        yield f"| {count:,} | classroom | {size:,.0f} | {took:.1f} |"


def main() -> None:
    """Print as it is measured, and write the page at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", help="also write a page")
    parser.add_argument(
        "--million", action="store_true", help="play a million replications too, for the memory they take"
    )
    asked, page = parser.parse_args(), []
    for line in lines(asked.million):
        print(line, flush=True)
        page.append(line)
    if asked.write is not None:
        asked.write.write_text("\n".join(page) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
