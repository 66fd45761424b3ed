"""Imports of organisations: a table that was read, its rows while they wait to be taken, and how far taking them has come."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.directory.models.organisations import HOME
from corridor.directory.states import IMPORT_MOVES, ImportState
from corridor.kernel.models import Record, User

FORMATS = ("csv", "xlsx")


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports."""

    def visible_to(self, user: User) -> ImportQuerySet:
        """Those of the countries whose focal point this person works in."""
        return self.filter(home__in=user.audience.offices_of)

    def waiting(self) -> ImportQuerySet:
        """Those that were neither taken nor dropped."""
        return self.filter(state=ImportState.PREVIEWED)


class Import(Record):
    """A table of organisations of one country. The file is not kept; its rows are, until they are taken or dropped."""

    home = models.CharField(max_length=2)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=120)
    format = models.CharField(max_length=4)
    encoding = models.CharField(max_length=12, blank=True)
    is_encoding_guessed = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.PREVIEWED)
    row_count = models.PositiveIntegerField()
    faulty_count = models.PositiveIntegerField(default=0)
    doubtful_count = models.PositiveIntegerField(default=0)
    unknown_columns: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    moves = IMPORT_MOVES

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(home__regex=HOME), name="import_has_home"),
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(condition=Q(format__in=FORMATS), name="import_format_known"),
            models.CheckConstraint(
                condition=Q(state__in=[ImportState.PREVIEWED, ImportState.DROPPED]) | Q(faulty_count=0),
                name="import_taken_without_faults",
            ),
        ]
        indexes = [models.Index(fields=["home", "-created_at"], name="import_home_idx")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Whether it waits to be taken or dropped."""
        return self.state == ImportState.PREVIEWED


class ImportedRow(models.Model):
    """One row of an import that waits: what stood in its cells, what the directory would keep, what is wrong and what is doubtful."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    said: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    names: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(default=list)
    faults: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)
    doubts: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="imported_row_once")]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class ImportProgress(models.Model):
    """How many rows of an import are entered so far; written beside the transaction that enters them, so that others see it."""

    batch = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="progress", primary_key=True)
    entered = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.entered)
