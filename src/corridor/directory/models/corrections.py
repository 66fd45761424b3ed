"""What readers say is wrong in an entry of the directory, and the answers to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.directory.models.organisations import Organisation
from corridor.directory.states import CorrectionAspect
from corridor.kernel.models import Record


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Corrections."""

    def waiting(self) -> CorrectionQuerySet:
        """Those that nobody has answered."""
        return self.filter(answer__isnull=True)


class Correction(Record):
    """A reader says what is wrong in an entry. It changes nothing by itself: whoever looks after the entry does."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="corrections")
    aspect = models.CharField(_("what is wrong"), max_length=12, choices=CorrectionAspect)
    text = models.TextField(_("how it should be"), max_length=1000)
    source = models.URLField(_("where one can check it"), max_length=300, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(aspect__in=CorrectionAspect.values), name="correction_aspect_known"),
            models.CheckConstraint(condition=~Q(text=""), name="correction_says_something"),
        ]

    def __str__(self) -> str:
        return self.get_aspect_display()

    @property
    def home(self) -> str:
        """A correction is at home where its organisation is."""
        return self.organisation.home


class CorrectionAnswer(Record):
    """Whether a correction was taken up, by whom and why; kept for good."""

    correction = models.OneToOneField(Correction, on_delete=models.CASCADE, related_name="answer")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_taken_up = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="correction_answer_has_reason")]

    def __str__(self) -> str:
        return self.reason
