"""Politics around the table: the President, veto players at home, walking out, Treasury holdings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.scenario.fields import Section, param

__all__ = ["OTHERS", "Politics", "Share", "VetoPlayer", "default_veto_players"]

Share = Annotated[float, Field(ge=0.0, le=1.0, strict=True)]

#: Key of the veto players of partners that have none of their own.
OTHERS = "others"


class VetoPlayer(Section):
    """Somebody at home whose consent a package needs."""

    limits: dict[str, Share] = param(
        {}, "Largest concession z by issue (0 to 1 of its range) that it lets pass; what is not named passes"
    )
    tightening: float = param(0.0, "Share of its limits that it takes back before an election", bounds=(0.0, 1.0))


def default_veto_players() -> dict[str, dict[str, VetoPlayer]]:
    """Return Japan's five veto players, and those of everybody else."""
    return {
        OTHERS: {
            "cabinet": VetoPlayer(limits={"fx": 0.5}),
            "ruling_party": VetoPlayer(limits={"market_access": 0.9, "investment": 0.9}, tightening=0.3),
            "industry": VetoPlayer(limits={"auto_tariff": 0.8}),
            "finance_ministry": VetoPlayer(limits={"fx": 0.5, "investment": 0.9}),
        },
        "JPN": {
            "cabinet": VetoPlayer(limits={"fx": 0.5, "defence": 0.5}),
            "ruling_party": VetoPlayer(limits={"tariff": 0.7, "investment": 0.9}, tightening=0.8),
            "farm_lobby": VetoPlayer(limits={"market_access": 0.5}, tightening=0.8),
            "auto_industry": VetoPlayer(limits={"auto_tariff": 0.8}),
            "finance_ministry": VetoPlayer(limits={"fx": 0.5, "investment": 0.85}),
        },
    }


class Politics(Section):
    """The President, ratification at home, walking out, and the Treasury holdings."""

    reprice: float = param(
        0.35,
        "Probability that the President re-opens a closing and asks for more",
        bounds=(0.0, 1.0),
        source="Japan 400 to 550 bn, Viet Nam 11 to 20 per cent in 2025",
    )
    reprice_step: float = param(0.10, "What he asks for on top, as a share of the investment range", bounds=(0.0, 1.0))
    president_rounds: tuple[Annotated[int, Field(ge=0, le=150, strict=True)], ...] = param(
        (),
        "Rounds in which he sits down with the focal partner: defence joins the agenda, and a deal can close at once; "
        "for dates and other partners see the meetings of the calendar",
        unit="rounds",
    )
    all_tariffs: tuple[str, ...] = param((), "ISO codes that sign only if autos get the general rate or less")
    ratification: float = param(
        1.0, "How far veto players count: 0 none is asked, 1 their limits hold in full", bounds=(0.0, 1.0)
    )
    ratification_noise: float = param(
        0.03,
        "Standard deviation of the limits as they turn out when a package comes home, in shares of the range",
        bounds=(0.0, 0.5),
    )
    election_weeks: int = param(
        10, "Weeks before an election in which veto players tighten their limits", unit="weeks", bounds=(0, 104)
    )
    veto_players: dict[str, dict[str, VetoPlayer]] = Field(
        default_factory=default_veto_players,
        description="Veto players by ISO code and name; `others` are those of partners with none of their own",
    )
    walk_after: int = param(
        0,
        "Sessions in a row with no offer better than no deal after which a partner walks out; 0 never",
        unit="sessions",
        bounds=(0, 50),
    )
    return_after: int = param(
        4,
        "Weeks after which it comes back, if no dated event brings it back sooner",
        unit="weeks",
        bounds=(1, 104),
    )
    treasuries: Literal["ruled_out", "card", "used"] = param(
        "ruled_out", "The focal partner's Treasury holdings as a lever"
    )
    treasuries_pressure: float = param(
        0.002, "Yearly cost to the United States per dollar of holdings when sold", unit="1/yr", bounds=(0.0, 0.1)
    )
    treasuries_price: float = param(
        0.003, "Yearly cost to the seller per dollar of holdings, losses and alliance", unit="1/yr", bounds=(0.0, 0.1)
    )
    card_weight: float = param(0.15, "Share of both costs when the card is only shown", bounds=(0.0, 1.0))

    @model_validator(mode="before")
    @classmethod
    def _lay_veto_players_over_the_default(cls, data: Any) -> Any:
        """Keep the default veto players of every partner that is not named."""
        given = data.get("veto_players") if isinstance(data, dict) else None
        if not isinstance(given, dict):
            return data
        return {**data, "veto_players": {**default_veto_players(), **given}}

    def players_of(self, iso: str) -> dict[str, VetoPlayer]:
        """Return the veto players of a partner by name."""
        return self.veto_players.get(iso, self.veto_players[OTHERS])
