"""Operators on the page of the six: proposing, agreeing and withdrawing, in every language, for heads alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corridor.directory import rules
from corridor.directory.models import OperatorMotion
from corridor.directory.operations.operators import move_operator
from corridor.kernel.models import Grant, User
from corridor.kernel.states import Office
from tests.directory.operations.test_operators import account, heads, moved  # noqa: F401 - a fixture

As = Callable[..., Client]
Heads = dict[str, User]
LANGUAGES = [code for code, _ in settings.LANGUAGES]
pytestmark = pytest.mark.usefixtures("db")


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_pages_read_in_every_language(as_: As, heads: Heads, language: str) -> None:  # noqa: F811
    moved(heads, "MM")
    for url in (reverse("offices-of-six"), reverse("operator-motion")):
        page = as_(heads["TH"], language).get(url)
        assert (page.status_code, f'<html lang="{language}"' in page.content.decode()) == (200, True)


def test_a_head_proposes_two_others_agree_and_the_page_says_who_did(as_: As, heads: Heads) -> None:  # noqa: F811
    person = account()
    said = {"address": person.email.upper(), "reason": "They run our machines."}
    assert as_(heads["LA"]).post(reverse("operator-motion"), said).url == reverse("offices-of-six")
    motion = OperatorMotion.objects.get()
    page = text(as_(heads["KH"]), reverse("offices-of-six"))
    assert (person.email in page, "They run our machines." in page, "Agree for my country" in page) == (True,) * 3
    url = reverse("operator-agreement", args=[motion.pk])
    for home in ("KH", "VN"):
        assert as_(heads[home]).post(url).status_code == 302
    assert rules.is_operator(person)
    page = text(as_(heads["officer"]), reverse("offices-of-six"))
    assert "a country agreed about an operator" in page
    assert "Propose that it end" not in page
    assert as_(heads["TH"]).post(url).status_code == 404


def test_the_end_of_an_office_is_proposed_on_a_page_of_its_own(as_: As, heads: Heads) -> None:  # noqa: F811
    held = Grant.objects.get(office=Office.OPERATOR)
    url = reverse("operator-end", args=[held.pk])
    page = text(as_(heads["CN"]), url)
    assert (str(held.user) in page, 'name="address"' in page) == (True, False)
    assert as_(heads["CN"]).post(url, {"reason": "They left."}).status_code == 302
    assert OperatorMotion.objects.get().ends is True
    assert (
        as_(heads["CN"]).post(reverse("operator-withdrawal", args=[OperatorMotion.objects.get().pk])).status_code == 302
    )
    assert not OperatorMotion.objects.open().exists()


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(as_: As, heads: Heads) -> None:  # noqa: F811
    said = {"address": "nobody@invented.example", "reason": "They know <b>pumps</b>."}
    page = as_(heads["LA"]).post(reverse("operator-motion"), said)
    assert page.context["form"].errors == {"address": ["There is no confirmed account with this address."]}
    assert "They know &lt;b&gt;pumps&lt;/b&gt;." in page.content.decode()
    own = {"address": heads["operator"].email, "reason": "Again."}
    page = as_(heads["LA"]).post(reverse("operator-motion"), own)
    assert "This person is operator already." in page.content.decode()
    assert OperatorMotion.objects.count() == 0


@pytest.mark.parametrize("who", ["officer", "member", "operator", None])
def test_nobody_but_heads_can(as_: As, heads: Heads, who: str | None) -> None:  # noqa: F811
    motion = moved(heads, "LA")
    held = Grant.objects.get(office=Office.OPERATOR)
    client = as_(heads[who] if who else None)
    for name, args in (("operator-agreement", [motion.pk]), ("operator-withdrawal", [motion.pk])):
        assert client.post(reverse(name, args=args)).status_code == 403
    for name, args in (("operator-motion", []), ("operator-end", [held.pk])):
        assert client.get(reverse(name, args=args)).status_code == (403 if who else 302)
        assert client.post(reverse(name, args=args), {"address": "a@b.example", "reason": "x"}).status_code == 403
    motion.refresh_from_db()
    assert (motion.words.count(), motion.withdrawn_at) == (1, None)


def test_an_office_that_is_none_of_an_operator_is_not_ended_here(as_: As, heads: Heads) -> None:  # noqa: F811
    other = Grant.objects.get(user=heads["VN"])
    assert as_(heads["LA"]).get(reverse("operator-end", args=[other.pk])).status_code == 404


def test_the_page_asks_the_database_as_often_for_many_motions_as_for_one(as_: As, heads: Heads) -> None:  # noqa: F811
    client = as_(heads["TH"])
    counts = []
    for _ in range(2):
        for person in [account() for _ in range(3)]:
            move_operator(person, ends=False, reason="They run our machines.", by=heads["LA"])
        text(client, reverse("offices-of-six"))
        with CaptureQueriesContext(connection) as asked:
            text(client, reverse("offices-of-six"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
