"""Verbs of belonging: ask to be confirmed, vouch for people, and what a country decides about publishing and machines."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corridor.directory import rules
from corridor.directory.models import Country, MembershipRequest, Organisation, Vouching
from corridor.directory.operations.acting import hold_parties
from corridor.directory.states import RequestState
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import grant, hold, move, record, write_letter
from corridor.kernel.states import Office, Scope


@transaction.atomic
def ask_membership(
    user: User,
    *,
    home: str,
    statement: str,
    organisation: Organisation | None = None,
    organisation_text: str = "",
    is_claim: bool = False,
    by: User,
) -> MembershipRequest:
    """Ask to be confirmed as a member, and with `is_claim` as the organisation's manager.

    One request waits at a time; asking again replaces what was said.
    """
    if is_claim and organisation is None:
        raise Refused([_("Choose from the directory the organisation whose entry you claim.")])
    if organisation is not None and organisation.home != home:
        raise Refused([_("This organisation is in another country.")])
    if organisation is not None and not organisation.stands:
        raise Refused([_("This entry was merged into another one. Choose the one that was kept.")])
    hold(user)  # asked twice at once, the second finds the first one's request
    request = MembershipRequest.objects.select_for_update().filter(user=user, state=RequestState.WAITING).first()
    request = request or MembershipRequest(user=user)
    request.home, request.statement = home, statement
    request.organisation, request.organisation_text = organisation, organisation_text
    request.is_claim = is_claim
    request.save()
    if user.home != home:
        user.home = home
        user.save(update_fields=["home"])
    record("membership.asked", request, by=by, organisation=organisation.pk if organisation else None, claim=is_claim)
    return request


@transaction.atomic
def answer_membership(
    request: MembershipRequest, *, by: User, is_confirmed: bool, reason: str, as_manager: bool = False
) -> Vouching:
    """Vouch for a person, or say why not. A confirmed person is a member from today; a focal point may make them the manager too."""
    hold_parties(request.organisation)
    hold(request)
    rules.may_answer(by, request).enforce()
    state = RequestState.CONFIRMED if is_confirmed else RequestState.DECLINED
    vouching = Vouching.objects.create(request=request, vouched_by=by, is_confirmed=is_confirmed, reason=reason)
    move(request, state, by=by)
    if is_confirmed:
        organisation = request.organisation
        over = (Scope.ORGANISATION, organisation.pk) if organisation else (Scope.COUNTRY, request.home)
        office = Office.ORGANISATION_MANAGER if as_manager and organisation else Office.MEMBER
        grant(request.user, office, over=over, home=request.home, by=by, reason=reason)
    write_letter(request.user, f"membership_{state}", key=f"membership:{request.pk}", reason=reason)
    return vouching


@transaction.atomic
def set_publishing(country: Country, *, by: User, verified_publish_themselves: bool) -> None:
    """Decide whether verified organisations of a country publish their notices themselves."""
    hold(country)
    rules.may_set_country(by, country).enforce()
    if country.verified_publish_themselves != verified_publish_themselves:
        country.verified_publish_themselves = verified_publish_themselves
        country.save(update_fields=["verified_publish_themselves"])
        record("country.publishing_set", country, by=by, themselves=verified_publish_themselves)


@transaction.atomic
def set_machine_translation(country: Country, *, by: User, allows: bool) -> None:
    """Decide whether public texts of a country's notices may be sent to the translation engine that the operator chose."""
    hold(country)
    rules.may_set_country(by, country).enforce()
    if country.allows_machine_translation != allows:
        country.allows_machine_translation = allows
        country.save(update_fields=["allows_machine_translation"])
        record("country.machine_translation_set", country, by=by, allows=allows)
