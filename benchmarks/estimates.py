"""``python -m benchmarks.estimates [--response EPS_S EPS_L T] [--json]``: the trade model against others' estimates.

What others estimate of the tariffs of 2025 and what was seen stands in `estimates.csv`; nothing is fitted to it. Most
figures are changes of real GDP. The trade model knows no lack of demand, so three of its measures stand beside them:
welfare (E8), real wages, and output (employment with its scale effect). Duties are those that are paid, exemptions
taken off. Everything is worked out twice: with transfers that keep their share of world income, as the source has them,
and with transfers that follow the income of those who give.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.horizon import RESPONSE
from sim.world import Economy, Response, TradeWorld, load_deals, load_economies
from sim.world.facts import read_facts

__all__ = ["CLOSURES", "DUTIES", "Estimate", "Figures", "Row", "august_rates", "estimates", "figures", "read", "steps"]

TABLE = Path(__file__).with_name("estimates.csv")
CLOSURES = ("world", "own")
SOURCE_EPS = 4.0
AUTOS = {"JPN": 0.15, "EUU": 0.15, "KOR": 0.15, "GBR": 0.10}
#: Duty on autos agreed by those who have one; the others pay 25 per cent.
PROCLAIMED = 0.25
CHINA = {"CHN": 0.30, "HKG": 0.30, "MAC": 0.30}
#: In force from 14 May 2025 on.
NEIGHBOURS = {"CAN": 0.107, "MEX": 0.138, "RUS": 0.0}
#: Paid in July 2025 (Tax Policy Center): most of what Canada and Mexico sell is exempt under their treaty.
REST = "VNM"
#: The rest of the world is exempt as far as the group that Viet Nam is in.

Rates = dict[str, float]


@dataclass(frozen=True)
class Estimate:
    """A figure of others.

    Attributes
    ----------
    case, duties : str
        In words; by name in `DUTIES`.
    who : str
        ISO code.
    measure : str
        "gdp", "wage" or "sales" (to the United States), per cent; "bn", USD bn a year.
    low, high : float
        What is said.
    kind : str
        "published" or "seen".
    year : int
        In which year after the duties it holds.
    source, differs : str
        Where it is from; how it is defined otherwise than ours.
    """

    case: str
    duties: str
    who: str
    measure: str
    low: float
    high: float
    kind: str
    year: int
    source: str
    differs: str


@dataclass(frozen=True)
class Figures:
    """What the trade model says of one economy; per cent, but for `bn` in USD bn a year.

    Attributes
    ----------
    welfare, wage, output, bn : float
        Welfare (E8), real wage, output, and welfare in money.
    sales, dollars : float
        Sales to the United States before duty: in the world's mean price, and in units of the US wage.
    """

    welfare: float
    wage: float
    output: float
    bn: float
    sales: float
    dollars: float


@dataclass(frozen=True)
class Row:
    """An estimate and what the trade model says: over time with both closures, and at once with eps = 4."""

    estimate: Estimate
    world: Figures
    own: Figures
    source: Figures


def read() -> tuple[Estimate, ...]:
    """Read the table of estimates."""
    numbers: dict[str, Callable[[str], Any]] = {"low": float, "high": float, "year": int}
    return tuple(Estimate(**{k: numbers.get(k, str)(v) for k, v in row.items()}) for _, row in read_facts(TABLE))


def paid(economy: Economy, general: float, autos: float = PROCLAIMED) -> float:
    """Return the effective rate that is paid, exemptions taken off: d [(1 - s) t + s a]."""
    return economy.duty_share * economy.effective_rate(general, autos)


def april_rates() -> Rates:
    """Return what was to be paid under the order of 2 April, autos at 25 per cent."""
    rates = {x.iso3: paid(x, x.rate_april2) if x.rate_april2 else 0.0 for x in load_economies()}
    return rates | {"ROW": 0.10 * _rest_share()}


def august_rates(**general: float) -> Rates:
    """Return what was to be paid from 7 August 2025 on: agreed rates, else those of the order of 31 July.

    Parameters
    ----------
    **general : float
        Announced rates of some economies in place of these.
    """
    announced = {
        deal.iso: deal.agreed_rate if deal.agreed_rate is not None else deal.rate_from_7_august for deal in load_deals()
    } | general
    rates = {x.iso3: paid(x, announced[x.iso3], AUTOS.get(x.iso3, PROCLAIMED)) for x in load_economies() if x.requested}
    return rates | CHINA | NEIGHBOURS | {"ROW": 0.10 * _rest_share()}


def _rest_share() -> float:
    return _economy(REST).duty_share


def _economy(iso: str) -> Economy:
    return next(x for x in load_economies() if x.iso3 == iso)


def _flat(general: float, **others: float) -> Rates:
    rates = {x.iso3: paid(x, general) if x.requested else general for x in load_economies()}
    return rates | {"ROW": general * _rest_share()} | others


#: By name: duties of the United States, and whether all answer alike.
DUTIES: dict[str, tuple[Callable[[], Rates], bool]] = {
    "april": (april_rates, False),
    "april_answered": (april_rates, True),
    "august": (august_rates, False),
    "india50": (lambda: august_rates(IND=0.50), False),
    "japan_pause": (lambda: {"JPN": paid(_economy("JPN"), 0.10)}, False),
    "china": (lambda: {"CHN": 0.34}, False),
    "union25": (lambda: {"EUU": paid(_economy("EUU"), 0.25)}, False),
    "cepii": (lambda: _flat(0.10, CHN=0.60, HKG=0.60, MAC=0.60), True),
}


@cache
def _world(eps: float, transfers: str) -> TradeWorld:
    return TradeWorld.default(eps=eps, transfers=transfers)


@cache
def _solved(duties: str, eps: float, transfers: str) -> Any:
    rates, answered = DUTIES[duties][0](), DUTIES[duties][1]
    return _world(eps, transfers).solve(rates, rates if answered else None, revenue="lump_sum")


def figures(duties: str, who: str, eps: float, transfers: str = "world") -> Figures:
    """Solve a case at one trade elasticity, revenue paid out in a lump."""
    return measured(_world(eps, transfers), _solved(duties, eps, transfers), who)


def measured(world: TradeWorld, found: Any, who: str) -> Figures:
    """Read the measures of one economy or bloc off a solved world."""
    players, cal, rows = found.players, world.calibration, world.roster.rows(who)
    hired = 1.0 + float(players.employment[who]) / 100.0
    before = cal.flows[rows, cal.us].sum()
    sales = float(found.us_imports[rows].sum() / before) if who != "USA" else 1.0
    spent = cal.spending[rows]
    wage = float(spent @ found.real_wage.iloc[rows] / spent.sum())
    return Figures(
        float(players.welfare[who]),
        wage,
        100.0 * (hired ** (1.0 + cal.psi) - 1.0),
        float(players.gain[who]),
        100.0 * (sales - 1.0),
        100.0 * (sales / float(found.wage_hat[cal.us, 0]) - 1.0),
    )


def in_year(response: Response, year: int) -> float:
    """Return the share of the long run in the mean over a year, the first being 1."""
    return year * response.weight(52 * year) - (year - 1) * response.weight(52 * (year - 1))


def over_time(duties: str, who: str, year: int, response: Response, transfers: str) -> Figures:
    """Return the measures in a year after the duties, with a response that takes time (E10)."""
    w = in_year(response, year)
    short, long = (figures(duties, who, eps, transfers) for eps in (response.short_run, response.long_run))
    return Figures(**{k: (1.0 - w) * v + w * asdict(long)[k] for k, v in asdict(short).items()})


def estimates(response: Response = RESPONSE) -> Iterator[Row]:
    """Put every estimate beside what the trade model says."""
    for one in read():
        world, own = (over_time(one.duties, one.who, one.year, response, closure) for closure in CLOSURES)
        yield Row(one, world, own, figures(one.duties, one.who, SOURCE_EPS))


def agrees(estimate: Estimate, found: Figures) -> bool:
    """Whether a measure has the sign of the estimate and is within twice and half of its range."""
    names = {"gdp": ("welfare", "wage", "output"), "wage": ("wage",), "sales": ("sales", "dollars"), "bn": ("bn",)}
    bounds = sorted((abs(estimate.low), abs(estimate.high)))
    values = [getattr(found, name) for name in names[estimate.measure]]
    return any(x * estimate.low > 0.0 and bounds[0] / 2.0 <= abs(x) <= 2.0 * bounds[1] for x in values)


def steps(who: str, duties: str = "april") -> Iterator[tuple[str, Figures]]:
    """Take the features apart that make small exporters lose, one after the other, each on top of those before.

    Yields what is added, and the figures at eps = 4 from the first day.
    """
    rates = dict(DUTIES[duties][0]())
    shares = {x.iso3: x.duty_share for x in load_economies() if x.requested} | {"ROW": _rest_share()}
    announced = {code: rate / shares.get(code, 1.0) for code, rate in rates.items()}
    first, mended = TradeWorld.default(), TradeWorld.default(transfers="own")
    yield "as the source has it, announced rates", measured(first, first.solve(announced), who)
    yield "that economy taxed alone", measured(first, first.solve({who: announced[who]}), who)
    yield "only what is not exempt is taxed", measured(first, first.solve(rates), who)
    yield "and transfers follow own income", measured(mended, mended.solve(rates), who)
    fixed = TradeWorld.default(transfers="own", kappa=0.0)
    yield "and nobody works more or less", measured(fixed, fixed.solve(rates), who)
    added = _in_value_added(who, 0.5)
    yield "or half of what it sells is made elsewhere", measured(added, added.solve(rates), who)


def _in_value_added(who: str, share: float) -> TradeWorld:
    """Return the world with the trade of one economy cut to what is its own in it."""
    world = TradeWorld.default(transfers="own")
    trade, rows = world.trade.copy(), world.roster.rows(who)
    trade[rows] *= share
    trade[:, rows] *= share
    return TradeWorld.from_arrays(world.iso, trade, world.gdp, world.blocs, transfers="own")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--response", nargs=3, type=float, default=asdict(RESPONSE).values(), metavar="X")
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    options = parser.parse_args()
    found = list(estimates(Response(*options.response)))
    if options.json:
        print(json.dumps([asdict(row) for row in found], indent=1))
        return
    print(f"{'case':40}{'who':5}{'':6}{'others':>14}   transfers of the world's income; of own income; eps 4")
    for row in found:
        one = row.estimate
        print(f"{one.case[:39]:40}{one.who:5}{one.measure:6}{one.low:7g} {one.high:6g}   ", end="")
        print("; ".join(in_words(one, found) for found in (row.world, row.own, row.source)), end="   ")
        print("/".join("yes" if agrees(one, found) else "no" for found in (row.world, row.own)))


def in_words(estimate: Estimate, found: Figures) -> str:
    """Return the measures that stand beside an estimate."""
    if estimate.measure == "bn":
        return f"{found.bn:+.0f}"
    if estimate.measure == "sales":
        return f"{found.sales:+.0f} / {found.dollars:+.0f}"
    return f"{found.welfare:+.2f} / {found.wage:+.2f} / {found.output:+.2f}"


if __name__ == "__main__":
    main()
