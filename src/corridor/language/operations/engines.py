"""Engines of meaning: which one this process uses, which one the index serves, and handing over between them."""

from __future__ import annotations

import datetime
import functools
import logging
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from corridor.kernel.operations import hold, move, record, tell
from corridor.kernel.states import Urgency
from corridor.language.logic import fairness
from corridor.language.logic.embedding import Embedder, bundled, endpoint
from corridor.language.logic.fairness import Fairness
from corridor.language.logic.lettering import Lettered
from corridor.language.models import Engine, Passage
from corridor.language.states import IndexState

log = logging.getLogger(__name__)

# Seconds for which a process remembers which engine serves, and for which passages of the one before are kept at least.
REMEMBERED = 5
KEPT = 60


@functools.cache
def bundled_embedder() -> Embedder:
    """The model that comes with the program; it reads Lao in Thai letters too."""
    return Lettered(bundled(settings.VAR / "engine"))


@functools.cache
def embedder() -> Embedder:
    """The model this installation is set to use."""
    chosen = settings.EMBEDDINGS
    if chosen["url"]:
        return endpoint(chosen["url"], chosen["model"], chosen["key"] or None)
    return bundled_embedder()


def plain(model: Embedder) -> Embedder:
    """The model alone, without anything of ours: what comparisons begin from."""
    return model.plain if isinstance(model, Lettered) else model


@functools.cache
def shipped_fairness() -> Fairness:
    """The correction that is shipped for the bundled model, or the installation's own for another (`corridor calibrate`)."""
    own = settings.VAR / "engine" / "fairness.npz"
    if settings.EMBEDDINGS["url"]:
        return fairness.load(own) if own.exists() else fairness.none()
    return fairness.load() if fairness.SHIPPED.exists() else fairness.none()


@functools.cache
def no_fairness() -> Fairness:
    """Raw vectors, for comparison."""
    return fairness.none()


@dataclass(frozen=True)
class Reader:
    """What reads texts for an engine of the index: a model and the correction that goes with it."""

    embedder: Embedder
    fairness: Fairness

    @property
    def name(self) -> str:
        """The name under which its vectors are kept: model, engine and fairness with their versions, and the numbers it goes by."""
        return f"{self.embedder.name}|{self.embedder.version}|{self.fairness.version}"[:110] + f"|{fairness.ways()}"


def configured() -> Reader:
    """What this process is set to read with."""
    return Reader(embedder(), shipped_fairness())


def reader_of(name: str) -> Reader | None:
    """What made the vectors of the engine of that name, where this process has it: vectors of two engines never meet.

    The bundled model stays at hand beside an endpoint, so that its index serves until the endpoint's is whole.
    """
    mine = configured()
    if mine.name == name:
        return mine
    if settings.EMBEDDINGS["url"] and name.startswith(f"{bundled_embedder().name}|"):
        own = Reader(bundled_embedder(), fairness.load())
        return own if own.name == name else None
    return None


def serving_id() -> int:
    """The number of the engine in service, remembered for a few seconds; its passages outlive a change for longer than that."""
    return int(_serving()["id"])


def serving_name() -> str:
    """The name of the engine in service, remembered together with its number."""
    return str(_serving()["name"])


def serving_fairness() -> Fairness:
    """The correction of the engine in service; none where this process cannot read for it."""
    reader = reader_of(serving_name())
    return reader.fairness if reader else no_fairness()


def _serving() -> dict[str, Any]:
    now = time.monotonic()
    if _remembered.get("until", 0) < now or _remembered.get("database") != connection.settings_dict["NAME"]:
        current = serving()
        _remembered.update(
            id=current.pk, name=current.name, until=now + REMEMBERED, database=connection.settings_dict["NAME"]
        )
    return _remembered


_remembered: dict[str, Any] = {}


def forget() -> None:
    """Read anew which engine serves."""
    _remembered.clear()


def configured_name() -> str:
    """The name under which this process's vectors are kept."""
    return configured().name


@transaction.atomic
def serving() -> Engine:
    """The engine whose passages are searched. On a new installation the configured one, at once."""
    found = Engine.objects.filter(state=IndexState.SERVING).first()
    return found or _first_engine()


def _first_engine() -> Engine:
    made, _ = Engine.objects.get_or_create(name=configured_name(), defaults={"state": IndexState.SERVING})
    forget()
    return made


@transaction.atomic
def targets() -> list[Engine]:
    """Engines that a change must reach: the one in service and the one being built."""
    found = list(Engine.objects.exclude(state=IndexState.RETIRED).order_by("id"))
    return found if any(engine.state == IndexState.SERVING for engine in found) else [*found, serving()]


@transaction.atomic
def rebuild_if_changed() -> Engine | None:
    """When the configured model is not the one in service, begin to build its index beside the old one, which goes on serving.

    What was being built for yet another model is given up.
    """
    current = serving()
    name = configured_name()
    for other in Engine.objects.select_for_update().filter(state=IndexState.BUILDING).exclude(name=name):
        _retire(other)
    if current.name == name:
        return None
    building, is_new = Engine.objects.get_or_create(name=name)
    if building.state == IndexState.RETIRED:
        move(building, IndexState.BUILDING, by=None)
    if is_new:
        record("engine.building", building, by=None)
    tell("language.build", engine=building.pk, lock=f"engine:{building.pk}", urgency=Urgency.BULK)
    return building


@transaction.atomic
def hand_over(building: Engine) -> None:
    """The new index is whole: it serves from now on. The old one's passages stay a little, for searches that are under way."""
    hold(building)
    if building.state != IndexState.BUILDING:
        return
    for old in Engine.objects.select_for_update().filter(state=IndexState.SERVING):
        _retire(old)
    building.since = timezone.now()
    building.save(update_fields=["since"])
    move(building, IndexState.SERVING, by=None)
    forget()


def _retire(engine: Engine) -> None:
    engine.since = timezone.now()
    engine.save(update_fields=["since"])
    move(engine, IndexState.RETIRED, by=None)


def clear_retired() -> int:
    """Remove the passages of engines that have been retired long enough for every process to know."""
    before = timezone.now() - datetime.timedelta(seconds=KEPT)
    gone = Passage.objects.filter(engine__state=IndexState.RETIRED, engine__since__lt=before)
    return gone.delete()[0]
