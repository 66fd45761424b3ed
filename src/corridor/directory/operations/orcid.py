"""Verb of ORCID iDs: write the one that ORCID named, as confirmed."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corridor.directory import rules
from corridor.directory.logic.orcid import normalised
from corridor.directory.models import Profile
from corridor.directory.operations.people import index_anew
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record


def confirm_orcid(profile: Profile, *, by: User, orcid: str) -> None:
    """Write the iD that ORCID named for whoever signed in there, in place of any that was typed. Who may read it stays as it was.

    Raises NotAnOrcid for what cannot be an iD. Events never hold the iD itself.
    """
    named = normalised(orcid)
    try:
        with transaction.atomic():
            _write(profile, named, by=by)
    except IntegrityError:  # two people at the same moment
        raise Refused([_("This ORCID iD is confirmed on the profile of another account.")]) from None


def _write(profile: Profile, orcid: str, *, by: User) -> None:
    hold(profile)
    rules.may_confirm_orcid(by, profile, orcid).enforce()
    is_another = profile.orcid != orcid
    profile.orcid, profile.orcid_confirmed_at = orcid, timezone.now()
    profile.save(update_fields=["orcid", "orcid_confirmed_at"])
    if is_another:
        record("profile.described", profile, by=by, fields=["orcid"])
        index_anew(profile)
    record("orcid.confirmed", profile, by=by)
