"""Whether something may be done for an organisation: the one place that says so, for the rules of every room.

An office over an organisation allows two things that must not be mixed up. Who *belongs* to it reads what is its own,
takes back, ends and leaves, always. Who *acts* for it begins, answers and publishes, only while it takes part here. Rules
ask one of these two; `tests/house/test_acting.py` sees to it that none asks past them.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Organisation
from corridor.kernel.logic.verdict import Verdict, unless
from corridor.kernel.models import User
from corridor.kernel.states import Capability

MERGED = _("This entry was merged into another one.")
SUSPENDED = _("This organisation is suspended. Until that is lifted, nothing is begun, answered or published for it.")
RESTS = _("This organisation takes no part here at present.")


def belongs(user: User, capability: Capability, organisation: UUID | None) -> bool:
    """Whether some office over the organisation holds this, also while it is suspended: to read, take back, end and leave."""
    return organisation is not None and user.audience.can(capability, organisation=organisation)


def acts(user: User, capability: Capability, organisation: Organisation, otherwise: object) -> Verdict:
    """Whether a person does something new for an organisation: an office over it allows it, and it takes part here.

    `otherwise` is the reason for those who hold no such office; they are told nothing else.
    """
    if not belongs(user, capability, organisation.pk):
        return Verdict((otherwise,))
    return takes_part(organisation, user)


def takes_part(organisation: Organisation | None, user: User | None = None) -> Verdict:
    """Whether anything may be begun with or for an organisation. Why not, in full, is for its own people and its officers."""
    if organisation is None or organisation.acts:
        return Verdict()
    if not organisation.stands:
        return Verdict((MERGED,))
    return Verdict((SUSPENDED if user is not None and knows_why(user, organisation) else RESTS,))


def knows_why(user: User, organisation: Organisation) -> bool:
    """Whether somebody reads why an organisation is suspended: who speaks for it, and the officers of its country."""
    return belongs(user, Capability.SPEAK, organisation.pk) or is_its_officer(user, organisation)


def is_its_officer(user: User, organisation: Organisation) -> bool:
    """Whether a person decides for the organisation's own country whether it takes part."""
    return user.audience.can(Capability.SUSPEND_ORGANISATION, home=organisation.home)


def is_office_of(user: User, organisation: Organisation) -> Verdict:
    """Only its own focal point decides whether an organisation takes part."""
    return unless(
        is_its_officer(user, organisation),
        _("Only the focal point of its own country can decide whether an organisation is suspended."),
    )
