"""What figures and tables are called, and how to read them."""

from __future__ import annotations

__all__ = ["figure_caption", "table_title"]

#: Title and reading of every figure that the house draws, by the name of its file.
FIGURES = {
    "advantage_by_position": (
        "What each place in the queue is worth, compared with the last",
        "Dots are means of paired differences between twins, bars 95 % intervals. Above zero it pays to be early.",
    ),
    "outcomes_by_position": (
        "What the partner gets at each place in the queue",
        "Above, the value of all runs; below, the terms and the date of those with a deal. Each dot is a run.",
    ),
    "signing_times": (
        "How long partners wait for a deal",
        "Share still without a deal at the end of each week: the focal partner by place, and all others together.",
    ),
    "tariffs_over_time": (
        "Tariffs borne while the talks go on",
        "Effective US rates by week, with most runs as bands: the focal partner above, all partners below.",
    ),
    "utility_space": (
        "One run's bargaining in the plane of both sides' gains",
        "The partner gains to the right, the United States upwards. Offers are numbered in turn; no package "
        "lies beyond the frontier.",
    ),
    "paired_differences": (
        "How often it pays to be early",
        "Differences between twins, one line a place. What lies right of zero are twins in which the earlier "
        "place is better; exact ties are the jump at zero.",
    ),
    "split_bars": (
        "Where the advantage of each place comes from",
        "The parts add up to the total, which is the diamond with its 95 % interval. "
        "Pale parts cannot be told from zero.",
    ),
    "shapley_waterfall": (
        "Which mechanisms make the place in the queue matter",
        "Each bar begins where the one above it ends: waiting alone, then what each mechanism adds (Shapley "
        "values), then the total. Open bars cannot be told from zero.",
    ),
    "interval_width": (
        "How many twins it takes to tell the sign",
        "Mean and 95 % interval as twins are added; the interval narrows with the square root of their number.",
    ),
    "talks_survival": (
        "Who waits longest for a deal",
        "Share of each group without a deal, week by week, with 95 % bands.",
    ),
    "value_by_signing_week": (
        "Whether a late deal is a worse deal",
        "The distribution of the value by the week of signing, from early to late, with medians and numbers of runs.",
    ),
    "partner_gains": (
        "Who gains from being first in the queue",
        "What being first rather than last is worth to each partner, with 95 % intervals. Open dots cannot "
        "be told from zero.",
    ),
    "explained_by": (
        "What explains who gains from being first",
        "Coefficients of a regression over partners, with 95 % intervals. Right of zero are facts of those who gain.",
    ),
    "others_loss": (
        "What others gain or lose when the partner is first",
        "First rather than last in the queue, with 95 % intervals: the United States and all partners "
        "together on top, then those who gain and lose most.",
    ),
    "order_values": (
        "What other orders of the queue are worth",
        "Over the scenario's own order, with 95 % intervals: to the United States, and to all partners together.",
    ),
    "signing_grid": (
        "When to open, and when to sign",
        "Each cell is the value of signing no earlier than a week, by the place at which talks open, over "
        "the framed cell. Hatched cells cannot be told from zero.",
    ),
    "position_theory": (
        "Whether the simulation does what the theory of the queue says",
        "Lines are theory, dots with 95 % intervals the simulation, over the same places.",
    ),
    "phase_map": (
        "Where it pays to be first",
        "The advantage of the first place over the last for pairs of values of two assumptions. Hatched "
        "cells cannot be told from zero; the heavy line is where the sign turns.",
    ),
    "sensitivity_bars": (
        "Which assumptions drive the advantage of being first",
        "Shares of its variance: of each assumption alone (first order) and with all it acts through "
        "(total), with 95 % intervals.",
    ),
    "morris_plane": (
        "Which assumptions matter, and how",
        "To the right the size of each assumption's effect, upwards how much it depends on the others. "
        "Points above the dashed line act mainly through others, or not along a line.",
    ),
    "tornado": (
        "How far one assumption at a time moves the advantage",
        "The advantage at both ends of each assumption's range, largest swing on top; the line is the scenario's own.",
    ),
    "regret_bars": (
        "Which choice is regretted least",
        "What the best option of the same world would have given more, and how often each option is the "
        "best. The star has the smallest largest regret.",
    ),
    "concession_curves": (
        "How the two sides moved",
        "Levels asked for over time, one panel an issue, as fractions of its range. A star marks agreement.",
    ),
    "win_sets": (
        "What would pass at home",
        "A row a veto player: the part of each issue's range it lets pass. Arrowheads mark who binds.",
    ),
    "world_tiles": (
        "With which terms the world ends",
        "A tile a partner, where it roughly lies: darker is a lower rate; the bar at its foot is as long as "
        "deals are frequent.",
    ),
    "parity_cascade": (
        "Whose rate fell because of whose deal",
        "An arrow a clause called on, the earliest on top, from the rate before to the rate after.",
    ),
    "backtest": (
        "The deals of 2025 beside those of the model",
        "Observed terms and dates, the model's medians with 90 % bands, and two benchmarks made of the other deals.",
    ),
    "mechanism_signs": (
        "What each mechanism does to the advantage of being first",
        "One mechanism at a time, with 95 % intervals. Right of zero the first gains.",
    ),
    "winners_and_losers": (
        "Who wins and who loses from the duties",
        "The same economies in USD bn a year and in per cent, largest gain first.",
    ),
}

TABLES = {
    "positions": "Outcome by place",
    "advantage": "What each place is worth over the last (USD bn: present value, and a year)",
    "split": "Where it comes from (USD bn, present value, over the last place)",
    "widths": "The headline as twins are added (USD bn, present value)",
    "shapley": "Shapley values of the mechanisms (USD bn, present value)",
    "sets": "First rather than last, by the mechanisms that are on (USD bn, present value)",
    "gains": "What being first rather than last is worth to each partner (USD bn, present value)",
    "explained": "Coefficients of the regression of gains on facts (USD bn, present value)",
    "others": "What others gain when the partner is first rather than last (USD bn, present value)",
    "orders": "Orders of the queue over the scenario's own (USD bn, present value)",
    "signing": "Value by place of opening and by the date before which nothing is signed (USD bn, present value)",
    "opening_and_signing": "Opening early against signing late (USD bn, present value)",
}


def figure_caption(stem: str) -> tuple[str, str]:
    """Return title and reading of a figure; for one that is not known its name in words, and nothing to read.

    >>> figure_caption("my_own_figure")
    ('My own figure', '')
    """
    return FIGURES.get(stem) or (_in_words(stem), "")


def table_title(stem: str) -> str:
    """Return the title of a table."""
    return TABLES.get(stem) or _in_words(stem)


def _in_words(stem: str) -> str:
    words = stem.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
