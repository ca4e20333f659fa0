"""The Pareto frontier of a domain, as a sequence of deals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

import numpy as np
from numpy.typing import NDArray

from sim.bargaining.deal import Deal

if TYPE_CHECKING:
    from sim.bargaining.domain import Domain

__all__ = ["Frontier"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Frontier(Sequence[Deal]):
    """Deals that no other outcome dominates, by falling utility of the first side; each pair of utilities once.

    Parameters
    ----------
    domain : Domain
        Whose frontier it is.
    utilities : ndarray (Q, 2)
        The points.
    options : ndarray (Q, G)
        The option of each group at every point.
    """

    def __init__(self, domain: Domain, utilities: Floats, options: Ints) -> None:
        utilities.setflags(write=False)
        self._domain, self.utilities, self.options = domain, utilities, options
        self.order: Ints = np.lexsort(options.T[::-1]).argsort()
        """Rank of each point in the order of the domain's outcomes; ties between solutions go to the first."""

    def __len__(self) -> int:
        return len(self.utilities)

    @overload
    def __getitem__(self, index: int) -> Deal: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Deal]: ...

    def __getitem__(self, index: int | slice) -> Deal | Sequence[Deal]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        package = self._domain.package(self._domain.levels_of(self.options[index]))
        first, second = self.utilities[index]
        return Deal(package, (float(first), float(second)))

    def __iter__(self) -> Iterator[Deal]:
        return (self[at] for at in range(len(self)))
