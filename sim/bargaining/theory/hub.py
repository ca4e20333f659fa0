"""Order in theory: one hub strikes deals with partners one after the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["HubResult", "sequential_hub", "sequential_hub_myopic", "sequential_hub_sets"]

State = Any


@dataclass(frozen=True)
class HubResult:
    """What everybody gets, in the order of the talks.

    Attributes
    ----------
    order : tuple
        The partners.
    shares : tuple of float
        Gain of each partner from its deal, in money; 0 without one.
    transfers : tuple of float
        What the hub pays each; negative when it is paid.
    signed : tuple of bool
        Who has a deal in the end.
    hub : float
        The hub's value of the deals less all transfers.
    """

    order: tuple[Hashable, ...]
    shares: tuple[float, ...]
    transfers: tuple[float, ...]
    signed: tuple[bool, ...]
    hub: float

    @property
    def first_mover_advantage(self) -> float:
        """Gain of the first partner less that of the last."""
        return self.shares[0] - self.shares[-1]


def sequential_hub(
    value: Callable[[int], float] | Sequence[float], partners: int, weight: float = 0.5, own: float = 0.0
) -> HubResult:
    """Solve the talks of a hub with identical partners, everybody looking ahead.

    A deal is worth what it adds to the hub's position in the talks still to come. With V(0) = 0, equal weights and two
    partners the first gets V(2)/4 and the second (V(2) - V(1))/2: being first pays when V is concave, is worth nothing
    when it is linear, and costs when it is convex.

    Parameters
    ----------
    value : callable or sequence
        V(n), the hub's value of n deals for n = 0 ... partners, in money.
    partners : int
        How many, at least 1.
    weight : float
        The hub's bargaining weight in [0, 1].
    own : float
        A partner's own value of its deal before money changes hands; a concession is negative.

    Raises
    ------
    ValueError
        Without partners, for a weight outside [0, 1], or when `value` is too short.
    """
    worth = _counted(value, partners)
    return _solve(range(partners), worth, weight, lambda _: own, 0, lambda signed, _: signed + 1)


def sequential_hub_sets(
    value: Callable[[frozenset[Hashable]], float],
    order: Sequence[Hashable],
    weight: float = 0.5,
    own: Callable[[Hashable], float] = lambda _: 0.0,
) -> HubResult:
    """Solve the talks of a hub with different partners; values are those of sets of deals.

    The number of sets doubles with every partner: for about 18 partners at most.

    Parameters
    ----------
    value : callable
        V(A), the hub's value of a set of deals, in money.
    order : sequence
        The partners as they come to the table.
    weight : float
        The hub's bargaining weight in [0, 1].
    own : callable
        A partner's own value of its deal.

    Raises
    ------
    ValueError
        Without partners, for a partner listed twice, or for a weight outside [0, 1].
    """
    if len(set(order)) < len(order):
        raise ValueError("a partner comes to the table once")
    return _solve(order, value, weight, own, frozenset(), lambda signed, partner: signed | {partner})


def sequential_hub_myopic(
    value: Callable[[int], float] | Sequence[float], partners: int, weight: float = 0.5, own: float = 0.0
) -> HubResult:
    """Solve the talks when nobody looks ahead: each deal is settled as if it were the last.

    The n-th partner is paid (1 - weight) [V(n) - V(n - 1)] - weight * own.
    """
    worth = _counted(value, partners)
    _check(partners, weight)
    added = [worth(n + 1) - worth(n) for n in range(partners)]
    transfers = tuple((1.0 - weight) * more - weight * own for more in added)
    shares = tuple(own + transfer for transfer in transfers)
    everyone = (True,) * partners
    return HubResult(tuple(range(partners)), shares, transfers, everyone, worth(partners) - sum(transfers))


def _solve(
    order: Sequence[Hashable],
    value: Callable[[State], float],
    weight: float,
    own: Callable[[Hashable], float],
    nobody: State,
    join: Callable[[State, Hashable], State],
) -> HubResult:
    """Work backwards over who may have signed, then read off the path."""
    _check(len(order), weight)
    reached: list[set[State]] = [{nobody}]
    for partner in order:
        reached.append(reached[-1] | {join(state, partner) for state in reached[-1]})
    ahead = [{state: value(state) for state in reached[-1]}]
    for partner, states in zip(reversed(order), reversed(reached[:-1]), strict=True):
        later = ahead[0]
        gains = {state: later[join(state, partner)] - later[state] + own(partner) for state in states}
        ahead.insert(0, {state: later[state] + weight * max(0.0, gains[state]) for state in states})
    return _path(order, ahead, weight, own, (nobody, join))


def _path(
    order: Sequence[Hashable],
    ahead: list[dict[State, float]],
    weight: float,
    own: Callable[[Hashable], float],
    start: tuple[State, Callable[[State, Hashable], State]],
) -> HubResult:
    """Follow the talks in order; `ahead` is the hub's value of what is to come, before each partner's turn."""
    state, join = start
    hub = ahead[0][state]
    shares, transfers, signed = [], [], []
    for partner, later in zip(order, ahead[1:], strict=True):
        gain = later[join(state, partner)] - later[state] + own(partner)
        agreed = gain >= 0.0
        shares.append((1.0 - weight) * gain if agreed else 0.0)
        transfers.append(shares[-1] - own(partner) if agreed else 0.0)
        signed.append(agreed)
        state = join(state, partner) if agreed else state
    return HubResult(tuple(order), tuple(shares), tuple(transfers), tuple(signed), hub)


def _counted(value: Callable[[int], float] | Sequence[float], partners: int) -> Callable[[int], float]:
    """Value of a number of deals, from a function or a list."""
    if callable(value):
        return value
    if len(value) < partners + 1:
        raise ValueError(f"{partners} partners need V(0) ... V({partners}); there are {len(value)} values")
    return list(value).__getitem__


def _check(partners: int, weight: float) -> None:
    if partners < 1 or not 0.0 <= weight <= 1.0:
        raise ValueError("there must be a partner, and the weight lies in [0, 1]")
