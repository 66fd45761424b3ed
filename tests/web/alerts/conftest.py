"""The whole site, with a stand-in for the model."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from corridor.kernel.models import User
from tests.hashing import model  # noqa: F401 - a fixture
from tests.web.site import settle


@pytest.fixture(autouse=True)
def _whole_site(settings: Settings, db: None, model: object) -> None:  # noqa: F811 - the fixture above
    settle(settings)
    settings.ROOT_URLCONF = "corridor.web.urls"


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
