"""Rules of the kernel: who may give and end offices."""

from django.utils.translation import gettext_lazy as _

from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import Grant, Opening, User
from corridor.kernel.states import Capability, Office, Scope, Texting

# Who may give an office: the capability needed over the country or organisation that it concerns.
GIVERS: dict[Office, tuple[Capability, ...]] = {
    Office.MEMBER: (Capability.CONFIRM_MEMBER, Capability.CONFIRM_COLLEAGUE),
    Office.ORGANISATION_MANAGER: (Capability.VERIFY_ORGANISATION,),
    Office.FOCAL_POINT_OFFICER: (Capability.APPOINT,),
    Office.FOCAL_POINT_HEAD: (Capability.APPOINT,),
    Office.REVIEWER: (),
    Office.TERMINOLOGIST: (Capability.APPOINT,),
    Office.OPERATOR: (),
}


def may_grant(user: User, office: Office, *, scope: Scope, scope_id: object, home: str) -> Verdict:
    """An office is given by those who answer for its scope: a focal point for its country, an organisation for its colleagues."""
    organisation = scope_id if scope == Scope.ORGANISATION else None
    allowed = any(user.audience.can(capability, home=home, organisation=organisation) for capability in GIVERS[office])
    return unless(
        allowed,
        _("Only the focal point of that country, or the organisation for its own colleagues, can give this office."),
    )


def may_set_up() -> Verdict:
    """The command line gives offices only until the installation is opened."""
    return unless(not Opening.objects.exists(), _("The installation is opened: its operator appoints nobody any more."))


def may_end(user: User, held: Grant) -> Verdict:
    """Whoever may give an office may end it, and everybody may lay down their own."""
    if held.user_id == user.pk:
        return Verdict()
    return may_grant(user, Office(held.office), scope=Scope(held.scope), scope_id=held.scope_id, home=held.home)


def may_remove(user: User, removed: User) -> Verdict:
    """Everybody removes their own account. Those of the sample are everybody's."""
    return unless(user.pk == removed.pk, _("Only the person themselves can remove an account.")) & unless(
        not removed.is_sample, _("This is an account of the sample, which everybody may try.")
    )


def may_text(state: Texting) -> Verdict:
    """Codes go to phones where an operator set up a sender, while it answers, and up to a number a day."""
    return unless(state == Texting.READY, state.label)


def may_have_phone(user: User, described: User) -> Verdict:
    """Everybody gives a number for themselves, and needs a password besides, so that a SIM card alone changes nothing here."""
    return together(
        may_describe(user, described),
        unless(not described.is_sample, _("This is an account of the sample, which everybody may try.")),
        unless(
            described.has_usable_password(), _("Choose a password first: a phone number can be taken over by others.")
        ),
    )


def may_describe(user: User, described: User) -> Verdict:
    """Everybody says for themselves who they are."""
    return unless(user.pk == described.pk, _("Only the person themselves can change this."))
