"""Matching is tested with a stand-in for the model, and with uploads in a folder of their own."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.hashing import model  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def _uploads_apart(settings: Settings, tmp_path: Path) -> None:
    """No test leaves a file behind."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def _stand_in(model: object) -> None:  # noqa: F811 - the fixture above
    """No test waits for the real model."""
