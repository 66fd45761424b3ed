"""Verbs of digests: when one is due, written together with its letter, once for each person and period."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from corridor.directory.models import Country
from corridor.kernel.models import Letter
from corridor.kernel.operations import write_letters
from corridor.matching.models import Digest, Finding
from corridor.matching.states import Rhythm

MORNING: Final = datetime.time(7)
PEOPLE: Final = 500
UNKNOWN: Final = ZoneInfo("UTC")  # for people who have not said where they are


def write_due() -> int:
    """Write every digest that is due. Answers how many letters were written.

    Called again, or by two at once, it writes nothing twice: a digest is one for its person and period, and a finding goes into one.
    """
    now = timezone.now()
    return sum(
        _write_all(rhythm, within, period, cut, now)
        for zone, within in _zones()
        for rhythm, period, cut in periods(zone, now)
    )


def _zones() -> list[tuple[ZoneInfo, Q]]:
    """The time zones with whose mornings are theirs."""
    homes: dict[str, list[str]] = {}
    for code, zone in Country.objects.values_list("code", "time_zone"):
        homes.setdefault(zone, []).append(code)
    six = [code for codes in homes.values() for code in codes]
    inside = [(ZoneInfo(zone), Q(search__user__home__in=codes)) for zone, codes in homes.items()]
    return [*inside, (UNKNOWN, ~Q(search__user__home__in=six))]


def periods(zone: ZoneInfo, now: datetime.datetime) -> Iterator[tuple[Rhythm, datetime.date, datetime.datetime]]:
    """The day and the week that a moment belongs to, each with the morning that began it: what came in before is told.

    A digest that nobody could write in the morning is written when somebody can, and says the same.
    """
    local = now.astimezone(zone)
    day = local.date() if local.time() >= MORNING else local.date() - datetime.timedelta(days=1)
    monday = day - datetime.timedelta(days=day.weekday())
    for rhythm, period in ((Rhythm.DAILY, day), (Rhythm.WEEKLY, monday)):
        yield rhythm, period, datetime.datetime.combine(period, MORNING, zone)


def untold(rhythm: Rhythm, cut: datetime.datetime, now: datetime.datetime) -> QuerySet[Finding]:
    """What no digest has told yet. What seems to come from the future was found before the clock was put right, and is told too."""
    before = Q(found_at__lt=cut) | Q(found_at__gt=now)
    return Finding.objects.filter(before, digest=None, search__rhythm=rhythm, search__user__is_active=True)


def _write_all(rhythm: Rhythm, within: Q, period: datetime.date, cut: datetime.datetime, now: datetime.datetime) -> int:
    written = 0
    told = Digest.objects.filter(user=OuterRef("search__user"), rhythm=rhythm, period=period)
    waiting = untold(rhythm, cut, now).filter(within).exclude(Exists(told))
    while people := list(waiting.order_by("search__user").values_list("search__user", flat=True).distinct()[:PEOPLE]):
        written += _write(people, rhythm, period, cut, now)
    return written


@transaction.atomic
def _write(
    people: Sequence[UUID], rhythm: Rhythm, period: datetime.date, cut: datetime.datetime, now: datetime.datetime
) -> int:
    """The digests of these people with their letters, in one write: all of it is there, or nothing."""
    made = [Digest(user_id=person, rhythm=rhythm, period=period) for person in people]
    Digest.objects.bulk_create(made, ignore_conflicts=True)
    # A row that somebody else made for the same period keeps its own identifier: only ours are there under these.
    ours = dict(Digest.objects.filter(pk__in=[digest.pk for digest in made]).values_list("user_id", "pk"))
    found = list(untold(rhythm, cut, now).filter(search__user__in=ours).values_list("pk", "search__user"))
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE matching_finding SET digest_id = told.digest
            FROM unnest(%s::bigint[], %s::uuid[]) AS told (finding, digest)
            WHERE matching_finding.id = told.finding AND matching_finding.digest_id IS NULL""",
            [[pk for pk, _ in found], [ours[user] for _, user in found]],
        )
    owners = {owner for _, owner in found}
    letters = [
        Letter(user_id=user, template="digest", key=f"digest:{pk}", facts={"digest": str(pk)}, is_once_only=True)
        for user, pk in ours.items()
        if user in owners
    ]
    write_letters(letters)
    return len(letters)
