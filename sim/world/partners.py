"""Who is at the table: one row of facts for each economy of the talks."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from sim.world.errors import WorldDataError

__all__ = ["Economy", "load_economies", "requesting"]

PARTNERS = Path(__file__).parent / "data" / "partners.csv"
EU_MEMBERS = 27
IMPORTS_BAND = (3000.0, 3600.0)
"""US goods imports of 2024 were 3,267 USD bn; a table far from that has lost or doubled somebody."""


#: Economies whose names a sentence gives an article.
ARTICLED = frozenset({"ARE", "BHS", "DOM", "EUU", "GBR", "PHL"})


@dataclass(frozen=True)
class Economy:
    """Facts about one economy. Money is in USD bn, a stock or a flow per year.

    Attributes
    ----------
    iso3, name : str
        ISO code ("EUU" is the European Union) and name.
    requested : bool
        Whether it asked for talks (China, Hong Kong, Macau, Canada, Mexico and Russia have rules of their own).
    members : tuple of str
        Codes of the members of a union, else empty.
    rate_april2 : float
        Duty announced on 2 April 2025, a fraction; 0 means outside the order.
    us_imports, us_exports : float
        Goods the United States buy from it and sell to it, 2024.
    gdp, population : float
        GDP in USD bn, persons.
    auto_exports : float
        Vehicles (and parts, where told apart) sold to the United States.
    troops : int
        US soldiers stationed.
    host_nation_support : float
        What it pays towards them, or the scale of a purchase of security.
    defence_pct_gdp : float
        Defence spending in per cent of GDP.
    treaty_ally : str
        Kind of alliance with the United States, "none" if none.
    treasury_holdings : float
        US Treasury securities held.
    mfn_tariff : float
        Its simple average most-favoured-nation duty, a fraction.
    duty_share : float
        Share d_i of the announced average duty that is paid, for much trade is exempt; a fraction, 1 where the cell is
        empty. The trade model and `effective_rate` leave it out.
    unverified, assumed : frozenset of str
        Columns that rest on memory; columns whose value is an assumption.
    notes : str
        Remarks on single cells.
    """

    iso3: str
    name: str
    requested: bool
    members: tuple[str, ...]
    rate_april2: float
    us_imports: float
    us_exports: float
    gdp: float
    population: float
    auto_exports: float
    troops: int
    host_nation_support: float
    defence_pct_gdp: float
    treaty_ally: str
    treasury_holdings: float
    mfn_tariff: float
    duty_share: float
    unverified: frozenset[str]
    assumed: frozenset[str]
    notes: str = ""

    @property
    def auto_share(self) -> float:
        """Share s_i of autos in what the United States import from it, a fraction."""
        return self.auto_exports / self.us_imports

    @property
    def called(self) -> str:
        """Its name in a sentence: *the European Union*, *Japan*."""
        return f"the {self.name}" if self.iso3 in ARTICLED else self.name

    @cached_property
    def key(self) -> int:
        """Number made of the letters of the code (base 26), which keys random draws whatever the order of the rows."""
        return iso_key(self.iso3)

    def effective_rate(self, tariff: float, auto_tariff: float) -> float:
        """Weigh the general and the auto tariff: e = (1 - s) t + s a, fractions."""
        return (1.0 - self.auto_share) * tariff + self.auto_share * auto_tariff


COLUMNS = tuple(field.name for field in fields(Economy))
_TEXT = {"iso3", "name", "treaty_ally", "notes"}
_SETS = {"unverified", "assumed"}
_RATES = {"rate_april2", "mfn_tariff"}
_SHARES = {"duty_share"}
_POSITIVE = {"us_imports", "us_exports", "gdp", "population", "host_nation_support"}
_LIMITS = {"defence_pct_gdp": 100.0, "rate_april2": 1.0, "mfn_tariff": 1.0, "duty_share": 1.0}


def iso_key(iso3: str) -> int:
    """Return the base-26 number of three capital letters, 0 for AAA."""
    number = 0
    for letter in iso3:
        number = 26 * number + ord(letter) - ord("A")
    return number


def load_economies(path: str | Path | None = None) -> tuple[Economy, ...]:
    """Read and check a table of economies.

    Parameters
    ----------
    path : path, optional
        A table with the columns of `Economy`; the one shipped with the package by default.

    Returns
    -------
    tuple of Economy
        In the order of the file.

    Raises
    ------
    WorldDataError
        If a column is missing, a cell is outside its range, a code comes twice, or totals are not believable.
    """
    source = PARTNERS if path is None else Path(path)
    with open(source, encoding="utf-8") as file:
        numbered = [(n, line) for n, line in enumerate(file, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise WorldDataError(source.name, "the table is empty")
    reader = csv.DictReader(line for _, line in numbered)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise WorldDataError(source.name, f"columns missing: {', '.join(missing)}", line=numbered[0][0])
    economies = tuple(_economy(row, source.name, n) for row, (n, _) in zip(reader, numbered[1:], strict=True))
    _check_table(economies, source.name, [n for n, _ in numbered[1:]])
    return economies


def requesting(economies: tuple[Economy, ...]) -> tuple[Economy, ...]:
    """Return those that asked for talks, in the order given."""
    return tuple(economy for economy in economies if economy.requested)


def _economy(row: dict[str, str], file: str, line: int) -> Economy:
    cells: dict[str, object] = {}
    for name in COLUMNS:
        try:
            cells[name] = _cell(name, (row[name] or "").strip())
        except ValueError as error:
            raise WorldDataError(file, str(error), line, name, _allowed(name)) from None
    return Economy(**cells)  # type: ignore[arg-type]


def _cell(name: str, text: str) -> object:
    if name in _SETS:
        return _names(text)
    if name == "members":
        return tuple(text.split(";")) if text else ()
    if name == "iso3" and not (len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()):
        raise ValueError(f"{text!r} is not a code")
    if name in _TEXT:
        return text
    return _number(name, text or "1" if name in _SHARES else text)


def _names(text: str) -> frozenset[str]:
    names = frozenset(text.split(";")) if text else frozenset[str]()
    if names - set(COLUMNS):
        raise ValueError(f"no such column: {', '.join(sorted(names - set(COLUMNS)))}")
    return names


def _number(name: str, text: str) -> object:
    value = float(text)
    if name == "requested":
        if value not in (0.0, 1.0):
            raise ValueError(f"{text!r} is neither 0 nor 1")
        return bool(value)
    if name in _RATES and 1.0 < value <= 100.0:
        raise ValueError(f"rate {value:g} should be {value / 100:g}")
    lowest = 1e-12 if name in _POSITIVE else 0.0
    if not lowest <= value <= _LIMITS.get(name, 1e11):
        raise ValueError(f"{text!r} is out of range")
    return int(value) if name == "troops" else value


def _allowed(name: str) -> str:
    if name in _SETS:
        return "names of columns, separated by semicolons"
    if name in _RATES | _SHARES:
        return "a fraction from 0 to 1"
    if name in _POSITIVE:
        return "a number above 0"
    named = {"iso3": "three capital letters", "requested": "0 or 1", "defence_pct_gdp": "per cent, from 0 to 100"}
    return named.get(name, "a number, 0 or more")


def _check_table(economies: tuple[Economy, ...], file: str, lines: list[int]) -> None:
    seen: set[str] = set()
    for economy, line in zip(economies, lines, strict=True):
        for code in {economy.iso3, *economy.members} & seen:
            raise WorldDataError(file, f"{code} is in the table twice", line, "iso3", "every economy once")
        seen |= {economy.iso3, *economy.members}
        if economy.auto_exports > economy.us_imports:
            raise WorldDataError(file, "more autos than goods", line, "auto_exports", "at most us_imports")
        if economy.iso3 == "EUU" and len(economy.members) != EU_MEMBERS:
            raise WorldDataError(file, f"{len(economy.members)} members", line, "members", f"{EU_MEMBERS} members")
    total = sum(economy.us_imports for economy in economies)
    low, high = IMPORTS_BAND
    if not low <= total <= high:
        allowed = f"{low:g} to {high:g} USD bn in all"
        raise WorldDataError(file, f"us_imports add up to {total:g}", column="us_imports", allowed=allowed)
