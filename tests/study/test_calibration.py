"""Priors, what is looked at, ensembles and distances of the calibration."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.ensemble import run_twins
from sim.scenario import ScenarioError, load_scenario, parameters, parse_scenario, scenario_at
from sim.study.calibration import Ruler, Talks, base_scenario, load_priors, targets
from sim.study.calibration.design import Space, design, sobol
from sim.study.calibration.distance import FAR, NOT_SHOWN
from sim.study.calibration.ensemble import gather
from sim.study.calibration.priors import Prior, markdown
from sim.study.calibration.targets import ASKED, BLOCKS, load_frameworks

PAGE = Path(__file__).parents[2] / "docs" / "calibration.md"
RATE = Prior("a.rate", 0.1, 10.0, "log", "", False, 1.0)
COUNT = Prior("b.count", 2, 4, "linear", "", True, 3)
SHARE = Prior("c.share", 0.0, 1.0, "linear", "", False, 0.5)

# ---------------------------------------------------------------- priors


def test_only_assumptions_of_the_schema_are_moved_within_its_ranges() -> None:
    known = {row["key"]: row for row in parameters()}
    for prior in load_priors():
        low, high = known[prior.key]["range"]
        assert known[prior.key]["source"] == "assumption"
        assert low <= prior.low < prior.high <= high
        assert prior.low <= prior.default <= prior.high, f"{prior.key}: the default should lie in its own prior"
        assert prior.why


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("partners.betta,0.1,0.5,log,x", "partners.beta"),
        ("threat.pause_rate,0.1,0.5,linear,x", "not an assumption"),
        ("queue.focal,0.1,0.5,linear,x", "not a number"),
        ("partners.beta,0.001,0.5,log,x", "no range"),
        ("partners.beta,0.5,0.1,log,x", "no range"),
        ("mechanisms.pressure.cost,0,0.5,log,x", "no range"),
        ("partners.beta,low,0.5,log,x", "not a number"),
        ("partners.beta,0.1,0.5,cubic,x", "unknown scale"),
    ],
)
def test_a_bad_prior_is_named_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "priors.csv"
    path.write_text(f"# priors\nkey,low,high,scale,why\n{row}\n")
    with pytest.raises(ScenarioError, match=message) as caught:
        load_priors(path)
    assert "priors.csv:3" in str(caught.value)


@given(st.sampled_from([RATE, COUNT, SHARE]), st.floats(0.0, 1.0))
def test_every_point_of_a_prior_is_inside_its_range(prior: Prior, u: float) -> None:
    low, high = prior.ends
    value = prior.value(low + u * (high - low))
    assert prior.low <= value <= prior.high
    assert isinstance(value, int) == prior.whole


def test_a_logarithmic_prior_has_its_middle_at_the_geometric_mean() -> None:
    assert RATE.value(sum(RATE.ends) / 2) == pytest.approx(1.0)
    assert RATE.value(RATE.point(2.5)) == pytest.approx(2.5)


def test_the_page_shows_the_priors_as_they_are() -> None:
    assert markdown(load_priors()) in PAGE.read_text(encoding="utf-8")


def test_laying_the_defaults_over_changes_nothing() -> None:
    scenario = parse_scenario("name: trial\ntitle: A trial\n")
    defaults = {p.key: int(p.default) if p.whole else p.default for p in load_priors()}
    assert scenario_at(scenario, defaults) == scenario


# ---------------------------------------------------------------- points


def test_whole_numbers_are_equally_likely() -> None:
    drawn = design([COUNT], 300, seed=1)["b.count"].value_counts()
    assert sorted(drawn.index) == [2, 3, 4]
    assert (drawn - 100).abs().max() <= 2  # a Latin hypercube spreads them evenly
    values = Space((COUNT,)).values(sobol(1, 256, seed=1))[:, 0]
    assert [int((values == n).sum()) for n in (2, 3, 4)] == pytest.approx([85, 85, 85], abs=3)


def test_the_design_is_the_same_for_the_same_seed() -> None:
    priors = [RATE, COUNT, SHARE]
    assert design(priors, 9, 4).equals(design(priors, 9, 4))
    assert not design(priors, 9, 4).equals(design(priors, 9, 5))
    ninths = (design([SHARE], 9, 4)["c.share"] * 9).astype(int)
    assert sorted(ninths) == list(range(9))


def test_a_longer_sequence_begins_with_the_shorter() -> None:
    assert (sobol(3, 100, seed=4)[:30] == sobol(3, 30, seed=4)).all()


def test_a_space_is_a_cube_and_back() -> None:
    space = Space((RATE, COUNT, SHARE))
    assert space.values(np.array([[0.5, 0.5, 0.25]])).tolist() == [[pytest.approx(1.0), 3.0, 0.25]]
    cube = sobol(3, 16, seed=2)
    again = space.cube(space.values(cube))
    assert again[:, [0, 2]] == pytest.approx(cube[:, [0, 2]])
    assert space.values(again) == pytest.approx(space.values(cube))
    assert space.overrides(np.array([2.0, 3.0, 0.5])) == {"a.rate": 2.0, "b.count": 3, "c.share": 0.5}
    assert space.defaults() == pytest.approx([0.5, 0.5, 0.5])
    assert Space((replace(RATE, default=50.0),)).defaults() == pytest.approx([1.0])


# ---------------------------------------------------------------- what is looked at


def test_thirteen_frameworks_and_their_terms() -> None:
    deals = {deal.iso: deal for deal in load_frameworks()}
    assert len(deals) == 13
    japan, viet_nam = deals["JPN"], deals["VNM"]
    assert (japan.rate, japan.auto_rate, japan.pledge) == (15.0, 15.0, 550.0)
    assert (viet_nam.rate, viet_nam.auto_rate, viet_nam.pledge) == (20.0, 25.0, 0.0)


def test_what_is_observed_follows_from_the_deals() -> None:
    seen = {target.name: target for target in targets()}
    assert len(seen) == 13 * len(ASKED) + 6
    assert seen["JPN.week"].observed == 14.0
    assert seen["JPN.sessions"].observed == 8.0
    assert seen["GBR.week"].observed == 3.0
    assert seen["deals_9_july"].observed == 2.0
    assert seen["deals_22_july"].observed == 6.0  # that of the European Union fell on the Sunday of that week
    assert seen["signers"].observed == 13.0
    assert seen["deals_1_august"].upper
    assert (seen["GBR.autos"].block, seen["THA.autos"].block) == ("autos cut", "autos kept")
    assert (seen["KOR.pledge"].block, seen["MYS.pledge"].block) == ("pledges", "no pledges")
    assert {target.block for target in seen.values()} == set(BLOCKS)


# ---------------------------------------------------------------- ensembles


def test_talks_are_cut_to_what_is_looked_at() -> None:
    base = base_scenario(load_scenario("japan_first"))
    assert (base.clock.rounds, base.replications, base.queue.position) == (16, 1, 1)
    assert base.clock.horizon == load_scenario("japan_first").clock.horizon


def test_an_ensemble_is_what_its_runs_show() -> None:
    base = base_scenario(load_scenario("april_2025"))
    deals = Talks(base).deals({"partners.beta": 0.3}, first=2, runs=2)
    twins = list(run_twins(scenario_at(base, {"partners.beta": 0.3, "replications": 4}), jobs=1))[2:]
    for run, (twin,) in enumerate(twins):
        for i, row in enumerate(twin.partners):
            assert row["iso"] == deals.isos[i]
            assert row["deal"] == np.isfinite(deals.week[run, i])
            if row["deal"]:
                assert deals.week[run, i] == row["round"]
                assert deals.rate[run, i] == pytest.approx(100 * row["signed_tariff"])
                assert deals.autos[run, i] == pytest.approx(100 * row["signed_auto_tariff"])
                assert deals.pledge[run, i] == pytest.approx(row["investment"])


def test_an_ensemble_is_the_same_played_in_parts() -> None:
    talks = Talks(base_scenario(load_scenario("april_2025")))
    whole, part = talks.deals({}, 0, 4), talks.deals({}, 2, 2)
    assert np.array_equal(whole.week[2:], part.week, equal_nan=True)
    assert np.array_equal(whole.pledge[2:], part.pledge, equal_nan=True)


def test_what_few_runs_have_is_not_measured() -> None:
    nan = np.nan
    mean, sd, count, first = gather([[1.0, nan, nan], [2.0, 4.0, nan], [3.0, 5.0, nan], [6.0, nan, nan]])
    assert mean[0] == 3.0
    assert sd[0] == pytest.approx(np.std([1, 2, 3, 6], ddof=1))
    assert np.isnan(mean[1:]).all()
    assert count.tolist() == [4, 2, 0]
    assert np.array_equal(first, [1.0, nan, nan], equal_nan=True)


def test_assumptions_that_do_not_go_together_show_nothing() -> None:
    talks = Talks(base_scenario(load_scenario("april_2025")))
    parts = talks({"partners.beta": 99.0}, 0, 4)
    assert np.isnan(parts).all()
    assert Ruler.of(talks.looked_at).log_likelihood(parts) == -np.inf
    assert Ruler.of(talks.looked_at).distance(parts) == np.inf


# ---------------------------------------------------------------- distance


def ensemble(ruler: Ruler, runs: int = 64) -> np.ndarray:
    """Ensembles that show 2025 itself in every run."""
    blank = np.zeros_like(ruler.observed)
    return np.array([ruler.observed, blank, blank + runs, ruler.observed])


def test_2025_is_at_no_distance_from_itself() -> None:
    ruler = Ruler.of(targets())
    assert ruler.distance(ensemble(ruler)) == 0.0
    assert ruler.log_likelihood(ensemble(ruler)) == 0.0


def test_a_miss_counts_in_both_errors() -> None:
    looked_at = targets()
    ruler, names = Ruler.of(looked_at), [target.name for target in looked_at]
    parts = ensemble(ruler)
    rate, autos = names.index("JPN.rate"), names.index("JPN.autos")
    parts[:2, rate] = 17.0, 4.0  # two points off; 4 / sqrt(64) is half a point more of error
    parts[0, autos] = 25.0  # ten points are five errors of two
    z = ruler.misses(parts)
    assert z[rate] == pytest.approx(2.0 / np.sqrt(1.0 + 0.25))
    assert z[autos] == pytest.approx(FAR + np.log1p(5.0 - FAR))
    expected = -0.5 * (1.0 * (z[rate] ** 2 + np.log(1.25)) + 0.5 * z[autos] ** 2)
    assert ruler.log_likelihood(parts) == pytest.approx(expected)
    wide = replace(ruler, luck=1.0)
    assert wide.misses(parts)[rate] == pytest.approx(2.0 / np.sqrt(1.0 + 0.25 + 16.0))


def test_what_is_not_shown_is_far_and_a_bound_is_missed_from_above_only() -> None:
    looked_at = targets()
    ruler, names = Ruler.of(looked_at), [target.name for target in looked_at]
    parts = ensemble(ruler)
    rate, most = names.index("THA.rate"), names.index("deals_1_august")
    parts[:, rate] = np.nan, np.nan, 0.0, np.nan
    parts[0, most] = 13.0
    z = ruler.misses(parts)
    assert z[rate] == pytest.approx(FAR + np.log1p(NOT_SHOWN - FAR))
    assert z[most] == 0.0
    parts[0, most] = 22.0
    assert ruler.misses(parts)[most] == pytest.approx(1.0)


def test_many_ensembles_are_measured_at_once() -> None:
    ruler = Ruler.of(targets())
    parts = np.array([ensemble(ruler), ensemble(ruler)])
    parts[1, 0] += 1.0
    found = ruler.distance(parts)
    assert found.shape == (2,)
    assert found[0] == 0.0 < found[1]


def test_talks_that_lack_a_number_are_not_measured_by_it() -> None:
    ruler = Ruler.of(targets())
    seen = ruler.observed.copy()
    seen[1] = np.nan
    parts = ensemble(ruler)
    parts[0, 1] = 99.0
    assert ruler.seen(seen).distance(parts) == 0.0
