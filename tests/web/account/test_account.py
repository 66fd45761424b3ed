"""What a person sees and changes of themselves: name, country, language, offices."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import Event, Grant, User
from corridor.kernel.operations import describe, end_grant, grant
from corridor.kernel.states import Office, Scope
from tests import make

ACCOUNT = "/account/"


def test_name_country_and_language_are_changed_and_the_page_follows(near: Client, person: User) -> None:
    near.force_login(person)
    answer = near.post(ACCOUNT, {"name": " Somchai P. ", "home": "other", "language": "th"}, follow=True)
    person.refresh_from_db()
    assert (person.name, person.home, person.language) == ("Somchai P.", "", "th")
    assert answer["Content-Language"] == "th"
    assert answer.context["was_saved"] is True
    assert Event.objects.get(verb="user.described").facts == {"fields": ["name", "home", "language"]}


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(near: Client, person: User) -> None:
    near.force_login(person)
    page = near.post(ACCOUNT, {"name": "x" * 121, "home": "FR", "language": "en"})
    assert sorted(page.context["form"].errors) == ["home", "name"]
    assert "x" * 121 in page.content.decode()
    person.refresh_from_db()
    assert (person.name, person.home) == ("Somchai", "TH")


def test_saying_the_same_again_is_no_event(person: User) -> None:
    describe(person, by=person, name="Somchai", home="TH", language="en")
    assert Event.objects.count() == 0


def test_nobody_describes_somebody_else(person: User) -> None:
    with pytest.raises(Refused, match="Only the person themselves"):
        describe(person, by=make.person(), name="Other", home="TH", language="en")
    person.refresh_from_db()
    assert (person.name, Event.objects.count()) == ("Somchai", 0)


def test_offices_are_shown_with_what_they_are_over_and_their_dates(near: Client, person: User) -> None:
    own = make.organisation("TH", name="สหกรณ์กาแฟดอยช้าง", language="th")
    grant(person, Office.MEMBER, over=(Scope.ORGANISATION, own.pk), home="TH", by=None)
    grant(person, Office.OPERATOR, over=(Scope.INSTALLATION, "installation"), by=None)
    former = grant(person, Office.FOCAL_POINT_OFFICER, over=(Scope.COUNTRY, "TH"), home="TH", by=None)
    Grant.objects.filter(pk=former.pk).update(starts_on=datetime.date(2026, 1, 5))
    end_grant(former, by=person)
    near.force_login(person)
    page = near.get(ACCOUNT)
    assert [(held.office, held.over, held.over_language) for held in page.context["current"]] == [
        ("Operator", "this installation", "en"),
        ("Member", "สหกรณ์กาแฟดอยช้าง", "th"),
    ]
    assert [(held.office, held.over, held.ends_on) for held in page.context["former"]] == [
        ("Focal-point officer", "Thailand", timezone.now().date())
    ]
    assert '<span lang="th">สหกรณ์กาแฟดอยช้าง</span>' in page.content.decode()
    assert "5 January 2026" in page.content.decode()


def test_the_account_page_asks_the_database_as_often_whatever_one_holds(near: Client, person: User) -> None:
    near.force_login(person)
    make.request(person, of=make.organisation("TH"))
    asked = []
    for offices in (1, 7):
        for _ in range(offices):
            grant(person, Office.MEMBER, over=(Scope.ORGANISATION, make.organisation("TH").pk), home="TH", by=None)
        with CaptureQueriesContext(connection) as queries:
            near.get(ACCOUNT)
        asked.append([query["sql"].split(" WHERE ")[0] for query in queries])
    assert asked[0] == asked[1]
    assert len(asked[0]) <= MOST_QUESTIONS, asked[0]


# Session, person, their audience and what waits for them (for the frame); offices, organisations and their names;
# the request, its organisation's names; whether one waits; and the phone.
MOST_QUESTIONS = 11


def test_an_office_is_laid_down_after_a_question(near: Client, person: User) -> None:
    held = grant(person, Office.MEMBER, over=(Scope.COUNTRY, "TH"), home="TH", by=None)
    near.force_login(person)
    path = reverse("resignation", args=[held.pk])
    near.get(path)
    held.refresh_from_db()
    assert held.ends_on is None, "reading the question lays nothing down"
    assert near.post(path)["Location"] == ACCOUNT
    held.refresh_from_db()
    assert held.ends_on == timezone.now().date()
    assert Event.objects.filter(verb="grant.ended").count() == 1
    assert near.post(path).status_code == 404, "only once"


def test_the_office_of_somebody_else_is_not_there(near: Client, person: User) -> None:
    officer = make.officer("TH")
    near.force_login(person)
    path = reverse("resignation", args=[officer.grants.get().pk])
    assert (near.get(path).status_code, near.post(path).status_code) == (404, 404)
    assert officer.grants.get().ends_on is None
