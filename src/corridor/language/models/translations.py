"""Translations of records' texts, and requests for them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from corridor.kernel.models import Record
from corridor.language.states import Language, Origin, RequestState


class Translation(Record):
    """A record's text in another language, apart from the original and with its origin. `version` is the wording it translates."""

    kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=10, choices=Language)
    origin = models.CharField(max_length=10, choices=Origin)
    texts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    engine = models.CharField(max_length=80, blank=True)
    translated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["language", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "version", "language", "origin"], name="translation_once"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="translation_origin_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="translation_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} → {self.language}"


class TranslationRequest(Record):
    """Somebody would like to read a record in a language; volunteers see what is asked for most."""

    kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    language = models.CharField(max_length=10, choices=Language)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "language", "asked_by"], name="translation_request_once_a_person"
            ),
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="translation_request_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} → {self.language}"
