"""What a person holds here: offices with their dates, and where a request to be confirmed lies."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from corridor.directory.models import MembershipRequest, Organisation
from corridor.directory.states import RequestState
from corridor.kernel.models import Grant, User
from corridor.kernel.states import Office, Scope
from corridor.web.components.names import country_in_words, reader_language


@dataclass(frozen=True)
class Holding:
    """One office as its holder reads it."""

    pk: UUID
    office: str
    over: str
    over_language: str
    home: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    is_current: bool


def holdings_of(user: User) -> list[Holding]:
    """Offices in force first, then former ones, newest first; in three queries however many there are."""
    grants = list(Grant.objects.filter(user=user).order_by("-starts_on", "-id"))
    keys = [grant.scope_id for grant in grants if grant.scope == Scope.ORGANISATION]
    organisations = {str(o.pk): o for o in Organisation.objects.with_names().filter(pk__in=keys)}
    held = [holding(grant, organisations.get(grant.scope_id)) for grant in grants]
    return sorted(held, key=lambda holding: not holding.is_current)


def holding(grant: Grant, organisation: Organisation | None) -> Holding:
    """An office in words; `organisation` is the one it is held over, if it is."""
    over, language = over_what(grant, organisation)
    return Holding(
        pk=grant.pk,
        office=str(Office(grant.office).label),
        over=over,
        over_language=language,
        home=grant.home if grant.scope == Scope.ORGANISATION else "",
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        is_current=grant.ends_on is None or grant.ends_on > timezone.now().date(),
    )


def over_what(grant: Grant, organisation: Organisation | None) -> tuple[str, str]:
    """The name of what an office is held over, and the language of that name."""
    if organisation is not None:
        return name_of(organisation)
    if grant.scope == Scope.COUNTRY:
        return country_in_words(grant.scope_id), reader_language()
    if grant.scope == Scope.INSTALLATION:
        return _("this installation"), reader_language()
    return _("an organisation that is no longer listed"), reader_language()


def name_of(organisation: Organisation) -> tuple[str, str]:
    """The name that a reader sees, and its language."""
    name = organisation.name
    return name, next((row.language for row in organisation.names.all() if row.text == name and row.language), "")


def request_of(user: User) -> MembershipRequest | None:
    """The person's request that waits, or else the one that was answered last."""
    asked = MembershipRequest.objects.filter(user=user).select_related("organisation", "vouching")
    asked = asked.prefetch_related("organisation__names")
    return asked.filter(state=RequestState.WAITING).first() or asked.order_by("-created_at").first()
