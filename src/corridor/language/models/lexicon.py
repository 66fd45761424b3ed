"""The lexicon: concepts of science and technology, their terms in seven languages, and what reviewers said of them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from corridor.kernel.models import Record
from corridor.language.states import Confidence, Language, TermState, Verdict


class Concept(models.Model):
    """What a word means, whichever language says it. Its code is for good: records and files name it."""

    code = models.CharField(primary_key=True, max_length=60)
    themes = ArrayField(models.CharField(max_length=12), default=list)
    ford = models.CharField(max_length=5)
    gloss = models.CharField(max_length=120)
    broader = models.ManyToManyField("self", symmetrical=False, related_name="narrower", through="Broader")

    class Meta:
        ordering: ClassVar[list[str]] = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex="^[a-z0-9]+(-[a-z0-9]+)*$"), name="concept_code_is_plain"),
            models.CheckConstraint(condition=~Q(gloss=""), name="concept_has_gloss"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The usual term in the reader's language, else in English, from the terms already fetched."""
        usual = {term.language: term.text for term in reversed(self.terms.all()) if term.counts}
        return usual.get(get_language() or "en") or usual.get("en") or self.code


class Broader(models.Model):
    """One concept is wider than another."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    broader = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "broader"], name="broader_once"),
            models.CheckConstraint(condition=~Q(concept=F("broader")), name="broader_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.concept_id} < {self.broader_id}"


class Term(Record):
    """A word or words that say a concept in one language.

    `key` is how search folds it, `bare` the same without the tone marks that people leave out; `position` 0 is the usual term.
    """

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="terms")
    language = models.CharField(max_length=10, choices=Language)
    text = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    bare = models.CharField(max_length=200, default="")
    position = models.PositiveSmallIntegerField(default=0)
    is_short = models.BooleanField(default=False)
    confidence = models.CharField(max_length=6, choices=Confidence, default=Confidence.HIGH)
    state = models.CharField(max_length=10, choices=TermState, default=TermState.UNREVIEWED)
    is_from_file = models.BooleanField(default=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["concept", "language", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "language", "key"], name="term_once_a_concept"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="term_language_known"),
            models.CheckConstraint(condition=Q(confidence__in=Confidence.values), name="term_confidence_known"),
            models.CheckConstraint(condition=Q(state__in=TermState.values), name="term_state_known"),
            models.CheckConstraint(condition=~Q(key=""), name="term_not_empty"),
        ]
        indexes = [
            models.Index(fields=["key"], name="term_key_idx", opclasses=["text_pattern_ops"]),
            models.Index(fields=["bare"], name="term_bare_idx", opclasses=["text_pattern_ops"]),
            models.Index(fields=["language", "state", "confidence"], name="term_queue_idx"),
            models.Index(fields=["changed_at"], name="term_changed_idx"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def counts(self) -> bool:
        """Whether search goes by it: not once a reviewer rejected it."""
        return self.state != TermState.REJECTED


class TermReview(Record):
    """What a reviewer said of a term, kept for good: as it was, as it is, and why."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="reviews")
    verdict = models.CharField(max_length=10, choices=Verdict)
    text_before = models.CharField(max_length=100, blank=True)
    text_after = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="term_review_verdict_known"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.REJECTED) | ~Q(reason=""), name="term_rejected_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.verdict}"
