"""Payoff tables of any world: those of the package, or solved once and kept in the user's cache."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from sim.private import is_own, own_folder, user_cache
from sim.world.bank import PayoffBank, load_bank, load_tables, save_bank
from sim.world.partners import Economy
from sim.world.payoffs import PayoffTables, build_tables, data_hash

if TYPE_CHECKING:
    from sim.world.trade import TradeWorld

__all__ = ["cache_folder", "tables_of"]


def cache_folder() -> Path | None:
    """Return where solved tables are kept, in $XDG_CACHE_HOME or ~/.cache; None where others could put tables there."""
    place = user_cache()
    try:
        return None if place is None else own_folder(place)
    except OSError:
        return None


def tables_of(
    world: TradeWorld, economies: tuple[Economy, ...], progress: Callable[[str], None] | None = None
) -> PayoffTables:
    """Return the tables of a world, solving them only if nobody has.

    Parameters
    ----------
    world : TradeWorld
        Every economy and "ROW" must be among its players.
    economies : tuple of Economy
        The table of partners.
    progress : callable, optional
        Told the code of each partner whose grid is solved.

    Returns
    -------
    PayoffTables
        Of the package when the data are those it was built from and the elasticity is one of its nodes, else from the
        cache by the fingerprint of the data.
    """
    wanted, shipped = data_hash(world, economies), load_bank()
    if wanted in shipped.hashes:
        return shipped.at(shipped.nodes[shipped.hashes.index(wanted)])
    folder = cache_folder()
    path = None if folder is None else folder / f"payoffs-{wanted[:16]}.npz"
    kept = _kept(path)
    if kept is not None and kept.data_hash == wanted:
        return kept
    tables = build_tables(world, economies, progress=progress)
    if path is not None:
        with contextlib.suppress(OSError):  # a full disk costs no more than solving them again
            save_bank(PayoffBank.single(tables, world.calibration.eps), path)
    return tables


def _kept(path: Path | None) -> PayoffTables | None:
    """Read tables that are there and whole; a broken file, or one that others can write, is solved again."""
    if path is None or not is_own(path, path.parent):
        return None
    try:
        return load_tables(path)
    except (OSError, ValueError, BadZipFile):
        return None
