"""What points to an organisation, in every room: found through the tables themselves, moved to another entry and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction

from corridor.directory.models import (
    LikelyDuplicate,
    Merge,
    Organisation,
    OrganisationName,
    OrganisationSuspension,
    Trait,
    Verification,
    WithdrawnVerification,
)
from corridor.kernel.models import Grant
from corridor.kernel.operations import tell
from corridor.kernel.states import Scope

# What stays with the entry that goes: what it was called, a word given for it, what was decided about it, what is worked out from it.
STAYING: tuple[type[models.Model], ...] = (
    OrganisationName, OrganisationSuspension, Verification, WithdrawnVerification, Trait, LikelyDuplicate, Merge,
)  # fmt: skip
GRANTS = "kernel.grant.scope_id"

# Which job the index needs for a row that moved, and what that job calls the row. Rooms above are known by name only.
FOLLOWERS = {"matching.notice": ("matching.index_notice", "notice")}


@dataclass
class Moving:
    """Identifiers of rows that moved, and of those that could not, by `app.model.column`."""

    moved: dict[str, list[str]] = field(default_factory=dict)
    left: dict[str, list[str]] = field(default_factory=dict)

    @property
    def stayed(self) -> dict[str, int]:
        """How many could not move, by column."""
        return {key: len(pks) for key, pks in self.left.items()}

    def note(self, key: str, moved: Sequence[str], wanted: Sequence[str]) -> None:
        """Write down what became of the rows of one column that should have moved."""
        if moved:
            self.moved[key] = [*self.moved.get(key, []), *moved]
        if left := [pk for pk in wanted if pk not in set(moved)]:
            self.left[key] = left


def columns() -> dict[str, type[models.Model]]:
    """Every column by which a row belongs to an organisation, as `app.model.column`, with its model."""
    found: dict[str, type[models.Model]] = {}
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        column: Any = relation.field  # type: ignore[union-attr]
        if not issubclass(column.model, STAYING) and column.name != "merged_into":
            found[f"{column.model._meta.label_lower}.{column.name}"] = column.model
    return {key: found[key] for key in sorted(found)}


def move_all(gone: Organisation, kept: Organisation, *, but: Mapping[str, Sequence[str]] | None = None) -> Moving:
    """Let everything that points to one entry point to the other; a row of which the other has its like already stays.

    `but`: rows that stayed before. They do not follow later, when their like has ended: what was ended would begin again.
    """
    moving = Moving()
    for key in (*columns(), GRANTS):
        here = _rows(key, gone).exclude(pk__in=(but or {}).get(key, []))
        pks = [str(pk) for pk in here.order_by("pk").values_list("pk", flat=True)]
        moving.note(key, _move(key, pks, gone, kept), pks)
    _tell_followers(moving.moved)
    return moving


def move_back(moved: Mapping[str, Sequence[str]], gone: Organisation, kept: Organisation) -> Moving:
    """Give back what had moved, as far as it still belongs to the kept entry."""
    moving = Moving()
    for key, pks in known(moved).items():
        moving.note(key, _move(key, pks, kept, gone), pks)
    _tell_followers(moving.moved)
    return moving


def still_there(moved: Mapping[str, Sequence[str]], kept: Organisation) -> dict[str, int]:
    """How many of the rows that had moved still belong to the kept entry, by column."""
    return {key: count for key, pks in known(moved).items() if (count := _rows(key, kept).filter(pk__in=pks).count())}


def came_since(moved: Mapping[str, Sequence[str]], kept: Organisation, since: datetime.datetime) -> dict[str, int]:
    """How many rows have come to the kept entry itself since a moment, by column; where a table knows when its rows were made."""
    counts = {}
    for key in (*columns(), GRANTS):
        if any(field.name == "created_at" for field in model_of(key)._meta.get_fields()):
            counts[key] = _rows(key, kept).filter(created_at__gt=since).exclude(pk__in=moved.get(key, [])).count()
    return {key: count for key, count in counts.items() if count}


def known(moved: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Without columns that a newer version of the program no longer has."""
    now = {*columns(), GRANTS}
    return {key: pks for key, pks in moved.items() if key in now}


def model_of(key: str) -> type[models.Model]:
    """The model of `app.model.column`."""
    return apps.get_model(key.rpartition(".")[0])


def _rows(key: str, organisation: Organisation) -> models.QuerySet[Any]:
    if key == GRANTS:
        return Grant.objects.over(Scope.ORGANISATION, organisation.pk)
    return model_of(key)._base_manager.filter(**{key.rpartition(".")[2]: organisation})


def _move(key: str, pks: Sequence[str], old: Organisation, new: Organisation) -> list[str]:
    """Point these rows elsewhere, all in one statement; where one of them may not, each by itself."""
    column = key.rpartition(".")[2]
    value: str | UUID = str(new.pk) if key == GRANTS else new.pk
    rows = _rows(key, old).filter(pk__in=pks)
    present = [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]
    if not present or _may(rows, {column: value}):
        return present
    return [pk for pk in present if _may(rows.filter(pk=pk), {column: value})]


def _may(rows: models.QuerySet[Any], values: Mapping[str, object]) -> bool:
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError:
        return False
    return True


def _tell_followers(moved: Mapping[str, Iterable[str]]) -> None:
    for key, pks in moved.items():
        task, name = FOLLOWERS.get(key.rpartition(".")[0], ("", ""))
        for pk in pks if task else ():
            facts: dict[str, Any] = {name: pk}
            tell(task, **facts)
