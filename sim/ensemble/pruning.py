"""What is kept, how much room it takes, and what can go."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from sim.ensemble.code import code_version
from sim.ensemble.shards import DRAFT, shard_at
from sim.ensemble.store import FOLDER

__all__ = ["KeptRuns", "kept_runs", "prune"]

#: A draft that nobody has finished in this many seconds was left by a run that died.
ABANDONED = 3600.0


@dataclass(frozen=True)
class KeptRuns:
    """The kept runs of one scenario under one version of the rules.

    Attributes
    ----------
    name, code : str
        Scenario with its hash and seed, and the version of the rules.
    current : bool
        Whether these are the rules in use; otherwise nothing will ever read the runs again.
    replications : int
        How many are there.
    bytes : int
        Room they take.
    folder : Path
        Where they are.
    """

    name: str
    code: str
    current: bool
    replications: int
    bytes: int
    folder: Path


def kept_runs(root: Path) -> list[KeptRuns]:
    """List the kept runs below a folder of results, by name."""
    places = sorted(place for place in (root / FOLDER).glob("*/*") if place.is_dir())
    return [_seen(place) for place in places]


def prune(root: Path, *, dry: bool = False) -> list[tuple[Path, int]]:
    """Take away runs under rules that are no longer in use, and drafts that were never finished.

    Parameters
    ----------
    root : Path
        Folder of results.
    dry : bool
        Only say what would go.

    Returns
    -------
    list of (Path, int)
        What went, and the room it took in bytes.
    """
    gone = [(runs.folder, runs.bytes) for runs in kept_runs(root) if not runs.current]
    stale = {folder for folder, _ in gone}
    gone += [(draft, _size(draft)) for draft in _abandoned(root) if draft.parent not in stale]
    for place, _ in [] if dry else gone:
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        if place.parent.is_dir() and not any(place.parent.iterdir()):
            place.parent.rmdir()
    return gone


def _seen(place: Path) -> KeptRuns:
    """Look at the names in a folder, not into its files."""
    shards = [shard for shard in map(shard_at, place.iterdir()) if shard is not None]
    have: set[int] = set()
    for shard in shards:
        if shard.table in ("outcomes", "summary", "ends"):
            have |= set(range(shard.first, shard.last + 1))
    return KeptRuns(place.parent.name, place.name, place.name == code_version(), len(have), _size(place), place)


def _abandoned(root: Path) -> list[Path]:
    """Drafts of kept runs and of results that are older than any that is still being written."""
    now, places = time.time(), (f"{FOLDER}/*/*/{DRAFT}*", f"*/{DRAFT}*", f"*/*/{DRAFT}*")
    found = {path for place in places for path in root.glob(place)}
    return sorted(path for path in found if now - path.stat().st_mtime > ABANDONED)


def _size(path: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    inside = path.rglob("*") if path.is_dir() else [path]
    return sum(one.stat().st_size for one in inside if one.is_file())
