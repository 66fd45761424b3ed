"""How somebody takes the office of head of a focal point: a sealed invitation, its acceptance, and who confirmed it."""

from __future__ import annotations

import datetime
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from corridor.directory.models.countries import FocalPoint
from corridor.directory.models.organisations import HOME
from corridor.kernel.models import Grant, Record


def published_domain(home: str) -> str:
    """The domain of the ministry that is focal point of a country today, as the directory publishes it; empty without one."""
    found = FocalPoint.objects.filter(home=home, ends_on=None).select_related("organisation").first()
    host = urlsplit(found.organisation.website).hostname if found else None
    return (host or "").removeprefix("www.").lower()


def is_within(address: str, domain: str) -> bool:
    """Whether a mail address belongs to a domain or to one below it."""
    name = address.rpartition("@")[2].lower()
    return bool(domain) and (name == domain or name.endswith(f".{domain}"))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def open(self) -> InvitationQuerySet:
        """Those that lead to an office or still may."""
        lapsed = Q(acceptance__isnull=True, expires_at__lte=timezone.now())
        return self.filter(withdrawn_at=None).exclude(lapsed)

    def unfinished(self) -> InvitationQuerySet:
        """Those that were accepted and wait to be confirmed."""
        return self.filter(withdrawn_at=None, acceptance__isnull=False, acceptance__grant=None)


class Invitation(Record):
    """A sealed letter to the published address of a ministry: whoever works there may become head of its focal point."""

    home = models.CharField(max_length=2)
    address = models.EmailField(max_length=254)
    domain = models.CharField(max_length=253)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()
    LIFETIME: ClassVar[datetime.timedelta] = datetime.timedelta(days=14)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(home__regex=HOME), name="office_invitation_home_is_iso"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="office_invitation_lasts"),
            models.UniqueConstraint(fields=["home"], condition=Q(withdrawn_at=None), name="office_invitation_one_a_country"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.home

    @property
    def is_accepted(self) -> bool:
        """Whether somebody of the ministry took it up."""
        return hasattr(self, "acceptance")


class Acceptance(Record):
    """Somebody of the ministry took an invitation up; with the confirmations it needs, the office follows."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="acceptance")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    grant = models.OneToOneField(Grant, null=True, blank=True, on_delete=models.PROTECT, related_name="acceptance")

    def __str__(self) -> str:
        return str(self.pk)


class Confirmation(Record):
    """One member's word that this person is to be head: the country's own head, or another country."""

    acceptance = models.ForeignKey(Acceptance, on_delete=models.CASCADE, related_name="confirmations")
    home = models.CharField(max_length=2)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["acceptance", "home"], name="office_confirmation_one_a_country"),
            models.UniqueConstraint(fields=["acceptance", "confirmed_by"], name="office_confirmation_one_a_person"),
            models.CheckConstraint(condition=Q(home__regex=HOME), name="office_confirmation_home_is_iso"),
        ]

    def __str__(self) -> str:
        return self.home


class Recovery(Record):
    """Somebody lost their second factor, and an officer who knows them says so. A second one must agree before it is undone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recoveries")
    home = models.CharField(max_length=2)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(home__regex=HOME), name="recovery_home_is_iso"),
            models.CheckConstraint(condition=~Q(agreed_by=F("begun_by")), name="recovery_by_two"),
            models.CheckConstraint(condition=~Q(user=F("begun_by")) & ~Q(user=F("agreed_by")), name="recovery_not_of_oneself"),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None) | Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="recovery_agreed_when_and_by_whom",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(agreed_at=None, stopped_at=None), name="recovery_one_waits"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_waiting(self) -> bool:
        """Whether a second officer is waited for."""
        return self.agreed_at is None and self.stopped_at is None
