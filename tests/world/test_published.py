"""The published figures of the trade model, on the full data of the source (194 economies)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.world import TradeWorld, load_economies

NAMES = ("welfare", "deficit", "exports_gdp", "imports_gdp", "employment", "prices")
PUBLISHED = {
    ("tax_relief", "USA"): (1.13, -18.1, -52.7, -43.6, 0.32, 12.8),
    ("tax_relief", "rest"): (-0.58, 11.6, -3.2, -3.3, -0.14, -4.7),
    ("lump_sum", "USA"): (-0.01, -18.4, -52.5, -43.3, -0.41, 13.1),
    ("lump_sum", "rest"): (-0.57, 11.7, -3.3, -3.4, -0.14, -4.8),
}
DIGITS = (2, 1, 1, 1, 2, 1)


@pytest.fixture(scope="module")
def full(source: Path) -> TradeWorld:
    folder = source / "trade"
    return TradeWorld.from_tables(folder / "trade_cepii.csv", folder / "gdp.csv", folder / "country_labels.csv")


@pytest.fixture(scope="module")
def duties(source: Path) -> np.ndarray:
    return np.maximum(0.10, np.genfromtxt(source / "trade" / "tariffs.csv", skip_header=1))


def groups(full: TradeWorld) -> list[str]:
    """Say which shipped economy each of the source belongs to."""
    home = {code: x.iso3 for x in load_economies() for code in (x.members or (x.iso3,))} | {"USA": "USA"}
    return [home.get(code, "ROW") for code in full.iso]


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
        assert round(getattr(result, name)["USA"], DIGITS[k]) == PUBLISHED[use, "USA"][k], name
        assert round(result.mean_of_others(name), DIGITS[k]) == PUBLISHED[use, "rest"][k], name


@pytest.mark.parametrize("use", ["tax_relief", "lump_sum"])
def test_shipped_table_is_close(full: TradeWorld, duties: np.ndarray, use: str) -> None:
    """Taiwan is left out on both sides, for the source does not have it."""
    shipped = TradeWorld.default()
    keep = [k for k, code in enumerate(shipped.iso) if code != "TWN"]
    iso = tuple(shipped.iso[k] for k in keep)
    ours = TradeWorld.from_arrays(iso, shipped.trade[np.ix_(keep, keep)], shipped.gdp[keep])
    member = np.array([[group == code for code in iso] for group in groups(full)], dtype=float)
    imports, spending = full.trade[:, full.calibration.us], full.calibration.spending
    rates = member.T @ (imports * duties) / np.maximum(member.T @ imports, 1e-12)
    exact = full.solve(member @ rates, revenue=use).welfare.to_numpy()  # type: ignore[arg-type]
    gap = ours.solve(rates, revenue=use).welfare - member.T @ (exact * spending) / (member.T @ spending)  # type: ignore[arg-type]
    assert abs(gap["USA"]) < 0.02
    assert float(np.abs(gap).mean()) < 0.05
    # Oil exporters that sell to one member of the union lose most by its becoming one economy.
    assert (gap.abs() > 0.05).sum() <= 7
    assert gap.abs().max() < 0.3


def test_tables_can_be_made_again(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.world import build

    monkeypatch.setattr(build, "build_payoffs", lambda target: None)
    build.build(source, tmp_path)
    for name in ("partners.csv", "trade.csv", "gdp.csv", "calendar.csv"):
        assert (tmp_path / name).read_text() == (build.DATA / name).read_text(), name
