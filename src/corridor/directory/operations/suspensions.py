"""Verbs of suspensions: suspend an organisation, lift that, say something against it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corridor.directory import rules
from corridor.directory.models import Objection, Organisation, OrganisationSuspension, officers_of, speakers_of
from corridor.directory.operations.facility_index import KIND as FACILITY
from corridor.directory.operations.organisations import tell_index
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record, tell, write_letter
from corridor.language.logic.words import tidy
from corridor.language.operations.index import take_out_owned

# What an organisation owns in the index besides its entry, which stays: in this room and in the one above.
OWNED = (FACILITY, "notice")


@transaction.atomic
def suspend_organisation(organisation: Organisation, *, by: User, reason: str) -> OrganisationSuspension:
    """Keep an organisation from acting here until that is lifted. What it published leaves lists and search in the same moment.

    Nothing of it is changed: its notices, drafts, requests, rooms and seats in networks stand still, and go on when it is lifted.
    """
    hold(organisation)
    rules.may_suspend_organisation(by, organisation).enforce()
    made = OrganisationSuspension.objects.create(organisation=organisation, suspended_by=by, reason=reason)
    _point(organisation, made)
    record("organisation.suspended", organisation, by=by, suspension=made.pk)
    take_out_owned(str(organisation.pk), kinds=OWNED, home=organisation.home)
    _tell(made, "organisation_suspended", reason=reason)
    return made


@transaction.atomic
def lift_suspension(organisation: Organisation, *, by: User) -> OrganisationSuspension:
    """Let an organisation take part again. What it has published is found again as far as it is still valid."""
    hold(organisation)
    rules.may_lift_suspension(by, organisation).enforce()
    lifted = organisation.suspension
    assert lifted is not None  # the rule has seen to it
    lifted.lifted_by, lifted.lifted_at = by, max(timezone.now(), lifted.created_at)  # a clock may have been put back
    lifted.save(update_fields=["lifted_by", "lifted_at"])
    _point(organisation, None)
    record("organisation.suspension_lifted", organisation, by=by, suspension=lifted.pk)
    _tell(lifted, "organisation_lifted")
    return lifted


def _point(organisation: Organisation, suspension: OrganisationSuspension | None) -> None:
    organisation.suspension = suspension
    organisation.save(update_fields=["suspension"])
    organisation.refresh_from_db(fields=["acts"])


def _tell(suspension: OrganisationSuspension, template: str, **facts: str) -> None:
    """Have the index follow, and write to those who speak for it; rooms above write to whoever waits for it."""
    organisation = suspension.organisation
    tell_index(organisation)
    tell("matching.follow_suspension", suspension=str(suspension.pk))
    for reader in speakers_of(organisation.pk).order_by("pk"):
        write_letter(reader, template, key=f"{template}:{suspension.pk}:{reader.pk}", **_told(organisation), **facts)


@transaction.atomic
def object_to(suspension: OrganisationSuspension, *, by: User, text: str) -> Objection:
    """Say once, for the suspended organisation, what there is to say against it. The officers of its country read it."""
    hold(suspension)
    rules.may_object(by, suspension).enforce()
    made = Objection.objects.create(suspension=suspension, said_by=by, text=tidy(text).text)
    organisation = suspension.organisation
    record("organisation.objected", organisation, by=by, suspension=suspension.pk)
    for reader in officers_of(organisation.home).exclude(pk=by.pk).order_by("pk"):
        write_letter(reader, "organisation_objected", key=f"objected:{made.pk}:{reader.pk}", **_told(organisation))
    return made


def _told(organisation: Organisation) -> dict[str, str]:
    return {"organisation": str(organisation.pk), "name": organisation.name}
