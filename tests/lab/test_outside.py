"""What strangers write reaches the lab by links, forms, files and what is kept; by none of these is code loaded."""

from __future__ import annotations

import base64
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sim.lab.class_now import now_of
from sim.lab.link import from_query
from sim.lab.plan import new_room
from sim.lab.question import Question, scenario_of
from sim.lab.refused import Refused
from sim.lab.rivals import first_pays, rivals
from sim.lab.room import game_of
from sim.lab.session import Game, setup_of, standing
from sim.lab.store import FILE, Store
from sim.scenario import Scenario, ScenarioError
from sim.scenario.tactics import Tactics
from tests.lab.rooms import TEXT, a_plan, a_room

MODULE = "a_strangers_module"
CODE = "from pathlib import Path\nPath(__file__).with_name('loaded').touch()\n"
PLACES = [
    "tactics: {{partners: {}}}",
    "tactics: {{united_states: {{name: {}}}}}",
    "tactics: {{groups: [{{listed: true, tactic: {}}}]}}",
    "mechanisms: {{}}\npartners: {{overrides: {{JPN: {{tactic: {}}}}}}}",
]


@pytest.fixture(params=PLACES, ids=["a side", "by options", "a group", "a partner"])
def text(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A scenario that names a module in the current folder, which must not be imported by the end of the test."""
    (tmp_path / f"{MODULE}.py").write_text(CODE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    yield f"name: mine\ntitle: Mine\n{request.param.format(repr(f'{MODULE}:Mine'))}\n"
    loaded = sys.modules.pop(MODULE, None)
    assert loaded is None
    assert not (tmp_path / "loaded").exists()


def link(text: str) -> str:
    """Write a link by hand, as a stranger does; the lab itself would write none for such a text."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


WAYS: dict[str, Callable[[str], object]] = {
    "a link": lambda text: from_query({"yaml": link(text)}),
    "a pinned link": lambda text: from_query({"scenario": "classroom", "pin.yaml": link(text)}),
    "a file brought to Explore": lambda text: scenario_of(Question("yours", text=text)),
    "a room": lambda text: new_room(a_plan(text=text), "ABC234", "now"),
    "a room that is kept": lambda text: a_room(text=text).last_week,
    "a game": lambda text: standing(Game(text, 1, 0)),
    "a game made ready": setup_of,
    "rivals": lambda text: rivals(text, 1, 0),
    "what being first is worth": first_pays,
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_into_the_lab_loads_code(way: str, text: str) -> None:
    with pytest.raises(ValueError, match="no code is loaded here; choose a tactic of the library") as refused:
        WAYS[way](text)
    said = str(refused.value)
    assert "\n" not in said
    assert not [word for word in ("module", "import", str(Path.cwd())) if word in said]


def test_a_game_is_played_by_tactics_of_the_library_whoever_made_it() -> None:
    made = Scenario(name="mine", title="Mine").model_copy(update={"tactics": Tactics(partners="os:system")})
    with pytest.raises(ScenarioError, match="no code is loaded here"):
        Game.of(made, "JPN", 1)


def test_a_class_that_was_kept_with_code_in_it_says_so_and_can_be_forgotten(text: str, tmp_path: Path) -> None:
    store = Store(tmp_path)
    room, teacher = store.create_room(a_plan())
    seat, _ = store.join(room.code, "Anna")
    with closing(sqlite3.connect(tmp_path / FILE)) as kept, kept:
        kept.execute("UPDATE rooms SET text = ?", (text,))
    for look in (
        lambda: now_of(store, room.code),
        lambda: game_of(store.room(room.code), seat, ()),
        lambda: store.set_clock(room.code, teacher, 1),
    ):
        with pytest.raises(Refused, match=r"^This scenario cannot be played: .*no code is loaded here"):
            look()
    store.forget(room.code, teacher)
    store.close()


def test_what_a_form_sends_is_a_scenario_of_the_catalogue_or_a_text(tmp_path: Path) -> None:
    pytest.importorskip("nicegui", reason="the extra `lab` is not installed")
    from sim.lab.pages.alone_page import _sit_down
    from sim.lab.pages.teach_page import _plan

    (tmp_path / "own.yaml").write_text(TEXT)
    for named in (str(tmp_path / "own.yaml"), "../classroom", "", "os:system"):
        with pytest.raises(Refused, match="Choose a scenario"):
            _plan({"scenario": named})
        with pytest.raises(Refused, match="Choose a scenario"):
            _sit_down(Store(tmp_path), {"scenario": named})
