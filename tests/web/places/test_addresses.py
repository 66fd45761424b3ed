"""Addresses that belong to no area: the choice of a language, and the gallery while developing."""

from collections.abc import Callable

import pytest
from django.test import Client

As = Callable[..., Client]


@pytest.mark.parametrize(("asked", "kept"), [("km", "km"), ("zh-hans", "zh-hans"), ("xx", None)])
def test_a_language_is_chosen_without_signing_in_and_leads_back(as_: As, asked: str, kept: str | None) -> None:
    answer = as_().post("/language/", {"language": asked, "next": "/directory/countries/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/directory/countries/?a=1")
    assert (answer.cookies["django_language"].value if "django_language" in answer.cookies else None) == kept


def test_the_choice_leads_to_no_other_site(as_: As) -> None:
    answer = as_().post("/language/", {"language": "km", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_the_gallery_is_there_in_development(as_: As) -> None:
    assert as_().get("/gallery/").status_code == 200
