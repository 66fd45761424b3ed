"""Who may describe a person, and what must be true before anything of them is shown: always the person themselves."""

from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Organisation, Profile
from corridor.directory.states import CONSENT_VERSION, ProfileField
from corridor.kernel.logic.verdict import Verdict, together, unless
from corridor.kernel.models import User
from corridor.kernel.states import Theme, Visibility

# Circles for which one can be listed on the roster: within one's own organisation people know each other.
ROSTER_CIRCLES = (Visibility.NATIONAL, Visibility.SIX, Visibility.MEMBERS, Visibility.PUBLIC)


def may_describe_oneself(user: User, described: User) -> Verdict:
    """Everybody with an account describes themselves, and nobody else does it for them."""
    return together(
        unless(user.is_active and bool(user.pk), _("Sign in to describe yourself.")),
        unless(user.pk == described.pk, _("Only the person themselves can change this.")),
    )


def may_work_at(user: User, organisation: Organisation | None) -> Verdict:
    """Somebody names a listed organisation as theirs when they hold an office there; any other stays words of their own."""
    return unless(
        organisation is None or str(organisation.pk) in user.audience.organisations,
        _("You can name this organisation once somebody there, or its focal point, has confirmed you."),
    )


def may_confirm_orcid(user: User, profile: Profile, orcid: str = "") -> Verdict:
    """Everybody confirms an iD for themselves, and one iD belongs to one profile."""
    elsewhere = Profile.objects.filter(orcid=orcid, orcid_confirmed_at__isnull=False).exclude(pk=profile.pk)
    return together(
        may_describe_oneself(user, profile.user),
        unless(not profile.is_sample, _("This is an account of the sample, which everybody may try.")),
        unless(not orcid or not elsewhere.exists(), _("This ORCID iD is confirmed on the profile of another account.")),
    )


def may_be_shown(user: User, profile: Profile) -> Verdict:
    """Before anything is shown, somebody has to have vouched for the person: so nobody appears here under a borrowed name."""
    return together(
        may_describe_oneself(user, profile.user),
        unless(
            user.audience.is_member,
            _("Somebody has to confirm you first: your country's focal point, or your organisation."),
        ),
    )


def may_consent(user: User, profile: Profile, field: str, *, visibility: str, words: str) -> Verdict:
    """A consent is for something that is said, for a circle that there is, and in words that the person has just read."""
    return together(
        may_be_shown(user, profile),
        unless(
            field in ProfileField.values and profile.says(field), _("This field is empty: there is nothing to show.")
        ),
        _circle_exists(profile, visibility, tuple(Visibility)),
        _words_are_current(words),
    )


def may_join_roster(user: User, profile: Profile, theme: str, *, visibility: str, words: str) -> Verdict:
    """An expert is listed by name, so there is a consent for the name before."""
    return together(
        may_be_shown(user, profile),
        unless(theme in Theme.values, _("There is no such theme.")),
        unless(
            profile.consents.filter(field=ProfileField.NAME).exists(),
            _("Experts are listed by name: first choose who may read your name."),
        ),
        _circle_exists(profile, visibility, ROSTER_CIRCLES),
        _words_are_current(words),
    )


def may_withdraw(user: User, profile: Profile) -> Verdict:
    """Whoever consented may take it back at any time, whatever office they hold or have lost."""
    return unless(user.pk == profile.user_id, _("Only the person themselves can change this."))


def _circle_exists(profile: Profile, visibility: str, circles: tuple[Visibility, ...]) -> Verdict:
    return together(
        unless(visibility in circles, _("There is no such circle of readers.")),
        unless(visibility != Visibility.NATIONAL or bool(profile.home), _("Say first in which country you are.")),
        unless(
            visibility != Visibility.TEAM or profile.affiliation_id is not None,
            _("Choose first for which organisation of the directory you work."),
        ),
    )


def _words_are_current(words: str) -> Verdict:
    return unless(
        words == CONSENT_VERSION,
        _("The words to which you consent have changed in the meantime. Please read them again."),
    )
