"""Offices of the six on pages: all six see every appointment and end; confirming, inviting, taking up, letting in again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corridor.directory.models import Invitation, Recovery
from corridor.directory.operations import offices, recovery
from corridor.kernel.models import Grant, User
from corridor.kernel.operations import end_grant
from corridor.kernel.states import Office
from tests import make
from tests.directory.operations.test_offices import accepted, invited, ministry, works_there

As = Callable[..., Client]
SIX = ("KH", "CN", "LA", "MM", "TH", "VN")


@pytest.fixture(autouse=True)
def _ministries(db: None) -> None:
    for home in SIX:
        ministry(home)


@pytest.mark.parametrize("home", SIX)
def test_every_focal_point_sees_every_appointment_and_end(as_: As, home: str) -> None:
    head = make.head("LA", name="Head Invented")
    gone = make.officer("VN", name="Gone Invented")
    end_grant(gone.grants.get(), by=make.head("VN"))
    page = as_(make.officer(home)).get(reverse("offices-of-six")).content.decode()
    assert ("Head Invented" in page, "Gone Invented" in page, "the office ended" in page) == (True, True, True)
    assert page.index("Cambodia") < page.index("China") < page.index("Viet Nam")
    assert str(head.email) not in page


@pytest.mark.parametrize("who", [make.person, make.member, make.operator, None])
def test_nobody_else_sees_it(as_: As, who: Callable[..., User] | None) -> None:
    answer = as_(who() if who else None).get(reverse("offices-of-six"))
    assert answer.status_code == (403 if who else 302)


def test_heads_confirm_on_the_page_and_the_second_word_makes_the_head(as_: As) -> None:
    one = accepted("TH")
    url = reverse("office-confirmation", args=[one.pk])
    for home in ("KH", "VN"):
        page = as_(make.head(home)).get(reverse("offices-of-six")).content.decode()
        assert one.acceptance.accepted_by.email in page
    assert as_(make.officer("KH")).post(url).status_code == 403
    assert not Grant.objects.filter(home="TH").exists()
    for home in ("KH", "VN"):
        assert (
            as_(User.objects.get(grants__home=home, grants__office=Office.FOCAL_POINT_HEAD)).post(url).status_code
            == 302
        )
    assert Grant.objects.get(home="TH").office == Office.FOCAL_POINT_HEAD
    page = as_(make.head("CN")).get(reverse("offices-of-six")).content.decode()
    assert "Cambodia, Viet Nam" in " ".join(page.split())


def test_who_was_invited_confirms_others_until_the_opening(as_: As) -> None:
    mine, other = accepted("LA"), accepted("TH")
    client = as_(mine.acceptance.accepted_by)
    assert client.get(reverse("offices-of-six")).status_code == 200
    client.post(reverse("office-confirmation", args=[other.pk]))
    assert list(other.acceptance.confirmations.values_list("home", flat=True)) == ["LA"]
    assert client.post(reverse("office-confirmation", args=[mine.pk])).status_code == 403


def test_a_head_invites_where_none_sits_and_wrong_words_come_back(as_: As) -> None:
    client = as_(make.head("KH"))
    url = reverse("office-invitations")
    wrong = client.post(url, {"home": "TH", "address": "x@elsewhere.example"})
    assert "x@elsewhere.example" in wrong.content.decode()
    assert "An invitation goes only to an address of the ministry" in wrong.content.decode()
    assert client.post(url, {"home": "", "address": "x"}).status_code == 200
    assert not Invitation.objects.exists()
    assert client.post(url, {"home": "TH", "address": "x@ministry-th.example"})["Location"] == reverse("offices-of-six")
    assert Invitation.objects.get().home == "TH"


def test_opening_the_sealed_letter_takes_nothing_up_and_the_button_does_once(as_: As) -> None:
    made = invited("LA")
    url = reverse("office-invitation", args=[offices.seal(made)])
    assert as_().get(url)["Location"] == f"{reverse('account_login')}?next={url}"
    person = works_there("LA")
    page = as_(person).get(url).content.decode()
    assert "Take it up" in page
    assert not Invitation.objects.get().is_accepted
    assert as_(person).post(url)["Location"] == reverse("desk")
    assert as_(works_there("LA")).post(url).status_code == 403
    assert Invitation.objects.get().acceptance.accepted_by == person


def test_a_stranger_with_the_letter_is_told_why_not(as_: As) -> None:
    url = reverse("office-invitation", args=[offices.seal(invited("LA"))])
    stranger = make.person("LA")
    page = as_(stranger).get(url).content.decode()
    assert "Sign in with a confirmed address of the ministry" in page
    assert "Set up a second factor first." in page
    assert "open the link in the letter again" in page
    assert as_(stranger).post(url).status_code == 403
    assert not Invitation.objects.get().is_accepted


def test_a_spoilt_letter_is_not_found(as_: As) -> None:
    assert as_(make.person()).get(reverse("office-invitation", args=["nonsense"])).status_code == 404


def test_a_head_withdraws_an_invitation(as_: As) -> None:
    made = accepted("TH")
    url = reverse("office-invitation-withdrawal", args=[made.pk])
    assert as_(make.officer("KH")).post(url).status_code == 403
    assert as_(make.head("KH")).post(url).status_code == 302
    assert Invitation.objects.get().withdrawn_at is not None


def test_the_page_takes_as_many_queries_for_many_as_for_few(as_: As) -> None:
    client = as_(make.head("LA"))

    def queries() -> int:
        client.get(reverse("offices-of-six"))
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(reverse("offices-of-six")).status_code == 200
        return len(caught)

    before = queries()
    for home in SIX:
        make.officer(home)
        make.head(home)
    assert queries() == before


def test_two_officers_let_somebody_in_again_on_the_page(as_: As) -> None:
    user = make.second_factor(make.member(home="LA", email="lost@mail.example"))
    said = {"home": "LA", "email": "LOST@mail.example", "reason": "We spoke."}
    first, second = make.officer("LA"), make.officer("LA")
    url = reverse("country-desk-recoveries")
    assert as_(make.officer("VN")).post(url, said).status_code == 200
    assert as_(first).post(url, {**said, "email": "no@mail.example"}).status_code == 200
    assert not Recovery.objects.exists()
    assert as_(first).post(url, said).status_code == 302
    agree = reverse("country-desk-recovery-agreement", args=[Recovery.objects.get().pk])
    assert as_(first).post(agree).status_code == 403
    assert as_(make.officer("VN")).post(agree).status_code == 404
    assert user.authenticator_set.count() == 1
    assert as_(second).post(agree).status_code == 302
    assert user.authenticator_set.count() == 0


def test_the_person_sees_it_and_stops_it(as_: As) -> None:
    user = make.second_factor(make.member(home="LA"))
    made = recovery.begin_recovery(user, by=make.officer("LA", name="Officer Invented"), home="LA", reason="x")
    assert "Officer Invented says that you have lost" in as_(user).get(reverse("account")).content.decode()
    assert as_(make.member()).post(reverse("recovery-stop", args=[made.pk])).status_code == 404
    assert as_(user).post(reverse("recovery-stop", args=[made.pk]))["Location"] == reverse("account")
    assert not Recovery.objects.get().is_waiting


def test_every_language_has_the_pages(as_: As) -> None:
    head = make.head("LA")
    accepted("TH")
    url = reverse("office-invitation", args=[offices.seal(invited("MM"))])
    for language in ("en", "km", "lo", "my", "th", "vi", "zh-hans"):
        client = as_(head, language)
        for path in (reverse("offices-of-six"), reverse("country-desk-recoveries"), url):
            assert client.get(path).status_code == 200
