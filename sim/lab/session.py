"""A game is data: a scenario, a seat, luck and a list of moves. Everything else follows by playing it.

There is no clock and no thread to wait in. The talks are played from the beginning with the moves made so far, and stop
where the next one is due; a reload, a lost connection or a restart of the server is another playing of the same list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from sim.lab.moves import Move, MoveError
from sim.lab.seat import Due, Overheard, PlayerSeat, Spoken, Turn
from sim.scenario import Scenario, dump, parse_scenario
from sim.talks.agents import Partner, UnitedStates
from sim.talks.deal import Deal
from sim.talks.model import TariffTalks
from sim.talks.preferences import Luck
from sim.talks.queue import opening_rounds
from sim.talks.seats import Seat
from sim.talks.session import Meeting
from sim.talks.setup import Hand, Setup, prepare
from sim.talks.table import Table

__all__ = ["Game", "PlayedTalks", "Standing", "hand_of", "played", "setup_of", "standing", "table_of", "with_move"]

#: Scenarios and hands that are remembered: the ladders of a table are laid once for all players of the same luck.
SETUPS, HANDS = 8, 64


@dataclass(frozen=True)
class Game:
    """One player's talks.

    Attributes
    ----------
    text : str
        The scenario as YAML; its focal partner is the one that is played.
    place : int
        Place in the queue, from 1.
    replication : int
        Which luck.
    moves : tuple of Move
        What was played so far.
    opens : int, optional
        Round in which the talks open, where it is not what the place in the queue says.
    """

    text: str
    place: int
    replication: int
    moves: tuple[Move, ...] = ()
    opens: int | None = None

    @classmethod
    def of(cls, scenario: Scenario, iso: str, place: int, replication: int = 0) -> Game:
        """Begin a game.

        Raises
        ------
        ScenarioError
            If the partner is not in the scenario.
        """
        queue = scenario.queue.model_copy(update={"focal": iso})
        text = dump(scenario.model_copy(update={"queue": queue}))
        parse_scenario(text, "game.yaml")
        return cls(text, place, replication)


class Player(Partner):
    """A partner of which one is played by hand."""

    model: PlayedTalks

    def make_seat(self) -> Seat:
        """Put the player in its seat, and those of the scenario in all others."""
        return self.model.make_player(self) if self.model.is_focal(self) else super().make_seat()

    def take_leave(self, meeting: Meeting, table: Table) -> None:
        """Walk out where the player has stood up with no ask on the table to refuse."""
        super().take_leave(meeting, table)
        if isinstance(self.seat, PlayerSeat) and self.seat.leaving and not meeting.broken:
            self.walk_out()


class Opponent(UnitedStates):
    """The United States, overheard at the player's table."""

    def make_seat(self, partner: Partner) -> Seat:
        """Return the usual negotiator."""
        usual = super().make_seat(partner)
        return Overheard(usual, partner.seat) if isinstance(partner.seat, PlayerSeat) else usual


class PlayedTalks(TariffTalks):
    """The talks with a player at one table.

    Parameters
    ----------
    hand : Hand
        Luck, and the scenario whose focal partner is played.
    game : Game
        At which place, and when its talks open.
    make_player : callable
        Makes who sits at its table.
    """

    partner_class = Player
    us_class = Opponent

    def __init__(self, hand: Hand, game: Game, make_player: Callable[[Partner], Seat]) -> None:
        self.make_player = make_player
        super().__init__(hand, game.place, opens=_openings(hand.setup, game), collect=False, narrate=True)


@dataclass(frozen=True, eq=False)
class Standing:
    """Where a game stands.

    Attributes
    ----------
    game : Game
        What was played.
    talks : PlayedTalks
        The talks so far: stopped in the middle of a session, or over.
    turn : Turn or None
        The decision that is due; None when the talks are over.
    """

    game: Game
    talks: PlayedTalks
    turn: Turn | None

    @property
    def player(self) -> Partner:
        """The partner that is played."""
        return self.talks.partner(self.talks.experiment.queue.focal)

    @property
    def over(self) -> bool:
        """Whether nothing is left to decide."""
        return self.turn is None

    @property
    def round(self) -> int:
        """The week, from 0; the last one once the talks are over."""
        return min(self.talks.round, self.talks.experiment.clock.rounds - 1)

    @property
    def ended(self) -> int:
        """Week of the deal, from 0, or the last one of the talks."""
        return self.talks.experiment.clock.rounds - 1 if self.deal is None else self.deal.round

    @property
    def deal(self) -> Deal | None:
        """What the player signed."""
        return self.player.deal

    @property
    def value(self) -> float:
        """Present value of the whole horizon to the player, USD bn; known once the talks are over."""
        if not self.over:
            raise ValueError("the value of the horizon is known once the talks are over")
        return self.player.value

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """What was said at the table so far."""
        seat = self.player.seat
        return tuple(seat.spoken) if isinstance(seat, PlayerSeat) else ()

    @cached_property
    def table(self) -> Table | None:
        """The table of the session at hand, or of the last one; it holds the values of both sides."""
        if self.turn is not None:
            return self.turn.situation.bilateral.table
        return self.talks.record.tables.get(self.player.iso)


def standing(game: Game) -> Standing:
    """Play a game as far as its moves go.

    Raises
    ------
    MoveError
        When a move cannot be made where it stands in the list.
    """
    talks = PlayedTalks(hand_of(game.text, game.replication), game, lambda partner: PlayerSeat(partner, game.moves))
    try:
        talks.run()
    except Due as due:
        return Standing(game, talks, due.turn)
    return Standing(game, talks, None)


def played(game: Game, make_player: Callable[[Partner], Seat] = Partner.make_seat) -> Standing:
    """Let another player finish the same talks with the same luck; the scenario's own negotiator when not set."""
    talks = PlayedTalks(hand_of(game.text, game.replication), game, make_player)
    talks.run()
    return Standing(game, talks, None)


def with_move(at: Standing, move: Move) -> Standing:
    """Make one more move.

    Raises
    ------
    MoveError
        When it cannot be made; its text says why not.
    """
    if at.turn is None:
        raise MoveError("The talks are over: nothing is left to decide.")
    return standing(replace(at.game, moves=(*at.game.moves, move)))


def table_of(at: Standing) -> Table:
    """Return the table at which a decision is due, or was last due.

    Raises
    ------
    ValueError
        When the player was never met.
    """
    if at.table is None:
        raise ValueError("there was no session")
    return at.table


@lru_cache(maxsize=SETUPS)
def setup_of(text: str) -> Setup:
    """Make a scenario ready, given as YAML."""
    return prepare(parse_scenario(text, "game.yaml"))


@lru_cache(maxsize=HANDS)
def hand_of(text: str, replication: int) -> Hand:
    """Deal the hand of a scenario and a replication."""
    setup = setup_of(text)
    return Hand(setup, Luck(setup.scenario.seed, replication))


def _openings(setup: Setup, game: Game) -> Sequence[int]:
    """Rounds in which all talks open: by the place in the queue, the player's own where the game says otherwise."""
    opens = opening_rounds(setup, game.place)
    if game.opens is not None:
        opens[[terms.iso for terms in setup.terms].index(setup.scenario.queue.focal)] = game.opens
    return opens
