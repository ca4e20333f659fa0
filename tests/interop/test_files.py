"""Files of other platforms: what is read, what is written, and what is said when they are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sim.bargaining import Domain, Issue
from sim.interop import (
    FileError,
    read_genius,
    read_genius_discount,
    read_geniusweb,
    write_genius,
    write_geniusweb,
)
from tests.bargaining.small import make_trade

TEMPLATE = """<negotiation_template><utility_space><objective name="root">
<issue index="1" name="colour" type="discrete"><item value="red"/><item value="blue"/></issue>
<issue index="2" name="days" type="integer" lowerbound="2" upperbound="6"/>
<issue index="3" name="price" type="real"><range lowerbound="0" upperbound="10"/></issue>
</objective></utility_space></negotiation_template>"""
PROFILE = """<utility_space><objective name="root">
<weight index="1" value="0.5"/><weight index="3" value="0.2"/><weight index="2" value="0.4"/>
<issue index="1" name="colour" type="discrete"><item value="blue" evaluation="8"/><item value="red" evaluation="2"/></issue>
<issue index="2" name="days" type="integer" lowerbound="2" upperbound="6"><evaluator ftype="linear" offset="0.1" slope="0.3"/></issue>
<issue index="3" name="price" type="real"><range lowerbound="0" upperbound="10"/>
<evaluator ftype="linear" parameter0="1.0" parameter1="-0.1"/></issue>
</objective>{extra}</utility_space>"""  # noqa: E501


@pytest.fixture
def genius(tmp_path: Path) -> list[Path]:
    texts = [TEMPLATE, PROFILE.format(extra=""), PROFILE.format(extra='<reservation value="-0.3"/>')]
    paths = [tmp_path / name for name in ("domain.xml", "a.xml", "b.xml")]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    return paths


def test_discrete_integer_and_real_issues(genius: list[Path]) -> None:
    """Weights do not sum to one and come in another order; values too. Days: .1, .4, .7, 1, and 1.3 clipped to 1."""
    domain = read_genius(*genius, real_steps=3)
    assert [issue.values for issue in domain.issues] == [("red", "blue"), (2, 3, 4, 5, 6), (0.0, 5.0, 10.0)]
    tables = [group.utilities[:, 0].tolist() for group in domain.groups]
    assert tables[0] == pytest.approx([0.5 * 2 / 8, 0.5])
    assert tables[1] == pytest.approx([0.04, 0.16, 0.28, 0.4, 0.4])
    assert tables[2] == pytest.approx([0.2, 0.1, 0.0])
    assert domain.reservation == (0.0, -0.3)


def test_a_reservation_below_the_worst_outcome_is_kept(genius: list[Path]) -> None:
    """The trap: replaced by the worst outcome, it would change the solutions."""
    domain = read_genius(*genius)
    assert domain.reservation[1] == -0.3 < domain.bounds[1][0]


def test_real_issues_have_twenty_one_points_unless_said(genius: list[Path]) -> None:
    assert len(read_genius(*genius).issues[2]) == 21


def test_constant_and_triangular_evaluators(genius: list[Path]) -> None:
    line = '<evaluator ftype="linear" parameter0="1.0" parameter1="-0.1"/>'
    for new, wanted in (
        ('<evaluator ftype="constant" parameter0="0.5"/>', [0.1, 0.1, 0.1, 0.1, 0.1]),
        ('<evaluator ftype="triangular" parameter0="0" parameter1="10" parameter2="5"/>', [0, 0.1, 0.2, 0.1, 0]),
    ):
        genius[1].write_text(PROFILE.format(extra="").replace(line, new))
        assert read_genius(*genius, real_steps=5).groups[2].utilities[:, 0] == pytest.approx(wanted)


def test_an_issue_without_worth(genius: list[Path]) -> None:
    text = (
        PROFILE.format(extra="").replace('evaluation="8"', 'evaluation="0"').replace('evaluation="2"', 'evaluation="0"')
    )
    genius[1].write_text(text)
    assert read_genius(*genius).groups[0].utilities[:, 0].tolist() == [0.0, 0.0]


def test_discount(genius: list[Path]) -> None:
    genius[1].write_text(PROFILE.format(extra='<discount_factor value="0.5"/>'))
    assert [read_genius_discount(path) for path in genius[1:]] == [0.5, 1.0]


@pytest.mark.parametrize(
    ("which", "old", "new", "message"),
    [
        (1, "</objective>", "", "a.xml: it is not XML"),
        (
            0,
            "<negotiation_template>",
            '<!DOCTYPE x [<!ENTITY e "boom">]><negotiation_template>',
            "entities are refused",
        ),
        (2, 'evaluation="8"', 'evaluation="lots"', "b.xml: evaluation of 'blue' in 'colour' should be a number"),
        (2, 'evaluation="8"', 'evaluation="nan"', "should be a finite number"),
        (2, 'value="blue"', 'value="green"', "'colour' has no evaluation of 'blue'"),
        (1, '<weight index="2" value="0.4"/>', "", "a.xml: issue 'days' has no weight"),
        (1, 'ftype="linear" offset', 'ftype="magic" offset', "unknown evaluator 'magic'"),
        (0, 'type="integer"', 'type="fuzzy"', "domain.xml: issue 'days' has the unknown type 'fuzzy'"),
        (0, 'upperbound="6"', 'upperbound="1"', "has the range 2 to 1"),
        (2, '<item value="blue"', '<item value="blue" evaluation="3"/><item value="blue"', "two evaluations of 'blue'"),
        (2, '<item value="blue"', '<item value="red " evaluation="3"/><item value="blue"', None),
        (0, '<item value="blue"', '<item value=" red"/><item value="blue"', "has no evaluation of ' red'"),
        (0, 'lowerbound="2" upperbound="6"', 'lowerbound="0" upperbound="999999"', "has the range 0 to 999999"),
        (2, 'index="1" value="0.5"', 'index="1" value="1e308"', None),
        (0, "<negotiation_template>", '<?xml version="1.0" encoding="utf8mb4"?><negotiation_template>', "utf8mb4"),
        (1, "<objective", "<ufun/><objective", "not additive"),
    ],
)
def test_what_is_wrong_is_said(genius: list[Path], which: int, old: str, new: str, message: str) -> None:
    text = genius[which].read_text()
    assert old in text
    genius[which].write_text(text.replace(old, new, 1))
    if message is None:
        read_genius(*genius)
        return
    with pytest.raises(FileError, match=message):
        read_genius(*genius)


def test_integer_issues_may_list_their_values(genius: list[Path]) -> None:
    """As other software writes them: values in their order, worth what stands beside each."""
    grid = 'type="integer" lowerbound="2" upperbound="6"'
    genius[0].write_text(
        TEMPLATE.replace(f"{grid}/>", 'type="integer"><item value="7"/><item value="3"/><item value="3"/></issue>')
    )
    listed = '<item value="3" evaluation="1"/><item value="7" evaluation="4"/></issue>'
    for path in genius[1:]:
        old = f'{grid}><evaluator ftype="linear" offset="0.1" slope="0.3"/></issue>'
        path.write_text(path.read_text().replace(old, f'type="integer">{listed}'))
    domain = read_genius(*genius)
    assert domain.issues[1].values == (7, 3)
    assert domain.groups[1].utilities[:, 0] == pytest.approx([0.4, 0.1])


def test_values_that_differ_by_a_blank_are_two(genius: list[Path]) -> None:
    genius[0].write_text(TEMPLATE.replace('<item value="blue"/>', '<item value="blue"/><item value="blue "/>'))
    for path in genius[1:]:
        path.write_text(path.read_text().replace("<item", '<item value="blue " evaluation="4"/><item', 1))
    assert read_genius(*genius).groups[0].utilities[:, 0] == pytest.approx([0.125, 0.5, 0.25])


def test_issues_with_more_values_than_can_be_held_are_refused(genius: list[Path]) -> None:
    many = "".join(
        f'<issue index="{k}" name="n{k}" type="integer" lowerbound="0" upperbound="99999"/>' for k in range(60)
    )
    genius[0].write_text(f"<negotiation_template><objective>{many}</objective></negotiation_template>")
    with pytest.raises(FileError, match="its issues have more than 200,000 values"):
        read_genius(*genius)


NUMBERS = {"discreteutils": {"valueUtilities": {"0": 0.1, "1": 0.3, "2": 1, "3": 0.5}}}
LINE = {"numberutils": {"lowValue": 0, "lowUtility": 0, "highValue": 3, "highUtility": 1}}


def read_web(folder: Path, grid: dict, utilities: dict, bid: object = None) -> Domain:
    space = {"issueUtilities": utilities, "issueWeights": dict.fromkeys(grid, 1)}
    if bid is not None:
        space["reservationBid"] = {"issuevalues": bid}
    (folder / "d.json").write_text(json.dumps({"issuesValues": grid}))
    (folder / "p.json").write_text(json.dumps({"LinearAdditiveUtilitySpace": space}))
    return read_geniusweb(*(folder / name for name in ("d.json", "p.json", "p.json")))


@pytest.mark.parametrize(
    ("grid", "utilities", "worth"),
    [
        ({"range": ["0", "3", "1"]}, NUMBERS, [0.1, 0.3, 1.0, 0.5]),
        ({"values": [0.0, 1.0, 2.0]}, NUMBERS, [0.1, 0.3, 1.0]),
        ({"values": ["0.0", 3]}, NUMBERS, [0.1, 0.5]),
        ({"values": [True, False]}, {"discreteutils": {"valueUtilities": {"true": 1, "false": 0.2}}}, [1.0, 0.2]),
        ({"values": ["1", "1.0"]}, {"discreteutils": {"valueUtilities": {"1": 1, "1.0": 0.2}}}, [1.0, 0.2]),
        ({"values": ["nan", "inf"]}, {"discreteutils": {"valueUtilities": {"nan": 1, "inf": 0.2}}}, [1.0, 0.2]),
        ({"values": ["red"]}, NUMBERS, [0.0]),
    ],
)
def test_values_are_found_however_they_are_written(tmp_path: Path, grid: dict, utilities: dict, worth: list) -> None:
    assert read_web(tmp_path, {"x": grid}, {"x": utilities}).groups[0].utilities[:, 0].tolist() == worth


@pytest.mark.parametrize(
    ("grid", "utilities", "bid", "said"),
    [
        ({"x": {"range": ["0", "3", "1"]}}, {"x": LINE}, {"x": [1]}, "reservation bid: issue 'x' has no value .1."),
        ({}, {}, None, "a domain needs at least one issue"),
        ({"x": {"range": ["0", "1e999999", "1"]}}, {"x": LINE}, None, "1 to 100,000 values"),
        ({"x": {"range": ["0", "3", "0"]}}, {"x": LINE}, None, "1 to 100,000 values"),
        ({"x": {"values": [[1]]}}, {"x": NUMBERS}, None, "which is neither word nor number"),
        (
            {"x": {"values": ["a"]}},
            {"x": {"discreteutils": {"valueUtilities": {"a": 10**400}}}},
            None,
            "too large for a number",
        ),
        ({"x": {"values": [1.0]}}, {"x": {"discreteutils": {"valueUtilities": {"1": 1, "1.00": 1}}}}, None, "may be"),
    ],
)
def test_what_is_wrong_in_json_is_said(tmp_path: Path, grid: dict, utilities: dict, bid: object, said: str) -> None:
    with pytest.raises(FileError, match=said):
        read_web(tmp_path, grid, utilities, bid)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"nowhere\.xml: No such file"):
        read_genius(tmp_path / "nowhere.xml", tmp_path / "a", tmp_path / "b")


def test_a_large_file_is_refused(genius: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.interop.files.LARGEST", 100)
    with pytest.raises(FileError, match="more than 100 bytes"):
        read_genius(*genius)


def same(one: Domain, two: Domain) -> bool:
    return np.allclose(one.flat[0], two.flat[0], atol=1e-12) and np.allclose(one.reservation, two.reservation)


def test_genius_round_trip_keeps_units_numbers_and_party_order(tmp_path: Path) -> None:
    """The trap: sides exchanged on the way. Costs below zero survive too."""
    paths = [tmp_path / name for name in ("d.xml", "a.xml", "b.xml")]
    write_genius(make_trade(), *paths)
    again = read_genius(*paths)
    assert again.issues == make_trade().issues
    assert same(again, make_trade())
    assert not same(again, make_trade().swapped())


def test_shared_tables_do_not_fit(tmp_path: Path) -> None:
    domain = Domain({"a": (0, 1), "b": (0, 1)}, ({("a", "b"): [[0, 1], [2, 5]]}, {}))
    for write in (write_genius, write_geniusweb):
        with pytest.raises(ValueError, match="share a utility table"):
            write(domain, tmp_path / "d", tmp_path / "a", tmp_path / "b")


# --- GeniusWeb ------------------------------------------------------------------------------------------------------


@pytest.fixture
def web(tmp_path: Path) -> list[Path]:
    grids = {
        "name": "x",
        "issuesValues": {"colour": {"values": ["red", "blue"]}, "price": {"range": ["0", "1", "0.5"]}},
    }
    utilities = {
        "colour": {"discreteutils": {"valueUtilities": {"red": 0.2, "blue": 1.0}}},
        "price": {"numberutils": {"lowValue": 0, "lowUtility": 1.0, "highValue": 1, "highUtility": 0.0}},
    }
    space = {"issueUtilities": utilities, "issueWeights": {"colour": 0.6, "price": 0.4}, "domain": grids, "name": "p"}
    bid = {"reservationBid": {"issuevalues": {"colour": "red", "price": "0.5"}}}
    paths = [tmp_path / name for name in ("domain.json", "a.json", "b.json")]
    for path, content in zip(
        paths,
        (grids, {"LinearAdditiveUtilitySpace": space}, {"LinearAdditiveUtilitySpace": {**space, **bid}}),
        strict=True,
    ):
        path.write_text(json.dumps(content))
    return paths


def test_geniusweb_words_and_numbers(web: list[Path]) -> None:
    domain = read_geniusweb(*web)
    assert domain.issues == (Issue("colour", ("red", "blue")), Issue("price", (0.0, 0.5, 1.0)))
    assert domain.utility({"colour": "blue", "price": 0.5}) == pytest.approx((0.8, 0.8))
    assert domain.reservation == pytest.approx((0.0, 0.12 + 0.2))


@pytest.mark.parametrize(
    ("which", "old", "new", "message"),
    [
        (0, "issuesValues", "issues", "domain.json: it has no mapping 'issuesValues'"),
        (0, '"range"', '"spread"', "neither values nor a range"),
        (0, '"0.5"]', '"0"]', "has the range"),
        (1, "LinearAdditiveUtilitySpace", "SumOfGroups", "a.json: it holds a 'SumOfGroups'"),
        (1, '"price": 0.4', '"prize": 0.4', "no weight or no utilities for issue 'price'"),
        (2, '"colour": "red"', '"colour": "green"', "b.json: its reservation bid: issue 'colour' has no value"),
        (2, "{", "", "b.json: it is not JSON"),
    ],
)
def test_what_is_wrong_with_json_is_said(web: list[Path], which: int, old: str, new: str, message: str) -> None:
    text = web[which].read_text()
    assert old in text
    web[which].write_text(text.replace(old, new, 1))
    with pytest.raises(FileError, match=message):
        read_geniusweb(*web)


def test_geniusweb_round_trip_of_a_money_domain(tmp_path: Path) -> None:
    """Normalized, with reservation values that are outcomes; the weights written sum to one, as the format wants."""
    trade = make_trade()
    least = [deal.utilities for deal in trade.outcomes()][5]
    domain = Domain(trade.issues, trade.utilities, least).normalized()
    paths = [tmp_path / name for name in ("d.json", "a.json", "b.json")]
    write_geniusweb(domain, *paths)
    again = read_geniusweb(*paths)
    assert again.reservation == pytest.approx(domain.reservation)
    for deal, copy in zip(domain.outcomes(), again.outcomes(), strict=True):
        assert copy.utilities == pytest.approx(deal.utilities)
    weights = json.loads(paths[1].read_text())["LinearAdditiveUtilitySpace"]["issueWeights"]
    assert sum(weights.values()) == pytest.approx(1.0)


def test_geniusweb_cannot_hold_everything(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("d.json", "a.json", "b.json")]
    with pytest.raises(ValueError, match=r"domain\.normalized"):
        write_geniusweb(make_trade(), *paths)
    with pytest.raises(ValueError, match="none is worth"):
        write_geniusweb(Domain(make_trade().issues, make_trade().utilities, (-99.0, 0.0)).normalized(), *paths)
