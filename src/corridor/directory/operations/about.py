"""What this room holds of people."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory.models import Invitation, OperatorMotion, Profile
from corridor.directory.operations.people import withdraw_everything
from corridor.kernel.models import User
from corridor.kernel.operations import record
from corridor.kernel.operations.people import Fate, Held, hold_of_people

REASONED = ("created_at", "reason")
CONSENT = ("field", "visibility", "words", "given_at")
SELF = _("your profile, your consents and your places on the roster")
DECIDED = _("It was decided for a country or an organisation. Your name is taken off.")


def show_nothing_more(user: User) -> None:
    """Before a profile goes, its consents end and the index forgets it."""
    profile = Profile.objects.filter(user=user).first()
    if profile is not None:
        withdraw_everything(profile, by=user)


def forget_address(user: User) -> None:
    """The address that somebody was invited at may be their own: only its domain stays."""
    for invitation in Invitation.objects.filter(acceptance__accepted_by=user):
        invitation.address = f"removed@{invitation.domain}"
        invitation.save(update_fields=["address"])


def end_motions(user: User) -> None:
    """Nobody decides any more whether somebody who leaves runs the installation, and what was said of them goes."""
    for motion in OperatorMotion.objects.open().filter(person=user).select_for_update():
        motion.withdrawn_at = timezone.now()
        motion.save(update_fields=["withdrawn_at"])
        record("operator.withdrawn", motion, by=user, user=user.pk, ends=motion.ends, country=motion.home)
    OperatorMotion.objects.filter(person=user).update(reason="–")


def leave_directory(user: User) -> None:
    """What the directory does when somebody leaves."""
    show_nothing_more(user)
    end_motions(user)
    forget_address(user)


hold_of_people(
    Held(
        "directory.MembershipRequest", "user",
        ("created_at", "home", "organisation", "organisation_text", "statement", "is_claim", "state", "vouching__reason"),
        Fate.GOES, _("your requests to be confirmed, with their answers"),
    ),
    Held(
        "directory.Vouching", "vouched_by", ("vouched_at", "is_confirmed", "reason"),
        Fate.STAYS, _("your answers to people who asked to be confirmed"), DECIDED,
    ),
    Held(
        "directory.OperatorMotion", "person", ("created_at", "ends", "reason", "decided_at", "withdrawn_at"),
        Fate.STAYS, _("proposals about you as operator"), DECIDED,
    ),
    Held(
        "directory.OperatorMotion", "moved_by", (*REASONED, "ends", "decided_at", "withdrawn_at"),
        Fate.STAYS, _("proposals about operators that you made"), DECIDED,
    ),
    Held("directory.OperatorWord", "given_by", ("created_at", "home"), Fate.STAYS, _("your country's word about operators"), DECIDED),
    Held(
        "directory.Verification", "verified_by", ("created_at", "organisation", "reason"),
        Fate.STAYS, _("organisations that you verified"), DECIDED,
    ),
    Held(
        "directory.WithdrawnVerification", "verified_by", ("organisation", "verified_at", "verified_reason"),
        Fate.STAYS, _("organisations that you verified"), DECIDED,
    ),
    Held(
        "directory.WithdrawnVerification", "withdrawn_by", ("created_at", "organisation", "reason"),
        Fate.STAYS, _("verifications that you withdrew"), DECIDED,
    ),
    Held(
        "directory.Correction", "said_by", ("created_at", "organisation", "aspect", "text", "source"),
        Fate.UNLINKED, _("corrections that you suggested"),
    ),
    Held(
        "directory.CorrectionAnswer", "answered_by", ("created_at", "is_taken_up", "reason"),
        Fate.STAYS, _("your answers to corrections"), DECIDED,
    ),
    Held(
        "directory.NetworkMembership", "begun_by", ("created_at", "network", "organisation", "role", "state"),
        Fate.STAYS, _("memberships in networks that you began"), DECIDED,
    ),
    Held(
        "directory.LikelyDuplicate", "named_by", ("created_at", "first", "second", "state"),
        Fate.UNLINKED, _("entries that you said are one"),
    ),
    Held("directory.Distinction", "told_apart_by", REASONED, Fate.STAYS, _("entries that you told apart"), DECIDED),
    Held("directory.Merge", "merged_by", (*REASONED, "kept", "gone", "state"), Fate.STAYS, _("entries that you merged"), DECIDED),
    Held("directory.UndoneMerge", "undone_by", REASONED, Fate.STAYS, _("mergers that you undid"), DECIDED),
    Held("directory.FacilityClosing", "closed_by", (*REASONED, "facility"), Fate.STAYS, _("facilities that you closed"), DECIDED),
    Held(
        "directory.Import", "made_by", ("created_at", "home", "file_name", "state", "row_count"),
        Fate.STAYS, _("files that you loaded"), DECIDED,
    ),
    Held(
        "directory.OrganisationSuspension", "suspended_by", (*REASONED, "organisation"),
        Fate.STAYS, _("organisations that you suspended"), DECIDED,
    ),
    Held(
        "directory.OrganisationSuspension", "lifted_by", ("organisation", "lifted_at"),
        Fate.STAYS, _("suspensions that you lifted"), DECIDED,
    ),
    Held(
        "directory.Objection", "said_by", ("created_at", "suspension", "text"),
        Fate.STAYS, _("what you said against a suspension"), DECIDED,
    ),
    Held("directory.SpokenLanguage", "profile__user", ("tag", "reads", "writes", "speaks"), Fate.GOES, SELF),
    Held("directory.FieldConsent", "profile__user", CONSENT, Fate.GOES, SELF),
    Held("directory.ConsentWithdrawal", "profile__user", (*CONSENT, "withdrawn_at"), Fate.GOES, SELF),
    Held(
        "directory.RosterEntry", "profile__user", ("theme", "visibility", "words", "consented_at", "ended_at"),
        Fate.GOES, SELF,
    ),
    Held(
        "directory.Profile", "user",
        ("created_at", "home", "name", "headline", "expertise", "expertise_language", "themes", "affiliation",
         "affiliation_text", "website", "orcid", "orcid_confirmed_at"),
        Fate.GOES, SELF,
    ),
    Held("directory.Invitation", "invited_by", ("created_at", "home"), Fate.STAYS, _("ministries that you invited"), DECIDED),
    Held("directory.Acceptance", "accepted_by", ("created_at",), Fate.STAYS, _("invitations that you took up"), DECIDED),
    Held(
        "directory.Confirmation", "confirmed_by", ("created_at", "home"),
        Fate.STAYS, _("heads whom you confirmed"), DECIDED,
    ),
    Held(
        "directory.Recovery", "user", ("created_at", "home", "reason", "agreed_at", "stopped_at"),
        Fate.GOES, _("second factors that you lost"),
    ),
    Held("directory.Recovery", "begun_by", REASONED, Fate.STAYS, _("people whom you let in again"), DECIDED),
    Held("directory.Recovery", "agreed_by", ("agreed_at",), Fate.STAYS, _("people whom you let in again"), DECIDED),
    leaving=leave_directory,
)  # fmt: skip
