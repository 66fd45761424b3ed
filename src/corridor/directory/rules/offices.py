"""Who invites, accepts and confirms heads of focal points, who opens an installation, and who lets somebody in again."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models.offices import Invitation, Recovery, is_within, published_domain
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import Grant, Opening, User
from corridor.kernel.states import SECOND_FACTORS, Capability, Office, Scope

CONFIRMATIONS = 2
COUNTRIES_TO_OPEN = 3
COUNTRY_OFFICES = (Office.FOCAL_POINT_HEAD, Office.FOCAL_POINT_OFFICER, Office.TERMINOLOGIST)


def sits(home: str) -> bool:
    """Whether a country has a head today whose office does not rest."""
    return any(not row[-1] for row in Grant.objects.current().filter(office=Office.FOCAL_POINT_HEAD, home=home).held())


def heads_of(user: User) -> tuple[str, ...]:
    """The countries whose head a person is."""
    return tuple(sorted({home for office, _, _, home in user.audience.grants if office == Office.FOCAL_POINT_HEAD}))


def speaks_for(user: User) -> tuple[str, ...]:
    """The countries for which somebody confirms heads: as their head or, until the installation is opened, as the one invited there."""
    if heads_of(user) or Opening.objects.exists() or not has_second_factor(user):
        return heads_of(user)
    return tuple(Invitation.objects.unfinished().filter(acceptance__accepted_by=user).values_list("home", flat=True))


def has_second_factor(user: User) -> bool:
    """Whether a person has set one up."""
    return User.objects.filter(pk=user.pk, authenticator__type__in=SECOND_FACTORS).exists()


def may_invite_head(by: User | None, home: str, address: str) -> Verdict:
    """The operator (`by=None`) invites until the installation is opened; then heads of other countries do, where none sits."""
    domain = published_domain(home)
    bound = unless(
        is_within(address, domain),
        _(
            "An invitation goes only to an address of the ministry that the directory names as focal point of that country."
        ),
    )
    if by is None:
        return bound & unless(
            not Opening.objects.exists(), _("The installation is opened: its operator appoints nobody any more.")
        )
    return together(
        bound,
        unless(bool(set(heads_of(by)) - {home}), _("Only heads of other countries' focal points can invite one.")),
        unless(not sits(home), _("This country has a head, who appoints for it.")),
    )


def may_accept(user: User, invitation: Invitation) -> Verdict:
    """Somebody with a confirmed address of the ministry, and a second factor, who is no other country's head."""
    mine = user.emailaddress_set.filter(verified=True, email__iexact=user.email).exists()  # type: ignore[attr-defined]
    other = [home for home in heads_of(user) if home != invitation.home]
    unfinished = Invitation.objects.unfinished().filter(acceptance__accepted_by=user).exclude(pk=invitation.pk)
    return together(
        unless(invitation.withdrawn_at is None, _("This invitation was withdrawn.")),
        unless(not invitation.is_accepted, _("This invitation was used already.")),
        unless(invitation.expires_at > timezone.now(), _("This invitation is too old.")),
        unless(
            mine and is_within(user.email, invitation.domain),
            _("Sign in with a confirmed address of the ministry: the invitation is for people who work there."),
        ),
        unless(has_second_factor(user), _("Set up a second factor first.")),
        unless(not user.is_sample, _("This is an account of the sample, which everybody may try.")),
        unless(not other and not unfinished.exists(), _("Nobody heads the focal points of two countries.")),
    )


def may_confirm(by: User, invitation: Invitation) -> Verdict:
    """The country's own head confirms or, where none sits, two other members, each once."""
    acceptance = getattr(invitation, "acceptance", None)
    speaking = speaks_for(by)
    own = invitation.home in heads_of(by)
    other = not sits(invitation.home) and any(home != invitation.home for home in speaking)
    given = set(acceptance.confirmations.values_list("home", flat=True)) if acceptance else set()
    return together(
        unless(
            acceptance is not None
            and acceptance.grant_id is None
            and acceptance.accepted_by.is_active
            and invitation.withdrawn_at is None,
            _("Nobody waits to be confirmed here."),
        ),
        unless(acceptance is None or acceptance.accepted_by_id != by.pk, _("Nobody confirms themselves.")),
        unless(
            own or other,
            _("The head of that country confirms or, where none sits, the heads of two other countries."),
        ),
        unless(own or bool(set(speaking) - given), _("Your country has confirmed this already.")),
    )


def may_withdraw_invitation(by: User | None, invitation: Invitation) -> Verdict:
    """Whoever may invite may take an invitation back before it has led to an office."""
    done = invitation.is_accepted and invitation.acceptance.grant_id is not None
    allowed = not Opening.objects.exists() if by is None else bool(heads_of(by))
    return together(
        unless(allowed, _("Only heads of focal points can do this.")),
        unless(not done and invitation.withdrawn_at is None, _("This invitation has ended already.")),
    )


def may_open() -> Verdict:
    """An installation is opened when enough countries sit, and no office of a country stands on its operator's word alone."""
    current = Grant.objects.current().filter(office__in=COUNTRY_OFFICES, scope=Scope.COUNTRY, user__is_sample=False)
    sitting = {row[4] for row in current.filter(office=Office.FOCAL_POINT_HEAD).held() if not row[-1]}
    return together(
        unless(not Opening.objects.exists(), _("This installation is opened already.")),
        unless(
            len(sitting) >= COUNTRIES_TO_OPEN,
            _("The heads of three countries at least must sit first, so that two can always confirm a third."),
        ),
        unless(
            not current.filter(granted_by=None).exists(),
            _("Some office of a country was given by the operator alone. It must end, or be given by members, first."),
        ),
    )


def homes_of(user: User) -> set[str]:
    """The countries that know a person: where they hold offices or, without any, where they say they are."""
    held = {home for home in user.grants.current().values_list("home", flat=True) if home}
    return held or ({user.home} if user.home else set())


def knows(by: User, home: str, user: User) -> bool:
    """Whether somebody vouches for people of that country: its officers or, where no other than the person sits, any head."""
    if by.audience.can(Capability.CONFIRM_MEMBER, home=home):
        return True
    offices = (Office.FOCAL_POINT_HEAD, Office.FOCAL_POINT_OFFICER)
    rows = Grant.objects.current().filter(office__in=offices, home=home).exclude(user=user).held()
    able = {row[0] for row in rows if not row[-1]}
    return bool(heads_of(by)) and len(able) < CONFIRMATIONS


def may_begin_recovery(by: User, user: User, home: str) -> Verdict:
    """An officer of the person's country says that their second factor is lost; never for oneself."""
    return together(
        unless(by.pk != user.pk, _("Nobody lets themselves in again: ask two officers of your focal point.")),
        unless(
            home in homes_of(user) and knows(by, home, user),
            _("Only an officer of that person's country can do this or, where too few sit, a head of another."),
        ),
        unless(has_second_factor(user), _("This person has no second factor that could be lost.")),
        unless(not user.is_sample, _("This is an account of the sample, which everybody may try.")),
    )


def may_agree(by: User, recovery: Recovery) -> Verdict:
    """A second officer agrees: another one than the first, and not the person."""
    return together(
        unless(recovery.is_waiting, _("This has been decided already.")),
        unless(by.pk != recovery.begun_by_id, _("A second officer must agree: another one than the first.")),
        unless(by.pk != recovery.user_id, _("Nobody lets themselves in again: ask two officers of your focal point.")),
        unless(
            knows(by, recovery.home, recovery.user),
            _("Only an officer of that person's country can do this or, where too few sit, a head of another."),
        ),
    )


def may_stop_recovery(by: User, recovery: Recovery) -> Verdict:
    """The person themselves, who is let in after all, or any officer who could agree."""
    return together(
        unless(recovery.is_waiting, _("This has been decided already.")),
        unless(
            by.pk in (recovery.user_id, recovery.begun_by_id) or knows(by, recovery.home, recovery.user),
            _("Only the person themselves or an officer can stop this."),
        ),
    )
