"""Verbs of calendars: a private address for one's deadlines, and taking it back; and which deadlines those are."""

from __future__ import annotations

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Q

from corridor.kernel.models import User
from corridor.kernel.operations import record
from corridor.matching.models import Calendar, Finding, Notice, Watch

ADDRESS = Signer(salt="corridor.calendar")
MOST = 300


@transaction.atomic
def open_calendar(*, by: User) -> Calendar:
    """Give somebody the private address of their calendar; asked again, the same."""
    made, is_new = Calendar.objects.get_or_create(user=by)
    if is_new:
        record("calendar.opened", made, by=by)
    return made


@transaction.atomic
def close_calendar(*, by: User) -> None:
    """End the address for good. The next one is another."""
    for calendar in Calendar.objects.select_for_update().filter(user=by):
        record("calendar.closed", calendar, by=by)
        calendar.delete()


def address_of(calendar: Calendar) -> str:
    """What stands in the private address."""
    return ADDRESS.sign(calendar.pk.hex)


def calendar_at(address: str) -> Calendar | None:
    """The calendar at a private address; None where it was not made here or was taken back."""
    try:
        key = UUID(ADDRESS.unsign(address))
    except (BadSignature, ValueError):
        return None
    return Calendar.objects.select_related("user").filter(pk=key, user__is_active=True).first()


def deadlines(user: User) -> list[Notice]:
    """Open notices whose last day concerns somebody, the soonest first: their own, those they watch, those their searches found.

    Only what everybody may read: the address goes to programs of others.
    """
    found = Finding.objects.filter(search__user=user, kind="notice").values("record_id")
    own = Q(pk__in=Notice.objects.own(user).values("pk"))
    theirs = own | Q(pk__in=Watch.objects.filter(user=user).values("notice")) | Q(pk__in=found)
    public = Notice.objects.visible_to(None).open().filter(theirs)
    return list(public.for_reading().order_by("valid_until", "pk")[:MOST])
