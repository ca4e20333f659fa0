"""How often somebody may knock: enough for a class behind one address, too seldom to try all codes."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from threading import Lock

__all__ = ["Gate"]

#: Most addresses that are remembered.
ADDRESSES = 4096


@dataclass(eq=False)
class Gate:
    """Lets an address through so many times in so many seconds.

    Parameters
    ----------
    most : int
        How many times; a class of sixty, each of whom mistypes the code, must get in within two minutes.
    seconds : float
        Length of the time that counts.
    """

    most: int = 90
    seconds: float = 60.0
    _knocks: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def admits(self, address: str, now: float) -> bool:
        """Whether one more knock is let through, which is then counted.

        Parameters
        ----------
        address : str
            Who knocks.
        now : float
            Seconds on any clock that only moves forward.
        """
        with self._lock:
            knocks = self._knocks.setdefault(address, deque())
            self._knocks.move_to_end(address)
            while len(self._knocks) > ADDRESSES:
                self._knocks.popitem(last=False)
            while knocks and knocks[0] <= now - self.seconds:
                knocks.popleft()
            if len(knocks) >= self.most:
                return False
            knocks.append(now)
            return True
