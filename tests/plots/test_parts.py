"""The parts figures are made of: tables, clouds, dates, files."""

import ast
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import made_up
import matplotlib
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import DEADLINES, PROVENANCE
from matplotlib.figure import Figure

import sim.plots
from sim.plots import advantage_by_position, rate_quantiles, save, signing_curves
from sim.plots.dates import date_of, day_month
from sim.plots.deadlines import shown_deadlines
from sim.plots.frames import require
from sim.plots.queue_axis import place_colours, thinned
from sim.plots.spread import MOST_DOTS, cloud
from sim.plots.style import Provenance

numbers = st.floats(-1e6, 1e6, allow_nan=False)


def test_signing_curves_by_hand():
    rows = [(1, 0, "JPN", 2.0), (1, 0, "KOR", 0.0), (1, 0, "VNM", np.nan), (1, 1, "JPN", np.nan), (1, 1, "KOR", 3.0)]
    partners = pd.DataFrame([*rows, (1, 1, "VNM", 1.0)], columns=["position", "replication", "iso", "round"])
    table = signing_curves(partners, "JPN", 3).set_index("round")
    own, others = table[table["series"] == "focal"], table[table["series"] == "others"]
    assert list(own["share"]) == [1, 1, 1, 0.5, 0.5]
    assert list(others["share"]) == [1, 0.75, 0.5, 0.5, 0.25]


def test_signing_curves_keep_the_first_and_the_last_place():
    table = signing_curves(made_up.partners(twins=3), "JPN", 40)
    assert set(table["position"]) == {0, 1, 80}
    assert len(table) == 3 * 42


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.just(float("nan")), st.floats(0, 30)), min_size=2, max_size=40))
def test_the_share_without_a_deal_never_rises(rounds):
    frame = pd.DataFrame({"position": 1, "replication": 0, "iso": "KOR", "round": rounds})
    frame.loc[0, "iso"] = "JPN"
    table = signing_curves(frame, "JPN", 30)
    for series, own in (("focal", frame[:1]), ("others", frame[1:])):
        share = table.loc[table["series"] == series, "share"]
        assert share.is_monotonic_decreasing
        assert share.iloc[0] == 1
        assert share.iloc[-1] == pytest.approx(own["round"].isna().mean())


def test_rate_quantiles_are_ordered_and_cover_both_ends():
    table = rate_quantiles(made_up.weekly(twins=9, rounds=5))
    assert len(table) == 2 * 2 * 5
    assert set(table["position"]) == {1, 80}
    assert (np.diff(table[["p05", "p25", "p50", "p75", "p95"]].to_numpy(), axis=1) >= 0).all()


@settings(max_examples=50, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=500))
def test_a_cloud_keeps_its_values_and_its_width(values):
    shifts, kept, index = cloud(values)
    assert len(kept) == min(len(values), MOST_DOTS)
    assert np.array_equal(np.array(values)[index], kept)
    assert {kept.min(), kept.max()} == {min(values), max(values)}
    assert np.abs(shifts).max() <= 0.38


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 90), st.floats(0.3, 12))
def test_ticks_keep_the_ends_and_do_not_touch(count, width):
    kept = thinned([0.1] * count, width / count)
    assert (kept[0], kept[-1]) == (0, count - 1)
    assert len(kept) <= 2 or min(np.diff(kept)) * width / count >= 0.2 - 1e-9


def test_colours_run_from_dark_to_light():
    light = [sum(matplotlib.colors.to_rgb(colour)) for colour in place_colours(6)]
    assert light == sorted(light)


def test_dates():
    assert date_of(0).isoformat() == "2025-04-14"
    assert day_month(14) == "21 Jul"
    assert day_month(40) == "19 Jan 26"


def test_deadlines_outside_the_axes_are_left_out():
    assert shown_deadlines([(50, "late"), *DEADLINES, DEADLINES[0], (-1, "early")], 20) == DEADLINES


def test_the_footer():
    assert str(Provenance("japan_first", 2025, 100, "0.1.0")) == str(PROVENANCE)
    assert "n = 1 twin per position" in str(Provenance("s", 1, 1, "0"))


def test_missing_columns_are_named():
    with pytest.raises(ValueError, match="b, c"):
        require(pd.DataFrame({"a": []}), ("a", "b", "c"))


def test_saved_files_are_the_same_bytes_again(tmp_path):
    frame = made_up.advantage()
    for folder in ("one", "two"):
        paths = save(advantage_by_position(frame, PROVENANCE, size=(4, 3)), tmp_path / folder, "advantage", frame)
    assert [path.name for path in paths] == ["advantage.png", "advantage.svg", "advantage.csv"]
    for path in paths:
        assert path.read_bytes() == (tmp_path / "one" / path.name).read_bytes()
    assert b"dc:date" not in paths[1].read_bytes()
    pd.testing.assert_frame_equal(pd.read_csv(paths[2]), frame)


def test_the_last_bits_of_a_layout_are_not_in_the_files(tmp_path):
    """The solver of the layout leaves others in every process."""
    for folder, bits in (("one", 0.0), ("two", 2.0**-50)):
        fig = Figure(figsize=(2, 2))
        fig.add_axes((0.1 + bits, 0.1, 0.8, 0.8)).plot([0, 1])
        paths = save(fig, tmp_path / folder, "a", pd.DataFrame({"y": [0, 1]}))
        assert b"clip-path" in paths[1].read_bytes()
    for path in paths:
        assert path.read_bytes() == (tmp_path / "one" / path.name).read_bytes()


def test_the_readers_own_settings_neither_matter_nor_change(tmp_path):
    frame = made_up.advantage()
    plain = save(advantage_by_position(frame, PROVENANCE, size=(3, 3)), tmp_path / "plain", "a", frame)
    with matplotlib.rc_context({"font.size": 30, "axes.grid": True, "svg.hashsalt": "mine"}):
        styled = save(advantage_by_position(frame, PROVENANCE, size=(3, 3)), tmp_path / "styled", "a", frame)
        assert matplotlib.rcParams["font.size"] == 30
    assert plain[1].read_bytes() == styled[1].read_bytes()


def test_figures_can_be_drawn_in_threads():
    with ThreadPoolExecutor(3) as pool:
        figs = list(pool.map(lambda _: advantage_by_position(made_up.advantage(), PROVENANCE), range(3)))
    assert len({made_up.assert_legible(fig) for fig in figs}) == 1


def test_importing_the_room_brings_no_engine_and_no_pyplot():
    code = "import sim.plots, sys; print([m for m in ('mesa', 'numba', 'matplotlib.pyplot') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_root())
    assert out.stdout.strip() == "[]"


def _root():
    return Path(sim.plots.__file__).parents[2]


def test_the_public_names_are_those_imported():
    tree = ast.parse(Path(sim.plots.__file__).read_text(encoding="utf-8"))
    rooms = [
        node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sim.")
    ]
    assert {name.name for node in rooms for name in node.names} == set(sim.plots.__all__)
