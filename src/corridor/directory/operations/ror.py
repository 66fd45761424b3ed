"""Loading organisations of the six countries from a ROR dump."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from corridor.directory.logic.ror import Row, Skipped, opened, read, records
from corridor.directory.models import Country, Identifier, Organisation, OrganisationName
from corridor.kernel.logic.identifiers import uuid7
from corridor.kernel.operations import record, tell
from corridor.kernel.states import Urgency

SCHEME = "ror"
BATCH = 200


@dataclass
class Loaded:
    """What an import did: how many were new, how many changed, how many stayed, and why others were left out."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


def load_ror(path: Path, *, progress: Callable[[int], object] = lambda _: None) -> Loaded:
    """Read a dump (zip or JSON, schema 1 or 2) as a stream. Doing it again changes nothing; a stopped import goes on when repeated."""
    countries = frozenset(Country.objects.values_list("pk", flat=True))
    loaded = Loaded()
    with opened(path) as stream:
        for some in batches(records(stream), BATCH):
            rows = []
            for item in some:
                found = read(item, countries)
                if isinstance(found, Skipped):
                    loaded.skipped[found.reason] += 1
                else:
                    rows.append(found)
            _load(rows, loaded)
            progress(len(some))
    if loaded.new or loaded.changed:
        with transaction.atomic():
            tell("language.count_words", urgency=Urgency.BULK)
    return loaded


@transaction.atomic
def _load(found: list[Row], loaded: Loaded) -> None:
    rows = list({row.ror: row for row in found}.values())
    known = {
        identifier.value: identifier.organisation
        for identifier in Identifier.objects.filter(scheme=SCHEME, value__in=[r.ror for r in rows])
        .select_related("organisation")
        .prefetch_related("organisation__names")
    }
    new = [row for row in rows if row.ror not in known]
    made = [_organisation(row) for row in new]
    Organisation.objects.bulk_create(made)
    Identifier.objects.bulk_create(
        [Identifier(organisation=o, scheme=SCHEME, value=r.ror) for o, r in zip(made, new, strict=True)]
    )
    OrganisationName.objects.bulk_create([name for o, r in zip(made, new, strict=True) for name in _names(o, r)])
    for entered, row in zip(made, new, strict=True):
        record("organisation.listed", entered, by=None, type=entered.type, ror=row.ror)
    changed = [old for row in rows if (old := known.get(row.ror)) and _mend(old, row)]
    loaded.new += len(new)
    loaded.changed += len(changed)
    loaded.unchanged += len(known) - len(changed)
    touched = [str(o.pk) for o in (*made, *changed)]
    if touched:
        tell("directory.index_organisations", organisations=touched, urgency=Urgency.BULK)


def _organisation(row: Row) -> Organisation:
    return Organisation(
        id=uuid7(),
        home=row.country,
        type=row.type,
        place=row.place[:120],
        province=row.province[:120],
        latitude=row.latitude,
        longitude=row.longitude,
        website=row.website[:200],
        source=f"ROR {row.ror}",
        source_on=timezone.now().date(),
    )


def _names(organisation: Organisation, row: Row) -> list[OrganisationName]:
    return [
        OrganisationName(organisation=organisation, kind=k, language=lang[:10], text=t[:300])
        for k, lang, t in row.names
    ]


def _mend(organisation: Organisation, row: Row) -> bool:
    """Add names that the register has learnt; what people here wrote is never overwritten."""
    present = {(n.kind, n.text) for n in organisation.names.all()}
    missing = [name for name in _names(organisation, row) if (name.kind, name.text) not in present]
    OrganisationName.objects.bulk_create(missing, ignore_conflicts=True)
    return bool(missing)


def batches(items: Iterator[dict[str, object]], size: int) -> Iterator[list[dict[str, object]]]:
    """Lists of at most `size` items."""
    while some := list(islice(items, size)):
        yield some
