"""Every test of this area begins with files in their checkout, uploads apart, and no tries counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings

from corridor.language.operations import engines


@pytest.fixture(autouse=True)
def _settled(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Files as they lie in the checkout, uploads in a folder of their own, and nobody has tried anything yet."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    engines.forget()
    yield
    cache.clear()
