"""The head of a focal point appoints those who review the lexicon in the country's language."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from corridor.kernel.models import Audience, Event, Grant
from corridor.kernel.states import Office
from corridor.language.operations.lexicon import languages_reviewed_by
from tests import make

As = Callable[..., Client]
SAID = {"office": "terminologist", "email": "kham@mail.example", "reason": "Teaches translation."}


def terminologists() -> list[tuple[str, str]]:
    return list(Grant.objects.current().filter(office=Office.TERMINOLOGIST).values_list("user__email", "scope_id"))


def test_whom_the_head_appoints_reviews_the_countrys_language_and_english_and_decides_nothing_else(as_: As) -> None:
    member = make.member(home="LA", email="kham@mail.example")
    assert as_(member).get(reverse("term-review")).status_code == 403
    page = as_(make.head("LA")).post(reverse("country-desk-appointment"), SAID, follow=True)
    assert "is a terminologist of this country from today." in page.content.decode()
    assert terminologists() == [("kham@mail.example", "LA")]
    assert languages_reviewed_by(member) == ["lo", "en"]
    assert Audience.of(member).offices_of == ()
    assert as_(member).get(reverse("term-review")).status_code == 200


def test_a_terminologist_stands_among_the_offices_and_the_head_ends_it(as_: As) -> None:
    make.member(home="LA", email="kham@mail.example")
    head = make.head("LA")
    as_(head).post(reverse("country-desk-appointment"), SAID)
    held = Grant.objects.get(office=Office.TERMINOLOGIST)
    assert (
        reverse("country-desk-ending", args=[held.pk])
        in as_(head).get(reverse("country-desk-members")).content.decode()
    )
    assert as_(make.officer("LA")).post(reverse("country-desk-ending", args=[held.pk])).status_code == 403
    assert terminologists() == [("kham@mail.example", "LA")]
    as_(head).post(reverse("country-desk-ending", args=[held.pk]))
    held.refresh_from_db()
    assert held.ends_on is not None


def test_nobody_is_appointed_twice_and_an_officer_may_be_one(as_: As) -> None:
    make.officer("LA", email="kham@mail.example")
    head = make.head("LA")
    as_(head).post(reverse("country-desk-appointment"), SAID)
    page = as_(head).post(reverse("country-desk-appointment"), SAID)
    assert "This person is a terminologist of this country already." in page.content.decode()
    assert "Teaches translation." in page.content.decode()
    assert terminologists() == [("kham@mail.example", "LA")]


@pytest.mark.parametrize("office", ["", "operator", "focal_point_head", "reviewer"])
def test_no_other_office_is_given_by_this_form(as_: As, office: str) -> None:
    member = make.member(home="LA", email="kham@mail.example")
    head = make.head("LA")
    before = (set(Grant.objects.values_list("pk")), Event.objects.count())
    page = as_(head).post(reverse("country-desk-appointment"), {**SAID, "office": office})
    assert "Teaches translation." in page.content.decode()
    assert (set(Grant.objects.values_list("pk")), Event.objects.count()) == before
    assert Audience.of(member).offices_of == ()


@pytest.mark.parametrize("who", [make.officer, make.member])
def test_only_the_head_appoints_terminologists(as_: As, who: Callable[..., object]) -> None:
    make.member(home="LA", email="kham@mail.example")
    assert as_(who(home="LA")).post(reverse("country-desk-appointment"), SAID).status_code in (403, 404)
    assert terminologists() == []
