"""What every tactic must do; a test class for a tactic inherits this and says how it is made."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest

from sim.bargaining import Domain, Levels, Moment, negotiate
from sim.bargaining.tactics import Answer, Boulware, Conceder, Tactic
from tests.bargaining.small import make_pie, make_random, make_trade
from tests.bargaining.tactics.scripted import Scripted

BIBLIOGRAPHY = Path(__file__).parents[3] / "docs" / "bibliography.bib"
ROUNDS = 12


class Contract:
    """Inherit it and set `make` (and `options` for its constructor)."""

    make: ClassVar[type[Tactic]]
    options: ClassVar[dict[str, Any]] = {}

    def tactic(self) -> Tactic:
        return self.make(**self.options)

    def offers(self, tactic: Tactic, domain: Domain) -> list[Levels | None]:
        """What it offers to a partner that wanders through the grid and refuses all."""
        wander = [tuple(at % len(issue) for issue in domain.issues) for at in range(ROUNDS)]
        result = negotiate(domain, tactic, Scripted(offers=tuple(wander)), ROUNDS)
        return [offer for _, side, offer in result.moves if side == 0]

    def test_it_names_its_source(self) -> None:
        keys = re.findall(r"@\w+\{(\w+),", BIBLIOGRAPHY.read_text())
        assert self.make.literature in keys

    def test_it_declares_its_traits(self) -> None:
        assert self.make.traits.knows in ("nothing", "belief", "truth")

    def test_it_says_what_it_does(self) -> None:
        assert self.make.__doc__
        assert "(" not in self.make.__doc__[: len(self.make.__name__) + 1]

    @pytest.mark.parametrize("domain", [make_trade(), make_pie(7), make_random(3, 3, 4)])
    def test_it_offers_packages_of_the_domain_or_passes(self, domain: Domain) -> None:
        for offer in self.offers(self.tactic(), domain):
            assert offer is None or domain.levels(domain.package(offer)) == offer

    @pytest.mark.parametrize("domain", [make_trade(), make_pie(7, (0.4, 0.4)), make_random(3, 3, 4).normalized()])
    def test_it_never_offers_less_than_no_deal(self, domain: Domain) -> None:
        for offer in self.offers(self.tactic(), domain):
            assert offer is None or domain.worth(offer)[0] >= domain.reservation[0] - 1e-9

    @pytest.mark.parametrize("reservation", [2.0, 1.0 + 1e-6])
    def test_it_passes_when_nothing_beats_no_deal(self, reservation: float) -> None:
        assert set(self.offers(self.tactic(), make_pie(5, (reservation, 0.0)))) == {None}

    def test_it_refuses_what_is_worse_than_no_deal(self) -> None:
        domain = make_pie(10, (0.35, 0.0))
        tactic = self.tactic()
        tactic.start(domain.view(0))
        for step in range(ROUNDS):
            assert tactic.respond(Moment(step, ROUNDS), (3,)) is Answer.REFUSE

    def test_it_accepts_its_best_outcome(self) -> None:
        tactic = self.tactic()
        tactic.start(make_pie(10).view(0))
        assert tactic.respond(Moment(0, ROUNDS), (10,)) is Answer.ACCEPT

    def test_a_reservation_below_the_worst_outcome_is_no_trouble(self) -> None:
        assert None not in self.offers(self.tactic(), make_pie(10, (-3.0, -3.0)))[:1]

    def test_play_is_reproducible(self) -> None:
        assert self.offers(self.tactic(), make_trade()) == self.offers(self.tactic(), make_trade())

    def test_a_session_leaves_no_trace_in_the_next(self) -> None:
        tactic = self.tactic()
        first = self.offers(tactic, make_trade())
        self.offers(tactic, make_random(1, 3, 3))
        assert self.offers(tactic, make_trade()) == first

    def test_going_on_at_an_unchanged_table_changes_nothing(self) -> None:
        """Interrupted after every offer, the talks end as they would have."""
        for domain in (make_trade(), make_random(3, 3, 4)):
            made: list[list[Levels | None]] = [[], []]
            for interrupted, offers in enumerate(made):
                tactic = self.tactic()
                tactic.start(domain.view(0))
                for step in range(ROUNDS):
                    tactic.respond(Moment(step, ROUNDS), tuple(step % len(issue) for issue in domain.issues))
                    offers.append(tactic.propose(Moment(step, ROUNDS)))
                    if interrupted:
                        tactic.resume(Domain(domain.issues, domain.utilities, domain.reservation).view(0))
            assert made[0] == made[1]

    def test_after_values_have_moved_it_goes_by_the_new_ones(self) -> None:
        """The grid has shrunk and no deal has become better; then both are as they were."""
        wide, narrow = make_pie(10, (0.0, 0.0)), make_pie(6, (0.35, 0.0))
        tactic = self.tactic()
        tactic.start(wide.view(0))
        for step, domain in enumerate((wide, wide, narrow, narrow, wide, wide)):
            if domain is not tactic.view.domain:
                tactic.resume(domain.view(0))
            heard = (min(2 * step, len(domain.issues[0]) - 2),)
            answer = tactic.respond(Moment(step, ROUNDS), heard)
            assert answer is Answer.REFUSE or domain.worth(heard)[0] >= domain.reservation[0] - 1e-9
            offer = tactic.propose(Moment(step, ROUNDS))
            assert offer is None or domain.worth(offer)[0] >= domain.reservation[0] - 1e-9

    def test_reset_forgets(self) -> None:
        domain, tactic = make_trade(), self.tactic()
        first = self.offers(tactic, domain)
        tactic.reset()
        assert tactic.propose(Moment(0, ROUNDS)) == first[0]

    def test_a_clone_is_fresh_and_plays_alike(self) -> None:
        tactic = self.tactic()
        offers = self.offers(tactic, make_trade())
        clone = tactic.clone()
        assert clone is not tactic
        assert not hasattr(clone, "view")
        assert self.offers(clone, make_trade()) == offers

    def test_it_can_be_pickled_at_the_table(self) -> None:
        tactic = self.tactic()
        tactic.start(make_trade().view(0))
        tactic.propose(Moment(0, ROUNDS))
        copy = pickle.loads(pickle.dumps(tactic))
        for step in range(1, 4):
            assert copy.respond(Moment(step, ROUNDS), (2, 2, 1)) == tactic.respond(Moment(step, ROUNDS), (2, 2, 1))
            assert copy.propose(Moment(step, ROUNDS)) == tactic.propose(Moment(step, ROUNDS))

    def test_answering_and_offering_go_by_one_plan(self) -> None:
        """Whoever answers an offer then makes the one it compared with."""
        tactic = self.tactic()
        tactic.start(make_trade().view(0))
        now = Moment(0, ROUNDS)
        tactic.respond(now, (3, 3, 2))
        planned = tactic.next_offer(now)
        assert tactic.propose(now) == planned

    def test_without_a_clock_time_alone_changes_nothing(self) -> None:
        if self.make.traits.clock or self.make.traits.random:
            return
        tactic = self.tactic()
        tactic.start(make_trade().view(0))
        assert len({tactic.next_offer(Moment(step, ROUNDS)) for step in range(ROUNDS)}) == 1

    def test_the_unit_of_money_does_not_matter(self) -> None:
        domain = make_trade()
        assert self.offers(self.tactic(), domain.rescaled((7.0, 0.3), (40.0, -3.0))) == self.offers(
            self.tactic(), domain
        )

    def test_it_can_sit_on_the_other_side(self) -> None:
        """Exchanging the sides of the domain and of the table mirrors the session."""
        for partner in (Boulware, Conceder):
            one = negotiate(make_trade(), self.tactic(), partner(), ROUNDS)
            two = negotiate(make_trade().swapped(), partner(), self.tactic(), ROUNDS, opener=1)
            assert [offer for _, _, offer in one.moves] == [offer for _, _, offer in two.moves]
            assert one.step == two.step
