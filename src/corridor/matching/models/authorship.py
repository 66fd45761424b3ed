"""Whose a notice is: until when having written it counts for something, once for one notice and once as a filter.

A notice that was handed in for an organisation is the organisation's. Who wrote it keeps what nobody but them has answered
for: a text without an organisation, and one that was never handed in. Whoever speaks for the organisation goes on as one of
its people. Three more write what they do not speak for: a newcomer whose request to be confirmed by the organisation waits,
until something of it is published; an officer who posts for others in its country; and the problem owner who took it over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from corridor.directory.models import MembershipRequest
from corridor.directory.states import RequestState
from corridor.kernel.models import Audience, Grant
from corridor.kernel.states import Capability, Scope

if TYPE_CHECKING:
    from corridor.matching.models.notices import Notice


def own_of(audience: Audience) -> Q:
    """Notices that are somebody's own to work on and to read whatever their state. Twin of `is_own_of`."""
    if audience.user_id is None:
        return Q(pk__in=[])
    return Q(organisation_id__in=audience.organisations) | Q(author_id=audience.user_id) & _kept_by(audience)


def _kept_by(audience: Audience) -> Q:
    handed_in = apps.get_model("matching", "Wording").objects.filter(notice=OuterRef("pk"), submitted_at__isnull=False)
    unread = Q(published=None) & ~Exists(handed_in)
    asked = Q(published=None, organisation_id__in=_asked_by(audience))
    for_others = Q(home__in=[home for home in audience.offices_of if _posts_for_others(audience, home)])
    return Q(organisation=None) | unread | asked | for_others | Q(mandate__taken_over_by=audience.user_id)


def is_own_of(audience: Audience, notice: Notice) -> bool:
    """Whether a notice is somebody's own; asks the database only about those who wrote it. Twin of `own_of`."""
    if notice.organisation_id is not None and str(notice.organisation_id) in audience.organisations:
        return True
    if audience.user_id is None or notice.author_id != audience.user_id:
        return False
    if notice.organisation_id is None or _posts_for_others(audience, notice.home) or _took_over(audience, notice):
        return True
    if notice.published_id is not None:
        return False
    handed_in = notice.wordings.filter(submitted_at__isnull=False).exists()
    return not handed_in or _asked_by(audience).filter(organisation=notice.organisation_id).exists()


def _took_over(audience: Audience, notice: Notice) -> bool:
    return hasattr(notice, "mandate") and notice.mandate.taken_over_by_id == audience.user_id


def _posts_for_others(audience: Audience, home: str) -> bool:
    return audience.can(Capability.POST_FOR_OTHERS, home=home)


def _asked_by(audience: Audience) -> QuerySet[MembershipRequest, Any]:
    """Organisations that a newcomer waits for. Who once held an office there and asks again waits for the answer like others."""
    before = Grant.objects.filter(
        user=audience.user_id, scope=Scope.ORGANISATION, scope_id=Cast(OuterRef("organisation"), CharField())
    )
    waiting = MembershipRequest.objects.filter(user=audience.user_id, state=RequestState.WAITING)
    return waiting.filter(~Exists(before), organisation__isnull=False).values("organisation")
