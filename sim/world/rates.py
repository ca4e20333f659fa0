"""Duties by economy, in whatever form they are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.world.blocs import Roster

__all__ = ["Rates", "arrange"]

Array = npt.NDArray[np.float64]
Rates = Mapping[str, Any] | npt.ArrayLike


def arrange(rates: Rates, roster: Roster) -> Array:
    """Arrange duties in the order of the economies.

    Parameters
    ----------
    rates : number, mapping or pandas Series by ISO code, DataFrame with codes as index, array of shape (N,) or (N, B)
        Fractions; a single number is for everybody. Codes left out are not taxed; in a mapping, a value may be an
        array with one rate per case. The rate of a bloc is that of all its members but those named besides.
    roster : Roster
        The N economies and their blocs.

    Returns
    -------
    ndarray of shape (N,) or (N, B)

    Raises
    ------
    ValueError
        If a code is unknown, a shape does not fit, or a rate is not a number above -1.
    """
    if isinstance(rates, Mapping) or hasattr(rates, "reindex"):
        rates = _by_code(rates, roster)
    iso = roster.iso
    values = np.asarray(rates, dtype=float)
    if values.ndim == 0:
        values = np.full(len(iso), float(values))
    if values.shape[:1] != (len(iso),) or values.ndim > 2:
        raise ValueError(f"tariffs of shape {values.shape}: need ({len(iso)},) or ({len(iso)}, B)")
    wrong = ~(np.isfinite(values) & (values > -1.0))
    if wrong.any():
        row = int(wrong.reshape(len(iso), -1).any(axis=1).argmax())
        raise ValueError(f"tariff of {iso[row]} is {values[row][wrong[row]].ravel()[0]:g}: need numbers above -1")
    return values


def _by_code(rates: Any, roster: Roster) -> Array:
    """Line up labelled rates; a pandas object is read by its index, never by its order."""
    table = dict(rates) if isinstance(rates, Mapping) else dict(zip(rates.index, rates.to_numpy(), strict=True))
    unknown = sorted(str(code) for code in set(table) - set(roster.iso) - set(roster.blocs))
    if unknown:
        raise ValueError(f"unknown economies {unknown}{roster.hint(unknown[0])}")
    own = (table.get(code, table.get(roster.home.get(code), 0.0)) for code in roster.iso)
    return np.stack(np.broadcast_arrays(*(np.asarray(rate, dtype=float) for rate in own)))
