"""Every ensemble that was ever played for a calibration, kept: a killed calibration goes on where it was.

Search and sampling ask a bank for ensembles. What it has it returns; what it lacks it plays, in several processes if
there are any, and keeps. So a calibration that begins again asks the same, is answered from the bank up to where it
was stopped, and ends in the same numbers.
"""

from __future__ import annotations

import io
import os
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from sim.ensemble.sealed import checked
from sim.scenario import ScenarioError
from sim.study.calibration.design import Space
from sim.study.calibration.ensemble import PARTS, Simulator

__all__ = ["Bank", "Key"]

Floats = NDArray[np.float64]
Parts = NDArray[np.float32]
#: Values of a point in the schema's units, first replication, replications.
Key = tuple[bytes, int, int]
#: Points that a process is sent at once.
TOGETHER = 4
#: A file of the bank holds about this many points; younger ones are written after so many seconds.
CHUNK, PATIENCE = 512, 60.0


@dataclass(eq=False)
class Bank:
    """Ensembles by point and luck.

    Attributes
    ----------
    folder : Path or None
        Where they are kept; nowhere when there is none.
    space : Space
        What the columns of a point are.
    simulate : Simulator
        Plays what is missing.
    jobs : int
        Processes; the numbers do not depend on it.
    told : callable, optional
        Called with the number of runs that are there, played or kept.
    """

    folder: Path | None
    space: Space
    simulate: Simulator
    jobs: int = 1
    told: Callable[[int], None] | None = None
    _found: dict[Key, Parts] = field(default_factory=dict, init=False)
    _young: list[Key] = field(default_factory=list, init=False)
    _written: float = field(default_factory=time.monotonic, init=False)

    def __post_init__(self) -> None:
        """Read what is kept."""
        for path in self._files():
            self._found |= _read(path, len(self.space.priors))

    def __len__(self) -> int:
        """Ensembles at hand."""
        return len(self._found)

    def ensembles(self, cube: Floats, first: int | Sequence[int], runs: int) -> Parts:
        """Return ensembles at points of the cube (n, d), ndarray (n, 4, T).

        Parameters
        ----------
        cube : ndarray (n, d)
            Points of the space.
        first : int or sequence of int
            First replication of all of them, or of each.
        runs : int
            Replications that each of them plays.

        Raises
        ------
        KeyboardInterrupt
            When interrupted; what was finished is kept.
        ScenarioError
            When finished ensembles cannot be written.
        """
        values = self.space.values(np.atleast_2d(cube))
        firsts = [first] * len(values) if isinstance(first, int) else first
        keys = [(row.tobytes(), one, runs) for row, one in zip(values, firsts, strict=True)]
        missing = {key: row for key, row in zip(keys, values, strict=True) if key not in self._found}
        try:
            self._play(list(missing), list(missing.values()))
        except BaseException:
            self.write()
            raise
        if self.told is not None:
            self.told(runs * (len(keys) - len(missing)))
        return np.array([self._found[key] for key in keys])

    def write(self) -> None:
        """Keep what has not been kept, in a file of its own that is there as a whole or not at all."""
        if self.folder is not None and self._young:
            rows = np.array([np.frombuffer(key[0]) for key in self._young])
            luck = np.array([key[1:] for key in self._young], dtype=np.int64)
            parts = np.array([self._found[key] for key in self._young])
            try:
                _write(self.folder, len(self._files()), {"values": rows, "luck": luck, "parts": parts})
            except OSError as error:
                raise ScenarioError(f"cannot be written: {error.strerror or error}", file=str(self.folder)) from None
            self._young.clear()
        self._written = time.monotonic()

    def _play(self, keys: Sequence[Key], rows: Sequence[Floats]) -> None:
        """Play points and keep what comes of it, whoever is ready first."""
        for key, parts in zip(keys, self._played(keys, rows), strict=True):
            self._found[key] = parts
            self._young.append(key)
            if len(self._young) >= CHUNK or time.monotonic() - self._written > PATIENCE:
                self.write()
            if self.told is not None:
                self.told(key[2])

    def _played(self, keys: Sequence[Key], rows: Sequence[Floats]) -> Iterator[Parts]:
        """Ensembles in the order of their keys."""
        points = [(self.space.overrides(row), *key[1:]) for key, row in zip(keys, rows, strict=True)]
        if self.jobs == 1 or len(points) <= 1:
            yield from (self.simulate(*point) for point in points)
            return
        lots = [points[k : k + TOGETHER] for k in range(0, len(points), TOGETHER)]
        pool = Parallel(n_jobs=self.jobs, return_as="generator")
        for lot in checked(pool, (delayed(_lot)(self.simulate, lot) for lot in lots)):
            yield from lot

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("ensembles-*.npz")) if self.folder is not None else []


def _lot(simulate: Simulator, points: Sequence[tuple[dict[str, float | int], int, int]]) -> list[Parts]:
    """Play some points in one process."""
    return [simulate(*point) for point in points]


def _read(path: Path, sides: int) -> dict[Key, Parts]:
    """Read one file; a damaged one, or one of other assumptions, holds nothing."""
    try:
        with np.load(path) as kept:
            values, luck, parts = kept["values"], kept["luck"], kept["parts"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return {}
    if values.shape[1:] != (sides,) or parts.shape[1:2] != (len(PARTS),):
        return {}
    rows = zip(values, luck.tolist(), parts, strict=True)
    return {(row.tobytes(), int(first), int(runs)): part for row, (first, runs), part in rows}


def _write(folder: Path, number: int, arrays: dict[str, NDArray[np.generic]]) -> None:
    """Write a file beside its place and move it there."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"ensembles-{number:05d}.npz"
    while place.exists():
        number += 1
        place = folder / f"ensembles-{number:05d}.npz"
    text = io.BytesIO()
    np.savez_compressed(text, **arrays)  # type: ignore[arg-type]
    beside = place.with_suffix(f".{os.getpid()}.part")
    beside.write_bytes(text.getvalue())
    os.replace(beside, place)
