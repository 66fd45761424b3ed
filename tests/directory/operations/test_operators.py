"""Operators of an opened installation: three countries agree, nobody alone, nobody about themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from corridor.directory import rules
from corridor.directory.models import OperatorMotion, OperatorWord
from corridor.directory.operations.operators import give_word, move_operator, withdraw_motion
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Grant, Letter, Opening, User
from corridor.kernel.operations import end_grant
from corridor.kernel.operations.people import remove
from corridor.kernel.states import Capability, Office
from tests import make

pytestmark = pytest.mark.django_db
SIX = ("KH", "CN", "LA", "MM", "TH", "VN")


@pytest.fixture
def heads() -> dict[str, User]:
    """The heads of the six in an opened installation, and others who took office before."""
    people = {home: make.head(home) for home in SIX}
    people |= {"second KH": make.head("KH"), "second TH": make.head("TH")}
    people |= {"operator": make.operator(), "officer": make.officer("TH"), "member": make.member(home="TH")}
    Opening.objects.create()
    return people


def account(**facts: object) -> User:
    """Somebody with a confirmed address."""
    user = make.person("")
    User.objects.filter(pk=user.pk).update(**facts)
    user.refresh_from_db()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)  # type: ignore[attr-defined]
    return user


def moved(
    heads: dict[str, User], home: str = "MM", person: User | None = None, *, ends: bool = False
) -> OperatorMotion:
    return move_operator(person or account(), ends=ends, reason="They run our machines.", by=heads[home])


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [str(reason) for reason in caught.value.reasons]


@pytest.mark.parametrize("home", SIX)
def test_three_countries_whichever_make_an_operator(heads: dict[str, User], home: str) -> None:
    motion = moved(heads, home)
    others = [other for other in SIX if other != home][:2]
    assert [give_word(motion, by=heads[other]) for other in others] == [False, True]
    grant = Grant.objects.get(office=Office.OPERATOR, user=motion.person)
    assert (grant.user, grant.granted_by, grant.home) == (motion.person, heads[others[1]], "")
    make.second_factor(motion.person)
    operator = User.objects.get(pk=motion.person.pk)
    assert operator.audience.can(Capability.OPERATE)
    assert not operator.audience.can(Capability.APPOINT)
    verbs = list(Event.objects.filter(verb__startswith="operator.").order_by("at").values_list("verb", flat=True))
    assert verbs == ["operator.moved", "operator.agreed", "operator.agreed"]
    assert Event.objects.filter(verb="grant.made", facts__source="motion", facts__office="operator").count() == 1


def test_the_office_ends_in_the_same_way_and_what_was_done_stays(heads: dict[str, User]) -> None:
    operator = heads["operator"]
    motion = moved(heads, "VN", operator, ends=True)
    assert [give_word(motion, by=heads[home]) for home in ("KH", "TH")] == [False, True]
    assert not rules.is_operator(operator)
    assert Grant.objects.get(user=operator, office=Office.OPERATOR).ends_on == timezone.now().date()
    assert Event.objects.get(verb="grant.ended").facts["office"] == "operator"


def test_the_other_heads_are_told_once_and_nobody_else(heads: dict[str, User]) -> None:
    motion = moved(heads, "LA")
    told = Letter.objects.filter(template="operator_moved")
    others = {user for who, user in heads.items() if who.removeprefix("second ") in SIX and who != "LA"}
    assert {letter.user for letter in told} == others
    give_word(motion, by=heads["KH"])
    assert told.count() == len(others)


@pytest.mark.parametrize("who", ["officer", "member", "operator", "person"])
def test_nobody_but_heads_moves_agrees_or_withdraws(heads: dict[str, User], who: str) -> None:
    by = heads.get(who) or make.person("TH")
    assert refused(lambda: move_operator(account(), ends=False, reason="Why not.", by=by)) == [
        "Only heads of focal points can do this."
    ]
    motion = moved(heads)
    assert refused(lambda: give_word(motion, by=by)) == ["Only heads of focal points can do this."]
    assert len(refused(lambda: withdraw_motion(motion, by=by))) == 1


def test_a_country_has_one_word_whoever_gives_it(heads: dict[str, User]) -> None:
    motion = moved(heads, "KH")
    assert refused(lambda: give_word(motion, by=heads["KH"])) == ["Your country has agreed to this already."]
    assert refused(lambda: give_word(motion, by=heads["second KH"])) == ["Your country has agreed to this already."]
    assert not rules.is_operator(motion.person)


def test_nobody_moves_or_agrees_for_themselves(heads: dict[str, User]) -> None:
    head = heads["CN"]
    head.emailaddress_set.create(email=head.email, verified=True, primary=True)  # type: ignore[attr-defined]
    assert refused(lambda: moved(heads, "CN", head)) == ["Nobody proposes this for themselves."]
    motion = moved(heads, "TH", head)
    assert refused(lambda: give_word(motion, by=head)) == ["Nobody agrees to their own appointment or end."]


def test_before_the_opening_the_set_up_appoints_and_no_motion_is_made() -> None:
    head = make.head("LA")
    assert len(refused(lambda: move_operator(account(), ends=False, reason="Early.", by=head))) == 1


@pytest.mark.parametrize(
    "person", [lambda: make.person("TH"), lambda: account(is_sample=True), lambda: account(is_active=False)]
)
def test_only_confirmed_accounts_of_real_people_become_operators(
    heads: dict[str, User], person: Callable[[], User]
) -> None:
    one = person()
    assert refused(lambda: moved(heads, "LA", one)) == ["There is no confirmed account with this address."]


def test_who_is_operator_is_not_appointed_and_who_is_none_is_not_ended(heads: dict[str, User]) -> None:
    operator = heads["operator"]
    operator.emailaddress_set.create(email=operator.email, verified=True, primary=True)  # type: ignore[attr-defined]
    assert refused(lambda: moved(heads, "LA", operator)) == ["This person is operator already."]
    assert refused(lambda: moved(heads, "LA", account(), ends=True)) == ["This person is no operator."]


def test_one_motion_a_person_at_a_time_and_none_after_its_end(heads: dict[str, User]) -> None:
    motion = moved(heads, "LA")
    assert refused(lambda: moved(heads, "VN", motion.person)) == ["There is a proposal about this person already."]
    assert refused(lambda: withdraw_motion(motion, by=heads["VN"])) == [
        "Only the head of the focal point that proposed this can withdraw it."
    ]
    withdraw_motion(motion, by=heads["LA"])
    assert refused(lambda: give_word(motion, by=heads["TH"])) == ["This proposal has ended already."]
    again = moved(heads, "VN", motion.person)
    assert list(again.words.values_list("home", flat=True)) == ["VN"]


def test_a_head_whose_office_ended_gives_no_word(heads: dict[str, User]) -> None:
    motion = moved(heads, "LA")
    gone = heads["TH"]
    end_grant(gone.grants.get(), by=heads["second TH"])
    assert refused(lambda: give_word(motion, by=User.objects.get(pk=gone.pk))) == [
        "Only heads of focal points can do this."
    ]


def test_who_left_meanwhile_becomes_no_operator(heads: dict[str, User]) -> None:
    motion = moved(heads, "LA")
    give_word(motion, by=heads["TH"])
    remove(motion.person, by=motion.person)
    assert refused(lambda: give_word(motion, by=heads["VN"])) == [
        "This proposal has ended already.",
        "There is no confirmed account with this address.",
    ]
    assert not rules.is_operator(motion.person)
    motion.refresh_from_db()
    assert (motion.withdrawn_at is not None, motion.reason) == (True, "–")  # what was said of the person goes
    assert Event.objects.filter(verb="operator.withdrawn").count() == 1


def test_the_database_holds_to_it(heads: dict[str, User]) -> None:
    motion = moved(heads, "LA")
    now = timezone.now()
    for wrong in (
        lambda: OperatorWord.objects.create(motion=motion, home="LA", given_by=heads["TH"]),
        lambda: OperatorWord.objects.create(motion=motion, home="TH", given_by=heads["LA"]),
        lambda: OperatorWord.objects.create(motion=motion, home="xx", given_by=heads["TH"]),
        lambda: OperatorMotion.objects.create(person=motion.person, moved_by=heads["TH"], home="TH", reason="Again."),
        lambda: OperatorMotion.objects.create(person=account(), moved_by=heads["TH"], home="TH", reason=""),
        lambda: OperatorMotion.objects.create(
            person=account(), moved_by=heads["TH"], home="TH", reason="Both.", decided_at=now, withdrawn_at=now
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
