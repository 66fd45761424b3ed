"""How somebody becomes operator of an opened installation, or stops being one: a motion, and the words of three countries."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from corridor.directory.models.organisations import HOME
from corridor.kernel.models import Record


class OperatorMotionQuerySet(models.QuerySet["OperatorMotion"]):
    """Motions."""

    def open(self) -> OperatorMotionQuerySet:
        """Those that wait for words."""
        return self.filter(decided_at=None, withdrawn_at=None)


class OperatorMotion(Record):
    """The head of a focal point moves that somebody become operator, or that an operator's office end. No country decides it alone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="operator_motions")
    ends = models.BooleanField(default=False)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    home = models.CharField(max_length=2)
    reason = models.CharField(max_length=500)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = OperatorMotionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(home__regex=HOME), name="operator_motion_home_is_iso"),
            models.CheckConstraint(condition=~Q(reason=""), name="operator_motion_says_why"),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(withdrawn_at=None), name="operator_motion_ends_one_way"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(decided_at=None, withdrawn_at=None),
                name="operator_motion_one_a_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OperatorWord(Record):
    """One country's word for a motion, given by its head; that of whoever moved it is the first."""

    motion = models.ForeignKey(OperatorMotion, on_delete=models.CASCADE, related_name="words")
    home = models.CharField(max_length=2)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["motion", "home"], name="operator_word_one_a_country"),
            models.UniqueConstraint(fields=["motion", "given_by"], name="operator_word_one_a_person"),
            models.CheckConstraint(condition=Q(home__regex=HOME), name="operator_word_home_is_iso"),
        ]

    def __str__(self) -> str:
        return self.home
