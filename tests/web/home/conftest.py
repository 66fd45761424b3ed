"""The first page and its neighbours, on the whole site."""

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _files_as_they_lie(settings: Settings, db: None) -> None:
    """Styles and scripts by their own names; nothing is collected for tests."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
