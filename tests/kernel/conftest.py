"""What tests of the kernel share."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.gateway import Gateway, gateway


@pytest.fixture
def at(settings: Settings) -> Iterator[Gateway]:
    """A gateway that this installation uses."""
    with gateway() as made:
        settings.TEXTING = made.settings()
        yield made
