"""Economies that act as one: the European Union and the rest of the world."""

from __future__ import annotations

import numpy as np
import pytest

from sim.world import Equilibrium, TradeWorld, WorldDataError, blocs_of, load_economies
from sim.world.blocs import Roster

SERIES = ("gain", "welfare", "prices", "employment", "real_wage", "revenue", "exports_gdp", "imports_gdp", "deficit")
ROSTER = Roster(("USA", "DEU", "JPN", "FRA"), {"EUU": ("DEU", "FRA")})


@pytest.fixture(scope="module")
def answered(economy: TradeWorld) -> Equilibrium:
    """Both sides levy on each other."""
    return economy.solve({"EUU": 0.15, "JPN": 0.15, "ROW": 0.10}, {"EUU": 0.05, "CHN": 0.2})


def test_players_are_the_partners_the_union_as_one(economy: TradeWorld) -> None:
    assert economy.players == ("USA", *(x.iso3 for x in load_economies()), "ROW")
    assert (len(economy.iso), len(economy.blocs["EUU"]), len(economy.blocs["ROW"])) == (119, 27, 6)
    assert ROSTER.players == ("USA", "EUU", "JPN")
    np.testing.assert_array_equal(ROSTER.total(np.array([1.0, 2.0, 3.0, 4.0])), [1.0, 6.0, 3.0])
    np.testing.assert_array_equal(ROSTER.spread(np.array([1.0, 2.0, 3.0])), [1.0, 2.0, 3.0, 2.0])


def test_a_bloc_gains_what_its_members_gain(economy: TradeWorld, answered: Equilibrium) -> None:
    members, players = list(economy.blocs["EUU"]), answered.players
    assert players.gain["EUU"] == pytest.approx(answered.gain[members].sum(), rel=1e-12)
    assert players.gain.sum() == pytest.approx(answered.gain.sum(), abs=1e-9)
    spending = economy.calibration.spending[economy.roster.rows("EUU")]
    for name in ("welfare", "prices", "employment", "real_wage"):
        mean = spending @ getattr(answered, name)[members] / spending.sum()
        assert getattr(players, name)["EUU"] == pytest.approx(mean, rel=1e-9), name
    for name in SERIES:
        assert getattr(players, name)["JPN"] == pytest.approx(getattr(answered, name)["JPN"], rel=1e-9), name


def test_a_bloc_trades_with_others_only(economy: TradeWorld, answered: Equilibrium) -> None:
    members = economy.roster.rows("EUU")
    others = np.setdiff1d(np.arange(len(economy.iso)), members)
    (x, m, y), (old_x, old_m, old_y) = (
        (w.flows().to_numpy()[np.ix_(members, others)].sum(), w.flows().to_numpy()[np.ix_(others, members)].sum(),
         w.income[members, 0].sum()) for w in (answered, answered.before)
    )  # fmt: skip
    players = answered.players
    assert players.exports_gdp["EUU"] == pytest.approx(100 * ((x / y) / (old_x / old_y) - 1), rel=1e-7)
    assert players.imports_gdp["EUU"] == pytest.approx(100 * ((m / y) / (old_m / old_y) - 1), rel=1e-7)
    assert players.deficit["EUU"] == pytest.approx(100 * (m - x - old_m + old_x) / abs(old_m - old_x), rel=1e-7)


def test_a_bloc_stands_for_its_members_but_those_named(economy: TradeWorld) -> None:
    members = economy.blocs["EUU"]
    np.testing.assert_array_equal(economy.vector({"EUU": 0.2}), economy.vector(dict.fromkeys(members, 0.2)))
    mixed = economy.vector({"DEU": 0.3, "EUU": 0.2, "JPN": 0.1})
    expected = {**dict.fromkeys(members, 0.2), "DEU": 0.3, "JPN": 0.1}
    np.testing.assert_array_equal(mixed, [expected.get(code, 0.0) for code in economy.iso])
    assert economy.vector({"EUU": [0.1, 0.2], "DEU": 0.3})[economy.row["DEU"]].tolist() == [0.3, 0.3]
    with pytest.raises(ValueError, match=r"unknown economies \['EU'\]; did you mean EUU"):
        economy.vector({"EU": 0.1})
    with pytest.raises(ValueError, match=r"unknown economies \['DEV'\]; did you mean DEU"):
        economy.vector({"EUU": 0.1, "DEV": 0.1})


def test_gains_of_players_in_a_batch(economy: TradeWorld) -> None:
    duties = np.random.default_rng(3).uniform(0.0, 0.4, (len(economy.players), 2))
    gains = economy.player_gains(duties)
    one = economy.solve(dict(zip(economy.players, duties[:, 1], strict=True))).players
    np.testing.assert_allclose(gains[:, 1], one.gain, atol=1e-8)
    assert economy.solve({"EUU": [0.1, 0.2]}).players.welfare.shape == (88, 2)


def test_a_bloc_answers_as_one() -> None:
    """Two halves that act as one choose what an economy of their size would, and more than either alone."""
    trade = 100.0 * (np.ones((4, 4)) - np.eye(4))
    iso, gdp = ("USA", "DEU", "JPN", "FRA"), np.full(4, 1000.0)
    apart, joint = (TradeWorld.from_arrays(iso, trade, gdp, blocs) for blocs in (None, ROSTER.blocs))
    both, one = joint.best_response("EUU", {}, highest=0.6), apart.best_response("DEU", {}, highest=0.6)
    assert both.rate > one.rate
    at_best = joint.solve({}, {"EUU": both.rate})
    assert both.gain_partner == pytest.approx(at_best.gain[["DEU", "FRA"]].sum(), rel=1e-6)
    for step in (-0.01, 0.01):
        assert joint.solve({}, {"EUU": both.rate + step}).players.gain["EUU"] < both.gain_partner
    assert joint.preferred_rate("EUU", {}, highest=0.6).gain_us > joint.preferred_rate("DEU", {}, highest=0.6).gain_us


@pytest.mark.parametrize(
    ("blocs", "problem"),
    [
        ({"EUU": ("DEU", "FRB")}, "unknown member FRB; did you mean FRA"),
        ({"EUU": ("DEU",), "ABC": ("DEU",)}, "DEU cannot be in ABC: it belongs to EUU"),
        ({"EUU": ("USA", "DEU")}, "belongs to the United States"),
        ({"JPN": ("DEU",)}, "JPN is an economy"),
        ({"EUU": ()}, "no members"),
    ],
)
def test_blocs_that_cannot_be_are_refused(blocs: dict[str, tuple[str, ...]], problem: str) -> None:
    with pytest.raises(WorldDataError, match=problem):
        TradeWorld.from_arrays(ROSTER.iso, np.ones((4, 4)), np.ones(4), blocs)


def test_blocs_come_from_the_facts() -> None:
    economies = load_economies()
    assert blocs_of(economies, ("USA", "JPN", "DEU", "UGA")) == {"EUU": ("DEU",), "ROW": ("UGA",)}
    assert blocs_of(economies, ("USA", "EUU", "JPN", "ROW")) == {}
    with pytest.raises(ValueError, match="unknown economy 'FRB'; did you mean FRA"):
        ROSTER.rows("FRB")
