"""The index is tested with a stand-in for the model: what a model knows of meaning is measured elsewhere."""

import itertools
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from corridor.language.operations.index import Entry, Piece
from tests.hashing import HashingEmbedder, another, model  # noqa: F401 - fixtures

_number = itertools.count(1)


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """Makes an entry that everybody may find."""

    def make(text: str, language: str = "en", *, heading: str = "", **facts: Any) -> Entry:
        row = {"kind": "notice", "home": "LA", "visibility": "public", "direction": "need", **facts}
        row.setdefault("record_id", uuid.UUID(int=next(_number)))
        return Entry(pieces=[Piece(text, language, heading)], **row)

    return make
