"""Duties as they are typed: codes with rates, a word for everybody else, and how the others answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.scenario.codes import members, unknown
from sim.scenario.errors import ScenarioError, figure, nearest

__all__ = ["Duties", "read_duties", "read_transfers"]

HIGHEST = 2.0
"""Rates above are taken for percentages."""
OTHERS = ("april2", "baseline")
ANSWERS = ("reciprocal", "optimal", "all=RATE", "CODE=RATE")
REVENUES = ("tax_relief", "lump_sum")
TRANSFERS = ("world", "own")
Rates = dict[str, float]


@dataclass(frozen=True)
class Duties:
    """What is levied, by whom, and what the revenue is for. Rates are effective rates, fractions.

    Attributes
    ----------
    tariffs : dict of str to float
        Of the United States, by ISO code of the economy taxed.
    retaliation : dict of str to float, or None
        Of each economy on goods from the United States.
    revenue : str
        "tax_relief" or "lump_sum".
    named : tuple of str
        Economies whose duty was typed rather than meant by "others".
    """

    tariffs: Rates
    retaliation: Rates | None
    revenue: str
    named: tuple[str, ...]


def read_transfers(word: str) -> str:
    """Read what the transfers behind deficits follow.

    Raises
    ------
    ScenarioError
        If it is neither `world` nor `own`.
    """
    if word not in TRANSFERS:
        close = nearest(word, TRANSFERS)
        raise ScenarioError(f"no transfers follow {word!r}", file="--transfers", allowed=TRANSFERS, nearest=close)
    return word


def read_duties(
    tariffs: Sequence[str], others: str, retaliation: Sequence[str], revenue: str, economies: Sequence[str]
) -> Duties:
    """Read duties from the words of a command line.

    Parameters
    ----------
    tariffs : sequence of str
        "CODE=RATE".
    others : str
        Everybody else: "april2" (the rates of 2 April, autos at 25 per cent), "baseline" (10 per cent where the order
        of 2 April applies) or a rate.
    retaliation : sequence of str
        "reciprocal", "optimal", "all=RATE" or "CODE=RATE"; the later one counts.
    revenue : str
        "tax_relief" or "lump_sum".
    economies : sequence of str
        Codes of the world.

    Returns
    -------
    Duties

    Raises
    ------
    ScenarioError
        If a code or a rate cannot be meant.
    """
    if revenue not in REVENUES:
        raise ScenarioError(
            f"{revenue!r} is no use of revenue", file="--revenue", allowed=REVENUES, nearest=nearest(revenue, REVENUES)
        )
    partners = [code for code in economies if code != "USA"]
    own: Rates = {}
    for word in tariffs:
        _once(own, _pair(word, "--tariff", partners), "--tariff")
    levied = _everybody(others, partners) | own
    return Duties(levied, _answer(retaliation, partners, levied) if retaliation else None, revenue, tuple(own))


def _everybody(word: str, partners: list[str]) -> Rates:
    """Read the duty on those who are not named."""
    if word not in OTHERS:
        return dict.fromkeys(partners, _rate(word, "--others", (*OTHERS, "a rate")))
    from sim.world import april2_vector, load_economies
    from sim.world.payoffs import BASELINE

    listed = april2_vector(load_economies())
    if word == "baseline":
        return {code: BASELINE if listed.get(code) else 0.0 for code in partners}
    return {code: listed.get(code, 0.0) for code in partners}


def _answer(words: Sequence[str], partners: list[str], levied: Rates) -> Rates:
    """Read the duties on goods from the United States; those not named answer with none."""
    rates, named = dict.fromkeys(partners, 0.0), dict[str, float]()
    for word in words:
        if word == "reciprocal":
            rates = dict(levied)
        elif word == "optimal":
            rates = dict.fromkeys(partners, _optimal())
        elif word.split("=")[0].strip() == "all":
            rates = dict.fromkeys(partners, _rate(word.partition("=")[2], "--retaliation", ANSWERS))
        else:
            _once(named, _pair(word, "--retaliation", partners, ANSWERS), "--retaliation")
            rates |= named
    return rates


def _once(rates: Rates, pair: tuple[str, float], option: str) -> None:
    """Note the duty of an economy, which is named once."""
    if pair[0] in rates:
        raise ScenarioError(f"{pair[0]} is named twice", file=option)
    rates[pair[0]] = pair[1]


def _optimal() -> float:
    """Duty that is best for all others, taken as one economy that answers, by the formula."""
    from sim.world import TradeWorld, retaliation_formula

    return retaliation_formula(TradeWorld.default().calibration)


def _pair(word: str, option: str, partners: list[str], allowed: Sequence[str] = ("CODE=RATE",)) -> tuple[str, float]:
    """Read "CODE=RATE"."""
    code, equals, rate = (part.strip() for part in word.partition("="))
    if not equals:
        hint = nearest(code, allowed)
        raise ScenarioError(f"{word!r} names no rate", file=option, allowed=allowed, nearest=hint)
    if code not in partners:
        problem, near = _stranger(code, partners)
        raise ScenarioError(problem, file=option, key=word, nearest=f"{near}={rate}" if near else "")
    return code, _rate(rate, option, ("a fraction from 0 to 2, such as 0.15",))


def _stranger(code: str, partners: list[str]) -> tuple[str, str]:
    """Say what is wrong with a code, and which may be meant."""
    upper = code.upper()
    if upper in partners:
        return f"{code!r} is no ISO code of an economy", upper
    problem, near = unknown(upper, talking=False) or (f"{code!r} is not in the world", "")
    return problem, members().get(upper, near)


def _rate(text: str, option: str, allowed: Sequence[str]) -> float:
    """Read a rate; 24 for 24 per cent is refused, for nobody knows what 2 would mean then."""
    try:
        rate = float(text)
    except ValueError:
        hint = nearest(text, OTHERS) if option == "--others" else ""
        raise ScenarioError(f"{text!r} is no rate", file=option, allowed=allowed, nearest=hint) from None
    if HIGHEST < rate <= 100.0 * HIGHEST:
        raise ScenarioError(f"rate {figure(rate)} should be {figure(rate / 100)}: rates are fractions", file=option)
    if not 0.0 <= rate <= HIGHEST:
        raise ScenarioError(f"rate {text} is out of range", file=option, allowed=("a fraction from 0 to 2",))
    return rate
