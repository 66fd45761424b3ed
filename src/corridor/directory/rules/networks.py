"""Who may found, join, leave and convene networks. Both sides agree to every membership."""

from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Network, NetworkMembership, Organisation
from corridor.directory.models.networks import STANDING
from corridor.directory.rules.acting import belongs, takes_part
from corridor.directory.states import NetworkMembershipState
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.states import Capability

NOT_THEIRS = _("Only the organisation's own manager or the focal point of its country can do this.")
NOT_CONVENOR = _("Only the organisation that convenes this network can do this.")
CLOSED = _("This network has been closed.")


def acts_for(user: User, organisation: Organisation) -> bool:
    """Whether a person decides for an organisation: its manager, or the focal point of its country."""
    return belongs(user, Capability.MANAGE_ORGANISATION, organisation.pk) or _is_officer(user, organisation)


def _is_officer(user: User, organisation: Organisation) -> bool:
    return user.audience.can(Capability.VERIFY_ORGANISATION, home=organisation.home)


def may_found(user: User, organisation: Organisation) -> Verdict:
    """A verified organisation founds a network and convenes it."""
    return together(
        unless(acts_for(user, organisation), NOT_THEIRS),
        takes_part(organisation, user),
        unless(organisation.is_verified, _("Only an organisation that its focal point verified can found a network.")),
    )


def may_convene(user: User, network: Network) -> Verdict:
    """The convenor looks after an open network's page, invites, answers who asks, and closes it."""
    return together(
        unless(acts_for(user, network.convenor), NOT_CONVENOR),
        takes_part(network.convenor, user),
        unless(network.is_open, CLOSED),
    )


def may_ask_to_join(user: User, network: Network, organisation: Organisation) -> Verdict:
    """An organisation asks for itself."""
    return together(
        unless(acts_for(user, organisation), NOT_THEIRS),
        unless(network.is_open, CLOSED),
        takes_part(organisation, user),
        unless(not _stands(network, organisation), _("This organisation has joined, or an answer is awaited.")),
    )


def may_invite(user: User, network: Network, organisation: Organisation) -> Verdict:
    """The convenor invites; nobody belongs to a network without having agreed."""
    return together(
        may_convene(user, network),
        takes_part(organisation, user),
        unless(not _stands(network, organisation), _("This organisation has joined, or an answer is awaited.")),
    )


def may_answer_membership(user: User, membership: NetworkMembership) -> Verdict:
    """Who asked is answered by the convenor; who was invited answers for itself."""
    asked = membership.state == NetworkMembershipState.ASKED
    side = membership.network.convenor if asked else membership.organisation
    waits = membership.state in (NetworkMembershipState.ASKED, NetworkMembershipState.INVITED)
    return together(
        unless(acts_for(user, side), NOT_CONVENOR if asked else NOT_THEIRS),
        takes_part(membership.organisation, user),
        takes_part(membership.network.convenor, user),
        unless(membership.network.is_open, CLOSED),
        unless(waits, _("This was answered already.")),
    )


def may_end_membership(user: User, membership: NetworkMembership) -> Verdict:
    """An organisation leaves when it wants; the convenor may end a membership, and says why. The convenor hands over first."""
    convenor = membership.network.convenor
    leaves = acts_for(user, membership.organisation)
    return together(
        unless(leaves or acts_for(user, convenor), NOT_THEIRS),
        Verdict() if leaves else takes_part(convenor, user),
        unless(membership.state == NetworkMembershipState.JOINED, _("It does not belong to this network now.")),
        unless(
            not membership.is_convenor,
            _("Whoever convenes a network hands that over, or closes the network, before leaving."),
        ),
    )


def may_hand_over(user: User, membership: NetworkMembership) -> Verdict:
    """The convenor hands over to an organisation that has joined; for a suspended one its focal point does."""
    network = membership.network
    for_it = network.convenor.is_suspended and _is_officer(user, network.convenor)
    return together(
        unless(network.is_open, CLOSED) if for_it else may_convene(user, network),
        takes_part(membership.organisation, user),
        unless(membership.state == NetworkMembershipState.JOINED, _("It does not belong to this network now.")),
        unless(not membership.is_convenor, _("It convenes this network already.")),
    )


def _stands(network: Network, organisation: Organisation) -> bool:
    return NetworkMembership.objects.filter(network=network, organisation=organisation, state__in=STANDING).exists()
