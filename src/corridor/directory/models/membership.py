"""Requests of people to be confirmed as members, and the answers to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models.organisations import HOME, Organisation
from corridor.directory.states import REQUEST_MOVES, RequestState
from corridor.kernel.models import Record


class MembershipRequest(Record):
    """A person asks to be confirmed as a member: of a country, and usually of an organisation there.

    A claim asks besides to look after the organisation's entry. Until it is answered it gives nobody anything.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="membership_requests")
    home = models.CharField(max_length=2)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    organisation_text = models.CharField(_("organisation, if it is not listed"), max_length=200, blank=True)
    statement = models.TextField(_("who you are and what you do there"), max_length=1000)
    is_claim = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.WAITING)
    moves = REQUEST_MOVES

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="membership_request_state_known"),
            models.CheckConstraint(condition=Q(home__regex=HOME), name="membership_request_has_home"),
            models.CheckConstraint(
                condition=Q(is_claim=False) | Q(organisation__isnull=False), name="membership_request_claims_something"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state=RequestState.WAITING), name="membership_request_one_waiting_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation or self.organisation_text or self.home}"


class Vouching(Record):
    """The answer to a request, by whom and for what reason; kept for good."""

    request = models.OneToOneField(MembershipRequest, on_delete=models.CASCADE, related_name="vouching")
    vouched_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_confirmed = models.BooleanField()
    reason = models.CharField(_("reason"), max_length=500)
    vouched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="vouching_has_reason")]

    def __str__(self) -> str:
        return self.reason
