"""The scenarios that come with the project, by name."""

from __future__ import annotations

import os
from pathlib import Path

from sim.scenario.errors import ScenarioError, nearest, show

__all__ = ["catalogue", "locate"]

#: A link to `scenarios/` in a checkout, a folder of its own in what is installed.
SHIPPED = Path(__file__).parent / "shipped"


def catalogue() -> dict[str, Path]:
    """Return the path of every scenario of the catalogue by name, sorted."""
    return {path.stem: path for path in sorted(SHIPPED.resolve().glob("*.yaml"))}


def locate(name_or_path: str | os.PathLike[str]) -> Path:
    """Return the path of a scenario named by path or by its name in the catalogue.

    Raises
    ------
    ScenarioError
        When there is no such file, with the nearest name.
    """
    named = os.fspath(name_or_path)
    file = named if named.isprintable() and 0 < len(named) < 200 else show(named)
    known = catalogue()
    if named in known:
        return _short(known[named])
    if os.path.isdir(named):
        raise ScenarioError("is a folder, not a scenario file", file=file, allowed=tuple(known))
    if os.path.isfile(named):
        return Path(named)
    if os.path.exists(named):
        raise ScenarioError("is not a regular file", file=file)
    near = f"{named}.yaml" if os.path.isfile(f"{named}.yaml") else nearest(Path(named).stem, known)
    raise ScenarioError("no such file or scenario", file=file, allowed=tuple(known), nearest=near)


def _short(path: Path) -> Path:
    """Return the path as seen from the working folder when it lies inside it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
