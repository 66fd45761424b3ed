"""Translations of records' texts with their earlier editions, requests for them, and what a machine was asked."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from corridor.kernel.models import Record
from corridor.language.states import CallOutcome, Language, Origin, RequestState


class Translation(Record):
    """A record's text in another language, apart from the original and with its origin. `version` is the wording it translates.

    Mended, it is the next edition, and what it was before is kept. A second person confirms an edition.
    """

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
    edition = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["language", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "version", "language", "origin"], name="translation_once"
            ),
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="translation_origin_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="translation_language_known"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="translation_review_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.MACHINE) | Q(translated_by__isnull=True),
                name="translation_machine_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} → {self.language}"


class FormerTranslation(Record):
    """What a translation was before somebody mended it: its words, whose they were, and who had confirmed them."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="former")
    edition = models.PositiveIntegerField()
    texts: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField()
    written_at = models.DateTimeField()
    translated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-edition"]
        constraints = [models.UniqueConstraint(fields=["translation", "edition"], name="former_translation_once")]

    def __str__(self) -> str:
        return f"{self.translation_id} {self.edition}"


class EngineCall(Record):
    """One question to a translation engine: which text in which languages, how many characters, and what came of it. No text."""

    engine = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    version = models.PositiveIntegerField()
    source = models.CharField(max_length=10, choices=Language)
    target = models.CharField(max_length=10, choices=Language)
    characters = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=CallOutcome, default=CallOutcome.ASKED)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=CallOutcome.values), name="engine_call_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome=CallOutcome.ASKED) | Q(ended_at__isnull=False), name="engine_call_ends_with_outcome"
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="engine_call_when_idx"),
            models.Index(fields=["record_id", "target"], name="engine_call_record_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.outcome}"


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
