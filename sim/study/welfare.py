"""Winners and losers of duties: the trade model's answer as rows, as a table and as data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from rich.table import Table

from sim.scenario.codes import known
from sim.scenario.duties import Duties
from sim.world import Equilibrium, Players, TradeWorld

__all__ = [
    "best_in_words",
    "best_tariffs",
    "describe",
    "member_rows",
    "shown",
    "welfare_rows",
    "welfare_summary",
    "welfare_table",
]

CHANGES = ("welfare", "prices", "employment", "real_wage", "exports_gdp", "imports_gdp", "deficit")
UNITS = {
    "tariff": "effective rate of the United States, fraction",
    "retaliation": "duty on goods from the United States, fraction",
    "gain": "USD bn a year",
    "revenue_bn": "tariff revenue, USD bn a year",
    "revenue": "tariff revenue, share of spending",
    **dict.fromkeys(CHANGES, "change in per cent"),
}
#: The setting of the model's source.
SOURCE = {"eps": 4.0, "transfers": "world"}
NAMES = {
    "USA": "United States",
    "ROW": "Rest of the world",
    "XRA": "Rest, over 40 % of imports from the US",
    "XRB": "Rest, over 20 % of imports from the US",
    "XRC": "Rest, deficit above 20 % of GDP",
    "XRD": "Rest, deficit up to 20 % of GDP",
    "XRE": "Rest, surplus up to 40 % of GDP",
    "XRF": "Rest, surplus above 40 % of GDP",
}


def describe(duties: Duties, world: TradeWorld) -> str:
    """Say in one line what was assumed; what is as in the model's source goes without saying."""
    parts = [f"{code} {100 * duties.tariffs[code]:.3g} %" for code in duties.named]
    rest = [100 * rate for code, rate in duties.tariffs.items() if code not in duties.named]
    if rest:
        low, high = min(rest), max(rest)
        span = f"{low:.3g} %" if low == high else f"{low:.3g} to {high:.3g} %"
        parts.append(f"{'others' if parts else 'duties'} {span}")
    back = 100 * max((duties.retaliation or {}).values(), default=0.0)
    answer = f"retaliation up to {back:.3g} %" if back else "no retaliation"
    use = "tax relief" if duties.revenue == "tax_relief" else "lump-sum rebate"
    eps, kind = (getattr(world.calibration, name) for name in ("eps", "transfers"))
    parts = [", ".join(parts), answer, use]
    parts += [f"elasticity {eps:g}"] if eps != SOURCE["eps"] else []
    parts += ["transfers of own income"] if kind != SOURCE["transfers"] else []
    return "; ".join(parts)


def welfare_rows(result: Equilibrium, duties: Duties) -> pd.DataFrame:
    """Lay out one solved case, a row per economy or bloc, the largest gain in USD bn first.

    Returns
    -------
    DataFrame
        `iso`, `name` and the columns of `UNITS`.
    """
    return _rows(result.players, duties, {})


def member_rows(result: Equilibrium, duties: Duties) -> pd.DataFrame:
    """Lay out the same for the members of blocs.

    Returns
    -------
    DataFrame
        As of `welfare_rows`, with the code of the `bloc` besides.
    """
    home = result.roster.home
    rows = _rows(result, duties, home)
    rows.insert(1, "bloc", rows["iso"].map(home))
    return rows[rows["bloc"].notna()].reset_index(drop=True)


def _rows(view: Equilibrium | Players, duties: Duties, home: Mapping[str, str]) -> pd.DataFrame:
    """Lay out economies or players; a member bears and levies what its bloc does."""
    iso, back = list(view.iso), duties.retaliation or {}
    columns: dict[str, Any] = {
        "iso": iso,
        "name": [NAMES.get(code) or known().get(code, code) for code in iso],
        "tariff": [duties.tariffs.get(home.get(code, code), 0.0) for code in iso],
        "retaliation": [back.get(home.get(code, code), 0.0) for code in iso],
        "gain": view.gain.to_numpy(),
        "revenue_bn": view.revenue_bn[:, 0],
        "revenue": view.revenue.to_numpy(),
    }
    columns |= {name: getattr(view, name).to_numpy() for name in CHANGES}
    return pd.DataFrame(columns).sort_values("gain", ascending=False, ignore_index=True)


def shown(rows: pd.DataFrame, named: Sequence[str], count: int) -> pd.DataFrame:
    """Choose the `count` largest winners and losers (all when 0), besides the United States and those named."""
    if not count:
        return rows
    others = rows[rows["iso"] != "USA"]
    kept = {*others["iso"].head(count), *others["iso"].tail(count), *named, "USA"}
    return rows[rows["iso"].isin(kept)]


def welfare_summary(result: Equilibrium, rows: pd.DataFrame, duties: Duties, world: TradeWorld) -> dict[str, Any]:
    """Return every number, unrounded, with units; what concerns members of blocs is under "members"."""
    gains = result.gain
    return {
        "duties": {"tariffs": duties.tariffs, "retaliation": duties.retaliation, "revenue": duties.revenue},
        "model": {name: getattr(world.calibration, name) for name in SOURCE},
        "units": UNITS,
        "economies": _records(rows),
        "members": _records(member_rows(result, duties)),
        "mean_of_others": {name: _plain(result.mean_of_others(name)) for name in CHANGES},
        "gain_of_others": float(gains.drop("USA").sum()),
        "gain_of_world": float(gains.sum()),
    }


def best_tariffs(world: TradeWorld, duties: Duties) -> dict[str, Any]:
    """Find the best uniform duty of the United States, and the best two on each economy named.

    Returns
    -------
    dict
        `uniform` (fractions, per cent, USD bn a year) and, by code, `preferred` and `efficient`.
    """
    revenue: Any = duties.revenue
    against = {"revenue": revenue, "retaliation": duties.retaliation}
    pairs = {}
    for code in duties.named:
        ways = {"preferred": world.preferred_rate, "efficient": world.efficient_rate}
        pairs[code] = {word: _choice(find(code, duties.tariffs, **against)) for word, find in ways.items()}
    return {"uniform": vars(world.optimal_tariff(revenue, duties.retaliation)), "on": pairs}


def best_in_words(best: dict[str, Any] | None) -> list[str]:
    """Say the best duties in a line each; nothing when they were not looked for."""
    if best is None:
        return []
    uniform = best["uniform"]
    edge = " or more" if uniform["at_edge"] else ""
    formulas = f"{100 * uniform['formula']:.1f} and {100 * uniform['formula_income']:.1f} %"
    lines = [
        f"Best uniform US duty: {100 * uniform['search']:.1f} %{edge} by search ({uniform['welfare']:+.2f} % of "
        f"welfare, {uniform['gain']:+,.0f} USD bn a year); by formula {formulas} (against imports; against income)."
    ]
    for code, ways in best["on"].items():
        rates = [100 * ways[way]["rate"] for way in ("preferred", "efficient")]
        lines.append(
            f"On {code}, the others as above: {rates[0]:.1f} % is best for the United States, "
            f"{rates[1]:.1f} % for both together."
        )
    return lines


def _choice(choice: Any) -> dict[str, Any]:
    return {key: value for key, value in vars(choice).items() if key != "iso"}


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): _plain(value) for key, value in row.items()} for row in rows.to_dict("records")]


def _plain(value: Any) -> Any:
    """Turn what JSON does not know into nothing."""
    return None if isinstance(value, float) and math.isnan(value) else value


def welfare_table(
    result: Equilibrium, rows: pd.DataFrame, duties: Duties, case: str, *, members: bool = False
) -> Table:
    """Lay out winners and losers for reading, on demand with the members of blocs; `rows` may be a selection.

    `case` says what was assumed, as of `describe`.
    """
    table = Table(title=f"Who wins, who loses: {case}", header_style="bold", expand=False)
    table.caption = (
        "Changes in per cent of the world before the duties; gain: USD bn a year. Rates are effective rates: "
        "the general duty and the one on autos, weighted by trade."
    )
    table.add_column("", no_wrap=True)
    for head in ("tariff", "answer", "welfare", "gain", "prices", "employment", "exports/GDP", "imports/GDP"):
        table.add_column(head, justify="right", no_wrap=True)
    for row in rows.to_dict("records"):
        table.add_row(*_line(row), style="bold" if row["iso"] == "USA" else "")
    table.add_section()
    means = {name: result.mean_of_others(name) for name in CHANGES}
    total = {"gain": float(result.gain.drop("USA").sum())}
    table.add_row("All others, weighted by spending", "", "", *_cells(means | total))
    if members:
        for _, part in member_rows(result, duties).groupby("bloc", sort=False):
            table.add_section()
            for row in part.to_dict("records"):
                table.add_row(*_line(row))
    return table


def _line(row: Any) -> list[str]:
    """Name, rates and changes of an economy, a bloc or a member, which says whose member it is."""
    rates = [f"{100 * row[key]:.1f} %" if row[key] else "-" for key in ("tariff", "retaliation")]
    name = row["iso"] if row["name"] == row["iso"] else f"{row['name']} ({row['iso']})"
    return [f"{row['bloc']}: {name}" if "bloc" in row else name, *rates, *_cells(row)]


def _cells(row: Any) -> list[str]:
    kinds = (("welfare", 2), ("gain", 1), ("prices", 1), ("employment", 2), ("exports_gdp", 1), ("imports_gdp", 1))
    return [f"{row[name]:+.{digits}f}" for name, digits in kinds]
