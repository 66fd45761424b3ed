"""What the translation machine did and cost: for operators, and never a text."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from corridor.directory.models import Country
from corridor.language.models import EngineCall
from corridor.matching.operations import translations
from tests import make

As = Callable[..., Client]


def call(outcome: str, characters: int = 1000, days: int = 0) -> None:
    at = timezone.now() - datetime.timedelta(days=days)
    EngineCall.objects.create(
        engine="libretranslate", kind="notice", record_id=make.published().pk, version=1, source="en", target="vi",
        characters=characters, outcome=outcome, created_at=at, ended_at=at,
    )  # fmt: skip


@pytest.fixture
def engine(settings: Settings) -> None:
    """An engine that is set up, with its price."""
    settings.TRANSLATION = {
        "engine": "libretranslate", "url": "http://translate.example.org:5000", "model": "", "key": "secret-key",
        "timeout": 5, "monthly_characters": 250_000, "price": 20.0, "currency": "USD",
    }  # fmt: skip


@pytest.mark.parametrize("who", ["person", "member", "officer", "head"])
def test_others_than_operators_do_not_see_it(as_: As, who: str) -> None:
    client = as_(getattr(make, who)())
    page = client.get(reverse("desk-machine"))
    assert page.status_code == 403
    assert "Only those who run this installation can see this." in page.content.decode()
    assert reverse("desk-machine") not in client.get(reverse("desk")).content.decode()


def test_without_a_machine_the_page_says_how_to_set_one_up(as_: As) -> None:
    client = as_(make.operator())
    assert reverse("desk-machine") in client.get(reverse("desk")).content.decode()
    assert "No machine is set up" in client.get(reverse("desk-machine")).content.decode()


def test_an_operator_sees_characters_cost_failures_and_what_waits(as_: As, engine: None) -> None:
    Country.objects.filter(pk="LA").update(allows_machine_translation=True)
    translations.ask(make.published(), by=make.person(), language="vi")
    translations.ask(make.published(home="VN"), by=make.person(), language="th")
    for outcome in ("taken", "script", "script", "down"):
        call(outcome)
    call("taken", 5000, days=40)
    page = as_(make.operator()).get(reverse("desk-machine"))
    context, text = page.context, page.content.decode()
    assert (context["used"], context["limit"], context["cost"]) == ("3,000", "250,000", pytest.approx(0.06))
    shown = [(month.asked, month.answered, sent) for month, sent in context["months"]]
    assert shown == [(4, 1, "3,000"), (1, 1, "5,000")]
    assert [(str(reason), times) for reason, times in context["failures"]] == [("script", 2), ("down", 1)]
    assert context["queue"] == [("vi", 1)]
    assert ("translate.example.org" in text, "secret-key" in text, make.TITLE in text) == (True, False, False)
    assert "The machine gives no translations now" in text
    assert "the engine could not be reached" in text


def test_the_page_asks_as_often_for_much_as_for_little(as_: As, engine: None, django_assert_max_num_queries) -> None:
    client = as_(make.operator())
    call("taken")
    with django_assert_max_num_queries(16):
        client.get(reverse("desk-machine"))
    for days in range(0, 300, 20):
        call("taken", days=days)
        call("script", days=days)
    with django_assert_max_num_queries(16):
        client.get(reverse("desk-machine"))
