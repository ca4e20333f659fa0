"""Who acts: economies on their own, and those that act as one bloc."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.world.errors import WorldDataError

if TYPE_CHECKING:
    from sim.world.partners import Economy

__all__ = ["Blocs", "Roster", "blocs_of"]

Array = npt.NDArray[np.float64]
Blocs = Mapping[str, tuple[str, ...]]
"""Codes of the members of every bloc, by the code of the bloc."""
REST = "ROW"


def blocs_of(economies: Sequence[Economy], iso: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the blocs among the economies of a world: unions, and "ROW" for all that the facts do not name.

    Parameters
    ----------
    economies : sequence of Economy
        The table of partners, which names the members of unions.
    iso : sequence of str
        The economies of the world.

    Returns
    -------
    dict of str to tuple of str
        Unions of which no member is there are left out, and so is "ROW" where it is an economy itself or empty.
    """
    found = {x.iso3: tuple(code for code in x.members if code in iso) for x in economies if x.iso3 not in iso}
    named = {"USA", REST, *(code for x in economies for code in (x.iso3, *x.members))}
    found[REST] = () if REST in iso else tuple(code for code in iso if code not in named)
    return {bloc: members for bloc, members in found.items() if members}


@dataclass(frozen=True)
class Roster:
    """The economies of a world and the players they make up.

    Attributes
    ----------
    iso : tuple of str
        ISO codes of the N economies, in the order of the rows.
    blocs : mapping of str to tuple of str
        Members of each bloc.
    """

    iso: tuple[str, ...]
    blocs: Blocs = field(default_factory=dict)

    def check(self) -> None:
        """Refuse blocs that cannot be.

        Raises
        ------
        WorldDataError
            If a bloc has the code of an economy, no members, a member that is unknown or has another bloc, or the
            United States.
        """
        home: dict[str, str] = {"USA": "the United States"}
        for bloc, members in self.blocs.items():
            if bloc in self.iso or not members:
                raise WorldDataError("blocs", f"{bloc} is an economy" if bloc in self.iso else f"{bloc} has no members")
            for code in members:
                if code not in self.iso:
                    raise WorldDataError("blocs", f"{bloc} has an unknown member {code}{self._hint(code, self.iso)}")
                if code in home:
                    raise WorldDataError("blocs", f"{code} cannot be in {bloc}: it belongs to {home[code]}")
                home[code] = bloc

    @cached_property
    def home(self) -> dict[str, str]:
        """Bloc of each economy that has one."""
        return {code: bloc for bloc, members in self.blocs.items() for code in members}

    @cached_property
    def players(self) -> tuple[str, ...]:
        """The J economies and blocs that act, a bloc in the place of its first member."""
        return tuple(dict.fromkeys(self.home.get(code, code) for code in self.iso))

    @cached_property
    def player_of(self) -> npt.NDArray[np.intp]:
        """Place among the players of each economy, shape (N,)."""
        place = {code: j for j, code in enumerate(self.players)}
        return np.array([place[self.home.get(code, code)] for code in self.iso], dtype=np.intp)

    def rows(self, code: str) -> npt.NDArray[np.intp]:
        """Rows of an economy, or of all members of a bloc.

        Raises
        ------
        ValueError
            If there is neither.
        """
        members = self.blocs.get(code, (code,))
        if not set(members) <= set(self.iso):
            raise ValueError(f"unknown economy {code!r}{self.hint(code)}")
        return np.array([self.iso.index(member) for member in members], dtype=np.intp)

    def total(self, values: Array) -> Array:
        """Add up by player what is given by economy: from (N, ...) to (J, ...)."""
        sums = np.zeros((len(self.players), *values.shape[1:]))
        np.add.at(sums, self.player_of, values)
        return sums

    def spread(self, values: Array) -> Array:
        """Give every member what is given by player: from (J, ...) to (N, ...)."""
        return np.asarray(values[self.player_of])

    def hint(self, code: str) -> str:
        """Say which economy or bloc may be meant; nothing when none is near."""
        return self._hint(code, (*self.blocs, *self.iso))

    @staticmethod
    def _hint(code: str, choices: Sequence[str]) -> str:
        near = get_close_matches(str(code).upper(), choices, n=1, cutoff=0.6)
        return f"; did you mean {near[0]}?" if near else ""
