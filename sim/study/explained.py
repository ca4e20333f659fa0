"""What it is about partners that makes being first worth something to them: a regression over all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from sim.luck import Purpose, normal
from sim.scenario import Scenario
from sim.world import load_world

__all__ = ["Explained", "explain_gains", "facts_of_partners", "regress", "with_patience"]

Floats = NDArray[np.float64]

#: Facts by which gains are explained, in words.
FACTS = {
    "size": "size: log of GDP",
    "dependence": "exports to the US, share of GDP",
    "rate_april2": "rate of 2 April",
    "autos": "share of autos in exports to the US",
    "deficit": "US deficit, share of two-way trade",
    "ally": "hosts US troops (log)",
}

PATIENCE = "patience, as luck deals it"
#: With fewer replications an effect within partners has no interval worth the name.
FEWEST = 3


@dataclass(frozen=True, eq=False)
class Explained:
    """A regression.

    Attributes
    ----------
    effects : DataFrame
        `fact`, `label`; `mean`, `low`, `high` (95 per cent, robust to unlike variances): what one standard deviation
        more of a fact adds, in the unit of what is explained.
    r2 : float
        Share of the variance explained.
    n : int
        Partners.
    """

    effects: pd.DataFrame
    r2: float
    n: int


def facts_of_partners(isos: list[str]) -> pd.DataFrame:
    """Facts by which gains are explained, one row a partner in the order given, in the columns of `FACTS`."""
    rows = []
    for iso in isos:
        p = load_world().partner(iso)
        rows.append(
            {
                "size": np.log(p.gdp),
                "dependence": p.us_imports / p.gdp,
                "rate_april2": p.rate_april2,
                "autos": p.auto_share,
                "deficit": (p.us_imports - p.us_exports) / max(p.us_imports + p.us_exports, 1e-9),
                "ally": np.log1p(p.troops),
            }
        )
    return pd.DataFrame(rows, index=isos)


def explain_gains(gains: pd.DataFrame) -> Explained:
    """Explain gains as a share of GDP, so that size does not stand for everything, in their standard deviations.

    Parameters
    ----------
    gains : DataFrame
        `iso`, `mean` (USD bn), as :func:`sim.study.gains_by_mover` gives them.
    """
    isos = [str(iso) for iso in gains["iso"]]
    gdp = np.array([load_world().partner(iso).gdp for iso in isos])
    shares = gains["mean"].to_numpy(dtype=float) / gdp
    return regress(facts_of_partners(isos), shares / (shares.std() or 1.0))


def with_patience(found: Explained, moves: pd.DataFrame, scenario: Scenario) -> Explained:
    """Add what patience does: the stance that luck deals to a partner, the same partner from twin to twin.

    Facts differ between partners, patience within them: its effect is that of one standard deviation less haste on the
    twin difference, in the unit of the other effects, with an interval over replications (clustered by them).

    Parameters
    ----------
    found : Explained
        From :func:`explain_gains`.
    moves : DataFrame
        From :func:`sim.study.move_everybody`; R replications of N partners.
    scenario : Scenario
        What was played, for the draws of the stances.
    """
    own = moves[moves["mover"] == moves["iso"]]
    table = own.assign(gap=own["first"] - own["last"]).pivot_table(index="replication", columns="iso", values="gap")
    partners = [load_world().partner(str(iso)) for iso in table.columns]
    shares = table.to_numpy(dtype=float) / np.array([p.gdp for p in partners])
    shares = (shares - shares.mean(axis=0)) / (shares.mean(axis=0).std() or 1.0)
    haste = [[_stance(scenario.seed, int(r), p.key) for p in partners] for r in table.index]
    patience = -np.array(haste)
    patience = patience - patience.mean(axis=0)
    square = float((patience**2).sum())
    if square == 0.0 or len(table) < FEWEST:
        return found
    slope = float((patience * shares).sum()) / square
    scores = (patience * (shares - slope * patience)).sum(axis=1)
    half = float(stats.t.ppf(0.975, len(table) - 1)) * float(np.sqrt((scores**2).sum())) / square
    row = {"fact": "patience", "label": PATIENCE, "mean": slope, "low": slope - half, "high": slope + half}
    return replace(found, effects=pd.concat([found.effects, pd.DataFrame([row])], ignore_index=True))


def _stance(seed: int, replication: int, key: int) -> float:
    """Draw of the stance of a partner: above 0 in more haste than usual, in standard deviations of its logarithm."""
    return float(normal(seed, replication, key, int(Purpose.STANCE), 0))


def regress(facts: pd.DataFrame, explained: Floats) -> Explained:
    """Least squares on standardised facts, with standard errors that allow for unlike variances (HC1; White 1980).

    Facts that are the same for all partners are left out.

    Parameters
    ----------
    facts : DataFrame
        One row a partner, one column a fact.
    explained : ndarray (N,)
        What is to be explained.
    """
    spread = facts.std(ddof=0)
    varied = [str(name) for name in facts.columns if spread[name] > 0.0]
    scaled = ((facts[varied] - facts[varied].mean()) / spread[varied]).to_numpy(dtype=float)
    x = np.column_stack([np.ones(len(facts)), scaled])
    slopes, *_ = np.linalg.lstsq(x, explained, rcond=None)
    left = explained - x @ slopes
    n, k = x.shape
    inverse = np.linalg.pinv(x.T @ x)
    errors = np.sqrt(np.diag(inverse @ (x.T * left**2) @ x @ inverse) * n / max(n - k, 1))
    half = stats.t.ppf(0.975, max(n - k, 1)) * errors
    total = float(((explained - explained.mean()) ** 2).sum())
    frame = pd.DataFrame(
        {
            "fact": varied,
            "label": [FACTS.get(name, name) for name in varied],
            "mean": slopes[1:],
            "low": (slopes - half)[1:],
            "high": (slopes + half)[1:],
        }
    )
    return Explained(frame, 1.0 - float((left**2).sum()) / total if total > 0.0 else float("nan"), n)
