"""The trade model beside what others estimate of the tariffs of 2025, and beside what was seen."""

from __future__ import annotations

import pytest

from benchmarks.estimates import Row, agrees, august_rates, estimates, in_year, read, steps
from sim.world import Response, load_economies


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return list(estimates())


def sales(rows: list[Row], who: str) -> Row:
    return next(row for row in rows if row.estimate.measure == "sales" and row.estimate.who == who)


def test_every_estimate_says_where_it_is_from() -> None:
    for one in read():
        assert one.low <= one.high
        assert one.source
        assert one.differs


def test_from_7_august_everybody_pays_what_was_agreed_or_ordered() -> None:
    economies, rates = {x.iso3: x for x in load_economies()}, august_rates()
    assert rates["JPN"] == pytest.approx(0.15 * economies["JPN"].duty_share)
    assert rates["GBR"] == pytest.approx(0.10 * economies["GBR"].duty_share)
    assert rates["CHE"] == pytest.approx(0.67 * economies["CHE"].effective_rate(0.39, 0.25))
    assert august_rates(IND=0.50)["IND"] > 1.9 * rates["IND"]
    assert set(rates) == set(economies) | {"ROW"}


@pytest.mark.parametrize(("who", "least", "most"), [("JPN", 7, 15.5), ("VNM", 8, 25), ("CHE", 15, 35)])
def test_sales_of_the_first_year_are_of_the_size_that_was_seen(
    rows: list[Row], who: str, least: float, most: float
) -> None:
    """In the world's prices or in US wages; with eps = 4 at once they would fall two to three times as far."""
    row = sales(rows, who)
    assert least <= max(-row.world.sales, -row.world.dollars)
    assert min(-row.world.sales, -row.world.dollars) <= most
    assert -row.source.sales > 20


def test_transfers_of_own_income_agree_with_more_estimates(rows: list[Row]) -> None:
    world, own = (sum(agrees(row.estimate, getattr(row, name)) for row in rows) for name in ("world", "own"))
    assert own >= world >= 20


@pytest.mark.parametrize("who", ["JPN", "EUU", "KOR", "CHE", "IND"])
def test_welfare_and_wages_have_the_size_that_others_find(rows: list[Row], who: str) -> None:
    of_one_year = [row for row in rows if (row.estimate.who, row.estimate.measure) == (who, "gdp")]
    within = [row for row in of_one_year if row.estimate.year <= 2 and row.estimate.low < 0.0]
    assert within
    assert all(agrees(row.estimate, row.own) for row in within)


def test_what_makes_viet_nam_lose() -> None:
    """First the transfers, then hours; value added from elsewhere halves what is left."""
    taken = [found.welfare for _, found in steps("VNM")]
    source, _, paid, own, fixed, added = taken
    assert source < paid < own < fixed < 0.0
    assert paid / own > 2.0
    assert 0.5 * own < added < 0.0


def test_a_later_year_lies_nearer_to_the_long_run() -> None:
    response = Response(0.76, 2.0, 4.0)
    shares = [in_year(response, year) for year in (1, 2, 4, 20)]
    assert shares[0] == pytest.approx(response.weight(52))
    assert shares == sorted(shares)
    assert shares[-1] > 0.99
