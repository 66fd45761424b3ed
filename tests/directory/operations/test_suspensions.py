"""Suspending an organisation: who may, what stops in the directory, what stays, and that all of it comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from corridor.directory import rules
from corridor.directory.models import (
    Facility,
    FacilityClosing,
    FocalPoint,
    Merge,
    Network,
    NetworkMembership,
    Objection,
    Organisation,
    OrganisationSuspension,
    Vouching,
)
from corridor.directory.operations import facilities, membership, merging, networks, organisations
from corridor.directory.operations.suspensions import lift_suspension, object_to, suspend_organisation
from corridor.directory.states import NetworkMembershipState
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Letter, User
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope
from corridor.language.models import Passage
from tests import make, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("model")]
WHY = "Several people were asked for money in its name."
SUSPENDED = "This organisation is suspended. Until that is lifted, nothing is begun, answered or published for it."
RESTS = "This organisation takes no part here at present."


def suspended(home: str = "LA", **facts: object) -> Organisation:
    """An organisation that an officer of its country suspended."""
    made = make.organisation(home, **facts)
    suspend_organisation(made, by=make.officer(home), reason=WHY)
    return made


def again(user: User) -> User:
    """A person as the next request reads them."""
    return User.objects.get(pk=user.pk)


def ex_officer() -> User:
    """Somebody whose office has ended."""
    user = make.officer("LA")
    make.end(user)
    return again(user)


def without_second_factor() -> User:
    """An officer who has no second factor any more."""
    user = make.officer("LA")
    user.authenticator_set.all().delete()  # type: ignore[attr-defined]
    return again(user)


OTHERS: dict[str, Callable[[Organisation], User]] = {
    "an officer of another country": lambda _of: make.officer("TH"),
    "the head of another country": lambda _of: make.head("CN"),
    "the operator": lambda _of: make.operator(),
    "a member of it": make.member,
    "its manager": make.manager,
    "a member of the country": lambda _of: make.member(home="LA"),
    "somebody whom nobody confirmed": lambda _of: make.person("LA"),
    "an officer without second factor": lambda _of: without_second_factor(),
    "somebody who was an officer": lambda _of: ex_officer(),
}


@pytest.mark.parametrize("who", OTHERS.values(), ids=OTHERS)
def test_nobody_else_suspends_or_lifts(who: Callable[[Organisation], User]) -> None:
    free, held = make.organisation("LA"), suspended("LA")
    for_free, for_held = who(free), who(held)
    with pytest.raises(Refused):
        suspend_organisation(free, by=for_free, reason=WHY)
    with pytest.raises(Refused):
        lift_suspension(held, by=for_held)
    assert [one.acts for one in (Organisation.objects.get(pk=one.pk) for one in (free, held))] == [True, False]
    assert OrganisationSuspension.objects.filter(lifted_at=None).get().organisation == held
    assert Event.objects.filter(verb__startswith="organisation.suspen").count() == 1


def test_officers_and_heads_of_its_country_suspend_and_lift_and_both_stay() -> None:
    organisation, officer, head = make.organisation("LA"), make.officer("LA"), make.head("LA")
    made = suspend_organisation(organisation, by=officer, reason=WHY)
    assert (organisation.acts, organisation.is_suspended, organisation.stands) == (False, True, True)
    lift_suspension(organisation, by=head)
    made.refresh_from_db()
    assert (organisation.acts, made.suspended_by, made.reason, made.lifted_by) == (True, officer, WHY, head)
    assert made.lifted_at is not None
    verbs = ["organisation.suspended", "organisation.suspension_lifted"]
    assert [(e.verb, e.by_id) for e in Event.objects.about(organisation).filter(verb__in=verbs)] == [
        (verbs[0], officer.pk),
        (verbs[1], head.pk),
    ]
    suspend_organisation(organisation, by=head, reason="Again.")
    assert organisation.suspensions.count() == 2


def test_those_who_speak_for_it_are_told_why_and_that_it_was_lifted() -> None:
    organisation = make.organisation("LA")
    people = [make.member(organisation), make.manager(organisation)]
    gone = make.member(organisation)
    make.end(gone)
    make.member(make.organisation("LA"))
    suspend_organisation(organisation, by=make.officer("LA"), reason=WHY)
    lift_suspension(organisation, by=make.officer("LA"))
    told = Letter.objects.order_by("created_at", "pk").values_list("template", "user")
    assert sorted(told) == sorted(
        (template, person.pk) for template in ("organisation_suspended", "organisation_lifted") for person in people
    )
    assert {row.facts.get("reason", "") for row in Letter.objects.filter(template="organisation_suspended")} == {WHY}


def test_a_ministry_that_is_a_focal_point_is_not_suspended() -> None:
    ministry = FocalPoint.objects.filter(home="LA", ends_on=None).first()
    if ministry is None:
        held = make.organisation("LA", type="ministry")
        ministry = FocalPoint.objects.create(home="LA", organisation=held, starts_on=make.today())
    with pytest.raises(Refused) as refusal:
        suspend_organisation(ministry.organisation, by=make.head("LA"), reason=WHY)
    assert "focal point itself" in str(refusal.value)
    assert OrganisationSuspension.objects.count() == 0


def test_it_is_suspended_once_at_a_time_and_only_what_stands() -> None:
    organisation = suspended()
    with pytest.raises(Refused) as refusal:
        suspend_organisation(organisation, by=make.officer("LA"), reason=WHY)
    assert str(refusal.value) == "This organisation is suspended already."
    lift_suspension(organisation, by=make.officer("LA"))
    with pytest.raises(Refused) as refusal:
        lift_suspension(organisation, by=make.officer("LA"))
    assert str(refusal.value) == "This organisation is not suspended."
    gone = make.organisation("LA")
    merging.merge(organisation, gone, by=make.officer("LA"), reason="One body.")
    with pytest.raises(Refused):
        suspend_organisation(gone, by=make.officer("LA"), reason=WHY)
    assert organisation.suspensions.count() == 1


def test_nobody_lifts_the_suspension_of_the_organisation_they_speak_for() -> None:
    organisation, officer = suspended(), make.officer("LA")
    grant(
        officer, Office.MEMBER, over=(Scope.ORGANISATION, organisation.pk), home="LA", by=None, reason="set-up"
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        lift_suspension(organisation, by=again(officer))
    assert "Another officer decides" in str(refusal.value)
    assert Organisation.objects.get(pk=organisation.pk).is_suspended


@transaction.atomic
def at_once(act: Callable[[], object]) -> None:
    """Do something, and let the database look at it as at the end of a transaction."""
    act()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def fails(act: Callable[[], object]) -> str:
    """The constraint that keeps something from being written."""
    with pytest.raises(IntegrityError) as error:
        at_once(act)
    return str(error.value).split('constraint "')[1].split('"')[0]


def test_the_database_itself_keeps_row_and_pointer_together() -> None:
    officer, organisation, other = make.officer("LA"), suspended(), make.organisation("LA")
    row = organisation.suspensions.get()
    rows = OrganisationSuspension.objects.filter(pk=row.pk)
    facts = {"suspended_by": officer, "reason": WHY}
    assert [
        fails(lambda: OrganisationSuspension.objects.create(organisation=organisation, **facts)),
        fails(lambda: OrganisationSuspension.objects.create(organisation=other, **facts)),
        fails(lambda: Organisation.objects.filter(pk=other.pk).update(suspension=row)),
        fails(lambda: Organisation.objects.filter(pk=organisation.pk).update(suspension=None)),
        fails(lambda: rows.update(lifted_by=officer, lifted_at=timezone.now())),
        fails(lambda: rows.update(lifted_at=timezone.now())),
        fails(lambda: rows.update(lifted_by=officer)),
        fails(lambda: rows.update(reason="")),
        fails(lambda: Organisation.objects.filter(pk=organisation.pk).update(merged_into=other)),
        fails(lambda: Objection.objects.create(suspension=row, said_by=officer, text="")),
    ] == [
        "organisation_suspension_one_in_force",
        "organisation_suspension_in_force_is_pointed_to",
        "organisation_points_to_a_suspension_in_force",
        "organisation_suspension_in_force_is_pointed_to",
        "organisation_points_to_a_suspension_in_force",
        "organisation_suspension_lifted_wholly",
        "organisation_suspension_lifted_wholly",
        "organisation_suspension_has_reason",
        "organisation_merged_is_not_suspended",
        "objection_says_something",
    ]
    assert Organisation.objects.filter(suspension__isnull=False, acts=F("stands")).count() == 0


def test_an_invented_entry_is_taken_away_with_its_suspensions() -> None:
    organisation = suspended(is_sample=True)
    object_to(organisation.suspensions.get(), by=make.member(organisation), text="No.")
    at_once(lambda: Organisation.objects.filter(pk=organisation.pk).delete())
    assert (OrganisationSuspension.objects.count(), Objection.objects.count()) == (0, 0)


def test_somebody_who_speaks_for_it_answers_once_and_the_officer_is_told() -> None:
    organisation, officer = make.organisation("LA"), make.officer("LA")
    one, other = make.member(organisation), make.manager(organisation)
    against = suspend_organisation(organisation, by=officer, reason=WHY)
    object_to(against, by=one, text="It was somebody else. ກະລຸນາ")
    with pytest.raises(Refused) as refusal:
        object_to(against, by=other, text="And again.")
    assert str(refusal.value) == "This organisation has answered already."
    assert [(o.said_by, o.text) for o in Objection.objects.all()] == [(one, "It was somebody else. ກະລຸນາ")]
    assert list(Letter.objects.filter(template="organisation_objected").values_list("user", flat=True)) == [officer.pk]


def test_nobody_else_answers_and_nobody_after_it_was_lifted() -> None:
    organisation = make.organisation("LA")
    own, gone = make.member(organisation), make.member(organisation)
    against = suspend_organisation(organisation, by=make.officer("LA"), reason=WHY)
    make.end(gone)
    others = [make.officer("LA"), make.operator(), make.person("LA"), make.member(home="LA"), again(gone)]
    for other in others:
        with pytest.raises(Refused):
            object_to(against, by=other, text="No.")
    lift_suspension(organisation, by=make.officer("LA"))
    with pytest.raises(Refused):
        object_to(against, by=own, text="Too late.")
    assert Objection.objects.count() == 0


def reasons(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    """Why something was refused."""
    return [str(one) for one in refusal.value.reasons]


def test_facilities_leave_lists_and_index_at_once_and_come_back() -> None:
    organisation = make.organisation("LA")
    facility = make.facility(organisation)
    waiting.do_all()
    assert set(Passage.objects.values_list("kind", flat=True)) == {"organisation", "facility"}
    suspend_organisation(organisation, by=make.officer("LA"), reason=WHY)
    own, stranger = make.member(organisation), make.member(home="LA")
    # before any job has run
    assert set(Passage.objects.filter(owner=str(organisation.pk)).values_list("kind", flat=True)) == {"organisation"}
    assert (Facility.objects.open().count(), Facility.objects.visible_to(None).count()) == (0, 0)
    readers = [own, make.officer("LA"), stranger, make.officer("TH"), make.operator()]
    assert [Facility.objects.visible_to(one).count() for one in readers] == [1, 1, 0, 0, 0]
    waiting.do_all()
    assert Passage.objects.filter(kind="facility").count() == 0
    lift_suspension(organisation, by=make.officer("LA"))
    waiting.do_all()
    assert list(Facility.objects.open()) == [facility]
    assert Passage.objects.filter(kind="facility").count() == 1


def test_nothing_is_offered_for_it_and_what_is_offered_can_be_closed() -> None:
    organisation = make.organisation("LA")
    facility, closed = make.facility(organisation), make.facility(organisation)
    manager, officer = make.manager(organisation), make.officer("LA")
    facilities.close(closed, by=manager, reason="Broken.")
    suspend_organisation(organisation, by=officer, reason=WHY)
    for by in (manager, officer):
        for act in (
            lambda by=by: facilities.add(organisation, by=by, kind="equipment", name="A new one"),
            lambda by=by: facilities.mend(facility, by=by, name="Another name"),
            lambda by=by: facilities.reopen(closed, by=by),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert reasons(refusal) == [SUSPENDED]
    assert (Facility.objects.count(), FacilityClosing.objects.count()) == (2, 1)
    facilities.close(facility, by=manager, reason="Sold.")
    assert FacilityClosing.objects.count() == 2


def test_its_entry_stays_and_only_the_focal_point_mends_it() -> None:
    organisation = make.organisation("LA")
    manager, officer = make.manager(organisation), make.officer("LA")
    suspend_organisation(organisation, by=officer, reason=WHY)
    with pytest.raises(Refused) as refusal:
        organisations.edit_organisation(organisation, by=manager, about="Pay here.")
    assert reasons(refusal) == [SUSPENDED]
    organisations.edit_organisation(organisation, by=officer, about="A cooperative.")
    waiting.do_all()
    assert Organisation.objects.standing().get(pk=organisation.pk).about == "A cooperative."
    assert Passage.objects.filter(kind="organisation", record_id=organisation.pk).count() == 1


def test_it_confirms_no_colleagues_and_its_officers_still_do() -> None:
    organisation = make.organisation("LA", is_verified=True)
    manager, officer = make.manager(organisation), make.officer("LA")
    asked = make.request(make.person("LA"), of=organisation)
    suspend_organisation(organisation, by=officer, reason=WHY)
    organisation.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        membership.answer_membership(asked, by=manager, is_confirmed=True, reason="A colleague.")
    assert (reasons(refusal), Vouching.objects.count()) == ([SUSPENDED], 0)
    membership.answer_membership(asked, by=officer, is_confirmed=True, reason="Known.")
    assert Vouching.objects.count() == 1


def test_it_founds_joins_invites_and_answers_in_no_network() -> None:
    convenor, other = make.organisation("LA", is_verified=True), make.organisation("TH", is_verified=True)
    network, elsewhere = make.network(convenor), make.network(other)
    asked = networks.ask_to_join(network, other, by=make.manager(other))
    invited = networks.invite(elsewhere, convenor, by=make.manager(other))
    manager, officer, others = make.manager(convenor), make.officer("LA"), make.manager(other)
    suspend_organisation(convenor, by=officer, reason=WHY)
    before = (Network.objects.count(), NetworkMembership.objects.count())
    new = make.organisation("LA")
    for act in (
        lambda: networks.found_network(convenor, by=manager, name="N", about="A"),
        lambda: networks.edit_network(network, by=manager, name="Else"),
        lambda: networks.invite(network, new, by=manager),
        lambda: networks.answer_network_membership(asked, by=manager, agrees=True),
        lambda: networks.answer_network_membership(invited, by=manager, agrees=True),
        lambda: networks.close_network(network, by=manager),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert reasons(refusal) == [SUSPENDED]
    with pytest.raises(Refused) as refusal:
        networks.invite(make.network(other, name="Third"), convenor, by=others)
    assert reasons(refusal) == [RESTS]
    assert (Network.objects.count(), NetworkMembership.objects.count()) == (before[0] + 1, before[1] + 1)
    assert {asked.state, invited.state} == {NetworkMembershipState.ASKED, NetworkMembershipState.INVITED}
    lift_suspension(convenor, by=officer)
    networks.answer_network_membership(invited, by=manager, agrees=True)
    assert NetworkMembership.objects.get(pk=invited.pk).state == NetworkMembershipState.JOINED


def test_it_leaves_a_network_and_its_officers_hand_one_over_that_it_convenes() -> None:
    convenor, other = make.organisation("LA", is_verified=True), make.organisation("TH")
    network = make.network(convenor)
    joined = make.joined(network, other)
    manager, officer = make.manager(convenor), make.officer("LA")
    suspend_organisation(convenor, by=officer, reason=WHY)
    with pytest.raises(Refused):
        networks.hand_over(joined, by=manager)
    with pytest.raises(Refused):
        networks.hand_over(joined, by=make.officer("TH"))
    networks.hand_over(joined, by=officer)
    network.refresh_from_db()
    assert network.convenor == other
    own = network.memberships.get(organisation=convenor)
    networks.end_membership(own, by=manager, reason="We leave.")
    assert own.state == NetworkMembershipState.LEFT


def test_a_suspended_entry_is_not_merged_and_no_merge_into_it_undone_until_it_is_lifted() -> None:
    officer = make.officer("LA")
    held, other, gone = suspended(), make.organisation("LA"), make.organisation("LA")
    for kept, goes in ((held, other), (other, held)):
        with pytest.raises(Refused) as refusal:
            merging.merge(kept, goes, by=officer, reason="One body.")
        assert "is suspended" in str(refusal.value)
    made = merging.merge(other, gone, by=officer, reason="One body.")
    suspend_organisation(other, by=officer, reason=WHY)
    with pytest.raises(Refused):
        merging.undo(made, by=officer, reason="Two bodies.")
    assert (Merge.objects.count(), Organisation.objects.get(pk=gone.pk).merged_into_id) == (1, other.pk)
    lift_suspension(other, by=officer)
    lift_suspension(held, by=officer)
    merging.merge(other, held, by=officer, reason="One body.")
    # what was decided about the entry that went stays there
    assert [list(one.suspensions.values_list("reason", flat=True)) for one in (held, other)] == [[WHY], [WHY]]
    assert held.suspensions.get().organisation_id == held.pk


def test_why_is_read_by_its_own_people_and_its_officers_only() -> None:
    organisation = suspended()
    knowing = [make.member(organisation), make.manager(organisation), make.officer("LA"), make.head("LA")]
    others = [make.officer("TH"), make.operator(), make.member(home="LA"), ex_officer(), without_second_factor()]
    assert [rules.knows_why(one, organisation) for one in (*knowing, *others)] == [True] * 4 + [False] * 5
    assert {str(rules.takes_part(organisation, one).reasons[0]) for one in knowing} == {SUSPENDED}
    assert {str(rules.takes_part(organisation, one).reasons[0]) for one in others} == {RESTS}
