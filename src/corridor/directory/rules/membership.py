"""Who may confirm people, and who decides how a country publishes."""

from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Country, MembershipRequest
from corridor.directory.rules.acting import belongs, takes_part
from corridor.directory.states import RequestState
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.states import Capability


def may_answer(user: User, request: MembershipRequest) -> Verdict:
    """The focal point of the country answers, or a verified organisation for its own people; nobody for themselves.

    Who claims an entry is answered by the focal point alone: whoever looks after it already is a party to it.
    """
    officer = user.audience.can(Capability.CONFIRM_MEMBER, home=request.home)
    organisation = request.organisation
    colleague = (
        organisation is not None
        and not request.is_claim
        and organisation.is_verified
        and belongs(user, Capability.CONFIRM_COLLEAGUE, organisation.pk)
    )
    return together(
        unless(
            officer or colleague,
            _("Only the focal point of that country or the verified organisation itself can answer this request."),
        ),
        Verdict() if officer or not colleague else takes_part(organisation, user),
        unless(request.user_id != user.pk, _("Nobody can vouch for themselves.")),
        unless(request.state == RequestState.WAITING, _("This request has been answered already.")),
    )


def may_set_country(user: User, country: Country) -> Verdict:
    """How a country publishes is decided by the head of its own focal point."""
    return unless(
        user.audience.can(Capability.SET_COUNTRY, home=country.code),
        _("Only the head of this country's focal point can decide this."),
    )
