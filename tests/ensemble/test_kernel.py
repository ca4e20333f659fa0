"""One law, two drivers: the compiled talks are those of the agents, to the last bit."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sim
from benchmarks.drivers import playable
from sim.compiled import EARLIER, MARK, kept_in, rules_digest
from sim.ensemble import Engine, Store, StoreError, chosen_engine, fill, places
from sim.ensemble.engine import WORTH_COMPILING, first_time, tables_by, unsuited
from sim.ensemble.kernel.facts import facts_of, openings_of
from sim.ensemble.kernel.play import Outcomes, new_outcomes, play_block
from sim.ensemble.kernel.records import dtype_of, filled
from sim.ensemble.kernel.talks import new_talks
from sim.ensemble.tables import LEVELS
from sim.scenario import catalogue, load_scenario, random_scenario
from sim.study.signs import only
from sim.talks import Hand, Luck, Setup, Status, TariffTalks, prepare

pytestmark = pytest.mark.xdist_group("compiled")
few = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def played(setup: Setup, first: int = 0, replications: int = 1) -> Outcomes:
    """How compiled runs end."""
    facts, opens = facts_of(setup), openings_of(setup, places(setup))
    outcomes = new_outcomes(facts, replications * len(opens))
    play_block(new_talks(facts), facts.law, opens, first, outcomes)
    return outcomes


def same_ends(setup: Setup, outcomes: Outcomes, replication: int = 0) -> None:
    """Compare everything that agents remember at the end with what the arrays say, run by run."""
    hand = Hand(setup, Luck(setup.scenario.seed, replication))
    for run, place in enumerate(places(setup)):
        model = TariffTalks(hand, place, collect=False).run()
        whole, rows = outcomes.wholes[run], outcomes.partners[run]
        assert (whole["belief"], whole["belief_variance"]) == model.toughness_belief
        assert (whole["price_mean"], whole["price_variance"]) == (model.us.price_mean, model.us.price_variance)
        assert whole["tariff_weeks"] == model.us.tariff_weeks
        assert whole["deals"] == len(model.us.deals)
        tracks = iter(outcomes.tracks[run])
        for partner, row in zip(model.partners, rows, strict=True):
            assert row["status"] == list(Status).index(partner.status)
            for name in ("sessions", "last_met", "affronts", "away_until", "tariff_weeks", "threat", "answers"):
                assert row[name] == getattr(partner, name), (partner.iso, name)
            assert (row["tariff"], row["auto_tariff"]) == (partner.tariff, partner.auto_tariff)
            assert (row["value"], row["us_value"]) == (partner.value, partner.us_value)
            for track in partner.tracks:
                assert next(tracks) == (-1 if track.level is None else track.level)
            if partner.deal is not None:
                assert outcomes.levels[run, partner.index].tolist() == partner.deal.levels.tolist()
                assert (row["signed"], row["gain"]) == (partner.deal.round, partner.deal.gain)
                assert bool(row["clause"]) == partner.deal.clause


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_scenario_of_the_catalogue(name: str) -> None:
    setup = prepare(playable(load_scenario(name)))
    found = places(setup)
    ends = tuple(dict.fromkeys((found[0], found[-1])))
    if None not in ends:
        queue = setup.scenario.queue.model_copy(update={"position": ends})
        setup = replace(setup, scenario=setup.scenario.model_copy(update={"queue": queue}))
    tables_by(Engine.BOTH, setup, range(1), "partners")
    same_ends(setup, played(setup))


@few
@given(st.integers(0, 99_999))
def test_any_scenario(seed: int) -> None:
    setup = prepare(playable(random_scenario(seed)))
    tables_by(Engine.BOTH, setup, range(1), "partners")
    same_ends(setup, played(setup))


def test_blocks_threads_and_levels_do_not_matter(tmp_path: Path) -> None:
    scenario = load_scenario("classroom", ["replications=7"])
    setup = prepare(scenario)
    whole = tables_by(Engine.COMPILED, setup, range(7), "partners")
    parts = [tables_by(Engine.COMPILED, setup, block, "partners") for block in (range(3), range(3, 7))]
    for name, table in whole.items():
        joined = pd.concat([part[name] for part in parts], ignore_index=True)
        pd.testing.assert_frame_equal(table, joined, check_exact=True)
    for jobs in (1, 2):
        store = Store.of(tmp_path / str(jobs), scenario)
        fill(scenario, store, engine="compiled", jobs=jobs)
        for name, table in store.tables(range(7)).items():
            pd.testing.assert_frame_equal(table, whole[name], check_exact=True)


@pytest.mark.parametrize("level", ["summary", "focal", "partners"])
def test_a_level_is_the_same_by_either_driver(level: str) -> None:
    setup = prepare(load_scenario("classroom"))
    one, other = (tables_by(engine, setup, range(2, 4), level) for engine in (Engine.COMPILED, Engine.MESA))
    assert tuple(one) == LEVELS[level]
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name], check_exact=True)


def test_a_trace_tells_every_offer() -> None:
    setup = prepare(load_scenario("classroom"))
    tables = tables_by(chosen_engine(setup, 1, level="trace"), setup, range(1), "trace")
    events = tables["events"]
    assert set(events["event"]) >= {"session", "deal", "snap"}
    assert set(events["position"]) == {1, 6}
    deals = events[events["event"] == "deal"].groupby("position").size()
    assert deals.to_dict() == tables["partners"].groupby("position")["deal"].sum().to_dict()


def test_who_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiled driver wherever it can, but agents for so little that they are done before it is compiled."""
    setup = prepare(load_scenario("classroom"))
    much = WORTH_COMPILING
    for ready, replications, wanted in ((True, 1, "compiled"), (False, 1, "mesa"), (False, much, "compiled")):
        monkeypatch.setattr("sim.ensemble.engine.ready", lambda ready=ready: ready)
        assert chosen_engine(setup, replications) == wanted
    assert chosen_engine(setup, 1, "mesa") == "mesa"


def test_a_first_run_says_what_it_waits_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.ensemble.engine.kept_in", lambda: tmp_path)
    assert first_time(Engine.MESA).startswith("Compiling the rules")
    assert first_time(Engine.COMPILED).startswith("Compiling the talks")
    (tmp_path / "some.nbi").touch()
    assert first_time(Engine.MESA) == ""
    (tmp_path / "play.play_block-1.py311.nbi").touch()
    assert first_time(Engine.COMPILED) == ""


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("two_partners", (), "protocol is nash"),
        ("hard_line", (), "hardball"),
        ("classroom", ("settlement=exact",), "settlement is exact"),
    ],
)
def test_what_only_agents_can_play(name: str, change: tuple[str, ...], why: str) -> None:
    setup = prepare(load_scenario(name, list(change)))
    assert why in unsuited(setup)
    assert chosen_engine(setup, 10**9) is Engine.MESA
    for wanted in ("compiled", "both"):
        with pytest.raises(StoreError, match="only agents can play this"):
            chosen_engine(setup, 1, wanted)


def test_a_difference_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    setup = prepare(load_scenario("classroom"))

    def spoiled(*args: Any) -> dict[str, pd.DataFrame]:
        tables = tables_by(Engine.COMPILED, *args)
        return {
            **tables,
            "weekly": tables["weekly"].assign(average_rate=np.nextafter(tables["weekly"]["average_rate"], 1)),
        }

    monkeypatch.setattr("sim.ensemble.engine._by_agents", spoiled)
    with pytest.raises(StoreError, match="replications 3 to 4 differ in weekly"):
        tables_by(Engine.BOTH, setup, range(3, 5), "focal")


def test_twins_share_the_ladders_of_a_hand_and_nothing_else() -> None:
    """A run is the same alone as after others, whose ladders it finds worked out."""
    setup = prepare(load_scenario("classroom"))
    both = played(setup)
    queue = setup.scenario.queue.model_copy(update={"position": 6})
    alone = played(replace(setup, scenario=setup.scenario.model_copy(update={"queue": queue})))
    assert alone.partners[0].tobytes() == both.partners[1].tobytes()


def test_places_that_open_in_the_same_weeks_are_one_run() -> None:
    """Three talks open a week, so places 1 and 3 are the same and 4 is not. Agents played one by one say so too.

    Time runs for everybody from the opening of its talks, so that a week more or less is felt at once.
    """
    settings = ["queue.per_week=3", "queue.position=[1, 3, 4, 6]", "clock.common=false"]
    scenario = load_scenario("classroom", settings)
    setup = prepare(scenario)
    tables = tables_by(Engine.BOTH, setup, range(2), "partners")
    values = tables["outcomes"].set_index(["replication", "position"])["value"]
    hand = Hand(setup, Luck(scenario.seed, 1))
    for place in places(setup):
        assert values[1, place] == TariffTalks(hand, place, collect=False).run().partner("JPN").value
    assert values[0, 1] == values[0, 3] != values[0, 4] == values[0, 6]


def test_laws_are_played_side_by_side() -> None:
    """Scenarios that differ in their mechanisms alone share a hand and its ladders, and are what each is by itself."""
    base = prepare(load_scenario("classroom"))
    setups = [base, *(replace(base, scenario=only(base.scenario, *names)) for names in ((), ("attention", "parity")))]
    facts, opens = facts_of(base), openings_of(base, places(base))
    laws = np.concatenate([facts_of(setup).law for setup in setups])
    outcomes = new_outcomes(facts, 2 * len(laws) * len(opens))
    play_block(new_talks(facts), laws, opens, 5, outcomes)
    values = outcomes.partners["value"].reshape(2, len(laws), len(opens), -1)
    for n, setup in enumerate(setups):
        alone = played(setup, 5, 2).partners["value"].reshape(2, len(opens), -1)
        assert values[:, n].tobytes() == alone.tobytes()


def test_records_want_every_field() -> None:
    pair = dtype_of(whole="n", real="x", flags="f")
    assert filled(pair, [{"n": 2, "x": 0.5, "f": True}])[0].tolist() == (2, 1, 0.5)
    with pytest.raises(KeyError, match="x"):
        filled(pair, [{"n": 2, "f": 0}])


def test_a_changed_rule_is_compiled_anew(tmp_path: Path) -> None:
    """A compiled function holds those it calls and their constants: a change in either makes all of them stale."""
    texts = {
        "rule.py": f"{MARK} compiled\nfrom sim.facts import TOP\nif TYPE_CHECKING:\n    from sim.types import A\n",
        "facts.py": "TOP = 1\n",
        "types.py": "A = int\n",
        "plain.py": "x = 1\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    before = rules_digest(tmp_path)
    for name, text in texts.items():
        (tmp_path / name).write_text(f"{text}# a change\n")
        assert (rules_digest(tmp_path) != before) == (name in ("rule.py", "facts.py")), name
        (tmp_path / name).write_text(text)
    assert kept_in().name == f"compiled-{rules_digest(Path(sim.__file__).parent)}"


def test_what_old_rules_came_to_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    names = [f"compiled-{age:012x}" for age in range(EARLIER + 3)]
    for age, name in enumerate(names):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (1e9 + age, 1e9 + age))
    (tmp_path / "compiled-by-somebody-else").mkdir()
    folder = kept_in.__wrapped__()
    assert folder.parent == tmp_path
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {folder.name, *names[-EARLIER:], "compiled-by-somebody-else"}


def test_a_crowded_hand_is_played_the_same() -> None:
    """Where there is room for few ladders they are worked out again and again, while tables laid with them go on."""
    setup = prepare(load_scenario("alaska_lng", ["queue.position=[1,40]"]))
    whole, (facts, opens) = played(setup, 0, 8), (facts_of(setup), openings_of(setup, places(setup)))
    crowded = new_outcomes(facts, 8 * len(opens))
    play_block(new_talks(facts, 1), facts.law, opens, 0, crowded)
    assert whole.partners.tobytes() == crowded.partners.tobytes()
