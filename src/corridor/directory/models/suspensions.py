"""Suspensions of organisations by their own focal point, and what an organisation says against one."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from corridor.directory.models.organisations import Organisation
from corridor.kernel.models import Record


class OrganisationSuspension(Record):
    """An officer of its home country keeps an organisation from acting here, until that is lifted. Kept for good.

    The organisation points to the one in force. Foreign keys in both directions, which the database keeps, let no open
    suspension be without its organisation's pointer, and no pointer without an open suspension of that organisation.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="suspensions")
    suspended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="organisation_suspension_has_reason"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(lifted_at__isnull=True),
                name="organisation_suspension_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False, lifted_at__gte=F("created_at")),
                name="organisation_suspension_lifted_wholly",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def home(self) -> str:
        """A suspension is at home where its organisation is."""
        return self.organisation.home

    @property
    def is_in_force(self) -> bool:
        """Whether nobody has lifted it yet."""
        return self.lifted_at is None

    @property
    def is_objected(self) -> bool:
        """Whether the organisation said something against it."""
        return hasattr(self, "objection")


class Objection(Record):
    """What somebody who speaks for a suspended organisation says against its suspension, once; its officers read it."""

    suspension = models.OneToOneField(OrganisationSuspension, on_delete=models.CASCADE, related_name="objection")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what you say against it"), max_length=2000)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="objection_says_something")]

    def __str__(self) -> str:
        return self.text
