"""Nash-in-Nash: one hub bargains with many partners at once, each pair taking the other deals as given."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

__all__ = ["BilateralDeal", "nash_in_nash"]


@dataclass(frozen=True)
class BilateralDeal:
    """The deal between the hub and one partner.

    Attributes
    ----------
    partner : hashable
        With whom.
    hub_marginal, partner_marginal : float
        What the deal adds to each, before money changes hands.
    transfer : float
        What the hub pays; negative when it is paid.
    hub_gain, partner_gain : float
        What each has of it in the end.
    """

    partner: Hashable
    hub_marginal: float
    partner_marginal: float
    transfer: float

    @property
    def hub_gain(self) -> float:
        """The hub's marginal value less the transfer."""
        return self.hub_marginal - self.transfer

    @property
    def partner_gain(self) -> float:
        """The partner's marginal value and the transfer."""
        return self.partner_marginal + self.transfer


def nash_in_nash(
    value: Callable[[frozenset[Hashable]], float],
    own: Callable[[Hashable, frozenset[Hashable]], float],
    partners: Sequence[Hashable],
    weight: float = 0.5,
) -> tuple[BilateralDeal, ...]:
    """Transfers when every pair splits what its deal adds, given all the others.

    p_i = (1 - weight) [V(A) - V(A without i)] - weight [v_i(A) - v_i(A without i)] (Horn and Wolinsky 1988;
    Collard-Wexler, Gowrisankaran and Lee 2019).

    Parameters
    ----------
    value : callable
        V, the hub's value of a set of deals, in money.
    own : callable
        v_i, a partner's value of a set of deals.
    partners : sequence
        A, the partners, all of whom sign.
    weight : float
        The hub's bargaining weight in [0, 1].

    Raises
    ------
    ValueError
        For a weight outside [0, 1] or a partner listed twice.
    """
    everyone = frozenset(partners)
    if not 0.0 <= weight <= 1.0 or len(everyone) < len(partners):
        raise ValueError("the weight lies in [0, 1], and a partner signs once")
    deals = []
    for partner in partners:
        others = everyone - {partner}
        hub = value(everyone) - value(others)
        mine = own(partner, everyone) - own(partner, others)
        deals.append(BilateralDeal(partner, hub, mine, (1.0 - weight) * hub - weight * mine))
    return tuple(deals)
