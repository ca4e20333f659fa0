"""What each mechanism adds to the advantage of being first: differences in differences, twin by twin."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from sim.scenario import MECHANISMS, Scenario, load_scenario
from sim.study.sign_words import signs_summary, signs_table, verdict
from sim.study.signs import effects_of, mechanism_effects, only, runs_file, values_of


def two(replications: int = 2) -> Scenario:
    return load_scenario("two_partners", [f"replications={replications}"])


@pytest.fixture(scope="module")
def effects() -> pd.DataFrame:
    return mechanism_effects(two()).set_index("setting")


def test_differences_in_differences_by_hand() -> None:
    """First less last: 1 and 3 with all off, 4 and 8 with parity. Parity adds 3 and 5: 4 on average, 4 +- 12.7."""
    rows = [("none", 1, 11, 13), ("none", 9, 10, 10), ("parity", 1, 14, 18), ("parity", 9, 10, 10)]
    values = pd.DataFrame(
        [
            {"setting": name, "position": place, "replication": r, "value": float(value)}
            for name, place, *pair in rows
            for r, value in enumerate(pair)
        ]
    )
    table = effects_of(values).set_index("setting")
    assert table.loc["none", "mean"] == 2.0
    assert table.loc["none", ["effect", "effect_low", "effect_high", "moved"]].tolist() == [0.0, 0.0, 0.0, 0.0]
    assert table.loc["parity", ["mean", "effect", "moved"]].tolist() == [6.0, 4.0, 1.0]
    assert table.loc["parity", "effect_high"] == pytest.approx(4.0 + 12.706, abs=1e-3)  # t(1) x sqrt 2 / sqrt 2


def test_the_order_is_none_the_seven_all(effects: pd.DataFrame) -> None:
    assert list(effects.index) == ["none", *MECHANISMS, "all"]
    assert (effects["twins"] == 2).all()


@pytest.mark.parametrize(
    ("name", "effect"),
    [
        ("attention", 0.0),  # two partners, seven sessions a week
        ("showcase", 0.567),  # 2 for the first, 1.433 for the second
        ("precedent", -1.567),  # the first pays for what the second may ask
        ("parity", -6.777),  # the second insists on half of what the first got
        ("learning", 0.0),  # in the solution of Nash both sides are known
        ("diversion", -5.533),  # the second's cut diverts trade from the first
        ("pressure", 0.022),  # Japan, second, has borne more than the United States on average
    ],
)
def test_signs_where_theory_fixes_them(effects: pd.DataFrame, name: str, effect: float) -> None:
    assert effects.loc[name, "effect"] == pytest.approx(effect, abs=0.006)


def test_a_clause_turns_parity_round() -> None:
    clause = ["mechanisms.parity.strength=1.0e-9", "mechanisms.parity.clause=1.0"]
    clause += ["queue.focal=KOR", "united_states.revenue_weight=0.7"]
    table = mechanism_effects(load_scenario("two_partners", clause), ["parity"]).set_index("setting")
    assert table.loc["parity", "effect"] == pytest.approx(2.459, abs=0.006)


def test_only_keeps_the_strength_of_the_named() -> None:
    alone = only(two(), "parity").mechanisms
    assert alone.parity.strength == 0.5
    assert all(getattr(alone, name).strength == 0.0 for name in MECHANISMS if name != "parity")


def test_runs_are_kept_and_added_to(tmp_path: Path) -> None:
    keep = runs_file(tmp_path, two())
    assert keep == runs_file(tmp_path, two(5))
    seen: list[tuple[int, int]] = []
    first = values_of(two(1), ["parity"], keep=keep)
    more = values_of(two(2), ["parity"], lambda done, total: seen.append((done, total)), keep=keep)
    assert seen == [(2, 2)]  # the first is read, not run
    assert more[more["replication"] == 0].reset_index(drop=True).equals(first)
    assert values_of(two(1), ["parity"], keep=keep).equals(first)
    assert [path.name for path in keep.parent.iterdir()] == ["runs.parquet"]


def test_processes_do_not_change_the_numbers() -> None:
    one, many = (values_of(two(), ["showcase"], jobs=jobs) for jobs in (1, 2))
    assert one.equals(many)


@pytest.mark.parametrize(
    ("interval", "says"),
    [((0.1, 0.3), "the first"), ((-2.0, -1.0), "the last"), ((-1.0, 1.0), "cannot be told"), ((0.0, 0.0), "nobody")],
)
def test_who_gains_is_read_off_the_interval(interval: tuple[float, float], says: str) -> None:
    assert verdict(*interval) == says


def test_the_table_and_the_data_say_the_same(effects: pd.DataFrame) -> None:
    console = Console(width=160)
    with console.capture() as said:
        console.print(signs_table(effects.reset_index(), two()))
    assert "none (waiting only)" in said.get()
    assert "-1.57 [-1.57, -1.57]" in said.get()
    rows = {row["setting"]: row for row in signs_summary(effects.reset_index(), two())["settings"]}
    assert rows["precedent"]["gains"] == "the last"
    assert rows["showcase"]["gains"] == "the first"
