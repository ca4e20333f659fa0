"""What a link says, it restores; what it cannot say is told in one sentence."""

from __future__ import annotations

import base64
import time
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.lab.link import TABS, LinkError, from_query, to_query
from sim.lab.question import LONGEST, MOST_RUNS, Question, View, scenario_of
from sim.scenario import catalogue, dump, load_scenario
from sim.study import assumptions

KEYS = {prior.key: prior for prior in assumptions() if prior.key not in ("clock.rounds",)}


@st.composite
def questions(draw: st.DrawFn) -> Question:
    question = Question(
        draw(st.sampled_from(["classroom", "japan_first", "no_rush"])),
        place=draw(st.integers(1, 6)),
        seed=draw(st.none() | st.integers(0, 2**31 - 1)),
        runs=draw(st.integers(2, MOST_RUNS)),
    )
    for key in draw(st.lists(st.sampled_from(["mechanisms.parity.strength", "partners.beta", "session.offers"]))):
        prior = KEYS[key]
        question = question.changed(key, draw(st.floats(prior.low, prior.high)))
    return question


views = st.builds(
    View,
    questions(),
    st.none() | questions(),
    st.sampled_from([*TABS]),
    st.tuples(st.sampled_from([*KEYS]), st.sampled_from([*KEYS])),
)


@settings(deadline=None, max_examples=60)
@given(views)
def test_a_link_restores_the_view_to_the_last_digit(view: View) -> None:
    assert from_query(to_query(view)) == view


def test_a_link_says_only_what_differs() -> None:
    assert to_query(View(Question("classroom"))) == "scenario=classroom"
    question = Question("classroom", place=3).changed("mechanisms.attention.capacity", 4.0)
    assert to_query(View(question, tab="why")) == "scenario=classroom&place=3&mechanisms.attention.capacity=4&tab=why"


def test_a_number_put_back_is_no_change() -> None:
    question = Question("classroom").changed("mechanisms.parity.strength", 0.5)
    assert question.changed("mechanisms.parity.strength", 0.25) == Question("classroom")


def test_a_scenario_of_ones_own_travels_in_the_link() -> None:
    text = dump(load_scenario("classroom")).replace("name: classroom", "name: mine")
    view = from_query(to_query(View(Question("yours", text=text))))
    assert view.question.text == text
    assert scenario_of(view.question).name == "mine"


def test_an_empty_query_is_the_usual_question() -> None:
    assert from_query("", Question("japan_first")) == View(Question("japan_first"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("tab=nothing", "names a tab that there is not"),
        ("scenario=nowhere", "there is no such scenario"),
        ("scenario=../../etc/passwd", "there is no such scenario"),
        ("place=0", "not a whole number from 1 to 6"),
        ("place=7", "not a whole number from 1 to 6"),
        ("runs=1000000", "not a whole number from 2 to 5,000"),
        ("seed=-1", "not a whole number"),
        ("threat.credibility=nan", "not a number"),
        ("threat.credibility=7", "threat.credibility"),
        ("threat.credibilty=0.5", "did you mean 'threat.credibility'"),
        ("queue.position=3", "is no number that can be varied"),
        ("x=session.offers&y=nothing", "is no number that can be varied"),
        ("yaml=abc", "a scenario that cannot be read"),
        ("pin.place=99", "not a whole number from 1 to 6"),
    ],
)
def test_a_bad_link_gets_a_sentence(query: str, said: str) -> None:
    with pytest.raises(LinkError, match="This link") as error:
        from_query(query)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_any_words_get_a_view_or_a_sentence() -> None:
    @settings(deadline=None, max_examples=100)
    @given(
        st.dictionaries(st.sampled_from(["scenario", "place", "yaml", "seed", "tab", "x", "a.b", "pin."]), st.text())
    )
    def tried(words: dict[str, str]) -> None:
        with suppress(LinkError):
            assert isinstance(from_query(words), View)

    tried()


def test_a_small_link_cannot_unfold_into_a_huge_text() -> None:
    packed = base64.urlsafe_b64encode(zlib.compress(b"#" * 50_000_000, 9)).decode()
    with pytest.raises(LinkError, match=f"longer than {LONGEST:,} characters"):
        from_query({"yaml": packed})


def test_a_scenario_that_is_brought_names_no_code() -> None:
    text = dump(load_scenario("classroom")).replace("  partners: built_in", "  partners: os:system")
    assert "os:system" in text
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()
    with pytest.raises(LinkError, match="no code is loaded here; choose a tactic of the library"):
        from_query({"yaml": packed})


def test_every_scenario_of_the_catalogue_has_a_link() -> None:
    for name in catalogue():
        assert from_query(f"scenario={name}").question == Question(name)


def test_a_link_changes_any_number_of_assumptions_but_not_thousands() -> None:
    view = View(Question("april_2025").with_changes({key: prior.low for key, prior in KEYS.items()}))
    assert len(view.question.changes) > 90
    assert from_query(to_query(view)) == view
    begun = time.process_time()
    with pytest.raises(LinkError, match=r"^This link changes more than 200 numbers\.$"):
        from_query({f"partners.overrides.A{n}.beta": "0.5" for n in range(3_000)})
    assert time.process_time() - begun < 1.0


def test_a_question_with_one_number_after_the_other_is_that_with_all_at_once() -> None:
    numbers = {"mechanisms.parity.strength": 0.5, "session.offers": 6.0, "partners.beta": 0.4}
    once = Question("classroom").with_changes(numbers)
    assert once == Question("classroom").with_changes(dict(reversed(numbers.items())))
    step = Question("classroom")
    for key, value in numbers.items():
        step = step.changed(key, value)
    assert step == once
