"""Named networks of hubs, zones and others, and who belongs to them from when until when."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.directory.models.organisations import HOME, Organisation
from corridor.directory.states import MEMBERSHIP_MOVES, NetworkMembershipState, NetworkRole
from corridor.kernel.models import Record
from corridor.kernel.states import Theme

STANDING = (NetworkMembershipState.ASKED, NetworkMembershipState.INVITED, NetworkMembershipState.JOINED)


class Network(Record):
    """Hubs, zones and others that work on problems together under a name; one of them convenes it."""

    home = models.CharField(max_length=2)
    name = models.CharField(_("name"), max_length=200)
    name_language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    about = models.TextField(_("what it is for"), max_length=4000)
    about_language = models.CharField(max_length=10, choices=settings.LANGUAGES, blank=True)
    themes: ArrayField[Any, Any] = ArrayField(
        models.CharField(max_length=12, choices=Theme), default=list, blank=True, verbose_name=_("themes")
    )
    website = models.URLField(_("web site"), blank=True)
    convenor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="networks_convened")
    closed_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(home__regex=HOME), name="network_has_home"),
            models.CheckConstraint(condition=~Q(name=""), name="network_has_name"),
            models.CheckConstraint(condition=Q(themes__contained_by=Theme.values), name="network_themes_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it still works."""
        return self.closed_on is None


class NetworkMembershipQuerySet(models.QuerySet["NetworkMembership"]):
    """Belonging to networks."""

    def standing(self) -> NetworkMembershipQuerySet:
        """Those of entries that stand for themselves; where both of two merged ones were members, the kept one's counts."""
        return self.filter(organisation__stands=True)

    def joined(self) -> NetworkMembershipQuerySet:
        """Both sides wanted it, and it goes on."""
        return self.standing().filter(state=NetworkMembershipState.JOINED)

    def told_to_everybody(self) -> NetworkMembershipQuerySet:
        """Those that came about, whether they go on or have ended. Who asked or was invited is nobody else's business."""
        return self.standing().filter(state__in=[NetworkMembershipState.JOINED, NetworkMembershipState.LEFT])


class NetworkMembership(Record):
    """An organisation in a network, in a role, from a day until a day. It takes both: one asks or invites, the other agrees."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="network_memberships")
    role = models.CharField(_("role"), max_length=12, choices=NetworkRole, default=NetworkRole.MEMBER)
    state = models.CharField(max_length=12, choices=NetworkMembershipState)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    moves = MEMBERSHIP_MOVES
    objects = NetworkMembershipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_on", "created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=NetworkRole.values), name="network_membership_role_known"),
            models.CheckConstraint(
                condition=Q(state__in=NetworkMembershipState.values), name="network_membership_state_known"
            ),
            models.UniqueConstraint(
                fields=["network", "organisation"], condition=Q(state__in=STANDING), name="network_membership_once"
            ),
            models.CheckConstraint(
                condition=~Q(state=NetworkMembershipState.JOINED) | Q(starts_on__isnull=False),
                name="network_membership_joined_from_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=NetworkMembershipState.LEFT)
                | Q(starts_on__isnull=False, ends_on__gte=models.F("starts_on")),
                name="network_membership_left_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.network}"

    @property
    def is_convenor(self) -> bool:
        """Whether its organisation convenes the network; the network says so, whatever became of the entry that founded it."""
        return self.organisation_id == self.network.convenor_id

    @property
    def part(self) -> str:
        """What its organisation does in the network, in words."""
        if self.is_convenor:
            return str(NetworkRole.CONVENOR.label)
        role = NetworkRole.MEMBER if self.role == NetworkRole.CONVENOR else NetworkRole(self.role)
        return str(role.label)

    @property
    def home(self) -> str:
        """A membership is at home where the organisation is."""
        return self.organisation.home
