"""The starter directory: the six focal points as Article 10 names them, and organisations known from public facts."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from corridor.directory.models import FocalPoint, Identifier, Organisation
from corridor.directory.operations.organisations import Name, list_organisation
from corridor.directory.states import NameKind, OrganisationType
from corridor.kernel.states import Urgency

DATA = Path(__file__).resolve().parents[1] / "data"
SCHEME = "starter"


def read(name: str) -> list[dict[str, Any]]:
    """The rows of one file of starter data."""
    rows: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return rows


def load_starter() -> int:
    """Enter what is not there yet; what people changed since then stays. Answers how many organisations were entered."""
    known = set(Identifier.objects.filter(scheme=SCHEME).values_list("value", flat=True))
    focal_points = [row for row in read("focal_points.json") if row["code"] not in known]
    others = [row for row in read("starter_organisations.json") if row["code"] not in known]
    for row in focal_points:
        _enter_focal_point(row)
    # Parts come after what they are part of.
    for row in sorted(others, key=lambda row: "parent" in row):
        _enter(row, OrganisationType(row["type"]))
    return len(focal_points) + len(others)


@transaction.atomic
def _enter_focal_point(row: dict[str, Any]) -> None:
    ministry = _enter(
        {**row, "web_site": f"https://{row['web_domain']}", "aliases": [row["short_name"]]}, OrganisationType.MINISTRY
    )
    FocalPoint.objects.get_or_create(
        home=row["country"],
        ends_on=None,
        defaults={"organisation": ministry, "starts_on": row["named_on"], "source": row["named_by"]},
    )


def _enter(row: dict[str, Any], kind: OrganisationType) -> Organisation:
    names: list[Name] = [
        (NameKind.OFFICIAL, row.get("native_language") or "", row.get("native_name") or ""),
        (NameKind.TRANSLATION if row.get("native_name") else NameKind.OFFICIAL, "en", row["name_en"]),
        *((NameKind.TRANSLATION, name["language"], name["name"]) for name in row.get("names", [])),
        *(
            (_alias_kind(alias), "", alias)
            for alias in [*row.get("aliases", []), row.get("native_short_name")]
            if alias
        ),
    ]
    return list_organisation(
        by=None,
        names=names,
        identifiers={SCHEME: row["code"]},
        urgency=Urgency.BULK,
        home=row["country"],
        type=kind,
        place=row.get("town", ""),
        province=row.get("province", ""),
        latitude=row.get("latitude"),
        longitude=row.get("longitude"),
        about=row.get("about", ""),
        about_language=row.get("about_language", ""),
        parent=_known(row["parent"]) if row.get("parent") else None,
        website=row.get("web_site") or "",
        source=row.get("named_by") or row["source"],
        source_on=_day(row.get("named_on") or row["as_of"]),
    )


def _known(code: str) -> Organisation | None:
    """The organisation of the starter directory with that code; people may have removed it."""
    return Organisation.objects.filter(identifiers__scheme=SCHEME, identifiers__value=code).first()


def _alias_kind(alias: str) -> NameKind:
    return NameKind.ACRONYM if alias.isupper() and len(alias) <= 10 else NameKind.ALIAS


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text if len(text) == 10 else f"{text}-01")
