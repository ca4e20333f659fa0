"""``python -m benchmarks.tables``: how far the payoff tables are from exact solutions at random duties."""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

import numpy as np

from sim.world import load_bank, load_economies
from sim.world.accuracy import FlowError, answer_errors, table_errors
from sim.world.answer_tables import FLOWS
from sim.world.bank import trade_model
from sim.world.draws import KINDS

POINTS = (0.5, 0.9, 1.0)
BOUNDS = (0.02, 0.05)
"""Largest share of a flow's range for nine partners in ten, and for all."""


Errors = dict[str, dict[str, FlowError]]
"""By partner and flow."""


def spread(errors: Errors, flow: str, measure: str) -> dict[str, float | list[str]]:
    """Median, ninth decile and maximum over partners, in per cent of the range and in USD bn, and the worst three."""
    codes, found = list(errors), [error[flow] for error in errors.values()]
    shares = np.array([one.share(measure) for one in found])
    money = np.array([getattr(one, measure) for one in found])
    worst = [codes[k] for k in np.argsort(-shares)[:3]]
    names = ("median", "ninth_decile", "maximum")
    row: dict[str, float | list[str]] = {"worst": worst}
    row |= {f"{name}_share": float(np.quantile(shares, point)) for name, point in zip(names, POINTS, strict=True)}
    row |= {f"{name}_bn": float(np.quantile(money, point)) for name, point in zip(names, POINTS, strict=True)}
    row["within_bounds"] = bool(row["ninth_decile_share"] <= BOUNDS[0] and row["maximum_share"] <= BOUNDS[1])
    return row


def measure_all(
    draws: tuple[int, int], partners: list[str] | None, answers: bool, eps: float = 4.0
) -> dict[str, dict[str, Any]]:
    """Errors by kind of vector, flow and measure: of the flows, or of what answers change in them.

    At a trade elasticity between the nodes of the tables what the interpolation adds is in the errors.
    """
    world, economies, tables = trade_model(eps), load_economies(), load_bank().at(eps)
    rows = {}
    for kind in KINDS:
        if answers:
            errors = answer_errors(world, economies, tables, (*draws, kind), partners)
        else:
            found = table_errors(world, economies, tables, (*draws, kind), partners)
            errors = {one.iso3: {"gain": one.gain, "home": one.home} for one in found}
        for flow in FLOWS if answers else FLOWS[:2]:
            for measure in ("rms", "p95"):
                rows[f"{kind} {flow} {measure}"] = spread(errors, flow, measure)
    return rows


def main() -> None:
    """Print one line for each kind of vector, flow and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=500, help="random vectors per partner and kind (500)")
    parser.add_argument("--seed", type=int, default=20250422)
    parser.add_argument("--partners", nargs="+", metavar="ISO", help="only these partners")
    parser.add_argument("--answers", action="store_true", help="what answers of the partner change instead")
    parser.add_argument("--eps", type=float, default=4.0, help="trade elasticity, 0.5 to 4 (4)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    start = time.perf_counter()
    rows = measure_all((options.draws, options.seed), options.partners, options.answers, options.eps)
    if options.json:
        print(json.dumps(rows, indent=2))
        return
    print(f"{options.draws} random vectors of duties, seed {options.seed}; error over partners, per cent of the range")
    print(f"of the exact flow and USD bn a year ({time.perf_counter() - start:.0f} s)")
    print(f"{'':18}{'median':>8}{'9th decile':>12}{'maximum':>9}   {'USD bn':^24}  worst")
    for name, row in rows.items():
        shares = [100.0 * float(row[f"{k}_share"]) for k in ("median", "ninth_decile", "maximum")]
        money = [float(row[f"{k}_bn"]) for k in ("median", "ninth_decile", "maximum")]
        print(
            f"{name:18}{shares[0]:8.2f}{shares[1]:12.2f}{shares[2]:9.2f}   " + "".join(f"{x:8.4f}" for x in money),
            end="",
        )
        print("  " + " ".join(row["worst"]) + ("" if row["within_bounds"] else "  above the bound"))


if __name__ == "__main__":
    main()
