"""What the two sides want: the issues, the partners' resistance, the delegation's weights."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from sim.scenario.delegation import Delegation
from sim.scenario.fields import Section, param
from sim.scenario.politics import Share
from sim.scenario.tactics import Choice

__all__ = [
    "CORE_ISSUES",
    "NOT_OF_RATES",
    "RATE_ISSUES",
    "IssueTerms",
    "PartnerOverride",
    "Partners",
    "UnitedStates",
    "default_issues",
]

#: The two issues that are rates and act through the trade model, and the four that add on top.
RATE_ISSUES = ("tariff", "auto_tariff")
#: What a rate has no use for: it is in every package, in steps of one point, and no amount.
NOT_OF_RATES = ("levels", "unit", "table", "partners", "within", "supply")
CORE_ISSUES = (*RATE_ISSUES, "defence", "fx", "investment", "market_access")

Basis = Literal["gdp", "us_imports", "us_exports", "auto_exports", "host_nation_support", "treasury_holdings", "fixed"]
Table = Literal["joint", "president", "separate", "off"]
Resistance = Annotated[float, Field(ge=0.0, le=20.0, strict=True)]
DealValue = Annotated[float, Field(ge=-1e4, le=1e4, strict=True)]


class IssueTerms(Section):
    """An issue: its range and what it costs and brings, (B1) and (B2), with z = x / maximum.

    The scale m is `scale` times the `basis` (USD bn; `fixed` counts as 1). The partner's yearly cost is
    w c m (z + q z**2 / 2), the yearly benefit of the United States v b m (z - d z**2 / 2).
    """

    basis: Basis = param("fixed", "What the scale is a share of", unit="USD bn")
    scale: float = param(1.0, "Scale m as a share of the basis (in USD bn for a fixed basis)", bounds=(0.0, 5000.0))
    cost: float = param(1.0, "c: the partner's yearly cost per unit of scale", unit="1/yr", bounds=(0.0, 10.0))
    convexity: float = param(0.5, "q: how fast the cost grows", bounds=(0.0, 5.0))
    benefit: float = param(
        0.5, "b: yearly benefit of the United States per unit of scale", unit="1/yr", bounds=(0.0, 10.0)
    )
    concavity: float = param(0.5, "d: how fast the benefit levels off", bounds=(0.0, 1.0))
    levels: int = param(11, "Number of grid points from nothing to the maximum", bounds=(2, 101))
    unit: Literal["USD bn", "USD bn/yr", "share"] = param(
        "share", "Unit of the package's value; a share runs from 0 to 1"
    )
    table: Table = param(
        "joint", "In the package; in it only with the President at the table; on a track of its own; or not at all"
    )
    partners: tuple[str, ...] | None = param(None, "ISO codes the issue concerns; all when not set")
    needs: Basis = param(
        "fixed", "What a partner needs to concede this cheaply, such as savings abroad; `fixed` is nothing at all"
    )
    dearer: float = param(
        1.0, "How many times as much it costs a partner of whom that figure is nothing", bounds=(1.0, 100.0)
    )
    least_capacity: float = param(
        0.0,
        "The cost is divided by a partner's capacity min(1, GDP per head / capacity_income) ** capacity_power, or by "
        "this where it is more; 0: income does not matter",
        bounds=(0.0, 1.0),
    )
    capacity_income: float = param(
        30.0, "GDP per head from which capacity is full", unit="USD 1,000", bounds=(1.0, 200.0)
    )
    capacity_power: float = param(1.0, "How fast capacity falls with income below that", bounds=(0.0, 5.0))
    within: str | None = param(
        None, "Issue whose amount this one is a part of, so that it cannot be larger: an earmark; none when not set"
    )
    supply: float | None = param(
        None, "What there is for all partners together; as much as anybody wants when not set", bounds=(0.0, 1e5)
    )


def default_issues() -> dict[str, IssueTerms]:
    """Terms of the issues that add to the two rates (the rates themselves act through the trade model)."""
    return {
        "auto_tariff": IssueTerms(
            basis="auto_exports",
            scale=0.25,
            cost=0.0875,
            convexity=0.5,
            benefit=2.55,
            concavity=0.5,
            levels=26,
            unit="share",
        ),
        "defence": IssueTerms(
            basis="host_nation_support",
            scale=1.0,
            cost=1.4,
            convexity=0.5,
            benefit=1.0,
            concavity=0.3,
            unit="USD bn/yr",
            table="president",  # raised on 16 April 2025 by the President, and by nobody else
        ),
        "fx": IssueTerms(basis="us_imports", scale=0.01, cost=1.0, convexity=0.5, benefit=0.5, concavity=0.5, levels=3),
        "investment": IssueTerms(
            basis="us_imports",
            scale=4.0,
            cost=0.0135,
            convexity=0.5,
            benefit=0.119,
            concavity=0.6,
            levels=41,
            unit="USD bn",
            least_capacity=0.1,  # pledges come from the rich
            capacity_power=3.81,
        ),
        "market_access": IssueTerms(
            basis="us_exports", scale=0.05, cost=0.12, convexity=0.6, benefit=0.60, concavity=0.3, levels=11
        ),
    }


class UnitedStates(Section):
    """The delegation: patience, hidden weights, toughness, and what it values beyond welfare."""

    beta: float = param(0.174, "Stance of the United States: 0.3 Boulware, 1 linear, 3 conceder", bounds=(0.05, 10.0))
    weight_sd: float = param(0.15, "Spread of the hidden weights v_k (log scale)", bounds=(0.0, 1.0))
    toughness: float = param(
        0.299, "chi: mean share of the attainable gain below which it will not sign", bounds=(0.0, 0.9)
    )
    toughness_sd: float = param(0.08, "Spread of the hidden toughness chi", bounds=(0.0, 0.3))
    revenue_weight: float = param(11.5, "w_R: political weight on a dollar of tariff revenue", bounds=(0.0, 20.0))
    deficit_weight: float = param(
        0.0708, "w_D: political weight on a dollar less of imports from a partner", bounds=(0.0, 5.0)
    )
    deficit_ratio: float = param(
        1.0,
        "How far w_D follows the bilateral deficit as a share of imports: 0 alike for all, 1 in proportion (B4)",
        bounds=(0.0, 1.0),
    )
    price_weight: float = param(
        19.4, "w_P: political weight on a dollar that buyers lose because prices rise at home", bounds=(0.0, 30.0)
    )
    deal_values: tuple[DealValue, ...] = param(
        (),
        "V(1), V(2), ...: what so many deals are worth to the United States, once; the last counts for any more. "
        "Under `nash` they look ahead to the talks still to come",
        unit="USD bn",
    )
    tariff_floor: float = param(
        0.10,
        "Red line: lowest general rate in any deal",
        unit="fraction",
        bounds=(0.0, 0.5),
        source="the 10 per cent base was declared not negotiable (1 May 2025)",
    )
    auto_floor: float = param(
        0.0,
        "Red line: lowest rate on autos in any deal",
        unit="fraction",
        bounds=(0.0, 0.25),
    )
    autos_from: float = param(
        0.05,
        "Share of autos in what a partner sells from which its rate on autos is on the table; below it never changes",
        unit="fraction",
        bounds=(0.0, 1.0),
    )
    delegation: Delegation = Delegation()


class PartnerOverride(Section):
    """What sets one partner apart from the rule."""

    sessions_before: int = param(0, "Sessions it had held when its talks opened", unit="sessions", bounds=(0, 50))
    beta: float | None = param(None, "Stance of this partner", bounds=(0.05, 10.0))
    resistance: dict[str, Resistance] = param({}, "Mean resistance w by issue, 1 when not set")
    limits: dict[str, Share] = param({}, "Largest concession z by issue (0 to 1) inside the win-set")
    limits_until: str | None = param(None, "Date after which the limits no longer bind (ISO date); never when not set")

    tactic: Choice | None = param(None, "Its tactic, before that of its group or side; by name or with options")

    @field_validator("limits_until", mode="before")
    @classmethod
    def _is_a_day(cls, value: Any) -> Any:
        """Keep a day as ISO text, however it was given."""
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, str):
            try:
                return dt.date.fromisoformat(value).isoformat()
            except ValueError:
                raise ValueError(f"{value!r} is not a date such as 2025-07-20") from None
        return value


class Partners(Section):
    """Who negotiates, and how partners differ."""

    include: tuple[str, ...] | None = param(
        None, "ISO codes of the partners in the run; all requesting ones when not set"
    )
    beta: float = param(0.22, "Mean stance of partners: 0.3 Boulware, 1 linear, 3 conceder", bounds=(0.05, 10.0))
    beta_sd: float = param(0.25, "Spread of stances (log scale)", bounds=(0.0, 1.5))
    resistance_sd: float = param(0.25, "Spread of the private resistance w per issue (log scale)", bounds=(0.0, 1.5))
    price_level_sd: float = param(0.15, "Spread of the resistance all partners share (log scale)", bounds=(0.0, 1.0))
    skill: float = param(
        0.7, "How well each side knows the other's weights: 0 the prior only, 1 exactly", bounds=(0.0, 1.0)
    )
    reciprocity: float = param(0.1, "gamma: weight of tit for tat beside the clock", bounds=(0.0, 1.0))
    overrides: dict[str, PartnerOverride] = Field(
        default_factory=dict, description="Settings of single partners by ISO code"
    )
