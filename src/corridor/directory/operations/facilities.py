"""Verbs of what organisations have to give: add, mend, close, reopen; the index follows."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corridor.directory import rules
from corridor.directory.models import Facility, FacilityClosing, Organisation
from corridor.directory.operations.acting import hold_parties
from corridor.kernel.logic.verdict import Refused
from corridor.kernel.models import User
from corridor.kernel.operations import hold, record, tell
from corridor.kernel.states import Urgency

TAKEN = _("This organisation has listed something of this name already. It may be closed; then reopen it.")


def tell_index(facility: Facility, *, urgency: int = Urgency.SOON) -> None:
    """Have the one index follow. Jobs of one organisation wait for each other, so that the last word counts."""
    lock = f"organisation:{facility.organisation_id}"
    tell("directory.index_facility", facility=str(facility.pk), lock=lock, urgency=urgency)


@transaction.atomic
def add(organisation: Organisation, *, by: User | None, urgency: int = Urgency.SOON, **facts: Any) -> Facility:
    """Say one thing that an organisation has to give. `by=None` is an import."""
    hold(organisation)  # two at once would both find the name free
    if by is not None:
        rules.may_add_facility(by, organisation).enforce()
        rules.is_of_an_office(by, facts.get("contact", "")).enforce()
    facility = Facility(organisation=organisation, home=organisation.home, **facts)
    _refuse_a_second(facility)
    facility.save(force_insert=True)
    record("facility.added", facility, by=by, organisation=organisation.pk, kind=facility.kind)
    tell_index(facility, urgency=urgency)
    return facility


@transaction.atomic
def mend(facility: Facility, *, by: User, **facts: Any) -> None:
    """Say it better; what did not change is not written. Whose it is never changes."""
    hold(facility.organisation)
    hold(facility)
    rules.may_mend_facility(by, facility).enforce()
    changed = [field for field, value in facts.items() if getattr(facility, field) != value]
    if not changed:
        return
    if "contact" in changed:
        rules.is_of_an_office(by, facts["contact"]).enforce()
    for field in changed:
        setattr(facility, field, facts[field])
    _refuse_a_second(facility)
    facility.save(update_fields=changed)
    record("facility.mended", facility, by=by, fields=sorted(changed))
    tell_index(facility)


def _refuse_a_second(facility: Facility) -> None:
    others = Facility.objects.filter(organisation_id=facility.organisation_id).exclude(pk=facility.pk)
    if others.filter(name=facility.name).exists():
        raise Refused([TAKEN])


@transaction.atomic
def close(facility: Facility, *, by: User, reason: str) -> FacilityClosing:
    """It is not to be had any more: it leaves lists and search at once, and its page says since when and why."""
    hold(facility)
    rules.may_close_facility(by, facility).enforce()
    closing = FacilityClosing.objects.create(facility=facility, closed_by=by, reason=reason)
    record("facility.closed", facility, by=by)
    tell_index(facility)
    return closing


@transaction.atomic
def reopen(facility: Facility, *, by: User) -> None:
    """It is to be had again. The events keep that it was closed."""
    hold_parties(facility.organisation)
    hold(facility)
    rules.may_reopen_facility(by, facility).enforce()
    facility.closing.delete()
    facility.refresh_from_db()
    record("facility.reopened", facility, by=by)
    tell_index(facility)
