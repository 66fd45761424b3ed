"""Who says what an organisation has to give: its own manager, or the focal point of its country."""

from django.utils.translation import gettext_lazy as _

from corridor.directory.logic.contact import mail_addresses
from corridor.directory.models import Facility, Organisation
from corridor.directory.rules.acting import MERGED, belongs, takes_part
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.states import Capability

# More than this on one page is a catalogue, which has a place of its own.
MOST_FACILITIES = 200


def speaks_for(user: User, organisation: Organisation) -> Verdict:
    """The organisation's manager looks after what it has to give; so does the focal point of its country. Verified or not."""
    allowed = belongs(user, Capability.MANAGE_ORGANISATION, organisation.pk) or user.audience.can(
        Capability.VERIFY_ORGANISATION, home=organisation.home
    )
    return together(
        unless(allowed, _("Only the organisation's own manager or its focal point can say what it has to give.")),
        unless(organisation.stands, MERGED),
    )


def _may_offer(user: User, organisation: Organisation) -> Verdict:
    said = speaks_for(user, organisation)
    return together(said, takes_part(organisation, user)) if said else said


def may_add_facility(user: User, organisation: Organisation) -> Verdict:
    """Say one thing more that it has to give, up to a number that a page can hold."""
    held = Facility.objects.filter(organisation=organisation).count()
    return together(
        _may_offer(user, organisation),
        unless(
            held < MOST_FACILITIES,
            _("This organisation has listed as much as a page can hold. Mend what is there, or link to its catalogue."),
        ),
    )


def may_mend_facility(user: User, facility: Facility) -> Verdict:
    """Whoever may add may mend, also what is closed."""
    return _may_offer(user, facility.organisation)


def may_close_facility(user: User, facility: Facility) -> Verdict:
    """Say that it is not to be had any more, once."""
    return together(
        speaks_for(user, facility.organisation), unless(not facility.is_closed, _("This is closed already."))
    )


def may_reopen_facility(user: User, facility: Facility) -> Verdict:
    """Say that a closed one is to be had again."""
    return together(_may_offer(user, facility.organisation), unless(facility.is_closed, _("This is not closed.")))


def is_of_an_office(user: User, contact: str) -> Verdict:
    """Where to ask is a page or an office: nobody puts the address there with which they sign in."""
    own = user.email.casefold()
    return unless(
        all(address.casefold() != own for address in mail_addresses(contact)),
        _("This is your own address. Give the address of an office or of a page."),
    )
