"""Whether something may be done for an organisation: the one place that says so, for the rules of every room.

An office over an organisation allows two things that must not be mixed up. Who *belongs* to it reads what is its own,
takes back, ends and leaves, always. Who *acts* for it begins, answers and publishes, only while it takes part here. Rules
ask one of these two; `tests/house/test_acting.py` sees to it that none asks past them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Organisation
from corridor.kernel.logic.verdict import Verdict, unless
from corridor.kernel.models import User
from corridor.kernel.states import CAPABILITIES, Capability, Scope

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


def acts_at_all(user: User, capability: Capability, acting: Container[str] | None = None) -> bool:
    """Whether somebody holds this over something that takes part: a country, the installation, or an organisation that acts.

    `acting` are the keys of organisations that act, where a list has read them once for many people.
    """
    held = [(scope, key) for office, scope, key, _home in user.audience.grants if capability in CAPABILITIES[office]]
    if any(scope != Scope.ORGANISATION for scope, _key in held):
        return True
    if acting is not None:
        return any(key in acting for _scope, key in held)
    return bool(held) and Organisation.objects.acting().filter(pk__in=[key for _scope, key in held]).exists()


def acting_of(people: Iterable[User]) -> set[str]:
    """Of the organisations over which these people hold offices, those that take part; in one query."""
    keys = {key for user in people for key in user.audience.organisations}
    return {str(key) for key in Organisation.objects.acting().filter(pk__in=keys).values_list("pk", flat=True)}


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
