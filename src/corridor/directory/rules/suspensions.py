"""Who suspends an organisation, lifts that, and says something against it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Organisation, OrganisationSuspension
from corridor.directory.rules.acting import MERGED, belongs, is_office_of
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.states import Capability

NOT_SUSPENDED = _("This organisation is not suspended.")


def may_suspend_organisation(user: User, organisation: Organisation) -> Verdict:
    """An officer of its own country, for an entry that stands and is no focal point's own."""
    return together(
        is_office_of(user, organisation),
        unless(organisation.stands, MERGED),
        unless(not organisation.is_suspended, _("This organisation is suspended already.")),
        unless(
            not organisation.focal_points.filter(ends_on=None).exists(),
            _("This is the ministry that is a focal point itself. Nobody suspends it here."),
        ),
    )


def may_lift_suspension(user: User, organisation: Organisation) -> Verdict:
    """An officer of its own country who does not speak for it besides."""
    return together(
        is_office_of(user, organisation),
        unless(organisation.is_suspended, NOT_SUSPENDED),
        unless(
            not belongs(user, Capability.SPEAK, organisation.pk),
            _("You speak for this organisation yourself. Another officer decides."),
        ),
    )


def may_object(user: User, suspension: OrganisationSuspension) -> Verdict:
    """Whoever speaks for the organisation, once, while it is suspended."""
    return together(
        unless(
            belongs(user, Capability.SPEAK, suspension.organisation_id),
            _("Only somebody who speaks for this organisation can answer for it."),
        ),
        unless(suspension.is_in_force, NOT_SUSPENDED),
        unless(not suspension.is_objected, _("This organisation has answered already.")),
    )
