"""Who may list, mend and verify organisations."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Organisation
from corridor.directory.rules.acting import MERGED, acts
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import Event, User
from corridor.kernel.states import Capability

GONE = _("This entry was merged into another one. What you wrote is not lost: take it over to the entry that was kept.")

# More entries than this in a day are not one person's knowledge but an import, or abuse.
MOST_LISTED_IN_A_DAY = 20


def may_list(user: User, home: str) -> Verdict:
    """Everybody who is signed in may enter an organisation of their own country; the focal point verifies it later."""
    yesterday = timezone.now() - datetime.timedelta(days=1)
    by_hand = Event.objects.filter(verb="organisation.listed", by_id=user.pk).exclude(facts__has_key="batch")
    listed = by_hand.filter(at__gte=yesterday).count()
    return together(
        unless(user.is_active and bool(user.pk), _("Sign in to list an organisation.")),
        unless(bool(user.home), _("Say in your account in which country you are first.")),
        unless(
            listed < MOST_LISTED_IN_A_DAY,
            _("You have listed many organisations today. Please go on tomorrow, or ask your focal point."),
        ),
        unless(not user.home or user.home == home, _("You can list organisations of your own country only.")),
    )


def may_edit(user: User, organisation: Organisation) -> Verdict:
    """An organisation's manager looks after its entry; so does the focal point of its country. One that was merged is closed.

    While it is suspended its entry, which everybody reads, is the focal point's alone to mend.
    """
    if not organisation.stands:
        return Verdict((GONE,))
    if user.audience.can(Capability.VERIFY_ORGANISATION, home=organisation.home):
        return Verdict()
    neither = _("Only the organisation's own manager or its focal point can change this entry.")
    return acts(user, Capability.MANAGE_ORGANISATION, organisation, neither)


def may_verify(user: User, organisation: Organisation) -> Verdict:
    """The focal point of the organisation's own country verifies it, once."""
    return together(
        unless(
            user.audience.can(Capability.VERIFY_ORGANISATION, home=organisation.home),
            _("Only the focal point of its own country can verify an organisation."),
        ),
        unless(not organisation.is_verified, _("This organisation is verified already.")),
        unless(organisation.stands, MERGED),
    )


def may_withdraw_verification(user: User, organisation: Organisation) -> Verdict:
    """Whoever may give the focal point's word may take it back."""
    return together(
        unless(
            user.audience.can(Capability.VERIFY_ORGANISATION, home=organisation.home),
            _("Only the focal point of its own country can withdraw a verification."),
        ),
        unless(organisation.is_verified, _("This organisation is not verified.")),
    )
