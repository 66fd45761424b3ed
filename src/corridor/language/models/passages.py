"""The one index: engines of meaning, passages, and how often each lexeme stands in them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from pgvector.django import HalfVectorField, HnswIndex

from corridor.kernel.states import Visibility
from corridor.language.states import INDEX_MOVES, IndexState, Language

# 384 of the model, and seven that carry the languages (logic/fairness.py).
DIMENSION = 391


class Engine(models.Model):
    """One way of making vectors: model, engine and fairness, each with its version. One serves; another may be building."""

    id = models.SmallAutoField(primary_key=True)
    name = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=IndexState, default=IndexState.BUILDING)
    since = models.DateTimeField(default=timezone.now)
    moves = INDEX_MOVES

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IndexState.values), name="engine_state_known"),
            models.UniqueConstraint(fields=["state"], condition=Q(state=IndexState.SERVING), name="engine_one_serves"),
        ]

    def __str__(self) -> str:
        return self.name


class Passage(models.Model):
    """A piece of a record's text, as the index knows it: its words, its meaning, and who may find it.

    Written only by jobs, from the record. `embedding` is empty until the model has read it; its words are found at once.
    """

    id = models.BigAutoField(primary_key=True)
    engine = models.ForeignKey(Engine, on_delete=models.CASCADE, related_name="passages")
    kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    ordinal = models.PositiveSmallIntegerField()
    home = models.CharField(max_length=2)
    direction = models.CharField(max_length=12, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility)
    principals = ArrayField(models.CharField(max_length=40), default=list)
    owner = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, choices=Language, blank=True)
    themes = ArrayField(models.CharField(max_length=12), default=list)
    concepts = ArrayField(models.CharField(max_length=60), default=list)
    open_until = models.DateField(null=True)
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    digest = models.CharField(max_length=40)
    words = SearchVectorField()
    embedding = HalfVectorField(dimensions=DIMENSION, null=True)
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engine", "kind", "record_id", "ordinal"], name="passage_once"),
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="passage_visibility_known"),
        ]
        indexes = [
            models.Index(fields=["kind", "record_id"], name="passage_record_idx"),
            models.Index(fields=["kind", "home", "direction"], name="passage_facets_idx"),
            GinIndex(fields=["concepts"], name="passage_concepts_idx"),
            GinIndex(fields=["words"], name="passage_words_idx", fastupdate=False),
            HnswIndex(
                name="passage_meaning_idx",
                fields=["embedding"],
                m=16,
                ef_construction=100,
                opclasses=["halfvec_ip_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} #{self.ordinal}"


class Arrival(models.Model):
    """A passage of the index in service that was written, or got its meaning, and that nobody has looked at since.

    Whoever keeps standing questions takes arrivals out and answers them. There is no foreign key: a passage may be gone before.
    """

    passage_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.passage_id)


class Frequency(models.Model):
    """In how many passages of the index a lexeme stands; counted anew by a job, so that rare words can weigh more."""

    lexeme = models.CharField(primary_key=True, max_length=255)
    passages = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.lexeme} {self.passages}"
