"""Records: numbers by name that compiled code reads and writes through one pointer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEVEL", "Levels", "dtype_of", "filled"]

#: Levels of packages: small numbers, so that the packages of many ladders stay near the processor.
LEVEL = np.int16
Levels = NDArray[np.int16]


def dtype_of(whole: str = "", real: str = "", flags: str = "") -> np.dtype[Any]:
    """Make a record type of names separated by spaces: whole numbers, real numbers and flags, eight bytes each.

    >>> dtype_of(whole="rounds", real="delta").names
    ('rounds', 'delta')
    """
    fields = [(name, np.int64) for name in (whole + " " + flags).split()]
    return np.dtype([*fields, *((name, np.float64) for name in real.split())])


def filled(dtype: np.dtype[Any], rows: Iterable[Mapping[str, float]]) -> Any:
    """Make a record array of mappings that name every field, and nothing else.

    Raises
    ------
    KeyError
        If a row misses a field or has one too many.
    """
    rows = list(rows)
    out = np.zeros(len(rows), dtype=dtype)
    names = set(dtype.names or ())
    for n, row in enumerate(rows):
        if set(row) != names:
            raise KeyError(sorted(names ^ set(row)))
        for name, value in row.items():
            out[n][name] = value
    return out
