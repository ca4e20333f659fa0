"""What each room offers: every name it lists is there, documented, typed, and nothing else is public."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import sim

ROOMS = (
    "sim",
    "sim.luck",
    "sim.world",
    "sim.bargaining",
    "sim.interop",
    "sim.mechanisms",
    "sim.scenario",
    "sim.talks",
    "sim.ensemble",
    "sim.study",
    "sim.plots",
    "sim.report",
    "sim.lab",
)
#: What `import sim` and `firstmover --help` must not wait for.
HEAVY = ("mesa", "numba", "matplotlib", "pandas", "pyarrow", "duckdb", "scipy", "nicegui", "pydantic", "SALib")
#: Modules that need an optional extra, or are run and not imported.
APART = re.compile(r"\.(__main__|negmas|discovery|pages(\..*)?|calibration(\..*)?)$")


def modules() -> list[str]:
    return [found.name for found in pkgutil.walk_packages(sim.__path__, "sim.") if not APART.search(found.name)]


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_that_a_room_lists_is_there_and_documented(room: str) -> None:
    home = importlib.import_module(room)
    assert len(set(home.__all__)) == len(home.__all__)
    for name in home.__all__:
        thing = getattr(home, name)
        assert name == "__version__" or not name.startswith("_")
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert inspect.getdoc(thing), f"{room}.{name} has no docstring"


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "sim"])
def test_what_a_room_takes_from_its_files_for_others_is_listed(room: str) -> None:
    home = importlib.import_module(room)
    for name, thing in vars(home).items():
        ours = getattr(thing, "__module__", "") or ""
        if not name.startswith("_") and ours.startswith(f"{room}.") and not isinstance(thing, ModuleType):
            assert name in home.__all__, f"{room} takes {name} from {ours} and does not list it"


@pytest.mark.parametrize("name", modules())
def test_every_file_lists_what_it_has_and_only_that(name: str) -> None:
    home = importlib.import_module(name)
    for listed in getattr(home, "__all__", ()):
        assert hasattr(home, listed), f"{name} lists {listed}, which is not there"


@pytest.mark.parametrize("room", ROOMS)
def test_public_functions_are_typed(room: str) -> None:
    home = importlib.import_module(room)
    for name in home.__all__:
        for function in _functions(getattr(home, name)):
            signature = inspect.signature(function)
            untyped = [p.name for p in signature.parameters.values()
                       if p.annotation is p.empty and p.name not in ("self", "cls")]  # fmt: skip
            assert not untyped, f"{room}.{name}: {function.__qualname__} does not say what {untyped} are"
            assert signature.return_annotation is not signature.empty, f"{room}.{name}: {function.__qualname__}"


def _functions(thing: Any) -> list[Any]:
    """The functions that a name stands for: itself, or the public methods written for a class."""
    if inspect.isfunction(thing):
        return [thing] if thing.__module__.startswith("sim.") else []
    if not inspect.isclass(thing):
        return []
    own = [value for name, value in vars(thing).items() if not name.startswith("_") and inspect.isfunction(value)]
    return [method for method in own if method.__module__.startswith("sim.")]


def test_the_types_are_for_others_too() -> None:
    assert (Path(sim.__file__).parent / "py.typed").is_file()


@pytest.mark.parametrize("asked", ["import sim", "import sim.cli"])
def test_nobody_waits_for_what_is_not_used(asked: str) -> None:
    script = f"{asked}; import sys; print(*(name for name in {HEAVY} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == ""


def test_a_name_that_is_not_there_is_said_so() -> None:
    with pytest.raises(AttributeError, match="no attribute 'study_everything'"):
        _ = sim.study_everything  # type: ignore[attr-defined]
    assert {*sim.__all__} <= {*dir(sim)}
