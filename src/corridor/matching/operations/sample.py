"""The sample: invented organisations with what they have to give, people and notices, marked as sample, loaded and removed as a whole."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from corridor.directory.models import Country, Facility, Network, Organisation, Profile
from corridor.directory.operations import facilities, organisations
from corridor.directory.states import NameKind
from corridor.kernel.models import Letter, User
from corridor.kernel.operations import grant, record
from corridor.kernel.states import Office, Scope
from corridor.language.models import Passage, Translation, TranslationRequest
from corridor.language.operations.translations import add_translation
from corridor.language.states import Origin
from corridor.matching.models import Notice, Wording
from corridor.matching.operations import notices, sample_people
from corridor.matching.operations.sample_networks import load_networks
from corridor.matching.states import NoticeState

DATA = Path(__file__).resolve().parents[1] / "data" / "sample"
# Sample sign-ins exist in development only, on this machine only; the sign-in form refuses them anywhere else.
PASSWORD = "corridor-sample"  # noqa: S105
VERIFIED = frozenset({"university", "institute", "hub", "zone", "park", "incubator", "agency", "hospital"})


def read(name: str) -> Any:
    """One file of the sample."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def is_loaded() -> bool:
    """Whether the sample is here."""
    return Organisation.objects.filter(is_sample=True).exists()


@transaction.atomic
def load_sample() -> int:
    """Load the whole sample or nothing. Answers the number of notices; 0 when it is here already."""
    if is_loaded():
        return 0
    listed = {row["code"]: _organisation(row) for row in read("organisations.json")}
    for row in read("facilities.json"):
        facilities.add(listed[row.pop("organisation")], by=None, source="sample", **row)
    people = _people(listed)
    for organisation in listed.values():
        if organisation.type in VERIFIED:
            organisations.verify(organisation, by=people[f"officer-{organisation.home.lower()}"], reason="sample")
    rows = read("notices.json")
    for position, row in enumerate(rows):
        _notice(row, listed[row["organisation"]], people, position, len(rows))
    load_networks(read("networks.json"), listed, people)
    for row in read("experts.json"):
        sample_people.load(row, _person(row["email"], row["name"], row["country"], row["language"]), listed)
    Letter.objects.filter(user__is_sample=True).delete()  # nobody waits for news of the sample's own making
    return len(rows)


def _organisation(row: dict[str, Any]) -> Organisation:
    native = row["native_language"]
    names = [
        (NameKind.OFFICIAL if language == native else NameKind.TRANSLATION, language, text)
        for language, text in row["names"].items()
    ]
    return organisations.list_organisation(
        by=None,
        names=sorted(names, key=lambda name: name[0] != NameKind.OFFICIAL),
        home=row["country"],
        type=row["type"],
        size=row["size"],
        place=row["town"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        about=row["description"]["text"],
        about_language=row["description"]["language"],
        source="sample",
        source_on=timezone.now().date(),
        is_sample=True,
    )


def _people(listed: dict[str, Organisation]) -> dict[str, User]:
    people = {}
    for row in read("people.json"):
        user = _person(row["email"], row["name"], row["country"] or "", row["language"])
        people[row["code"]] = user
        office = Office(row["role"]) if row.get("vouched") and row["role"] in Office.values else None
        if office in (Office.FOCAL_POINT_OFFICER, Office.FOCAL_POINT_HEAD):
            grant(user, office, over=(Scope.COUNTRY, row["country"]), home=row["country"], by=None, reason="sample")
        elif office == Office.OPERATOR:
            grant(user, office, over=(Scope.INSTALLATION, "installation"), by=None, reason="sample")
        elif office is not None:
            own = listed[row["organisation"]]
            grant(user, office, over=(Scope.ORGANISATION, own.pk), home=own.home, by=None, reason="sample")
    return people | _authors(listed)


def _authors(listed: dict[str, Organisation]) -> dict[str, User]:
    """One writer for each country, who speaks for its sample organisations and cannot sign in."""
    authors = {}
    for country in Country.objects.all():
        name = f"Author of the sample, {country.names['en']}"
        author = _person(
            f"author.{country.code.lower()}@example.org", name, country.code, country.languages[0], password=None
        )
        authors[f"author-{country.code.lower()}"] = author
        for organisation in listed.values():
            if organisation.home == country.code:
                over = (Scope.ORGANISATION, organisation.pk)
                grant(author, Office.MEMBER, over=over, home=country.code, by=None, reason="sample")
    return authors


def _person(email: str, name: str, home: str, language: str, *, password: str | None = PASSWORD) -> User:
    # One who stayed when the sample was unloaded comes back.
    user = User.objects.filter(email=email, is_sample=True).first() or User(email=email, is_sample=True)
    user.name, user.home, user.language, user.is_active = name, home, language, True
    user.set_password(password)
    user.save()
    return user


def _notice(
    row: dict[str, Any], organisation: Organisation, people: dict[str, User], position: int, total: int
) -> None:
    code = organisation.home.lower()
    author, officer = people[f"author-{code}"], people[f"officer-{code}"]
    prose: dict[str, Any] = {field: row.get(field) or "" for field in Wording.PROSE}
    notice = notices.draft(
        by=author,
        kind=row["kind"],
        organisation=organisation,
        is_sample=True,
        language=row["language"],
        visibility=row["visibility"],
        is_anonymous=row["anonymous"],
        **prose,
    )
    until = timezone.now().date() + datetime.timedelta(days=row["valid_days"])
    notices.write(notice, by=author, facts={**_facts(row), "valid_until": until})
    for text in row.get("translations", []):
        texts = {"title": text["title"], "text": text["text"]}
        origin = Origin(text["origin"])
        add_translation(notice, by=None, version=1, language=text["language"], origin=origin, texts=texts)
    _bring_to(NoticeState(row["state"]), notice, author=author, officer=officer)
    _spread(notice, position, total)


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    plain = {key: row.get(key) or "" for key in ("stage", "ip_status", "problem_owner")}
    lists = {
        key: row.get(key) or []
        for key in ("themes", "partnerships", "partner_types", "partner_roles", "target_countries")
    }
    conditions = {
        k: Decimal(str(v)) if isinstance(v, int | float) else v for k, v in (row.get("conditions") or {}).items()
    }
    return {**plain, **lists, **conditions, "trl": row.get("trl")}


def _bring_to(state: NoticeState, notice: Notice, *, author: User, officer: User) -> None:
    if state == NoticeState.DRAFT:
        return
    if state == NoticeState.WITHDRAWN:
        notices.withdraw(notice, by=author, reason="sample")
        return
    wording = notices.submit(notice, by=author)
    if state == NoticeState.SUBMITTED:
        return
    notices.publish(wording, by=officer)
    if state == NoticeState.FULFILLED:
        notices.fulfil(notice, by=author)
    if state == NoticeState.EXPIRED:
        Notice.objects.filter(pk=notice.pk).update(valid_until=timezone.now().date() - datetime.timedelta(days=3))
        notices.expire(notice)


def _spread(notice: Notice, position: int, total: int) -> None:
    """Let the sample look as if it had come in over the last weeks, all countries through one another."""
    ago = datetime.timedelta(hours=30 * ((position * 37) % total))
    Notice.objects.filter(pk=notice.pk, published_at__isnull=False).update(published_at=timezone.now() - ago)


@transaction.atomic
def unload_sample() -> int:
    """Remove the sample as a whole; its events stay. A sample person whose word real records rest on is only switched off."""
    sample = Notice.objects.filter(is_sample=True)
    kept = list(sample.values_list("pk", flat=True))
    organisations_kept = list(Organisation.objects.filter(is_sample=True).values_list("pk", flat=True))
    given = list(Facility.objects.filter(organisation__is_sample=True).values_list("pk", flat=True))
    people_kept = list(Profile.objects.filter(user__is_sample=True).values_list("pk", flat=True))
    for model in (Passage, Translation, TranslationRequest):
        model.objects.filter(record_id__in=[*kept, *organisations_kept, *given, *people_kept]).delete()
    Facility.objects.filter(pk__in=given).delete()
    Network.objects.filter(is_sample=True).delete()
    Profile.objects.filter(pk__in=people_kept).delete()  # before the organisations in whose name they are
    sample.update(published=None, state=NoticeState.DRAFT)
    sample.delete()
    users = User.objects.filter(is_sample=True)
    for organisation in Organisation.objects.filter(is_sample=True):
        _try(organisation)
    for user in users:
        user.granted.filter(user__is_sample=True).update(granted_by=None)
        user.grants.all().delete()
    for user in users:
        if not _try(user):
            User.objects.filter(pk=user.pk).update(is_active=False)
    if kept and (country := Country.objects.first()):
        record("sample.unloaded", country, by=None, notices=len(kept))
    return len(kept)


def _try(row: Organisation | User) -> bool:
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return False
    return True
