"""Asking to be confirmed, and vouching for people: by whom, and what a refusal leaves as it was."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from corridor.directory.models import Country, MembershipRequest, Vouching
from corridor.directory.operations.membership import (
    answer_membership,
    ask_membership,
    set_machine_translation,
    set_publishing,
)
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Grant, Letter, User
from corridor.kernel.states import Office
from tests import make, waiting

pytestmark = pytest.mark.django_db


def nothing_happened(request: MembershipRequest) -> bool:
    """The request waits as before: nobody vouched, no office was given, nobody was written to, no job waits."""
    request.refresh_from_db()
    given = Grant.objects.filter(user=request.user).count()
    told = Letter.objects.count() + len(waiting.waiting("kernel.post_letter"))
    events = Event.objects.about(request).values_list("verb", flat=True)
    return (request.state, Vouching.objects.count(), given, told, list(events)) == (
        "waiting", 0, 0, 0, ["membership.asked"],
    )  # fmt: skip


def test_an_officer_confirms_a_member_of_the_country():
    officer, person = make.officer("LA"), make.person("LA")
    request = make.request(person)
    vouching = answer_membership(request, by=officer, is_confirmed=True, reason="I saw her papers.")
    request.refresh_from_db()
    held = Grant.objects.get(user=person)
    assert (request.state, vouching.vouched_by, vouching.reason) == ("confirmed", officer, "I saw her papers.")
    assert (held.office, held.scope, held.scope_id, held.home) == ("member", "country", "LA", "LA")
    assert User.objects.get(pk=person.pk).audience.is_member is True
    assert [e.verb for e in Event.objects.about(request)] == ["membership.asked", "membershiprequest.confirmed"]
    assert Letter.objects.values_list("user", "template").get() == (person.pk, "membership_confirmed")


def test_a_verified_organisation_confirms_its_own_people():
    own = make.organisation("LA", is_verified=True)
    person = make.person("LA")
    request = make.request(person, of=own)
    answer_membership(request, by=make.manager(own), is_confirmed=True, reason="She works with us.")
    held = Grant.objects.get(user=person)
    assert (held.office, held.scope, held.scope_id) == ("member", "organisation", str(own.pk))


def test_a_focal_point_makes_somebody_the_manager_of_an_organisation():
    own, person = make.organisation("LA"), make.person("LA")
    request = make.request(person, of=own)
    answer_membership(request, by=make.officer("LA"), is_confirmed=True, reason="Named by letter.", as_manager=True)
    assert Grant.objects.get(user=person).office == Office.ORGANISATION_MANAGER


def test_an_organisation_cannot_make_its_own_managers():
    own = make.organisation("LA", is_verified=True)
    request = make.request(make.person("LA"), of=own)
    with pytest.raises(Refused):
        answer_membership(request, by=make.manager(own), is_confirmed=True, reason="Ours.", as_manager=True)
    assert nothing_happened(request)


def test_a_declined_person_is_no_member_and_reads_why():
    person = make.person("LA")
    request = make.request(person)
    answer_membership(request, by=make.officer("LA"), is_confirmed=False, reason="Nobody there knows you.")
    letter = Letter.objects.get()
    assert (Grant.objects.filter(user=person).count(), letter.user, letter.facts["reason"]) == (
        0, person, "Nobody there knows you.",
    )  # fmt: skip


@pytest.mark.parametrize("who", ["another country's officer", "unvouched", "member", "operator", "other manager"])
def test_others_vouch_for_nobody(who):
    own = make.organisation("LA", is_verified=True)
    request = make.request(make.person("LA"), of=own)
    other = {
        "another country's officer": lambda: make.officer("KH"),
        "unvouched": lambda: make.person("LA"),
        "member": lambda: make.member(own),
        "operator": make.operator,
        "other manager": lambda: make.manager(make.organisation("LA", is_verified=True)),
    }[who]()
    with pytest.raises(Refused):
        answer_membership(request, by=other, is_confirmed=True, reason="I like her.")
    assert nothing_happened(request)


def test_nobody_vouches_for_themselves():
    own = make.organisation("LA", is_verified=True)
    manager = make.manager(own)
    request = make.request(manager, of=own)
    before = Event.objects.count()
    with pytest.raises(Refused):
        answer_membership(request, by=manager, is_confirmed=True, reason="It is me.")
    request.refresh_from_db()
    assert (request.state, Event.objects.count(), Vouching.objects.count()) == ("waiting", before, 0)


def test_vouching_needs_a_reason():
    request = make.request(make.person("LA"))
    with pytest.raises(IntegrityError), transaction.atomic():
        answer_membership(request, by=make.officer("LA"), is_confirmed=True, reason="")
    assert nothing_happened(request)


def test_asking_again_replaces_what_was_said_and_one_request_waits():
    person = make.person("LA")
    first = make.request(person)
    second = ask_membership(person, home="LA", statement="I moved to another office.", by=person)
    assert (first.pk, MembershipRequest.objects.get().statement) == (second.pk, "I moved to another office.")


def test_after_an_answer_a_person_may_ask_anew():
    person, officer = make.person("LA"), make.officer("LA")
    answer_membership(make.request(person), by=officer, is_confirmed=False, reason="Not now.")
    make.request(person)
    assert sorted(person.membership_requests.values_list("state", flat=True)) == ["declined", "waiting"]


def test_an_organisation_of_another_country_cannot_be_named():
    person = make.person("LA")
    with pytest.raises(Refused):
        ask_membership(person, home="LA", statement="Me.", organisation=make.organisation("KH"), by=person)
    assert MembershipRequest.objects.count() == 0


def test_asking_in_another_country_moves_the_person_there():
    person = make.person("LA")
    ask_membership(person, home="VN", statement="I work in Hue.", by=person)
    assert User.objects.get(pk=person.pk).home == "VN"


def test_two_requests_of_one_person_at_once_are_one(committed_db):
    person = make.person("LA")
    ready, failures = threading.Barrier(2), []

    def ask() -> None:
        try:
            ready.wait(10)
            ask_membership(User.objects.get(pk=person.pk), home="LA", statement="Me.", by=person)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failures, MembershipRequest.objects.count()) == ([], 1)


def test_two_officers_who_answer_at_once_give_one_answer(committed_db):
    request = make.request(make.person("LA"))
    ready, answers = threading.Barrier(2), []

    def answer(officer: User) -> None:
        try:
            ready.wait(10)
            mine = MembershipRequest.objects.get(pk=request.pk)
            answer_membership(mine, by=officer, is_confirmed=True, reason="Known.")
            answers.append("won")
        except Refused as refused:
            answers.append([str(reason) for reason in refused.reasons])
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[make.officer("LA")]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [["This request has been answered already."], "won"]
    assert (Vouching.objects.count(), Grant.objects.filter(user=request.user).count()) == (1, 1)


def test_the_head_decides_how_a_country_publishes_and_nobody_else():
    lao = Country.objects.get(pk="LA")
    for other in (make.officer("LA"), make.head("VN"), make.operator()):
        with pytest.raises(Refused):
            set_publishing(lao, by=other, verified_publish_themselves=True)
    assert (Country.objects.get(pk="LA").verified_publish_themselves, Event.objects.about(lao).count()) == (False, 0)
    head = make.head("LA")
    for _ in range(2):
        set_publishing(lao, by=head, verified_publish_themselves=True)
    event = Event.objects.about(lao).get()
    assert Country.objects.get(pk="LA").verified_publish_themselves is True
    assert (event.verb, event.by_id, event.facts) == ("country.publishing_set", head.pk, {"themselves": True})


def test_the_head_decides_whether_texts_may_be_sent_to_a_machine_and_nobody_else():
    lao = Country.objects.get(pk="LA")
    assert not Country.objects.filter(allows_machine_translation=True).exists()
    for other in (make.officer("LA"), make.head("VN"), make.operator()):
        with pytest.raises(Refused):
            set_machine_translation(lao, by=other, allows=True)
    assert (Country.objects.get(pk="LA").allows_machine_translation, Event.objects.about(lao).count()) == (False, 0)
    head = make.head("LA")
    for _ in range(2):
        set_machine_translation(lao, by=head, allows=True)
    event = Event.objects.about(lao).get()
    assert list(Country.objects.filter(allows_machine_translation=True)) == [lao]
    assert (event.verb, event.by_id, event.facts) == ("country.machine_translation_set", head.pk, {"allows": True})
