"""The world's terms as tiles: everybody has one place, coloured by rate."""

import numpy as np
import pandas as pd
import pytest
from made_up import PROVENANCE, assert_legible
from matplotlib.colors import to_hex

from sim.plots import world_tiles
from sim.plots.tile_places import HOST, PICTURE, tile_places
from sim.world import load_world

NAN = float("nan")


def terms(rate=0.15, share=0.5):
    isos = [code for code in tile_places() if code != HOST]
    return pd.DataFrame({"iso": isos, "rate": rate, "deal_share": share, "name": "kept"})


def faces(fig):
    """Colours of the tiles by code; a tile's text stands in its middle."""
    ax = fig.axes[0]
    codes = {text.get_text(): text.get_position() for text in ax.texts}
    boxes = [patch for patch in ax.patches if patch.get_height() > 0.5]
    found = {}
    for code, (x, y) in codes.items():
        for box in boxes:
            if box.get_x() < x < box.get_x() + box.get_width() and box.get_y() < y < box.get_y() + box.get_height():
                found[code] = to_hex(box.get_facecolor())
    return found


def lightness(colour):
    return sum(int(colour[k : k + 2], 16) for k in (1, 3, 5))


def test_every_partner_has_exactly_one_tile():
    talking = {partner.iso3 for partner in load_world().partners}
    assert set(tile_places()) == talking | {HOST}


def test_no_two_tiles_share_a_place():
    taken = [
        (tile.column + dx, tile.row + dy)
        for tile in tile_places().values()
        for dx in range(tile.wide)
        for dy in range(tile.high)
    ]
    assert len(set(taken)) == len(taken)
    assert len(taken) == sum(code != "." for code in PICTURE.split())


def test_neighbours_lie_roughly_where_they_do_on_a_map():
    tiles = tile_places()
    assert tiles["CHL"].column < tiles["ARG"].column + tiles["ARG"].wide < tiles["ZAF"].column < tiles["AUS"].column
    assert tiles["NOR"].row < tiles["EUU"].row < tiles["EGY"].row < tiles["ZAF"].row
    assert tiles["EUU"].wide > tiles["CHE"].wide


def test_the_higher_the_rate_the_darker_the_tile():
    frame = terms().set_index("iso")
    frame.loc[["JPN", "KOR", "VNM"], "rate"] = [0.10, 0.25, 0.40]
    found = faces(world_tiles(frame.reset_index().iloc[::-1], PROVENANCE))
    assert lightness(found["JPN"]) > lightness(found["KOR"]) > lightness(found["VNM"])


def test_a_tile_says_code_and_rate():
    frame = terms().set_index("iso")
    frame.loc["JPN", "rate"] = 0.123
    said = assert_legible(world_tiles(frame.reset_index(), PROVENANCE, title="Terms of the world"))
    assert "JPN | 12.3 | " in said
    assert said.count("| 15 |") > 70
    assert "Terms of the world" in said


def test_a_bar_is_as_long_as_the_share_of_deals():
    bars = [patch for patch in world_tiles(terms(share=0.25), PROVENANCE).axes[0].patches if patch.get_height() < 0.5]
    empty, full = bars[0::2], bars[1::2]
    assert np.allclose([b.get_width() / a.get_width() for a, b in zip(empty, full, strict=True)], 0.25)


def test_a_tile_without_a_rate_is_hatched():
    frame = terms()
    frame.loc[3, "rate"] = NAN
    fig = world_tiles(frame, PROVENANCE)
    assert sum(bool(patch.get_hatch()) for patch in fig.axes[0].patches) == 1
    assert "no rate" in assert_legible(fig)


@pytest.mark.parametrize("size", [(7.6, 5.9), (3.6, 4.5), (12.0, 9.0)])
def test_every_size_is_legible(size):
    assert_legible(world_tiles(terms(rate=0.155), PROVENANCE, size=size))


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (terms()[:0], "no rate to show"),
        (terms(rate=NAN), "no rate to show"),
        (terms()[:1], "1 partner"),
        (terms(rate=0.0), "80 partners"),
        (terms(share=NAN), "80 partners"),
        (pd.DataFrame({"iso": ["JPN", "XXX"], "rate": 0.1, "deal_share": 1.0}), "1 partner, 1 not on the map"),
    ],
    ids=["no rows", "all unknown", "one partner", "all zero", "no shares", "a stranger"],
)
def test_awkward_data(frame, words):
    assert words in assert_legible(world_tiles(frame, PROVENANCE))


def test_a_partner_given_twice_is_refused():
    with pytest.raises(ValueError, match="JPN"):
        world_tiles(pd.concat([terms(), terms().query("iso == 'JPN'")]), PROVENANCE)


@pytest.mark.parametrize("column", ["iso", "rate", "deal_share"])
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=column):
        world_tiles(terms().drop(columns=column), PROVENANCE)
