"""Entries that are probably one organisation: what each can be known again by, likely pairs, and what was merged and undone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.directory.models.organisations import HOME, Organisation
from corridor.directory.states import DUPLICATE_MOVES, MERGE_MOVES, DuplicateState, MergeState
from corridor.kernel.models import Record


class Trait(models.Model):
    """One thing by which an organisation can be known again: a name's key, a word, initials, a web domain.

    Pairs are looked for among those that share a rare one, so that never all are compared with all.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="traits")
    home = models.CharField(max_length=2)
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="trait_once")]
        indexes = [models.Index(fields=["home", "key"], name="trait_home_key_idx")]

    def __str__(self) -> str:
        return self.key


class LikelyDuplicateQuerySet(models.QuerySet["LikelyDuplicate"]):
    """Likely duplicates."""

    def waiting(self) -> LikelyDuplicateQuerySet:
        """Those that nobody decided on."""
        return self.filter(state=DuplicateState.OPEN)

    def between(self, one: Organisation, other: Organisation) -> LikelyDuplicateQuerySet:
        """The pair of these two, whichever is named first."""
        first, second = sorted((one.pk, other.pk))
        return self.filter(first=first, second=second)


class LikelyDuplicate(Record):
    """Two entries that may be one organisation, with how likely that is and why. It changes nothing: a person decides."""

    home = models.CharField(max_length=2)
    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=30), default=list)
    state = models.CharField(max_length=12, choices=DuplicateState, default=DuplicateState.OPEN)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    moves = DUPLICATE_MOVES
    objects = LikelyDuplicateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likely_duplicate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likely_duplicate_in_order"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="likely_duplicate_score_in_range"),
            models.CheckConstraint(
                condition=Q(state__in=DuplicateState.values), name="likely_duplicate_state_known"
            ),
            models.CheckConstraint(condition=Q(home__regex=HOME), name="likely_duplicate_has_home"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["home", "state", "-score"], name="likely_duplicate_queue_idx")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"


class Distinction(Record):
    """Somebody's word that two entries are two organisations. The pair is not suggested again."""

    duplicate = models.OneToOneField(LikelyDuplicate, on_delete=models.CASCADE, related_name="distinction")
    told_apart_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="distinction_has_reason")]

    def __str__(self) -> str:
        return self.reason


class Merge(Record):
    """One entry was merged into another: who did it, why, and all that moved, so that it can be undone.

    `moved`: which rows of which table pointed to the entry that is gone, by the table's label and its column. `added`: the names that were
    given to the kept entry, as [kind, language, text]. `filled`: facts of the kept entry that were empty, with what was written there.
    `left`: rows that the kept entry had the like of, so that they stayed where they were and never follow later. `ended`: offices
    among these, which ended with the merge; nobody speaks for an entry that stands nowhere.
    """

    home = models.CharField(max_length=2)
    kept = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    duplicate = models.ForeignKey(
        LikelyDuplicate, null=True, blank=True, on_delete=models.SET_NULL, related_name="merges"
    )
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(max_length=12, choices=MergeState, default=MergeState.IN_FORCE)
    moved: models.JSONField[dict[str, list[str]], dict[str, list[str]]] = models.JSONField(default=dict)
    stayed: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    left: models.JSONField[dict[str, list[str]], dict[str, list[str]]] = models.JSONField(default=dict)
    ended: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    added: models.JSONField[list[list[str]], list[list[str]]] = models.JSONField(default=list)
    filled: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    moves = MERGE_MOVES

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_is_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
            models.CheckConstraint(condition=Q(state__in=MergeState.values), name="merge_state_known"),
            models.CheckConstraint(condition=Q(home__regex=HOME), name="merge_has_home"),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(state=MergeState.IN_FORCE), name="merge_once_while_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class UndoneMerge(Record):
    """A merge was undone: who did it, why, and how much stayed with the kept entry because it had changed since."""

    merge = models.OneToOneField(Merge, on_delete=models.CASCADE, related_name="undoing")
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    stayed: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="undone_merge_has_reason")]

    def __str__(self) -> str:
        return self.reason
