"""A site in which people sign up and sign in, on the developer's own machine unless a test says otherwise."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django.fixtures import Settings

from corridor.kernel.models import User
from corridor.language.operations import engines
from tests import make
from tests.gateway import Gateway, gateway
from tests.web.account.site import NotingBackend
from tests.web.site import settle

PASSWORD = "a short sentence of mine"
NEAR = {"HTTP_HOST": "localhost"}


@pytest.fixture(autouse=True)
def _whole_site(settings: Settings, db: None) -> None:
    settle(settings)
    settings.ROOT_URLCONF = "tests.web.account.site"
    cache.clear()
    engines.forget()
    NotingBackend.noted.clear()


@pytest.fixture
def near() -> Client:
    """A browser on the same machine."""
    return Client(**NEAR)


@pytest.fixture
def other() -> Client:
    """Another browser, say on a telephone, in Thai."""
    return Client(headers={"Accept-Language": "th"}, **NEAR)


@pytest.fixture
def person() -> User:
    """Somebody with an account and a password, whose address is confirmed."""
    return make_person()


@pytest.fixture
def at(settings: Settings) -> Iterator[Gateway]:
    """A gateway that this installation uses."""
    with gateway() as made:
        settings.TEXTING = made.settings()
        yield made


@pytest.fixture
def reached(at: Gateway, person: User) -> User:
    """Somebody who gave a number."""
    return make.phone(person)


def make_person(email: str = "somchai@example.org", *, is_sample: bool = False, **facts: object) -> User:
    """Make somebody who can sign in."""
    user = User(**{"email": email, "name": "Somchai", "home": "TH", "is_sample": is_sample, **facts})
    user.set_password(PASSWORD)
    user.save()
    if not is_sample:
        user.emailaddress_set.create(email=email, verified=True, primary=True)
    return user


@pytest.fixture
def last_mail() -> Callable[[], EmailMessage]:
    """The mail that went out last."""
    return lambda: mail.outbox[-1]


def link_in(message: EmailMessage, part: str) -> str:
    """The path of the link in a mail that holds this part."""
    found = re.search(rf"http://[^/\s]+(/\S*{part}\S*)", str(message.body))
    assert found is not None, message.body
    return found[1]


def is_signed_in(client: Client) -> bool:
    """Whether this browser is signed in."""
    return "_auth_user_id" in client.session
