"""``python -m benchmarks.horizon [--json]``: how close one average over the horizon is to a response that takes time.

Trade answers in its own time (E10). A rate's yearly flow may be taken as its mean over the horizon. Here a partner pays
ten per cent until it signs in week t, and then another rate; the present value of that path is worked out with the
response carried from week to week, and with the mean.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from sim.world import PayoffTables, Response, World, interpolate, load_world
from sim.world.transition import averaged_value, carried_value

__all__ = ["DISCOUNT", "RATES", "RESPONSE", "SHOWN", "SIGNINGS", "WEEKS", "Closeness", "closeness"]

RESPONSE = Response(0.76, 2.0, 4.0)
WEEKS, DISCOUNT = 208, 0.05
PAUSE, AUTOS, OMEGA = 0.10, 0.25, 0.6
SIGNINGS = tuple(range(4, 31))
RATES = (0.15, 0.20, 0.25)
EARLY, LATE = 8, 15
#: Two weeks of signing that are compared.
SHOWN = ("JPN", "EUU", "KOR", "VNM", "CHE")
FLOWS = {"gain": "the partner", "home": "the United States"}


@dataclass(frozen=True)
class Closeness:
    """How close the mean over the horizon is for one partner.

    Attributes
    ----------
    iso3, flow : str
        The partner; "gain" (g) or "home" (h).
    value : float
        Present value of signing at 20 per cent in week 8, carried, USD bn.
    share, money : float
        Largest error of a present value over all weeks of signing and rates, as a share of it and in USD bn.
    earlier : tuple of float
        By rate: signing in week 8 less signing in week 15, carried, USD bn.
    averaged : tuple of float
        The same with the mean over the horizon.
    """

    iso3: str
    flow: str
    value: float
    share: float
    money: float
    earlier: tuple[float, ...]
    averaged: tuple[float, ...]

    def error(self) -> float:
        """Return the largest error of the difference between the two weeks, as a share of it."""
        return max(abs(b - a) / abs(a) for a, b in zip(self.earlier, self.averaged, strict=True))


def closeness(world: World, response: Response = RESPONSE, partners: Sequence[str] | None = None) -> list[Closeness]:
    """Compare both for some partners, by default all; g first, then h."""
    codes = [x.iso3 for x in world.partners] if partners is None else list(partners)
    return [_compare(world, response, iso, flow) for flow in FLOWS for iso in codes]


def _compare(world: World, response: Response, iso: str, flow: str) -> Closeness:
    short, long = (_path(world, world.bank.at(eps), iso, flow) for eps in (response.short_run, response.long_run))
    carried, averaged = (value(short, long, response, DISCOUNT) for value in (carried_value, averaged_value))
    error = np.abs(averaged - carried)
    early, late = SIGNINGS.index(EARLY), SIGNINGS.index(LATE)
    apart = (tuple(map(float, values[early] - values[late])) for values in (carried, averaged))
    largest = float((error / np.abs(carried)).max()), float(error.max())
    return Closeness(iso, flow, float(carried[early, RATES.index(0.20)]), *largest, *apart)


def _path(world: World, tables: PayoffTables, iso: str, flow: str) -> NDArray[np.float64]:
    """Yearly flow by week, week of signing and rate, ndarray of shape (S, T, R)."""
    partner, table = world.partner(iso), getattr(tables, flow)[tables.row[iso]]
    paid = [partner.effective_rate(PAUSE, AUTOS), *(partner.effective_rate(rate, rate) for rate in RATES)]
    steps = tables.rate_step, tables.omega_step
    before, *after = (interpolate(table, partner.duty_share * rate, OMEGA, *steps) for rate in paid)
    waits = np.arange(WEEKS)[:, None] < np.array(SIGNINGS)
    return np.where(waits[:, :, None], before, np.array(after))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    options = parser.parse_args()
    found = closeness(load_world())
    if options.json:
        print(json.dumps([asdict(one) for one in found], indent=1))
        return
    print(f"{'':10}{'value':>9}{'error %':>9}{'USD bn':>9}   ", end="")
    print(f"week {EARLY} less week {LATE} at {RATES}: carried, mean, error %")
    for one in found:
        apart = ("/".join(f"{x:.2f}" for x in values) for values in (one.earlier, one.averaged))
        print(f"{one.iso3} {one.flow:6}{one.value:9.2f}{100 * one.share:9.2f}{one.money:9.2f}", end="   ")
        print(*apart, f"{100 * one.error():.1f}", sep="   ")


if __name__ == "__main__":
    main()
