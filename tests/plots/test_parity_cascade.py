"""Who was levelled up because of whom: a line from the later deal to all it reaches."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible

from sim.plots import parity_cascade

NAN = float("nan")
COLUMNS = ["round", "iso", "because", "before", "after"]


def steps():
    """Japan's deal in week 14 lowers the rates of two others, Korea's in week 16 that of one of them again."""
    rows = [
        (16, "GBR", "KOR", 0.15, 0.12),
        (14, "GBR", "JPN", 0.20, 0.15),
        (14, "VNM", "JPN", 0.25, 0.155),
    ]
    return pd.DataFrame(rows, columns=COLUMNS).assign(more=1)


def crowd(count=80):
    rng = np.random.default_rng(1)
    isos = np.array([f"P{k:02d}" for k in range(count)])
    pairs = rng.integers(0, count, (4 * count, 2))
    frame = pd.DataFrame({"iso": isos[pairs[:, 0]], "because": isos[pairs[:, 1]]}).query("iso != because")
    return frame.assign(round=rng.integers(0, 60, len(frame)), before=0.255, after=0.205)


def rows_of(fig):
    return [label.get_text() for label in fig.axes[0].get_yticklabels()]


def marks(fig, marker):
    lines = [line for line in fig.axes[0].lines if line.get_marker() == marker]
    return [(x, y) for line in lines for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)]


def test_partners_stand_in_the_order_in_which_they_come_in():
    fig = parity_cascade(steps(), PROVENANCE)
    assert rows_of(fig) == ["JPN", "GBR", "VNM", "KOR"]
    assert fig.axes[0].get_ylim()[0] > fig.axes[0].get_ylim()[1]


def test_a_line_leads_from_the_later_deal_to_all_it_levels_up():
    fig = parity_cascade(steps(), PROVENANCE)
    assert np.allclose(marks(fig, "s"), [(14, 0), (16, 3)])
    assert np.allclose(marks(fig, "v"), [(14, 1), (14, 2), (16, 1)])
    spans = [part.get_segments()[0] for part in fig.axes[0].collections[:2]]
    assert np.allclose(spans, [[[14, 0], [14, 2]], [[16, 1], [16, 3]]])


def test_deals_of_the_same_week_stand_side_by_side():
    frame = steps().assign(round=14)
    (one, _), (two, _) = marks(parity_cascade(frame, PROVENANCE), "s")
    assert 13.5 < one < 14 < two < 14.5


def test_rates_are_written_in_per_cent_at_the_end_of_the_row():
    said = assert_legible(parity_cascade(steps(), PROVENANCE, title="A cascade"))
    for words in ("20 → … → 12", "25 → 15.5", "A cascade", "Calls: 3", "levelled up: 2", "21 Jul"):
        assert words in said


@pytest.mark.parametrize("size", [(7.2, 4.4), (3.6, 4.5)])
@pytest.mark.parametrize("frame", [steps(), crowd()], ids=["three calls", "eighty partners"])
def test_every_size_is_legible(frame, size):
    assert_legible(parity_cascade(frame, PROVENANCE, size=size))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (steps()[:0], "no clause was called on"),
        (steps().assign(because=None), "no clause was called on"),
        (steps()[:1], "15 → 12"),
        (steps().assign(before=NAN, after=NAN), "Calls: 3"),
    ],
    ids=["no rows", "no reason", "one call", "no rates"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(parity_cascade(frame, PROVENANCE))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        parity_cascade(steps().drop(columns=column), PROVENANCE)
