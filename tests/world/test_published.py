"""The published figures of the trade model: on the shipped table, and on the source's where they are at hand.

Ignatenko, Lashkaripour, Macedoni and Simonovska, J. Int. Econ. 157 (2025) 104138: duties of 2 April, no retaliation.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.published import DIGITS, authors_duties, authors_rates, authors_world, rows, without_taiwan
from sim.world import TradeWorld, blocs_of, load_economies

EXACT = {
    ("tax_relief", "USA"): (1.1307, -18.0769, -52.7097, -43.5791, 0.3178, 12.8091),
    ("tax_relief", "rest"): (-0.5758, 11.6344, -3.2434, -3.3472, -0.1364, -4.6655),
    ("lump_sum", "USA"): (-0.0058, -18.3972, -52.5474, -43.3487, -0.4100, 13.1241),
    ("lump_sum", "rest"): (-0.5739, 11.6902, -3.2829, -3.3673, -0.1375, -4.7802),
}
"""The same before rounding, by this solver on the source's 194 economies."""


def test_shipped_table_meets_the_published_rows() -> None:
    """Within 0.05 points of what the source's own table gives, on every column."""
    for row in rows(without_taiwan(), authors_rates()):
        exact = EXACT[row.use, row.who]
        assert row.found == pytest.approx(exact, abs=0.05), row
        for ours, printed, digits in zip(row.found, row.published, DIGITS, strict=True):
            assert ours == pytest.approx(printed, abs=0.05 + 0.5 * 10.0**-digits), row


@pytest.fixture(scope="module")
def full(source: Path) -> TradeWorld:
    return authors_world(source / "trade")


def test_calibration(full: TradeWorld) -> None:
    cal = full.calibration
    others = 0 if cal.us else 1
    assert (len(full.iso), cal.us) == (194, 184)
    assert [round(cal.nu[k], 3) for k in (others, cal.us)] == [0.114, 0.270]
    assert [round(cal.phi[k], 3) for k in (others, cal.us)] == [1.151, 1.433]


def test_every_printed_digit(full: TradeWorld, source: Path) -> None:
    for row in rows(full, authors_duties(source / "trade")):
        assert row.digits_met() == len(row.published), row
        assert row.found == pytest.approx(EXACT[row.use, row.who], abs=1e-4), row


@pytest.mark.parametrize("use", ["tax_relief", "lump_sum"])
def test_welfare_of_every_player_is_close(full: TradeWorld, use: str) -> None:
    """The same duties on both tables, Taiwan left out on both sides."""
    ours, rates = without_taiwan(), authors_rates()
    blocs = blocs_of(load_economies(), full.iso)
    source = TradeWorld(full.iso, full.trade, full.gdp, full.calibration, blocs)
    gap = ours.solve(rates, revenue=use).players.welfare - source.solve(rates, revenue=use).players.welfare  # type: ignore[arg-type]
    assert set(gap.index) == set(ours.players)
    assert gap.abs().max() < 0.05
    assert gap.abs().median() < 0.005


def test_tables_can_be_made_again(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.world import build

    monkeypatch.setattr(build, "build_payoffs", lambda target: None)
    build.build(source, tmp_path)
    for name in ("partners.csv", "trade.csv", "gdp.csv", "calendar.csv", "history.csv"):
        assert (tmp_path / name).read_text() == (build.DATA / name).read_text(), name
