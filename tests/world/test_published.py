"""The published figures of the trade model: on the shipped table, and on the source's where they are at hand.

Ignatenko, Lashkaripour, Macedoni and Simonovska, J. Int. Econ. 157 (2025) 104138: duties of 2 April, no retaliation.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.world import TradeWorld, blocs_of, load_economies

NAMES = ("welfare", "deficit", "exports_gdp", "imports_gdp", "employment", "prices")
PUBLISHED = {
    ("tax_relief", "USA"): (1.13, -18.1, -52.7, -43.6, 0.32, 12.8),
    ("tax_relief", "rest"): (-0.58, 11.6, -3.2, -3.3, -0.14, -4.7),
    ("lump_sum", "USA"): (-0.01, -18.4, -52.5, -43.3, -0.41, 13.1),
    ("lump_sum", "rest"): (-0.57, 11.7, -3.3, -3.4, -0.14, -4.8),
}
DIGITS = (2, 1, 1, 1, 2, 1)
EXACT = {
    ("tax_relief", "USA"): (1.1307, -18.0769, -52.7097, -43.5791, 0.3178, 12.8091),
    ("tax_relief", "rest"): (-0.5758, 11.6344, -3.2434, -3.3472, -0.1364, -4.6655),
    ("lump_sum", "USA"): (-0.0058, -18.3972, -52.5474, -43.3487, -0.4100, 13.1241),
    ("lump_sum", "rest"): (-0.5739, 11.6902, -3.2829, -3.3673, -0.1375, -4.7802),
}
"""The same before rounding, by this solver on the source's 194 economies."""
AUTHORS = {
    "BIH": 0.36, "BWA": 0.38, "CHN": 0.54, "CMR": 0.12, "HKG": 0.10, "IND": 0.27, "KOR": 0.26, "MAC": 0.10,
    "MEX": 0.17, "MMR": 0.45, "MWI": 0.18, "NIC": 0.19, "NOR": 0.16, "PAK": 0.30, "PHL": 0.18, "SRB": 0.38,
    "THA": 0.37, "VUT": 0.23, "ZAF": 0.31,
}  # fmt: skip
"""Rates that the authors code otherwise than the facts have them."""


def without_taiwan() -> TradeWorld:
    """The shipped world as far as the source has it."""
    shipped = TradeWorld.default()
    keep = [k for k, code in enumerate(shipped.iso) if code != "TWN"]
    iso = tuple(shipped.iso[k] for k in keep)
    return TradeWorld.from_arrays(iso, shipped.trade[np.ix_(keep, keep)], shipped.gdp[keep], shipped.blocs)


def authors_rates() -> dict[str, float]:
    """Rates of 2 April as the authors code them, at least a tenth."""
    facts = {x.iso3: max(0.10, x.rate_april2) for x in load_economies() if x.iso3 != "TWN"}
    return facts | AUTHORS | {"ROW": 0.10}


@pytest.mark.parametrize("use", ["tax_relief", "lump_sum"])
def test_shipped_table_meets_the_published_rows(use: str) -> None:
    """Within 0.05 points of what the source's own table gives, on every column."""
    result = without_taiwan().solve(authors_rates(), revenue=use)  # type: ignore[arg-type]
    for k, name in enumerate(NAMES):
        found = {"USA": getattr(result, name)["USA"], "rest": result.mean_of_others(name)}
        for who, value in found.items():
            assert value == pytest.approx(EXACT[use, who][k], abs=0.05), (who, name)
            assert value == pytest.approx(PUBLISHED[use, who][k], abs=0.05 + 0.5 * 10.0 ** -DIGITS[k]), (who, name)


@pytest.fixture(scope="module")
def full(source: Path) -> TradeWorld:
    folder = source / "trade"
    return TradeWorld.from_tables(folder / "trade_cepii.csv", folder / "gdp.csv", folder / "country_labels.csv")


@pytest.fixture(scope="module")
def duties(source: Path) -> np.ndarray:
    return np.maximum(0.10, np.genfromtxt(source / "trade" / "tariffs.csv", skip_header=1))


def test_calibration(full: TradeWorld) -> None:
    cal = full.calibration
    others = 0 if cal.us else 1
    assert (len(full.iso), cal.us) == (194, 184)
    assert [round(cal.nu[k], 3) for k in (others, cal.us)] == [0.114, 0.270]
    assert [round(cal.phi[k], 3) for k in (others, cal.us)] == [1.151, 1.433]


@pytest.mark.parametrize("use", ["tax_relief", "lump_sum"])
def test_every_printed_digit(full: TradeWorld, duties: np.ndarray, use: str) -> None:
    result = full.solve(duties, revenue=use)  # type: ignore[arg-type]
    for k, name in enumerate(NAMES):
        for who, value in {"USA": getattr(result, name)["USA"], "rest": result.mean_of_others(name)}.items():
            assert round(value, DIGITS[k]) == PUBLISHED[use, who][k], (who, name)
            assert value == pytest.approx(EXACT[use, who][k], abs=1e-4), (who, name)


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
