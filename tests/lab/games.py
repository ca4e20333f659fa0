"""Games that tests play: the classroom, with a player who follows a plain plan."""

from __future__ import annotations

from collections.abc import Callable

from sim.lab.moves import Act, Move
from sim.lab.session import Game, Standing, standing, with_move
from sim.scenario import Scenario, load_scenario

Plan = Callable[[Standing], Move]

#: What a game is played under, whatever the defaults of the model are: late concessions, a tough United States, rates
#: that stay at the red line, and a pledge that does the work.
STATED = (
    "clock.common=false",
    "session.opener=turns",
    "threat.credibility=0.8",
    "response={short_run: 4.0, long_run: 4.0, exemptions: false}",
    "united_states={beta: 0.15, toughness: 0.45, revenue_weight: 0.6, deficit_weight: 0.2, deficit_ratio: 0.0, "
    "price_weight: 0.0, tariff_floor: 0.15, auto_floor: 0.15}",
    "partners.beta=0.15",
    "issues.auto_tariff={cost: 0.15, benefit: 0.08}",
    "issues.investment={basis: gdp, scale: 0.2, cost: 0.005, benefit: 0.033, least_capacity: 0.0}",
    "mechanisms.attention={absence: 0.0, rush: {weeks: 0}}",
    "mechanisms.precedent.strength=0.15",
    "mechanisms.pressure.cost=0.3",
)

#: Rates at the red line, a pledge of 121 bn and a fifth of the list: a modest first offer of Japan.
MODEST = (0, 0, 0, 0, 6, 2)


def classroom(**changes: object) -> Scenario:
    """The scenario of a lesson, with all settings stated that a game depends on."""
    return load_scenario("classroom", [*STATED, *(f"{key}={value}" for key, value in changes.items())])


def begin(place: int = 1, replication: int = 0, iso: str = "JPN") -> Standing:
    """Sit down, with nothing said yet."""
    return standing(Game.of(classroom(), iso, place, replication))


def patient(at: Standing) -> Move:
    """Repeat a modest offer; accept what is worth USD 5 bn over no deal."""
    assert at.turn is not None
    if at.turn.offer is not None and at.turn.situation.worth(at.turn.offer.levels) > 5.0:
        return Move(Act.ACCEPT)
    return Move(Act.WAIT) if at.turn.last else Move(Act.OFFER, MODEST)


def yielding(at: Standing) -> Move:
    """Add to the pledge with every offer."""
    assert at.turn is not None
    if at.turn.offer is not None and at.turn.situation.worth(at.turn.offer.levels) > 5.0:
        return Move(Act.ACCEPT)
    pledge = min(40, 6 + len(at.game.moves) // 2)
    return Move(Act.WAIT) if at.turn.last else Move(Act.OFFER, (0, 0, 0, 0, pledge, 2))


def play(plan: Plan, at: Standing | None = None) -> Standing:
    """Play to the end."""
    at = begin() if at is None else at
    while not at.over:
        at = with_move(at, plan(at))
    return at
