"""One converted model for all tests that need it: made by the first, kept under var, checked by its digests after that."""

import json
import os
from functools import cache
from pathlib import Path

from django.conf import settings

from corridor.language.logic.engine import conversion
from corridor.language.logic.engine.fast import FastEmbedder

# The threads of the wheel wait for each other on a busy machine; read once, when its library is loaded.
os.environ.setdefault("OMP_NUM_THREADS", "1")

LANGUAGES = ("en", "km", "lo", "my", "th", "vi", "zh-hans")


@cache
def converted() -> Path:
    """The folder of the converted model."""
    return conversion.prepared(settings.VAR / "engine")


@cache
def engine() -> FastEmbedder:
    """The fast engine on it."""
    return FastEmbedder(converted(), conversion.tag())


@cache
def rows() -> list[dict[str, str]]:
    """Sentences with one meaning in seven languages, the ones conversions are verified on."""
    return [json.loads(line) for line in conversion.SAMPLE.read_text().splitlines()]


@cache
def texts() -> list[str]:
    """All of them, language by language."""
    return [row[language] for language in LANGUAGES for row in rows()]
