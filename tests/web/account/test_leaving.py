"""Taking everything along, and leaving."""

import io
import json
import zipfile

from django.test import Client

from corridor.kernel.models import User
from corridor.kernel.operations import grant
from corridor.kernel.states import Office, Scope
from tests.web.account.conftest import PASSWORD, is_signed_in, make_person

LOGIN, AGAIN = "/account/login/", "/account/reauthenticate/"
RIGHT = {"login": "somchai@example.org", "password": PASSWORD}


def proven(client: Client) -> None:
    """Signed in, and the password typed once more."""
    client.post(LOGIN, RIGHT)
    client.post(AGAIN, {"password": PASSWORD})


def test_the_archive_comes_after_the_password_and_by_a_button(near: Client, person: User) -> None:
    near.post(LOGIN, RIGHT)
    assert near.post("/account/archive/")["Location"].startswith(AGAIN)
    near.post(AGAIN, {"password": PASSWORD})
    assert near.get("/account/archive/")["Content-Type"].startswith("text/html")
    answer = near.post("/account/archive/")
    assert answer["Content-Disposition"] == 'attachment; filename="about-me.zip"'
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    assert json.loads(archive.read("about-me.json"))["me"][0]["email"] == person.email


def test_removal_says_what_stays_and_happens_only_when_one_is_sure(near: Client, person: User) -> None:
    grant(person, Office.MEMBER, over=(Scope.COUNTRY, "TH"), home="TH", by=None)
    proven(near)
    page = near.get("/account/removal/").content.decode()
    assert ("Who could decide when must stay known" in page, "Member" in page) == (True, True)
    assert near.post("/account/removal/", {}).status_code == 200
    assert User.objects.get(pk=person.pk).is_active
    assert near.post("/account/removal/", {"is_sure": "on"})["Location"] == "/"
    person.refresh_from_db()
    assert (person.name, person.is_active, is_signed_in(near)) == ("", False, False)


def test_who_left_is_signed_out_everywhere_and_does_not_come_back(near: Client, other: Client, person: User) -> None:
    other.post(LOGIN, RIGHT)
    proven(near)
    near.post("/account/removal/", {"is_sure": "on"})
    assert other.get("/account/")["Location"].startswith(LOGIN)
    other.post(LOGIN, RIGHT)
    assert not is_signed_in(other)


def test_nothing_is_removed_without_the_password(near: Client, person: User) -> None:
    near.post(LOGIN, RIGHT)
    assert near.post("/account/removal/", {"is_sure": "on"})["Location"].startswith(AGAIN)
    assert User.objects.get(pk=person.pk).is_active


def test_the_sample_is_told_why_it_stays(near: Client) -> None:
    make_person(is_sample=True)
    proven(near)
    page = near.get("/account/removal/").content.decode()
    assert "This is an account of the sample" in page
    assert near.post("/account/removal/", {"is_sure": "on"}).status_code == 403
    assert User.objects.get().is_active
