"""A lost second factor: two officers let somebody in again, recorded, and the person is told and can stop it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from corridor.directory.models import Recovery
from corridor.directory.operations import recovery
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Letter, User
from tests import make

pytestmark = pytest.mark.django_db
WHY = "We spoke at the counter and I know him."


def lost(home: str = "LA") -> User:
    """A member who had a second factor."""
    return make.second_factor(make.member(home=home))


def begun(user: User, by: User | None = None) -> Recovery:
    """One officer said so."""
    return recovery.begin_recovery(user, by=by or make.officer("LA"), home="LA", reason=WHY)


def test_two_officers_take_it_away_and_the_person_is_told_twice() -> None:
    user = lost()
    made = begun(user)
    assert user.authenticator_set.count() == 1, "one alone takes nothing away"
    recovery.agree_to_recovery(made, by=make.officer("LA"))
    assert user.authenticator_set.count() == 0
    assert list(Letter.objects.filter(user=user).values_list("template", flat=True)) == [
        "recovery_begun",
        "recovery_agreed",
    ]
    assert [event.verb for event in Event.objects.about(made)] == ["recovery.begun", "recovery.agreed"]


def test_the_same_officer_does_not_count_twice() -> None:
    user, officer = lost(), make.officer("LA")
    made = begun(user, officer)
    with pytest.raises(Refused):
        recovery.agree_to_recovery(made, by=officer)
    assert user.authenticator_set.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=made.pk).update(agreed_by=officer, agreed_at=made.created_at)


def test_nobody_lets_themselves_in() -> None:
    officer = make.officer("LA")
    with pytest.raises(Refused):
        begun(officer, officer)
    made = begun(officer, make.head("LA"))
    with pytest.raises(Refused):
        recovery.agree_to_recovery(made, by=officer)
    assert officer.authenticator_set.count() == 1


def test_officers_of_other_countries_and_operators_do_not() -> None:
    user = lost()
    make.officer("LA")
    make.officer("LA")
    for other in (make.officer("VN"), make.head("VN"), make.operator(), make.member(home="LA")):
        with pytest.raises(Refused):
            begun(user, other)
    made = begun(user)
    for other in (make.officer("VN"), make.head("VN"), make.operator()):
        with pytest.raises(Refused):
            recovery.agree_to_recovery(made, by=other)
    assert user.authenticator_set.count() == 1


def test_where_too_few_sit_a_head_of_another_country_is_the_second() -> None:
    head = make.head("LA")
    made = begun(head, make.officer("LA"))
    with pytest.raises(Refused):
        recovery.agree_to_recovery(made, by=make.officer("VN"))
    recovery.agree_to_recovery(made, by=make.head("VN"))
    assert head.authenticator_set.count() == 0
    assert User.objects.get(pk=head.pk).audience.resting != ()


def test_an_officer_whose_office_rests_lets_nobody_in() -> None:
    user, officer = lost(), make.officer("LA")
    officer.authenticator_set.all().delete()
    with pytest.raises(Refused):
        begun(user, User.objects.get(pk=officer.pk))
    assert not Recovery.objects.exists()


def test_the_country_that_somebody_only_says_they_are_of_does_not_count_once_they_hold_an_office() -> None:
    user = lost("VN")
    User.objects.filter(pk=user.pk).update(home="LA")
    with pytest.raises(Refused):
        begun(User.objects.get(pk=user.pk))
    assert not Recovery.objects.exists()


def test_the_person_stops_it() -> None:
    user = lost()
    made = begun(user)
    recovery.stop_recovery(made, by=user)
    with pytest.raises(Refused):
        recovery.agree_to_recovery(made, by=make.officer("LA"))
    assert user.authenticator_set.count() == 1


def test_who_has_no_second_factor_has_none_to_lose() -> None:
    with pytest.raises(Refused):
        begun(make.member(home="LA"))
    assert not Recovery.objects.exists()


def test_begun_twice_it_is_one() -> None:
    user = lost()
    assert begun(user).pk == begun(user).pk
