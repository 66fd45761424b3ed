"""What this room holds of people."""

from django.utils.translation import gettext_lazy as _

from corridor.kernel.operations.people import Fate, Held, hold_of_people

DECIDED = _("It was decided for a country or an organisation. Your name is taken off.")

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
)  # fmt: skip
