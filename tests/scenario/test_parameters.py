"""The list of parameters is the schema, nothing left out."""

from __future__ import annotations

from typing import Any

from sim.scenario import Scenario, parameters
from sim.scenario.preferences import NOT_OF_RATES

ROWS = {row["key"]: row for row in parameters()}
DEFAULT = Scenario(name="default", title="Default")


#: What would have no effect on a rate is refused there, and listed nowhere.
NOT_OF_AUTOS = {f"issues.auto_tariff.{name}" for name in NOT_OF_RATES}


def leaves(data: Any, key: str = "") -> dict[str, Any]:
    """Every value of a dumped scenario by dotted key; lists are values."""
    if not isinstance(data, dict) or not data:
        return {key: data}
    return {k: v for name, value in data.items() for k, v in leaves(value, f"{key}.{name}".lstrip(".")).items()}


def test_every_leaf_is_listed_once_with_its_default():
    expected = leaves(DEFAULT.model_dump())
    del expected["name"], expected["title"], expected["calendar"], expected["partners.overrides"]
    expected = {key: value for key, value in expected.items() if not key.startswith("politics.veto_players")}
    expected = {key: value for key, value in expected.items() if key not in NOT_OF_AUTOS}
    assert len(ROWS) == len(parameters())
    weights = {row: value for row, value in expected.items() if ".weights." in row}
    assert {key: ROWS[key]["default"] for key in set(expected) - set(weights)} == {
        key: value for key, value in expected.items() if key not in weights
    }
    for key, weight in weights.items():
        row, _, issue = key.partition(".weights.")
        assert ROWS[f"{row}.weights"]["default"][issue] == weight


def test_the_rest_are_the_required_ones_and_those_a_scenario_may_repeat():
    rest = set(ROWS) - set(leaves(DEFAULT.model_dump()))
    assert rest == {
        *(
            f"partners.overrides.<ISO>.{name}"
            for name in ("sessions_before", "beta", "resistance", "limits", "limits_until", "tactic")
        ),
        *(f"tactics.groups[].{name}" for name in ("partners", "size", "listed", "side", "tactic")),
        *(f"calendar[].{name}" for name in ("date", "action", "until", "rates", "partners", "president")),
        *(f"politics.veto_players.<ISO>.<name>.{name}" for name in ("limits", "tightening")),
        *(
            f"united_states.delegation.{name}.weights"
            for name in ("president", "treasury", "commerce", "trade_representative")
        ),
    }


def test_numbers_have_a_range_that_holds_their_default():
    for key, row in ROWS.items():
        if isinstance(row["default"], (int, float)) and not isinstance(row["default"], bool):
            low, high = row["range"]
            assert low <= row["default"] <= high, key


def test_every_parameter_has_a_meaning_a_unit_and_a_source():
    assert [key for key, row in ROWS.items() if not (row["meaning"] and row["unit"] and row["source"])] == []


def test_one_row_in_full():
    assert ROWS["threat.pause_rate"] == {
        "key": "threat.pause_rate",
        "unit": "fraction",
        "default": 0.10,
        "range": (0.0, 1.0),
        "choices": (),
        "source": "order of 9 April 2025",
        "meaning": "General rate during the pause",
    }
    assert ROWS["queue.opens"]["choices"] == ("staggered", "together", "calendar")
