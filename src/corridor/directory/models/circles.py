"""Circles of readers around a person: who stands within each, in the database's words and in Python's."""

from __future__ import annotations

from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from corridor.kernel.models import Audience, Grant, User
from corridor.kernel.states import CAPABILITIES, Capability, Office, Scope, Visibility

# Offices whose holder somebody has vouched for.
CONFIRMING: tuple[Office, ...] = tuple(o for o in Office if Capability.READ_MEMBERS in CAPABILITIES[o])
# Offices whose holder speaks for an organisation.
SPEAKING: tuple[Office, ...] = tuple(o for o in Office if Capability.SPEAK in CAPABILITIES[o])
# A country that is none: readers who are from elsewhere.
ELSEWHERE = "ZZ"


def speakers_of(organisation_id: UUID | None) -> QuerySet[User]:
    """The people who speak for an organisation today. Somebody who left is not among them."""
    held = Grant.objects.current().over(Scope.ORGANISATION, organisation_id).filter(office__in=SPEAKING)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def officers_of(home: str) -> QuerySet[User]:
    """The people who decide today whether an organisation of a country takes part here."""
    deciding = [office for office in Office if Capability.SUSPEND_ORGANISATION in CAPABILITIES[office]]
    held = Grant.objects.current().over(Scope.COUNTRY, home).filter(office__in=deciding)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def audience_of(user: object) -> Audience:
    """The readers a person stands for; nobody in particular when not signed in, or when the account is closed."""
    return user.audience if isinstance(user, User) and user.is_active else Audience(None)


def circle_q(audience: Audience) -> Q:
    """Rows with a `visibility` that belong to a profile and within whose circle these readers stand. Twin of `stands_within`."""
    circle = Q(visibility=Visibility.PUBLIC)
    if audience.is_member:
        circle |= Q(visibility=Visibility.MEMBERS)
    if audience.offices_of:
        circle |= Q(visibility=Visibility.SIX)
    if audience.homes:
        circle |= Q(visibility=Visibility.NATIONAL, profile__home__in=audience.homes)
    if audience.organisations:
        theirs = Q(visibility=Visibility.TEAM, profile__affiliation__in=audience.organisations)
        circle |= theirs & Q(Exists(_works_there()))
    return circle


def _works_there() -> QuerySet[Grant]:
    """Offices that the person of a profile holds today where the profile says they work."""
    place = Cast(OuterRef("profile__affiliation"), CharField())
    return Grant.objects.current().filter(user=OuterRef("profile__user"), scope=Scope.ORGANISATION, scope_id=place)


def stands_within(audience: Audience, visibility: str, *, home: str, organisation: UUID | None) -> bool:
    """Whether these readers stand within a circle around somebody of a country and an organisation. Twin of `circle_q`."""
    if visibility == Visibility.TEAM:
        return organisation is not None and str(organisation) in audience.organisations
    if visibility == Visibility.NATIONAL:
        return bool(home) and home in audience.homes
    if visibility == Visibility.SIX:
        return bool(audience.offices_of)
    return audience.is_member if visibility == Visibility.MEMBERS else visibility == Visibility.PUBLIC


def example_of(visibility: str, *, home: str, organisation: UUID | None) -> Audience:
    """Readers who stand within this circle and no narrower one: what they may read, everybody in the circle may."""
    if visibility == Visibility.TEAM and organisation is not None:
        return _holding(Office.MEMBER, Scope.ORGANISATION, str(organisation), ELSEWHERE)
    if visibility == Visibility.NATIONAL and home:
        return _holding(Office.MEMBER, Scope.COUNTRY, home, home)
    if visibility == Visibility.SIX:
        return _holding(Office.FOCAL_POINT_OFFICER, Scope.COUNTRY, ELSEWHERE, ELSEWHERE)
    if visibility == Visibility.MEMBERS:
        return _holding(Office.MEMBER, Scope.COUNTRY, ELSEWHERE, ELSEWHERE)
    return Audience(None)


def _holding(office: Office, scope: Scope, scope_id: str, home: str) -> Audience:
    return Audience(None, ((office, scope, scope_id, home),))
