"""The scenarios that come with the project, by name."""

from __future__ import annotations

import os
from pathlib import Path

from sim.scenario.errors import ScenarioError, nearest, show

__all__ = ["catalogue", "locate"]

#: Of a wheel the scenarios go under the environment's prefix, beside no code.
SHARED = "share/first-mover/scenarios"


def catalogue() -> dict[str, Path]:
    """Return the path of every scenario of the catalogue by name, sorted."""
    root = Path(__file__).resolve().parents[2]
    folder = root / "scenarios" if (root / "pyproject.toml").is_file() else root / SHARED
    return {path.stem: path for path in sorted(folder.glob("*.yaml")) or sorted(_recorded())}


def _recorded() -> list[Path]:
    """Return the scenarios that the installer has written down, wherever the prefix is."""
    from importlib.metadata import PackageNotFoundError, files  # slow to import, and needed outside a checkout only

    try:
        recorded = files("first-mover") or []
    except PackageNotFoundError:
        return []
    return [Path(str(file.locate())).resolve() for file in recorded if f"{SHARED}/" in file.as_posix()]


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
    near = nearest(Path(named).stem, known)
    raise ScenarioError("no such file or scenario", file=file, allowed=tuple(known), nearest=near)


def _short(path: Path) -> Path:
    """Return the path as seen from the working folder when it lies inside it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
