"""Nouns of alerts: saved searches, what was found for them, the digests that told of it, and private calendars."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.kernel.models import Record
from corridor.language.logic.words import Term
from corridor.language.operations.find import Facets, today
from corridor.matching.states import Rhythm


class SavedSearch(Record):
    """A search that somebody lets stand: the question, its filters, and how often to write about what is new.

    `asked` is what the address of the results says, `facets` the same as the index takes it. What the question means was read once:
    `engine` names the engine that read it, `vector` holds 32-bit numbers, `terms` its words with their weights,
    and `least` is what a passage must reach.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    text = models.TextField(blank=True)
    spoken = models.CharField(max_length=10, blank=True)
    asked: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    facets: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    key = models.CharField(max_length=40)
    rhythm = models.CharField(_("letters"), max_length=10, choices=Rhythm, default=Rhythm.WEEKLY)
    looked_at = models.DateTimeField(default=timezone.now)
    engine = models.CharField(max_length=120, blank=True)
    vector = models.BinaryField(null=True)
    least = models.FloatField(default=0.0)
    terms: models.JSONField[list[list[Any]], list[list[Any]]] = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="saved_search_once_a_person"),
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="saved_search_rhythm_known"),
            models.CheckConstraint(
                condition=Q(vector__isnull=True) | ~Q(engine=""), name="saved_search_vector_has_engine"
            ),
        ]
        indexes = [models.Index(fields=["engine"], name="saved_search_engine_idx")]

    def __str__(self) -> str:
        return self.text or self.key

    @property
    def narrowing(self) -> Facets:
        """The filters as the index takes them today."""
        wanted = Facets(**{name: value for name, value in self.facets.items() if name != "is_open"})
        return replace(wanted, open_on=today()) if self.facets.get("is_open") else wanted

    @property
    def words(self) -> tuple[list[Term], list[float]]:
        """The words of its question, and what each weighs."""
        return [Term(*row[:-1]) for row in self.terms], [float(row[-1]) for row in self.terms]


class Digest(Record):
    """One letter about everything new for one person's saved searches of one rhythm; once for a day, or for a week by its Monday."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    rhythm = models.CharField(max_length=10, choices=Rhythm)
    period = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "rhythm", "period"], name="digest_once_a_period"),
            models.CheckConstraint(condition=Q(rhythm__in=[Rhythm.DAILY, Rhythm.WEEKLY]), name="digest_has_rhythm"),
        ]

    def __str__(self) -> str:
        return f"{self.rhythm} {self.period}"


class Finding(models.Model):
    """A record that came in and answers a saved search: an identifier, never a text. It goes into one digest and no other."""

    id = models.BigAutoField(primary_key=True)
    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    score = models.FloatField()
    found_at = models.DateTimeField(default=timezone.now)
    digest = models.ForeignKey(Digest, null=True, blank=True, on_delete=models.CASCADE, related_name="findings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "kind", "record_id"], name="finding_once_a_search")]
        indexes = [
            models.Index(fields=["search"], condition=Q(digest__isnull=True), name="finding_untold_idx"),
            models.Index(F("search"), F("found_at").desc(), name="finding_newest_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class Calendar(Record):
    """The private address of one person's calendar of deadlines; taking it back ends the address for good."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar")

    def __str__(self) -> str:
        return str(self.pk)
