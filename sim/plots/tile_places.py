"""Where the partners stand on a map of tiles: roughly as on a map of the world."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

__all__ = ["HOST", "Tile", "tile_places"]

HOST = "USA"
"""The United States, shown to find one's way; every other code is a partner's."""

PICTURE = """
 .   .   .   .   .   .   .   .  NOR  .   .   .   .   .   .   .   .   .
 .   .   .   .   .   .  GBR EUU EUU EUU MDA  .   .  KAZ  .   .   .   .
USA USA USA  .   .   .  CHE EUU EUU EUU SRB TUR  .   .   .  KOR JPN  .
USA USA USA  .   .   .  BIH EUU EUU EUU MKD SYR IRQ PAK  .  TWN  .   .
GTM HND  .  BHS DOM  .   .  TUN LBY EGY ISR JOR KWT IND BGD MMR LAO  .
SLV NIC  .   .  TTO  .  MAR DZA TCD  .   .  SAU BHR LKA  .  THA VNM  .
 .  CRI COL VEN GUY  .  CIV NGA CMR  .   .   .  QAT ARE MYS  .  KHM PHL
 .   .  ECU  .  BRA  .   .  GNQ COD  .   .   .  OMN  .  SGP BRN  .   .
 .   .  PER  .   .   .   .  AGO ZMB MWI  .   .   .   .   .  IDN  .  VUT
 .   .  CHL URY  .   .   .  NAM ZWE MOZ MDG  .   .   .   .   .  AUS FJI
 .   .  ARG  .   .   .   .  BWA ZAF LSO  .  MUS  .   .   .   .   .  NZL
"""
"""A code a tile; a code that is repeated is one larger tile."""


class Tile(NamedTuple):
    """Upper left corner of a tile (column, row from the top) and its width and height, in tiles."""

    column: int
    row: int
    wide: int
    high: int


@cache
def tile_places() -> dict[str, Tile]:
    """Read the picture: the tile of every partner, and of the United States."""
    cells: dict[str, list[tuple[int, int]]] = {}
    for row, line in enumerate(PICTURE.strip("\n").splitlines()):
        for column, code in enumerate(line.split()):
            cells.setdefault(code, []).append((column, row))
    del cells["."]
    return {code: _around(held) for code, held in cells.items()}


def _around(cells: list[tuple[int, int]]) -> Tile:
    """Smallest tile around some cells."""
    columns, rows = zip(*cells, strict=True)
    return Tile(min(columns), min(rows), max(columns) - min(columns) + 1, max(rows) - min(rows) + 1)
