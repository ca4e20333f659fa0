"""Who is at the table: facts of every partner and the size of each of its preferences."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from sim.scenario import Scenario
from sim.talks.setup import prepare
from sim.talks.terms import AUTO, TARIFF, Terms
from sim.talks.value import flow
from sim.world import load_world

__all__ = ["partner_rows", "partners_table"]

Floats = NDArray[np.float64]
TITLES = ("rate of 2 April", "tariff", "autos", "defence", "FX", "pledge", "access")


def partner_rows(scenario: Scenario | None = None) -> list[dict[str, Any]]:
    """Facts and stakes of all partners.

    Parameters
    ----------
    scenario : Scenario, optional
        Whose issues to use; the defaults when silent.

    Returns
    -------
    list of dict
        Facts by column; `stakes` holds, for each issue, the yearly cost to the partner of conceding all of it
        (USD bn, before private weights): for the rates, of the 2 April rate against the red line.
    """
    setup = prepare(scenario or Scenario(name="partners", title="All partners"))
    return [_row(terms, setup.start_curves[0][i]) for i, terms in enumerate(setup.terms)]


def _row(terms: Terms, gain: Floats) -> dict[str, Any]:
    economy = terms.economy
    return {
        "iso": economy.iso3,
        "name": economy.name,
        "members": list(economy.members),
        "rate_april2": economy.rate_april2,
        "us_imports": economy.us_imports,
        "us_exports": economy.us_exports,
        "gdp": economy.gdp,
        "auto_share": economy.auto_share,
        "troops": economy.troops,
        "treasury_holdings": economy.treasury_holdings,
        "unverified": sorted(economy.unverified),
        "assumed": sorted(economy.assumed),
        "stakes": dict(zip(terms.issues, _stakes(terms, gain), strict=True)),
    }


def _stakes(terms: Terms, gain: Floats) -> list[float]:
    """Yearly cost to the partner of conceding the whole of each issue, USD bn."""
    base, s = terms.grid[:, 0], terms.economy.auto_share
    pause, top = 0.10, max(terms.economy.rate_april2, 0.11)  # even a partner at 10 per cent has a stake in its rate
    start = flow(gain, terms.steps, terms.rate(pause, base[AUTO]))
    tariff = start - flow(gain, terms.steps, terms.rate(top, base[AUTO]))
    autos = flow(gain, terms.steps, terms.rate(pause, 0.0))
    autos -= flow(gain, terms.steps, terms.rate(pause, terms.grid[AUTO, terms.counts[AUTO] - 1]))
    costs = [float(terms.cost[k, n - 1] - terms.cost[k, 0]) for k, n in enumerate(terms.counts)]
    costs[TARIFF], costs[AUTO] = float(tariff), costs[AUTO] + float(autos if s > 0 else 0.0)
    return costs


def partners_table() -> Table:
    """Lay out the partners for the screen."""
    rows = partner_rows()
    table = Table(
        title=f"{len(rows)} partners that asked for talks ({load_world().partner('EUU').name} counts once)",
        caption="USD bn a year that conceding the whole of an issue would cost the partner, before private weights",
        header_style="bold",
    )
    table.add_column("ISO")
    table.add_column("partner", max_width=26, no_wrap=True)
    for head in ("US imports", "US exports", *TITLES):
        table.add_column(head, justify="right")
    for row in rows:
        stakes = list(row["stakes"].values())[:6]
        money = (f"{value:,.3f}" if value < 10 else f"{value:,.1f}" for value in stakes)
        trade = (f"{row[k]:,.1f}" for k in ("us_imports", "us_exports"))
        table.add_row(row["iso"], row["name"], *trade, f"{100 * row['rate_april2']:.0f} %", *money)
    return table
