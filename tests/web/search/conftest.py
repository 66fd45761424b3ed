"""Search is tested on the real index with the real model, inside the transaction of each test."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django.fixtures import Settings

from corridor.directory.operations import indexing as organisation_index
from corridor.language.operations import engines
from corridor.matching.models import Notice
from corridor.matching.operations import indexing
from tests import make


@pytest.fixture(autouse=True)
def _files_as_they_lie(settings: Settings) -> None:
    """Styles and scripts by their own names; nothing is collected for tests."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _index_of_this_test(db: None) -> Iterator[None]:
    """No test remembers the engine row of another."""
    engines.forget()
    yield
    engines.forget()


@pytest.fixture
def found() -> Callable[..., Notice]:
    """Publishes a notice and brings it into the index, as the job does."""

    def publish(**facts: object) -> Notice:
        notice = make.published(**facts)
        indexing.follow(str(notice.pk))
        return notice

    return publish


@pytest.fixture
def listed() -> Callable[..., object]:
    """Enters an organisation and brings it into the index, as the job does."""

    def enter(*args: object, **facts: object) -> object:
        organisation = make.organisation(*args, **facts)
        organisation_index.follow(str(organisation.pk))
        return organisation

    return enter
