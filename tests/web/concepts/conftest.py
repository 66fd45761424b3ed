"""The whole site, with files as they lie in the checkout, and a small lexicon."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from corridor.kernel.models import User
from corridor.language.logic.lexicon import Concept, Label, Reading
from corridor.language.operations import lexicon
from tests.web.site import settle

TEXTS = {"en": "coffee", "km": "កាហ្វេ", "lo": "ກາເຟ", "my": "ကော်ဖီ", "th": "กาแฟ", "vi": "cà phê", "zh-hans": "咖啡"}
CROP = {"en": "crop", "km": "ដំណាំ", "lo": "ພືດ", "my": "သီးနှံ", "th": "พืช", "vi": "cây trồng", "zh-hans": "作物"}


@pytest.fixture(autouse=True)
def _whole_site(settings: Settings, db: None) -> None:
    settle(settings)
    settings.ROOT_URLCONF = "corridor.web.urls"
    lexicon.forget()
    concepts = [
        Concept(
            "coffee",
            ("poverty",),
            "4.1",
            ("crop",),
            "A drink and its beans.",
            tuple(Label(c, t) for c, t in TEXTS.items()),
        ),
        Concept(
            "crop",
            ("poverty", "green"),
            "4.1",
            (),
            "What is grown.",
            tuple(Label(c, t, "medium") for c, t in CROP.items()),
        ),
    ]
    lexicon.take(Reading({concept.code: concept for concept in concepts}, []))


@pytest.fixture
def as_() -> Callable[..., Client]:
    """A browser in which somebody is signed in, or nobody."""

    def signed_in(user: User | None = None, language: str = "en") -> Client:
        client = Client(headers={"Accept-Language": language})
        if user is not None:
            client.force_login(user)
            client.cookies["django_language"] = language
        return client

    return signed_in
