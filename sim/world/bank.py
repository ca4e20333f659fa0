"""Payoff tables at several trade elasticities, and between them by interpolation.

Trade answers duties weakly at first and strongly in the end (E10). Tables are solved at a few elasticities; a
polynomial through these nodes gives every elasticity in between, and with it the mean of a flow over a horizon.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.world.answer_tables import POWERS, AnswerTables
from sim.world.errors import WorldDataError
from sim.world.partners import Economy
from sim.world.payoffs import FORM, PayoffTables, build_tables
from sim.world.response import Response

if TYPE_CHECKING:
    from sim.world.trade import TradeWorld

__all__ = [
    "NODES",
    "OPTIONS",
    "PayoffBank",
    "build_bank",
    "facts_hash",
    "load_bank",
    "load_tables",
    "save_bank",
    "trade_model",
]

Array = npt.NDArray[np.float64]
Coefficients = tuple[float, ...]

DATA = Path(__file__).parent / "data"
PAYOFFS = DATA / "payoffs.npz"
REBUILD = "python -m sim.world.build --payoffs"
NODES = (0.5, 0.65, 1.1, 2.0, 3.2, 4.0)
"""Trade elasticities that are solved for; the last is the source's."""
OPTIONS: dict[str, Any] = {"transfers": "own"}
"""Options of `TradeWorld.default`, beside `eps`, with which the tables of the package are solved: who has a surplus
gives a share of its own income, which is kinder to small exporters than the source's share of world income, and nearer
to what others estimate. With none it is the source's model. Whoever changes them builds the tables anew."""
MIDDLE = 2.0
"""The polynomial is in (eps - 2) / (eps + 2): as straight as in log eps, and the same bits on every machine."""
KEPT = 32
"""Tables of other elasticities that are kept at hand, 2 MB each."""

_COMMON = {"rates": "K", "omegas": "M", "april": "J", "trade": "J"}
_LAYERS = {"gain": "NKM", "home": "NKM", "imports": "NKM", "prices": "NKM", "spill": "NJ", "tilt": "NJ"}
_SHAPES = _COMMON | {name: f"L{shape}" for name, shape in _LAYERS.items()}
_SHAPES |= {name: f"L{shape}" if len(shape) > 1 else shape for name, shape in AnswerTables.names().items()}
"""Shape of every array of the archive, in the letters of `PayoffTables` and `AnswerTables`; L counts the nodes."""


@dataclass(frozen=True, eq=False)
class PayoffBank:
    """Payoff tables by trade elasticity, from 0.5 to 4; or of one elasticity only, which then serves for all.

    Attributes
    ----------
    nodes : tuple of float
        The L elasticities that were solved for, rising; the last is the source's setting.
    iso, economies : tuple of str
        As in `PayoffTables`.
    arrays : mapping of str to ndarray
        By the names of the archive. Flows, spills, tilts and coefficients of answers have a leading axis of nodes;
        grids, the duties of 2 April and trade are common to all.
    hashes : tuple of str
        Fingerprint of the data of each node.
    facts : str
        Fingerprint of the files of facts (`facts_hash`); empty for a user's world.
    """

    nodes: tuple[float, ...]
    iso: tuple[str, ...]
    economies: tuple[str, ...]
    arrays: Mapping[str, npt.NDArray[np.floating[Any]]]
    hashes: tuple[str, ...]
    facts: str = ""

    @classmethod
    def of(cls, tables: Sequence[PayoffTables], nodes: Sequence[float], facts: str = "") -> PayoffBank:
        """Put tables of several elasticities together; grids and partners are those of the first."""
        first, answers = tables[0], [one.answers.arrays() for one in tables]
        arrays: dict[str, Any] = {name: getattr(first, name) for name in _COMMON}
        arrays |= {name: np.stack([getattr(one, name) for one in tables]) for name in _LAYERS}
        for name, shape in AnswerTables.names().items():
            arrays[name] = np.stack([one[name] for one in answers]) if len(shape) > 1 else answers[0][name]
        hashes = tuple(one.data_hash for one in tables)
        return cls(tuple(map(float, nodes)), first.iso, first.economies, arrays, hashes, facts)

    @classmethod
    def single(cls, tables: PayoffTables, eps: float = NODES[-1]) -> PayoffBank:
        """Return a bank that knows one elasticity and answers with its tables whatever is asked."""
        return cls.of([tables], [eps])

    def check(self, economies: tuple[Economy, ...]) -> None:
        """Refuse tables made from other facts than those shipped beside them.

        Raises
        ------
        WorldDataError
            Naming the command that builds them anew.
        """
        if self.facts != facts_hash(economies):
            raise WorldDataError(PAYOFFS.name, f"made from other facts than those beside it; build it anew: {REBUILD}")

    @property
    def source(self) -> PayoffTables:
        """The tables of the source's setting, eps = 4."""
        return self.at(self.nodes[-1])

    def at(self, eps: float) -> PayoffTables:
        """Return the tables of a trade elasticity: at a node those that were solved, bit for bit.

        Raises
        ------
        ValueError
            If the elasticity is outside the nodes.
        """
        return self._mixed(self.coefficients(eps))

    def over(self, response: Response, weeks: float) -> PayoffTables:
        """Return yearly flows as they are on average over the first weeks after the duties: f_S + w (f_L - f_S).

        Parameters
        ----------
        response : Response
            eps_S, eps_L and T.
        weeks : float
            The horizon; w is `response.weight(weeks)`.
        """
        w = response.weight(weeks)
        short, long = self.coefficients(response.short_run), self.coefficients(response.long_run)
        if short == long:
            return self._mixed(short)
        return self._mixed(tuple((1.0 - w) * s + w * f for s, f in zip(short, long, strict=True)))

    def coefficients(self, eps: float) -> Coefficients:
        """Return what each node counts in the tables of a trade elasticity; they add up to 1 (Lagrange)."""
        if len(self.nodes) == 1:
            return (1.0,)
        if not self.nodes[0] <= eps <= self.nodes[-1]:
            raise ValueError(f"trade elasticity {eps}: known from {self.nodes[0]:g} to {self.nodes[-1]:g}")
        x, places = _place(eps), [_place(node) for node in self.nodes]
        found = []
        for k, here in enumerate(places):
            value = 1.0
            for j, other in enumerate(places):
                if j != k:
                    value *= (x - other) / (here - other)
            found.append(value)
        return tuple(found)

    @cached_property
    def _mixed(self) -> Callable[[Coefficients], PayoffTables]:
        return lru_cache(maxsize=KEPT)(self._mix)

    def _mix(self, coefficients: Coefficients) -> PayoffTables:
        """Add the nodes' tables up, each times its coefficient, in their order and element by element."""
        used = [(k, c) for k, c in enumerate(coefficients) if c != 0.0]
        layered = {name: self._added(name, used) for name, shape in _SHAPES.items() if shape[0] == "L"}
        common = {name: self.arrays[name].astype(np.float64) for name, shape in _SHAPES.items() if shape[0] != "L"}
        whole = layered | common
        answers = AnswerTables.of(whole)
        flows = {name: whole[name] for name in (*_COMMON, *_LAYERS)}
        return PayoffTables(
            self.iso, economies=self.economies, answers=answers, data_hash=self._hash(coefficients), **flows
        )

    def _added(self, name: str, used: Sequence[tuple[int, float]]) -> Array:
        layers = self.arrays[name]
        (k, c), *others = used
        total = c * layers[k].astype(np.float64)
        for k, c in others:
            total += c * layers[k].astype(np.float64)
        return np.asarray(total)

    def _hash(self, coefficients: Coefficients) -> str:
        if coefficients.count(0.0) == len(coefficients) - 1:
            return self.hashes[coefficients.index(1.0)]
        return hashlib.sha256(repr((self.hashes, coefficients)).encode()).hexdigest()


def _place(eps: float) -> float:
    return (eps - MIDDLE) / (eps + MIDDLE)


def build_bank(
    economies: tuple[Economy, ...],
    nodes: Sequence[float] = NODES,
    progress: Callable[[float, str], None] | None = None,
) -> PayoffBank:
    """Solve the payoff tables of the shipped trade table at every node.

    Parameters
    ----------
    economies : tuple of Economy
        The table of partners.
    nodes : sequence of float
        Trade elasticities, rising.
    progress : callable, optional
        Told the elasticity and the code of each partner when it is done.
    """
    tables = []
    for eps in nodes:
        told = None if progress is None else lambda iso, eps=eps: progress(eps, iso)
        tables.append(build_tables(trade_model(eps), economies, progress=told))
    return PayoffBank.of(tables, nodes, facts_hash(economies))


def trade_model(eps: float, **options: Any) -> TradeWorld:
    """Return the trade model that the payoff tables of the package are solved with, at a trade elasticity.

    Parameters
    ----------
    eps : float
        Trade elasticity.
    **options
        Options of `TradeWorld.default` in place of those of the package.
    """
    from sim.world.trade import TradeWorld

    return TradeWorld.default(eps=eps, **(OPTIONS | options))


def facts_hash(economies: tuple[Economy, ...], folder: Path = DATA) -> str:
    """Return a fingerprint of all facts that the shipped tables were solved from, without calibrating anything.

    Parameters
    ----------
    economies : tuple of Economy
        Only what the trade model reads of them counts.
    folder : Path
        Holds `trade.csv` and `gdp.csv`; comments and the ends of lines do not count.
    """
    facts = [(x.iso3, x.requested, x.members, x.rate_april2, x.auto_exports, x.us_imports) for x in economies]
    digest = hashlib.sha256(repr((FORM, NODES, facts, *sorted(OPTIONS.items()))).encode())
    for name in ("trade.csv", "gdp.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        digest.update("\n".join(line for line in text.splitlines() if not line.startswith("#")).encode())
    return digest.hexdigest()


def save_bank(bank: PayoffBank, path: str | Path) -> None:
    """Write a bank to a compressed NumPy archive, the large arrays in single precision (all their digits fit).

    The archive is written beside its place and then moved there, so that nobody reads half of one.
    """
    grids = {name for name, shape in _SHAPES.items() if shape in ("K", "M", "P", "Q")}
    arrays = {name: bank.arrays[name] if name in grids else bank.arrays[name].astype("<f4") for name in _SHAPES}
    words = {name: np.array(getattr(bank, name)) for name in ("nodes", "iso", "economies", "hashes", "facts")}
    place = Path(path)
    draft = place.with_name(f".{place.stem}-{os.getpid()}.npz")
    try:
        np.savez_compressed(draft, **words, **arrays)  # type: ignore[arg-type]
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def load_bank(path: str | Path | None = None) -> PayoffBank:
    """Read a bank from an archive, by default that of the package.

    Raises
    ------
    WorldDataError
        If arrays are missing or do not fit the partners and the grids.
    """
    source = PAYOFFS if path is None else Path(path)
    with np.load(source, allow_pickle=False) as archive:
        missing = {"nodes", "iso", "economies", "hashes", "facts", *_SHAPES} - set(archive.files)
        if missing:
            raise WorldDataError(source.name, f"arrays missing: {', '.join(sorted(missing))}")
        iso, economies, hashes = (tuple(map(str, archive[name])) for name in ("iso", "economies", "hashes"))
        nodes, arrays = tuple(map(float, archive["nodes"])), {name: archive[name] for name in _SHAPES}
        bank = PayoffBank(nodes, iso, economies, arrays, hashes, str(archive["facts"]))
    _check_shapes(source.name, bank)
    return bank


def load_tables(path: str | Path | None = None) -> PayoffTables:
    """Read the tables of the source's setting (eps = 4) from an archive; raises as `load_bank`."""
    return load_bank(path).source


def _check_shapes(file: str, bank: PayoffBank) -> None:
    """Refuse arrays that do not fit the nodes, the partners and the grids."""
    sizes = {"L": len(bank.nodes), "N": len(bank.iso), "J": len(bank.economies), "C": POWERS}
    grids = {"K": "rates", "M": "omegas", "P": "answer_rates", "Q": "answer_omegas"}
    sizes |= {letter: len(bank.arrays[name]) for letter, name in grids.items()}
    for name, letters in _SHAPES.items():
        shape = tuple(sizes[letter] for letter in letters)
        if bank.arrays[name].shape != shape:
            raise WorldDataError(file, f"{name} has shape {bank.arrays[name].shape}", allowed=str(shape))
    if len(bank.hashes) != len(bank.nodes):
        raise WorldDataError(file, f"{len(bank.hashes)} fingerprints", allowed=f"{len(bank.nodes)}, one a node")
