"""What single assumptions do to the answer: the tables of the page of the question and of ODD, section 8."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache

import pandas as pd

from benchmarks.other_worlds import other_worlds
from docs.tools.marks import table
from docs.tools.validation import interval, played
from sim.scenario import load_scenario, parameters
from sim.study import advantage

__all__ = ["CHANGES", "COMMAND", "Change", "change_table", "evidence_table", "world_table", "worth"]

TWINS = 2000
COMMAND = f'firstmover run japan_first --set KEY --set "queue.position=[1, last]" --replications {TWINS}'


@dataclass(frozen=True)
class Change:
    """One assumption, set otherwise.

    Attributes
    ----------
    setting : str
        Key and value, as ``--set`` takes them; none for the scenario as it is.
    said : str
        What is changed, to a modeller.
    evidence : str
        What evidence would say so, to everybody; none where it is left out of that table.
    """

    setting: str
    said: str
    evidence: str = ""


def _scaled(key: str, factor: float) -> str:
    """Return a setting that moves a parameter by a factor, wherever its default is."""
    (default,) = (row["default"] for row in parameters() if row["key"] == key)
    return f"{key}={default * factor:.3g}"


CHANGES = (
    Change("", "nothing", "nothing is otherwise"),
    Change("politics.ratification=0", "nobody at home can block a deal", "nobody at home could have blocked a deal"),
    Change("mechanisms.pressure.strength=0", "tariffs do not wear anybody down", "tariffs do not wear the sides down"),
    Change(
        _scaled("threat.credibility", 0.5),
        "the threat is believed half as much",
        "the threat was believed half as much",
    ),
    Change("mechanisms.attention.strength=0", "the delegation has time for all", "the delegation had time for all"),
    Change("mechanisms.attention.rush.weeks=0", "there is no rush before a deadline"),
    Change(
        "clock.common=false", "time presses from the opening of one's own talks", "every talk had a clock of its own"
    ),
    Change("politics.election_weeks=0", "an election binds nobody before it", "elections ahead tie nobody's hands"),
    Change("united_states.toughness=0.0", "the United States settle for whatever beats no deal"),
    Change("united_states.toughness=0.45", "the United States insist on half of what they could get"),
    Change(_scaled("united_states.revenue_weight", 0.5), "revenue weighs half as much in Washington"),
    Change(_scaled("united_states.price_weight", 0.5), "prices at home weigh half as much in Washington"),
    Change("united_states.deficit_ratio=0", "a dollar of deficit weighs the same with whomever it is"),
    Change(
        "clock.patience=26",
        "without a deadline ahead, giving way takes 26 weeks, not 13",
        "without a deadline ahead, giving way takes half a year and not a quarter",
    ),
    Change(
        "clock.patience=6",
        "without a deadline ahead, giving way takes 6 weeks",
        "without a deadline ahead, giving way takes six weeks",
    ),
    Change("session.to_close_large=4", "large partners need four sessions, not seven"),
    Change("mechanisms.precedent.strength=0.5", "a precedent weighs more"),
    Change(
        "mechanisms.showcase.strength=0",
        "an early deal is no headline",
        "nobody in Washington wanted an early headline",
    ),
    Change(
        _scaled("partners.beta", 0.5),
        "partners give way later",
        "partners give way later than the model thinks",
    ),
)


@lru_cache
def worth(setting: str, twins: int = TWINS) -> pd.Series:
    """Return what being first rather than last is worth to Japan with one assumption changed: mean and interval."""
    settings = [f"replications={twins}", "queue.position=[1,last]", *([setting] if setting else [])]
    scenario = load_scenario("japan_first", settings)
    print(f"  {setting or 'as it is'}", file=sys.stderr)
    return advantage(played(scenario)["outcomes"], scenario).set_index("position").loc[1]


def _ordered(changes: tuple[Change, ...], twins: int) -> Iterator[tuple[Change, str]]:
    """Yield the scenario as it is, then what moves it most upwards first; bold what is told apart from zero."""
    for change in sorted(changes, key=lambda one: (bool(one.setting), -worth(one.setting, twins)["mean"])):
        yield change, _marked(worth(change.setting, twins))


def _marked(row: pd.Series) -> str:
    """Return mean and interval, the mean bold where it is told apart from zero."""
    mean, rest = interval(row).split(" ", 1)
    return f"**{mean}** {rest}" if row["low"] > 0 or row["high"] < 0 else f"{mean} {rest}"


def change_table(twins: int = TWINS) -> str:
    """Return what each change does, with its key."""
    head = ["change one thing", "key", "first rather than last, USD bn present value"]
    lines = _ordered(CHANGES, twins)
    return table(head, ([one.said, f"`{one.setting}`" if one.setting else "", said] for one, said in lines))


def evidence_table(twins: int = TWINS) -> str:
    """Return the same in everybody's words."""
    told = tuple(one for one in CHANGES if one.evidence)
    head = ["if it turned out that ...", "being first would be worth"]
    return table(head, ([one.evidence, said] for one, said in _ordered(told, twins)))


def world_table() -> str:
    """Return the headline under other trade models."""
    head = ["change one thing of the trade model", "15 per cent costs Japan a year", "first rather than last"]
    rows = ([one.model, f"{one.cost:+.1f}", _marked(pd.Series(asdict(one)))] for one in other_worlds())
    return table(head, rows)
