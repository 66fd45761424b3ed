"""Engines of meaning: which one this process uses, which one the index serves, and handing over between them."""

from __future__ import annotations

import functools
import logging
import time
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from corridor.kernel.operations import hold, move, record, tell
from corridor.kernel.states import Urgency
from corridor.language.logic import fairness
from corridor.language.logic.embedding import Embedder, bundled, endpoint
from corridor.language.logic.fairness import Fairness
from corridor.language.models import Engine, Passage
from corridor.language.states import IndexState

log = logging.getLogger(__name__)


@functools.cache
def bundled_embedder() -> Embedder:
    """The model that comes with the program."""
    return bundled(settings.VAR / "engine")


@functools.cache
def embedder() -> Embedder:
    """The model this installation is set to use."""
    chosen = settings.EMBEDDINGS
    if chosen["url"]:
        return endpoint(chosen["url"], chosen["model"], chosen["key"] or None)
    return bundled_embedder()


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


def serving_id() -> int:
    """The number of the engine in service, remembered for a few seconds."""
    now = time.monotonic()
    if _remembered.get("until", 0) < now or _remembered.get("database") != connection.settings_dict["NAME"]:
        _remembered.update(id=serving().pk, until=now + 5, database=connection.settings_dict["NAME"])
    return int(_remembered["id"])


_remembered: dict[str, Any] = {}


def forget() -> None:
    """Read anew which engine serves."""
    _remembered.clear()


def configured_name() -> str:
    """The name under which this process's vectors are kept: model, engine and fairness with their versions."""
    return f"{embedder().name}|{embedder().version}|{shipped_fairness().version}"[:120]


@transaction.atomic
def serving() -> Engine:
    """The engine whose passages are searched. On a new installation the configured one, at once."""
    found = Engine.objects.filter(state=IndexState.SERVING).first()
    return found or _first_engine()


def _first_engine() -> Engine:
    made, _ = Engine.objects.get_or_create(name=configured_name(), defaults={"state": IndexState.SERVING})
    return made


@transaction.atomic
def targets() -> list[Engine]:
    """Engines that a change must reach: the one in service and the one being built."""
    found = list(Engine.objects.exclude(state=IndexState.RETIRED).order_by("id"))
    return found if any(engine.state == IndexState.SERVING for engine in found) else [*found, serving()]


@transaction.atomic
def rebuild_if_changed() -> Engine | None:
    """When the configured model is not the one in service, begin to build its index beside the old one, which goes on serving."""
    current = serving()
    name = configured_name()
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
    """The new index is whole: it serves from now on, and the old one's passages go."""
    hold(building)
    if building.state != IndexState.BUILDING:
        return
    for old in Engine.objects.select_for_update().filter(state=IndexState.SERVING):
        move(old, IndexState.RETIRED, by=None)
        Passage.objects.filter(engine=old).delete()
    building.since = timezone.now()
    building.save(update_fields=["since"])
    move(building, IndexState.SERVING, by=None)
    forget()
