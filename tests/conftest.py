"""What every test may lean on: an embedded PostgreSQL and a database of its own for each worker."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from corridor.language.operations import engines, lexicon
from corridor.launch.catalogues import compile_catalogues
from tests.database import Seeds, fresh_database
from tools.browser import NONE, find_chromium


def pytest_sessionstart() -> None:
    """Pages are tested in seven languages, so the translations are compiled before anything reads them."""
    compile_catalogues(settings.VAR / "locale")


@pytest.fixture(scope="session")
def seeded_database(django_db_blocker: DjangoDbBlocker) -> Iterator[Seeds]:
    """The database of this worker, migrated by its owner."""
    with django_db_blocker.unblock(), fresh_database() as seeds:
        yield seeds


@pytest.fixture(scope="session")
def django_db_setup(seeded_database: Seeds) -> Iterator[None]:
    """Tests that commit clean up through the owner: the application's role may not empty a table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: seeded_database.restore())
        yield


@pytest.fixture
def committed_db(transactional_db: None) -> None:
    """The database without a transaction around the test: for servers, workers, threads and journeys."""


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser of the journeys; without one they are skipped, unless CORRIDOR_REQUIRE_JOURNEYS forbids it."""
    found = find_chromium()
    if found:
        return found
    if os.environ.get("CORRIDOR_REQUIRE_JOURNEYS"):
        pytest.fail(NONE)
    pytest.skip(NONE)


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    """Each test begins in English and without what another remembered: a request leaves its reader's language active."""
    engines.forget()
    lexicon.forget()
    with translation.override("en"):
        yield
