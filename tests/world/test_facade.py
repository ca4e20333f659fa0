from __future__ import annotations

import subprocess
import sys

import pytest

import sim.world
from sim.world import World, load_world


def test_world_is_loaded_once(world: World) -> None:
    assert load_world() is world
    assert world.partner("JPN") is world.partners[world.index["JPN"]]
    with pytest.raises(KeyError):
        world.partner("CHN")


def test_all_is_what_can_be_had() -> None:
    for name in sim.world.__all__:
        assert getattr(sim.world, name).__doc__ or name == "START"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        sim.world.nothing  # noqa: B018


def test_import_is_light() -> None:
    code = "import sys, sim.world; print(*({'numba', 'pandas', 'scipy', 'mesa'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"
